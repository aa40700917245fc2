"""Shifts drawn side by side: what was foreseen, between which numbers, and what came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gongzhi.work.patrol.forecasts.saying import day_of, hours_of, stop_in_words
from gongzhi.work.patrol.forecasts.selectors.shown import Stop

STEP, WIDE, HEIGHT, FOOT = 16, 10, 110, 18


@dataclass(frozen=True)
class Mark:
    """One shift, in an SVG's own units: the range from ``top`` to ``bottom``, what is expected
    ``at``, what ``came``."""

    key: str
    x: int
    top: float
    bottom: float
    at: float
    came: float | None
    held: bool
    words: str

    @property
    def tall(self) -> float:
        """How tall the range is; a range of one number can be seen, too."""
        return round(max(self.bottom - self.top, 1.5), 1)


@dataclass(frozen=True)
class Strip:
    """All of them; ``days``: where a day begins and what it is called; ``now``: where what is over
    ends; ``most``: the number at the top."""

    marks: tuple[Mark, ...]
    days: tuple[tuple[int, str], ...]
    now: int
    most: int
    width: int
    height: int = HEIGHT


def strip_of(stops: Sequence[Stop]) -> Strip:
    """Of shifts in their order."""
    most = max([1, *(max(one.high, one.came or 0) for one in stops)])
    marks = tuple(_mark(n, one, most) for n, one in enumerate(stops))
    days = tuple((n * STEP, f"{one.day.day}") for n, one in enumerate(stops) if one.shift == 0)
    over = sum(one.came is not None for one in stops)
    return Strip(marks, days, over * STEP, most, len(stops) * STEP)


def _mark(n: int, stop: Stop, most: int) -> Mark:
    def up(value: float) -> float:
        return round(HEIGHT * (1 - value / most), 1)

    came = None if stop.came is None else up(stop.came)
    words = " ".join(stop_in_words(stop))
    return Mark(stop.key, n * STEP + (STEP - WIDE) // 2, up(stop.high), up(stop.low),
                up(stop.expected), came, stop.held, words)  # fmt: skip


def table_of(stops: Sequence[Stop]) -> list[dict[str, Any]]:
    """The same as rows."""
    return [{"day": day_of(one.day), "hours": hours_of(one.shift), "stop": one} for one in stops]
