"""A measure's weeks as a picture: points, centre and limits; no colour says good or bad."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongzhi.watch.outcomes.saying import number, short_day
from gongzhi.watch.outcomes.selectors.comparing import Beside
from gongzhi.watch.outcomes.selectors.stories import Story

WIDTH, HEIGHT = 640, 190
LEFT, TOP, BOTTOM = 56, 10, 24
LABELS = 5
"""Weeks that say their day, at most: more don't fit on a phone."""


@dataclass(frozen=True)
class Dot:
    """One week of the chart."""

    x: float
    y: float
    changed: bool
    words: str


@dataclass(frozen=True)
class Picture:
    """A chart's parts, in the units of its view box. ``band`` and ``line`` are lists of points."""

    dots: Sequence[Dot]
    line: str
    band: str
    centre: float | None
    begun: float | None
    """Where the baseline ends and judging begins."""
    ticks: Sequence[tuple[float, str]]
    days: Sequence[tuple[float, str]]
    targets: Sequence[str] = ()
    """What the county wants, a line for each stretch of weeks in which it is the same."""
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT


@dataclass(frozen=True)
class Whisker:
    """One town or unit against what is expected: ratio, its bounds and the limits by chance."""

    at: float
    low: float
    high: float
    near_low: float
    near_width: float
    width: int = 200
    one: float = 100


def picture(story: Story, targets: Sequence[float | None] = ()) -> Picture | None:
    """The chart; None where no week has a value. ``targets``: what each week was to reach."""
    there = [one for one in story.points if one is not None]
    if not there:
        return None
    judged = story.chart.baseline
    lows = [one for one in story.chart.low if one is not None]
    highs = [one for one in story.chart.high if one is not None]
    wanted = [one for one in targets if one is not None]
    low, high = _reach([*there, *lows, *highs, *wanted], story)
    down = _Scale(low, high, TOP, HEIGHT - BOTTOM)
    step = (WIDTH - LEFT - 12) / max(len(story.points) - 1, 1)
    across = [LEFT + 4 + nth * step for nth in range(len(story.points))]
    changed = {place for one in story.chart.signals for place in range(one.since, one.at + 1)
               if one.rule == "run" or place == one.at}  # fmt: skip
    dots = [
        Dot(round(x, 1), down(value), nth in changed,
            f"{short_day(story.weeks[nth])} {number(story.measure, value)}")
        for nth, (x, value) in enumerate(zip(across, story.points, strict=True))
        if value is not None
    ]  # fmt: skip
    centre = story.chart.centre
    return Picture(
        dots, " ".join(f"{one.x},{one.y}" for one in dots), _band(story, across, down),
        None if centre is None else down(centre),
        across[judged] - step / 2 if centre is not None and judged < len(across) else None,
        [(down(value), number(story.measure, value)) for value in (low, (low + high) / 2, high)],
        _days(story, across), _targets(targets, across, step, down),
    )  # fmt: skip


@dataclass(frozen=True)
class _Scale:
    low: float
    high: float
    top: float
    bottom: float

    def __call__(self, value: float) -> float:
        part = (value - self.low) / (self.high - self.low)
        return round(self.bottom - part * (self.bottom - self.top), 1)


def _reach(values: Sequence[float], story: Story) -> tuple[float, float]:
    low, high = min(values), max(values)
    room = (high - low) * 0.08 or abs(high) * 0.1 or 1.0
    share = story.measure.formula in ("share", "within")
    return max(low - room, 0.0), min(high + room, 1.0) if share else high + room


def _band(story: Story, across: Sequence[float], down: _Scale) -> str:
    """The limits, along above and back below."""
    both = [
        (x, low, high)
        for x, low, high in zip(across, story.chart.low, story.chart.high, strict=True)
        if low is not None and high is not None
    ]
    there = [f"{x:.1f},{down(high)}" for x, _low, high in both]
    back = [f"{x:.1f},{down(max(low, down.low))}" for x, low, _high in reversed(both)]
    return " ".join([*there, *back])


def _targets(
    targets: Sequence[float | None], across: Sequence[float], step: float, down: _Scale
) -> list[str]:
    """Level lines from the middle before the first week of a stretch to the middle after its last;
    one that holds for a single week is as wide as a week."""
    found: list[str] = []
    begun = 0
    for nth, value in enumerate(targets):
        if nth + 1 < len(targets) and targets[nth + 1] == value:
            continue
        if value is not None:
            left = max(across[begun] - step / 2, LEFT)
            right = min(across[nth] + step / 2, WIDTH)
            found.append(f"{left:.1f},{down(value)} {right:.1f},{down(value)}")
        begun = nth + 1
    return found


def _days(story: Story, across: Sequence[float]) -> list[tuple[float, str]]:
    every = max(1, -(-len(across) // LABELS))
    return [
        (round(x, 1), short_day(week))
        for nth, (x, week) in enumerate(zip(across, story.weeks, strict=True)) if nth % every == 0
    ]  # fmt: skip


def whisker(one: Beside) -> Whisker | None:
    """Ratios from 0 to 2, what lies beyond drawn at the edge; None where nothing is expected."""
    if one.compared is None:
        return None
    told = one.compared

    def along(ratio: float) -> float:
        return round(min(max(ratio, 0.0), 2.0) * 100, 1)

    near = along(told.far[0]), along(told.far[1])
    return Whisker(
        along(told.ratio), along(told.bounds[0]), along(told.bounds[1]), near[0],
        round(near[1] - near[0], 1),
    )  # fmt: skip
