"""How fast the next call would be reached, everywhere, with the units that are free now.

The free units are taken as all there are: a call is answered by the nearest of them that no other
call has taken meanwhile (`hypercube`). Those at work come back, which nobody can time; without
them the figures are rather too slow than too fast.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from gongzhi.analysis.dispatching.hypercube import (
    BUSIEST,
    Crew,
    Floats,
    Load,
    Whole,
    answers,
    busy_parts,
    crew,
    work,
)

DEPTH = 12
"""So many choices of a cell are looked at; that all of them are busy is rare, and waits."""
LEFT_ROUNDS = 3
"""Rounds in which the others take over the work of a unit that leaves."""
UNREACHED = 3600.0
"""Seconds that a cell weighs which no unit reaches: help from elsewhere, an hour."""


@dataclass(frozen=True)
class Ground:
    """Where calls are expected: each cell's part of all calls (they sum to 1), and the number of
    the area it lies in, -1 for none."""

    demand: Floats
    area: Whole

    @property
    def cells(self) -> int:
        """How many there are."""
        return len(self.demand)


@dataclass(frozen=True)
class Level:
    """Of the next call: the seconds until it is expected to be reached, from being sent, and the
    part of calls that are reached within the promise."""

    seconds: float
    within: float


@dataclass(frozen=True)
class Loss:
    """What a unit's leaving does: its area's level now and then, and the seconds that the next
    call of the county would be reached later. ``later``: the same for all calls expected while it
    is away, together."""

    before: Level
    after: Level
    county: float
    later: float


class Cover:
    """The cover of one moment. Units that move or change make another one; what a single unit's
    leaving or standing elsewhere does is reckoned from it, without starting again."""

    def __init__(
        self, ground: Ground, units: Sequence[int], seconds: Floats, load: Load, promise: float,
        areas: Sequence[int] = (),
    ) -> None:  # fmt: skip
        """`seconds`: from each unit (columns, named by `units`) to each cell, infinite where it
        can't get; `areas`: the number of each unit's area; `promise`: seconds from being sent."""
        self.ground, self.load, self.promise = ground, load, promise
        self.units = {key: n for n, key in enumerate(units)}
        self.seconds = seconds
        self.areas = dict(zip(units, areas, strict=False))
        self.depth = min(DEPTH, len(units))
        self._losses: dict[int, Loss] = {}
        if not units:
            self.expected = np.full(ground.cells, UNREACHED)
            self.reached = np.zeros(ground.cells)
            return
        self.crew = crew(len(units), load.offered, self.depth)
        self.order = _nearest(seconds, min(self.depth + 1, len(units)))
        first = self.order[:, : self.depth]
        self.busy = busy_parts(first, ground.demand, load.offered, self.crew)
        self.work = work(first, ground.demand, load.offered, self.crew, self.busy)
        self.expected, self.reached = self._cells(
            first, _times(seconds, first), self.crew, self.busy
        )

    def county(self) -> Level:
        """Over all calls that are expected."""
        return self._level(self.expected, self.reached, None)

    def of_area(self, area: int) -> Level:
        """Over those of an area; the county's where nothing is expected there."""
        return self._level(self.expected, self.reached, self.ground.area == area)

    def loss(self, key: int) -> Loss:
        """What this unit's leaving does. Only the cells that it is a choice of are reckoned anew:
        with few units that is exact; with 10 to 40 of them, busy for up to 70 % of the time, it
        was off by 1 s of 18 on average and 10 s at most against reckoning everything anew."""
        if key not in self._losses:
            self._losses[key] = self._loss(key)
        return self._losses[key]

    def moved(self, key: int, seconds: Floats) -> Level:
        """The county's level with this unit where it takes `seconds` to each cell, as busy as all
        are now: off by 1 % of the seconds on average and 7 % at most. For trying many."""
        number = self.units[key]
        rest = _without(self.order, number, min(self.depth, len(self.units) - 1))
        order = np.concatenate([rest, np.full((len(rest), 1), number)], axis=1)
        times = np.concatenate([_times(self.seconds, rest), seconds[:, None]], axis=1)
        by_time = np.argsort(times, axis=1, kind="stable")[:, : self.depth]
        order = np.take_along_axis(order, by_time, 1)
        times = np.take_along_axis(times, by_time, 1)
        order = np.where(np.isfinite(times), order, -1)
        expected, reached = self._cells(order, times, self.crew, self.busy)
        return self._level(expected, reached, None)

    def with_unit_at(self, key: int, seconds: Floats) -> Cover:
        """The cover as it would be with this unit where it takes `seconds` to each cell."""
        changed = self.seconds.copy()
        changed[:, self.units[key]] = seconds
        areas = [self.areas.get(one, -1) for one in self.units]
        return Cover(self.ground, list(self.units), changed, self.load, self.promise, areas)

    def _loss(self, key: int) -> Loss:
        number, area = self.units[key], self.areas.get(key, -1)
        expected, reached = self.expected.copy(), self.reached.copy()
        rows = np.flatnonzero((self.order[:, : self.depth] == number).any(axis=1))
        if len(self.units) == 1:
            expected[:], reached[:] = UNREACHED, 0.0
        elif len(rows):
            expected[rows], reached[rows] = self._left(rows, number)
        there = self.ground.area == area
        slower = float(((expected - self.expected) * self.ground.demand).sum())
        return Loss(
            before=self._level(self.expected, self.reached, there),
            after=self._level(expected, reached, there),
            county=slower,
            later=slower * self.load.offered,
        )

    @cached_property
    def _fewer(self) -> Crew:
        return crew(len(self.units) - 1, self.load.offered, self.depth)

    def _left(self, rows: Whole, number: int) -> tuple[Floats, Floats]:
        """These cells without the unit, and the others' work with what they take over from it."""
        demand, offered = self.ground.demand[rows], self.load.offered
        were = self.order[rows][:, : self.depth]
        order = _without(self.order[rows], number, min(self.depth, len(self.units) - 1))
        fewer = self._fewer
        elsewhere = self.work - work(were, demand, offered, self.crew, self.busy)
        start = self.busy * (fewer.mean / self.crew.mean)
        start[number] = elsewhere[number] = 0.0
        parts = busy_parts(
            order, demand, offered, fewer,
            start=np.minimum(start, BUSIEST), elsewhere=elsewhere, rounds=LEFT_ROUNDS,
        )  # fmt: skip
        return self._cells(order, _times(self.seconds[rows], order), fewer, parts)

    def _cells(
        self, order: Whole, times: Floats, like: Crew, parts: Floats
    ) -> tuple[Floats, Floats]:
        """Each cell's expected seconds, and the part of its calls reached within the promise."""
        chance = answers(order, parts, like) * (order >= 0)
        finite = np.where(np.isfinite(times), np.minimum(times, UNREACHED), UNREACHED)
        waits = np.clip(1.0 - chance.sum(axis=1), 0.0, 1.0)
        late = np.minimum(self.load.seconds_a_call / like.units + finite.mean(axis=1), UNREACHED)
        late = np.where((order >= 0).any(axis=1), late, UNREACHED)
        expected = (chance * finite).sum(axis=1) + waits * late
        return expected, (chance * (times <= self.promise)).sum(axis=1)

    def _level(self, expected: Floats, reached: Floats, there: NDArray[np.bool_] | None) -> Level:
        demand = self.ground.demand if there is None else self.ground.demand * there
        total = float(demand.sum())
        if total <= 0:
            demand, total = self.ground.demand, float(self.ground.demand.sum()) or 1.0
        seconds, within = float((expected * demand).sum()), float((reached * demand).sum())
        return Level(seconds / total, within / total)


def _nearest(seconds: Floats, depth: int) -> Whole:
    """The numbers of each cell's nearest units, the nearest first; -1 where none gets there."""
    if depth < seconds.shape[1]:
        some = np.argpartition(seconds, depth - 1, axis=1)[:, :depth]
        by_time = np.argsort(np.take_along_axis(seconds, some, 1), axis=1, kind="stable")
        order = np.take_along_axis(some, by_time, 1)
    else:
        order = np.argsort(seconds, axis=1, kind="stable")
    return np.where(np.isfinite(np.take_along_axis(seconds, order, 1)), order, -1)


def _times(seconds: Floats, order: Whole) -> Floats:
    found: Floats = np.take_along_axis(seconds, np.maximum(order, 0), 1)
    return np.where(order >= 0, found, np.inf)


def _without(order: Whole, number: int, depth: int) -> Whole:
    """The same choices without this unit: those behind it move up."""
    is_it = order == number
    last = np.where(is_it.any(axis=1), is_it.argmax(axis=1), order.shape[1] - 1)
    at = np.arange(depth)
    found: Whole = np.take_along_axis(order, at + (at >= last[:, None]), 1)
    return found
