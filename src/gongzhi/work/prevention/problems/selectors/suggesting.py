"""Areas to compare with: of similar level, not next door, apart from each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import h3.api.basic_int as h3
import numpy as np

from gongzhi.base.places.cells import as_text
from gongzhi.work.prevention.problems.counting import Weeks, by_week, yesterday
from gongzhi.work.prevention.problems.models import Problem
from gongzhi.work.prevention.problems.selectors.assessing import begun_on
from gongzhi.work.prevention.problems.shapes import called, numbers, reach_of, ring_of

SUGGESTED = 6
LEAST, MOST = 0.4, 2.5
"""A comparison area has between so many times as many as the problem's own."""
Disks = Sequence[tuple[int, set[int]]]
"""Each with its middle."""


@dataclass(frozen=True)
class Suggested:
    """An area of similar level that isn't next door. ``level``: a week, before."""

    middle: str
    place: str
    level: float
    chosen: bool


def suggest(problem: Problem) -> list[Suggested]:
    """Areas to compare with: as large, not next door, apart from each other, and about as many
    before anything was done; those chosen already first. The person chooses."""
    until = begun_on(problem) or yesterday()
    before = min(until, problem.noticed[0]) if problem.noticed else until
    weeks = by_week(problem.about, before, before - timedelta(days=1))
    chosen = [(numbers(one.cells)[0], set(numbers(one.cells)))
              for one in problem.comparison.order_by("pk")]  # fmt: skip
    reach = reach_of(problem.cells)
    own = numbers(problem.cells)
    alike = _alike(weeks, own, reach, float(weeks.of(own).sum()), reach + problem.ring)
    return _told(weeks, chosen, _apart(alike, chosen, SUGGESTED))


def suggest_cells(
    about: str, cells: Sequence[int], before: date, chosen: Sequence[int], width: int
) -> list[Suggested]:
    """The same for cells that lie here and there: single cells about as busy as one of them, out of
    the ring of this width around them all."""
    weeks = by_week(about, before, before - timedelta(days=1))
    level = float(weeks.of(cells).sum()) / max(len(cells), 1)
    taken = [(one, {one}) for one in chosen]
    alike = _alike(weeks, cells, 0, level, width)
    return _told(weeks, taken, _apart(alike, taken, 2 * SUGGESTED))


def _told(weeks: Weeks, chosen: Disks, others: Disks) -> list[Suggested]:
    span = max(1, len(weeks.starts))
    found = [*chosen, *others]
    places = called([as_text(middle) for middle, _disk in found])
    return [
        Suggested(as_text(middle), place, int(weeks.of(disk).sum()) / span, n < len(chosen))
        for n, ((middle, disk), place) in enumerate(zip(found, places, strict=True))
    ]


def _apart(alike: Disks, chosen: Disks, many: int) -> Disks:
    """Of the likest, so many that neither touch each other nor what is chosen."""
    taken = set().union(*(disk for _middle, disk in chosen)) if chosen else set()
    found: list[tuple[int, set[int]]] = []
    for middle, disk in alike:
        if len(found) + len(chosen) < many and not taken & disk:
            taken |= disk
            found.append((middle, disk))
    return found


def _alike(weeks: Weeks, own: Sequence[int], reach: int, level: float, far: int) -> Disks:
    """Disks of about as many (`level`), farther than `far` cells away, the likest first."""
    near, found = ring_of(own, far) | set(own), []
    for middle in sorted(weeks.counts):
        if middle in near or h3.grid_distance(middle, own[0]) <= far + reach:
            continue
        disk = {int(one) for one in h3.grid_disk(middle, reach)}
        ratio = float(weeks.of(disk).sum()) / max(level, 1.0)
        if LEAST <= ratio <= MOST:
            found.append((abs(np.log(ratio)), middle, disk))
    return [(middle, disk) for _off, middle, disk in sorted(found, key=lambda one: one[:2])]
