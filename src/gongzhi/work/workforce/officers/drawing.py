"""Months of a unit as lines with a scale: heads, the front line's share, matters a head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10

from gongzhi.work.workforce.officers.selectors.organisation import Month

WIDTH, HEIGHT = 640, 180
LEFT, TOP, BOTTOM, RIGHT = 44, 14, 26, 14
EVERY = 3
"""Months between two labels: more don't fit on a phone."""
Value = float | None


@dataclass(frozen=True)
class Dot:
    """One month."""

    x: float
    y: float
    words: str


@dataclass(frozen=True)
class Line:
    """One number over the months; ``pieces`` are lists of points, cut where a month has none."""

    code: str
    pieces: list[str]
    dots: list[Dot]
    ticks: list[tuple[float, str]]
    months: list[tuple[float, str]]
    now: Value
    before: Value
    """A year ago."""
    unit: str = ""
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT

    @property
    def change(self) -> float | None:
        """Since a year ago."""
        if self.now is None or self.before is None:
            return None
        return round(self.now - self.before, 1)


def lines_of(months: Sequence[Month]) -> list[Line]:
    """The three of a unit, or of all together."""
    return [
        _line("heads", months, [one.heads for one in months]),
        _line("front", months, [one.front_share for one in months], top=100, unit="%"),
        _line("work", months, [one.a_head for one in months]),
    ]


def _line(
    code: str, months: Sequence[Month], values: Sequence[Value], *, top: float = 0, unit: str = ""
) -> Line:
    """From zero, so that a small change looks small."""
    high = top or _round(max((one for one in values if one is not None), default=1))
    step = (WIDTH - LEFT - RIGHT) / max(len(months) - 1, 1)
    dots: list[Dot | None] = [
        None if value is None else Dot(
            round(LEFT + nth * step, 1), _down(value, high),
            f"{month.first:%Y-%m} {value:g}{unit}",
        )
        for nth, (month, value) in enumerate(zip(months, values, strict=True))
    ]  # fmt: skip
    return Line(
        code, _pieces(dots), [one for one in dots if one],
        [(_down(many, high), f"{many:g}{unit}") for many in (0, high / 2, high)],
        [
            (round(LEFT + nth * step, 1), f"{month.first:%Y-%m}")
            for nth, month in enumerate(months) if (len(months) - 1 - nth) % EVERY == 0
        ],
        values[-1], values[0] if len(values) > 1 else None, unit,
    )  # fmt: skip


def _down(value: float, high: float) -> float:
    return round(HEIGHT - BOTTOM - value / high * (HEIGHT - BOTTOM - TOP), 1)


def _round(most: float) -> float:
    """A number to end a scale with: one, two, four, six or eight times a power of ten."""
    power = 10.0 ** floor(log10(max(most, 0.1)))
    return next((n * power for n in (1, 2, 4, 6, 8) if most <= n * power), 10 * power)


def _pieces(dots: Sequence[Dot | None]) -> list[str]:
    pieces: list[list[str]] = [[]]
    for one in dots:
        if one is None:
            pieces.append([])
        else:
            pieces[-1].append(f"{one.x},{one.y}")
    return [" ".join(one) for one in pieces if len(one) > 1]
