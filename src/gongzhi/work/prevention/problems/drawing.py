"""Bars and lines as they are drawn: whole numbers of an SVG's own units."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import exp, log

STEP, WIDE, HEIGHT = 8, 6, 44


@dataclass(frozen=True)
class Bar:
    """One day or week. ``kind``: plain, marked, out (left out of what is compared)."""

    x: int
    y: int
    height: int
    kind: str


@dataclass(frozen=True)
class Whisker:
    """A ratio with its interval on an axis of equal steps for equal factors: ``left`` and
    ``right`` end it, ``at`` is the middle, ``none`` where nothing changed; ``width`` wide."""

    left: int
    at: int
    right: int
    none: int
    ticks: tuple[tuple[int, str], ...]
    width: int = 320


def bars_of(
    counts: Sequence[int], marked: Collection[int], *, out: Collection[int] = (), most: int = 0
) -> list[Bar]:
    """A bar for each count; those of none are a thin line. ``most``: what is as tall as can be."""
    tallest = max([most, *counts, 1])
    return [_bar(n, count, tallest, marked, out) for n, count in enumerate(counts)]


def _bar(
    n: int, count: int, tallest: int, marked: Collection[int], out: Collection[int]
) -> Bar:  # fmt: skip
    height = max(1, round(HEIGHT * count / tallest))
    kind = "out" if n in out else "marked" if n in marked else "plain"
    return Bar(n * STEP, HEIGHT - height, height, kind)


ENDS = 0.2, 5.0
TICKS = (0.25, 0.5, 1.0, 2.0, 4.0)


def whisker(low: float, ratio: float, high: float) -> Whisker:
    """Of a ratio between a fifth and five times; what is beyond is drawn at the end."""
    ticks = tuple((_along(one), f"{one:g}×") for one in TICKS)
    return Whisker(_along(low), _along(ratio), _along(high), _along(1.0), ticks)


def _along(ratio: float) -> int:
    low, high = (log(one) for one in ENDS)
    held = min(max(ratio, exp(low)), exp(high))
    return round(320 * (log(held) - low) / (high - low))


@dataclass(frozen=True)
class Span:
    """A number with its interval on a common axis, and what it is of."""

    words: str
    y: int
    left: int
    at: int
    right: int


@dataclass(frozen=True)
class Spans:
    """Numbers below each other on one axis, of which ``none`` is the nought."""

    rows: tuple[Span, ...]
    none: int
    ticks: tuple[tuple[int, str], ...]
    height: int


ROW, EVEN = 34, (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


def spans_of(rows: Sequence[tuple[str, float, float, float]]) -> Spans:
    """Words, low, middle and high of each; the axis reaches as far as they do, both ways alike."""
    most = max(1.0, *(max(abs(low), abs(high)) for _words, low, _at, high in rows))
    step = next((one for one in EVEN if most <= 3 * one), EVEN[-1])
    end = step * -(-most // step)

    def along(number: float) -> int:
        return round(160 + 160 * min(max(number / end, -1.0), 1.0))

    drawn = tuple(
        Span(words, ROW * n + 26, along(low), along(at), along(high))
        for n, (words, low, at, high) in enumerate(rows)
    )
    marks = (-end, -end / 2, 0.0, end / 2, end)
    ticks = tuple((along(one), f"{one:+g}" if one else "0") for one in marks)
    return Spans(drawn, along(0.0), ticks, ROW * len(rows) + 24)
