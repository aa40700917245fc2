"""One day's hours as a picture: what is wanted as bars, who is there as a line of steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongzhi.work.workforce.rosters.selectors.hours import Day, Hour

WIDTH, HEIGHT = 720, 200
LEFT, TOP, BOTTOM = 34, 12, 24


@dataclass(frozen=True)
class Bar:
    """One hour's."""

    x: float
    y: float
    height: float
    hour: Hour


@dataclass(frozen=True)
class Drawn:
    """The parts, in the units of the view box. ``there`` and ``least`` are lists of points."""

    bars: list[Bar]
    there: str
    least: str
    ticks: list[tuple[float, int]]
    hours: list[tuple[float, int]]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    base: int = HEIGHT - BOTTOM
    bar: float = (WIDTH - LEFT) / 24 - 6


def drawn(day: Day) -> Drawn:
    """From nobody at the bottom, so that what is twice as much looks it."""
    top = max(4, *(max(one.wanted, one.there, one.least) for one in day.hours))
    step = (WIDTH - LEFT) / 24

    def down(many: float) -> float:
        return round(HEIGHT - BOTTOM - many / top * (HEIGHT - BOTTOM - TOP), 1)

    def steps(values: Sequence[int]) -> str:
        corners = [
            (LEFT + (n + side) * step, down(many))
            for n, many in enumerate(values) for side in (0, 1)
        ]  # fmt: skip
        return " ".join(f"{x:.1f},{y}" for x, y in corners)

    bars = [
        Bar(round(LEFT + n * step + 3, 1), down(one.wanted),
            round(HEIGHT - BOTTOM - down(one.wanted), 1), one)
        for n, one in enumerate(day.hours)
    ]  # fmt: skip
    half = -(-top // 2)
    return Drawn(
        bars, steps([one.there for one in day.hours]), steps([one.least for one in day.hours]),
        [(down(many), many) for many in sorted({0, half, top})],
        [(round(LEFT + hour * step, 1), hour) for hour in range(0, 24, 3)],
    )  # fmt: skip
