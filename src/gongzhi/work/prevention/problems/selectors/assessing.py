"""What changed at a problem's place, beside the areas that a person chose to compare with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import h3.api.basic_int as h3
import numpy as np

from gongzhi.analysis.evaluation import AFTER, LEFT_OUT, Compared, compare, phases
from gongzhi.base.places.cells import as_text
from gongzhi.work.prevention.problems.counting import Weeks, by_week, yesterday
from gongzhi.work.prevention.problems.drawing import Bar, Whisker, bars_of, whisker
from gongzhi.work.prevention.problems.models import Problem
from gongzhi.work.prevention.problems.saying import in_words, ring_in_words
from gongzhi.work.prevention.problems.shapes import (
    RING,
    called,
    numbers,
    reach_of,
    ring_around,
)

SUGGESTED = 6
LEAST, MOST = 0.4, 2.5
"""A comparison area has between so many times as many as the problem's own."""


@dataclass(frozen=True)
class Suggested:
    """An area of similar level that isn't next door. ``level``: a week, before."""

    middle: str
    place: str
    level: float
    chosen: bool


@dataclass(frozen=True)
class Assessed:
    """The weeks, the comparison, and how they are drawn and said."""

    begun: date
    weeks: tuple[date, ...]
    phase: tuple[int, ...]
    own: tuple[int, ...]
    others: tuple[int, ...]
    areas: int
    compared: Compared

    @cached_property
    def bars(self) -> list[Bar]:
        """The area's weeks; those after the measures began are marked."""
        return bars_of(self.own, self._after, out=self._out)

    @cached_property
    def other_bars(self) -> list[Bar]:
        """The comparison areas' weeks together."""
        return bars_of(self.others, self._after, out=self._out)

    @property
    def width(self) -> int:
        """Of the bars' drawing."""
        return 8 * max(1, len(self.weeks))

    @property
    def begun_x(self) -> int:
        """Where the line stands that says from when on something was done."""
        return 8 * sum(week < self.begun for week in self.weeks) - 1

    @property
    def whisker(self) -> Whisker | None:
        """The change with its interval."""
        change = self.compared.change
        return whisker(change.low, change.ratio, change.high) if change else None

    @property
    def verdict(self) -> str:
        """What can honestly be said."""
        return in_words(self.compared)

    @property
    def ring(self) -> str:
        """Whether it only moved next door; "" where nobody can say."""
        return ring_in_words(self.compared)

    @property
    def left_out(self) -> int:
        """Weeks that count for nothing."""
        return self.phase.count(LEFT_OUT)

    @property
    def _after(self) -> set[int]:
        return {n for n, one in enumerate(self.phase) if one == AFTER}

    @property
    def _out(self) -> set[int]:
        return {n for n, one in enumerate(self.phase) if one == LEFT_OUT}


def begun_on(problem: Problem) -> date | None:
    """The first day of the first measure that was not called off; None before there is one."""
    going = [one.since for one in problem.measures.all() if one.done is not False]
    return min(going, default=None)


def assess(problem: Problem) -> Assessed | None:
    """Before and after, week by week; None before a measure has begun."""
    begun, until = begun_on(problem), yesterday()
    if begun is None or begun > until:
        return None
    weeks = by_week(problem.about, begun, until)
    disks = [numbers(one.cells) for one in problem.comparison.order_by("pk")]
    phase = _phases(problem, weeks, begun, until)
    own = weeks.of(numbers(problem.cells))
    rows = [weeks.of(disk) for disk in disks]
    compared = compare(own, rows, phase, ring=weeks.of(_ring(problem, disks)))
    others = sum(rows, np.zeros(len(weeks.starts), np.int64))
    return Assessed(
        begun, weeks.starts, tuple(phase), tuple(own.tolist()), tuple(others.tolist()),
        len(disks), compared,
    )  # fmt: skip


def _phases(problem: Problem, weeks: Weeks, begun: date, until: date) -> list[int]:
    days = problem.noticed
    return phases(
        [one.toordinal() for one in weeks.starts], begun=begun.toordinal(),
        until=until.toordinal(), rise=(days[0].toordinal(), days[1].toordinal()) if days else None,
    )  # fmt: skip


def _ring(problem: Problem, disks: Iterable[list[int]]) -> set[int]:
    return ring_around(problem.cells) - {cell for disk in disks for cell in disk}


def suggest(problem: Problem) -> list[Suggested]:
    """Areas to compare with: as large, not next door, apart from each other, and about as many
    before anything was done; those chosen already first. The person chooses."""
    until = begun_on(problem) or yesterday()
    before = min(until, problem.noticed[0]) if problem.noticed else until
    weeks = by_week(problem.about, before, before - timedelta(days=1))
    span = max(1, len(weeks.starts))
    chosen = {one.cells[0]: set(numbers(one.cells)) for one in problem.comparison.order_by("pk")}
    taken = set().union(*chosen.values()) if chosen else set()
    found = list(chosen.items())
    for middle, disk in _alike(problem, weeks):
        if len(found) < max(SUGGESTED, len(chosen)) and not taken & disk:
            taken |= disk
            found.append((as_text(middle), disk))
    levels = [int(weeks.of(disk).sum()) / span for _middle, disk in found]
    places = called([middle for middle, _disk in found])
    return [
        Suggested(middle, place, level, middle in chosen)
        for (middle, _disk), place, level in zip(found, places, levels, strict=True)
    ]


def _alike(problem: Problem, weeks: Weeks) -> list[tuple[int, set[int]]]:
    """Disks of about as many, the likest first."""
    own, reach = numbers(problem.cells), reach_of(problem.cells)
    level = max(1.0, float(weeks.of(own).sum()))
    far = 2 * reach + RING
    found = []
    for middle in sorted(weeks.counts):
        if h3.grid_distance(middle, own[0]) <= far:
            continue
        disk = {int(one) for one in h3.grid_disk(middle, reach)}
        ratio = float(weeks.of(disk).sum()) / level
        if LEAST <= ratio <= MOST:
            found.append((abs(np.log(ratio)), middle, disk))
    return [(middle, disk) for _off, middle, disk in sorted(found, key=lambda one: one[:2])]
