"""A bound from whole horizons: of each officer some walks, of which a part of one each is taken, as
cheap as may be; what shifts are worth then says which walks are missing (column generation: Dantzig
and Wolfe, 1960). At any prices, the cheapest walk of everybody and the cheapest number for each
demand cost no more than any roster: that is the bound (Lagrange).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import ceil, inf

import highspy
import numpy as np
import numpy.typing as npt

from gongzhi.analysis.roster.pricing import Pricer, Room
from gongzhi.analysis.roster.problem import Demand, Officer, Problem, Roster
from gongzhi.analysis.roster.walks import Floats

SMOOTH = 0.5
"""So far do prices stay at those of the best bound: fewer rounds (Wentges, 1997)."""
CLOSE = 0.0005
"""A bound that near to what parts of walks cost, is as good as it gets."""
SLACKS = 3
"""Columns of a demand beside walks: one short, one missing, one too many."""
PRIMAL, DUAL = 4, 1
"""How HiGHS goes on: from a solution that new walks can better, or one that isn't any more."""
Choices = npt.NDArray[np.int8]
Line = tuple[int | None, ...]
Wanted = Sequence[tuple[Demand, Sequence[Officer]]]


class UnsolvedError(RuntimeError):
    """The parts of walks could not be chosen: rare, where numbers are at odds with each other."""


class Lines:
    """The walks known of one officer: choices by day, what each costs alone, and its column."""

    def __init__(self, days: int) -> None:
        self.many = 0
        self._choices, self._costs = np.zeros((64, days), np.int8), np.zeros(64)
        self.columns: list[int] = []
        self._known: set[bytes] = set()
        self._days = np.arange(days)

    @property
    def choices(self) -> Choices:
        """Of each, by day."""
        return self._choices[: self.many]

    @property
    def costs(self) -> Floats:
        """Of each alone."""
        return self._costs[: self.many]

    def knows(self, choices: Choices) -> bool:
        """Whether it is one of these."""
        return choices.tobytes() in self._known

    def add(self, choices: Choices, cost: float, column: int) -> None:
        """One more."""
        if self.many == len(self._costs):
            self._choices = np.concatenate([self._choices, np.zeros_like(self._choices)])
            self._costs = np.concatenate([self._costs, np.zeros_like(self._costs)])
        self._choices[self.many], self._costs[self.many] = choices, cost
        self.columns.append(column)
        self._known.add(choices.tobytes())
        self.many += 1

    def at(self, prices: Floats) -> Floats:
        """What each costs at prices of days and choices."""
        return np.asarray(self.costs + prices[self._days, self.choices].sum(axis=1))


class Columns:
    """The walks of those who have `pricers`, and how much of each would be taken, for the demand
    that is `wanted`. Everybody else stays as in `around`."""

    def __init__(
        self, problem: Problem, wanted: Wanted, pricers: Mapping[int, Pricer],
        around: Roster | None = None,
    ) -> None:  # fmt: skip
        self.keys: list[int | None] = [None, *(one.key for one in problem.shifts)]
        self.who, self.pricers = list(pricers), list(pricers.values())
        self.lines = [Lines(problem.days) for _key in self.who]
        self._see(problem, wanted, around or {})
        self.bound, self.value = -inf, inf
        self.center: Floats | None = None
        # Dearer than anything else that a single officer could cost or save.
        self.dear = 4.0 * max((one.short for one in self.demands), default=1) + 40.0
        self._lp = _solver()
        self._rows()

    def _see(self, problem: Problem, wanted: Wanted, around: Roster) -> None:
        """Who can meet which demand, and how many do already."""
        place = {key: n for n, key in enumerate(self.who)}
        self.demands = [one for one, _able in wanted]
        self.able = np.zeros((len(self.who), len(wanted)))
        self.known = np.zeros(len(wanted))
        for d, (one, able) in enumerate(wanted):
            for officer in able:
                if officer.key in place:
                    self.able[place[officer.key], d] = 1
                elif officer.key in around:
                    self.known[d] += around[officer.key][one.day] == one.shift
        self.day = np.array([one.day for one in self.demands], dtype=np.int64)
        self.choice = np.array([self.keys.index(one.shift) for one in self.demands], np.int64)
        # Demands of the same day and shift lie together: their worth is added up.
        cells = self.day * len(self.keys) + self.choice
        self._order = np.argsort(cells, kind="stable")
        self._cells, self._first = np.unique(cells[self._order], return_index=True)
        self._shape = (len(self.who), problem.days, len(self.keys))

    def _rows(self) -> None:
        none, nothing = np.zeros(0, np.int32), np.zeros(0)
        for _key in self.who:
            self._lp.addRow(1, 1, 0, none, nothing)
        for one, known in zip(self.demands, self.known, strict=True):
            self._lp.addRow(one.ideal - known, one.ideal - known, 0, none, nothing)
        for d, one in enumerate(self.demands):
            row = np.array([len(self.who) + d], np.int32)
            for sign, most, cost in (
                (1, one.ideal - one.least, one.short), (1, inf, self.dear), (-1, inf, one.over)
            ):  # fmt: skip
                self._lp.addCol(cost, 0, most, 1, row, np.array([float(sign)]))

    def add(self, n: int, all_: Iterable[Choices]) -> int:
        """Walks of the officer at that place; how many were new and allowed."""
        lines, before = self.lines[n], self.lines[n].many
        for choices in all_:
            cost = self.pricers[n].costs(choices)
            if cost == inf or lines.knows(choices):
                continue
            met = np.flatnonzero(self.met(n, choices))
            rows = np.append(met + len(self.who), n).astype(np.int32)
            lines.add(choices, cost, self._lp.getNumCol())
            self._lp.addCol(cost, 0, inf, len(rows), rows, np.ones(len(rows)))
        return lines.many - before

    def met(self, n: int, choices: Choices) -> Floats:
        """By demand: 1 where the officer at that place counts for it."""
        return np.asarray(self.able[n] * (choices[self.day] == self.choice))

    def begin(self, roster: Roster) -> None:
        """The lines of a roster are walks, too."""
        for n, key in enumerate(self.who):
            self.add(n, [np.array([self.keys.index(one) for one in roster[key]], np.int8)])

    def line(self, choices: Choices) -> Line:
        """Choices as a line of a roster."""
        return tuple(self.keys[int(one)] for one in choices)

    def close(self, n: int) -> None:
        """Take no walk that what was decided of the officer forbids."""
        lines = self.lines[n]
        days = np.arange(lines.choices.shape[1])
        wrong = ~self.pricers[n].may[days, lines.choices].all(axis=1)
        for nth in np.flatnonzero(wrong):
            self._lp.changeColBounds(lines.columns[nth], 0, 0)

    def taken(self, way: int = PRIMAL) -> tuple[Floats, Floats]:
        """Solve for the parts; what a demand's next officer is worth, and an officer's walk.
        UnsolvedError: it couldn't be."""
        if not (self._solved(way) or self._solved(PRIMAL, anew=True)):
            raise UnsolvedError
        self.value = self._lp.getObjectiveValue()
        worth = np.array(self._lp.getSolution().row_dual)
        return worth[len(self.who) :], worth[: len(self.who)]

    def _solved(self, way: int, *, anew: bool = False) -> bool:
        if anew:
            self._lp.clearSolver()
        self._lp.setOptionValue("simplex_strategy", way)
        self._lp.run()
        return bool(self._lp.getModelStatus() == highspy.HighsModelStatus.kOptimal)

    def parts(self) -> list[Floats]:
        """Of each officer's walks, how much is taken."""
        value = np.array(self._lp.getSolution().col_value)
        return [value[one.columns] for one in self.lines]

    def missing(self) -> bool:
        """Whether fewer than have to be are somewhere."""
        value = np.array(self._lp.getSolution().col_value[: SLACKS * len(self.demands)])
        return bool(value[1::SLACKS].sum() > 1e-6)

    def prices(self, worth: Floats) -> Floats:
        """By officer, day and choice: less what it is worth there."""
        found = np.zeros((self._shape[0], self._shape[1] * self._shape[2]))
        if len(self._cells):
            paid = (self.able * worth)[:, self._order]
            found[:, self._cells] = -np.add.reduceat(paid, self._first, axis=1)
        return found.reshape(self._shape)

    def round(self, room: Room) -> int:
        """Prices, and the walks missing at them; how many were new."""
        worth, _own = self.taken()
        center = worth if self.center is None else self.center
        new = self._round(SMOOTH * center + (1 - SMOOTH) * worth, room)
        return new or (self._round(worth, room) if self.center is not worth else 0)

    def _round(self, worth: Floats, room: Room) -> int:
        prices, least, new = self.prices(worth), self._fewest(worth), 0
        for n, pricer in enumerate(self.pricers):
            below = float(self.lines[n].at(prices[n]).min(initial=inf))
            found = pricer.cheapest(prices[n], room, below)
            least += found.bound
            new += self.add(n, found.choices)
        if least > self.bound:
            self.bound, self.center = least, worth
        return new

    def found(self, who: Iterable[int], worth: Floats, own: Floats, room: Room) -> int:
        """Walks missing for these places alone, at prices as they are; how many were new."""
        prices, new = self.prices(worth), 0
        for n in who:
            found = self.pricers[n].cheapest(prices[n], room, float(own[n]), turns=6)
            new += self.add(n, found.choices)
        return new

    def _fewest(self, worth: Floats) -> float:
        """What any number of officers costs at least, when each is paid what he is worth."""
        short, over, least, ideal = (
            np.array([getattr(one, name) for one in self.demands], dtype=np.float64)
            for name in ("short", "over", "least", "ideal")
        )
        able = self.able.sum(axis=0)
        fewest = np.minimum(np.maximum(0, least - self.known), able)
        costs = [
            short * np.maximum(0, ideal - self.known - n)
            + over * np.maximum(0, self.known + n - ideal) + worth * n
            for n in (fewest, np.clip(ideal - self.known, fewest, able), able)
        ]  # fmt: skip
        return float(np.minimum.reduce(costs).sum()) if self.demands else 0.0

    def floor(self) -> int:
        """The bound as a number that costs can have."""
        return max(0, ceil(self.bound - 1e-4)) if self.bound > -inf else 0

    def closed(self) -> bool:
        """Whether more walks would hardly lift the bound."""
        return self.value - self.bound <= max(0.01, CLOSE * self.value)


class _Quiet(highspy.Highs):
    """HiGHS without a word: it would say who it is when its callbacks are enabled, of which none is
    used."""

    def enableCallbacks(self) -> None:  # noqa: N802  (its name)
        """Nothing."""
        self.setOptionValue("output_flag", False)


def _solver() -> highspy.Highs:
    lp = _Quiet()  # type: ignore[no-untyped-call]
    for name, value in (("threads", 1), ("presolve", "off"), ("solver", "simplex")):
        lp.setOptionValue(name, value)
    return lp
