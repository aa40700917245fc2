"""The problem as CP-SAT's: one choice for each officer and day, and what rules say of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from gongzhi.analysis.roster.problem import (
    DAY,
    STEPS,
    Burden,
    Demand,
    Officer,
    Problem,
    Roster,
    Share,
    Wish,
)

Var = cp_model.IntVar
GROUPS = ("least", "away", "pinned", "never", "skill")
"""What can be left out of a model beside rules, to see whether it can be met then."""
MISSING = 100_000
"""What one officer missing below `Demand.least` costs where that may be, to begin with."""


@dataclass
class Sum:
    """A number already known, and choices still to be made."""

    known: int = 0
    terms: list[Var] = field(default_factory=list)
    times: list[int] = field(default_factory=list)

    def add(self, other: Sum, times: int = 1) -> None:
        """That many times the other one more."""
        self.known += times * other.known
        self.terms += other.terms
        self.times += [times * one for one in other.times]

    def turned(self) -> Sum:
        """The same below 0."""
        return Sum(-self.known, self.terms, [-one for one in self.times])

    def line(self) -> cp_model.LinearExpr:
        """As CP-SAT takes it."""
        return cp_model.LinearExpr.weighted_sum(self.terms, self.times) + self.known

    def most(self) -> int:
        """Not more than this, as each choice is 0 or 1."""
        return self.known + sum(one for one in self.times if one > 0)


class Ground:
    """What many models of the same problem share: who could meet which demand, and who wishes
    what."""

    def __init__(self, problem: Problem) -> None:
        self.teams: dict[int | None, list[Officer]] = defaultdict(list)
        for officer in problem.officers:
            self.teams[officer.team].append(officer)
            self.teams[None].append(officer)
        self.demands = [
            (one, [who for who in self.whom(one) if who.holds(one.skill, end(problem, one))])
            for one in problem.demands
        ]
        self.wishes: dict[int, list[Wish]] = defaultdict(list)
        self.shares: dict[int, list[Share]] = defaultdict(list)
        for wish in problem.wishes:
            self.wishes[wish.officer].append(wish)
        for share in problem.shares:
            self.shares[share.officer].append(share)

    def whom(self, demand: Demand) -> list[Officer]:
        """All whom it is about, with its skill or not."""
        return self.teams[demand.team]


def end(problem: Problem, demand: Demand) -> int:
    """The minute of the horizon in which a shift that is needed ends."""
    return demand.day * DAY + problem.shift(demand.shift).end


class Model:
    """Choices for the officers of `free` (None: all) on the days of `window`; everybody and
    everything else stays as in `around`.

    ``without``: codes of rules, or of `GROUPS`, that are left out. ``elastic``: officers below
    `Demand.least` cost `MISSING` each instead of being impossible. ``lenient``: a hard rule that
    what is fixed breaks already, may stay broken, by no more.
    """

    def __init__(
        self,
        problem: Problem,
        around: Roster | None = None,
        free: Collection[int] | None = None,
        window: range | None = None,
        *,
        without: Collection[str] = (),
        elastic: bool = False,
        lenient: bool = False,
        ground: Ground | None = None,
    ) -> None:
        self.ground = ground or Ground(problem)
        self.problem, self.around, self.lenient = problem, around or {}, lenient
        self.free = {one.key for one in problem.officers} if free is None else set(free)
        self.window = range(problem.days) if window is None else window
        self.without, self.elastic = set(without), elastic
        self.cp = cp_model.CpModel()
        self.choice: dict[tuple[int, int], dict[int | None, Var]] = {}
        self.cost: list[tuple[Var, int]] = []
        self.derived: list[tuple[Var, Sum, int, int]] = []
        self.constant = 0
        self.missing: list[tuple[Demand, Var]] = []
        self._pins = {} if "pinned" in self.without else {
            (one.officer, one.day): one.shift for one in problem.pins
        }  # fmt: skip
        self.officers = [one for one in problem.officers if one.key in self.free]
        for officer in self.officers:
            self._choices(officer)
        self._demands()
        for officer in self.officers:
            for wish in self.ground.wishes.get(officer.key, ()):
                self._wish(wish)
            for share in self.ground.shares.get(officer.key, ()):
                self._share(share, officer)

    def _choices(self, officer: Officer) -> None:
        for day in self.window:
            may = allowed(self.problem, officer, day, self.without)
            if (officer.key, day) in self._pins:
                may = [one for one in may if one == self._pins[officer.key, day]]
            made = {key: self.cp.new_bool_var("") for key in may}
            self.choice[officer.key, day] = made
            self.cp.add_exactly_one(made.values())

    def at(self, officer: Officer, day: int, keys: Collection[int | None]) -> Sum:
        """Whether the officer has one of these shifts (None: a day off) on that day."""
        made = self.choice.get((officer.key, day))
        if made is not None:
            terms = [var for key, var in made.items() if key in keys]
            return Sum(0, terms, [1] * len(terms))
        if day >= 0:
            return Sum(int(self.around[officer.key][day] in keys))
        back = len(officer.before) + day
        return Sum(int(back >= 0 and officer.before[back] in keys))

    def together(self, officer: Officer, days: Iterable[int], keys: Collection[int | None]) -> Sum:
        """On how many of the days."""
        found = Sum()
        for day in days:
            found.add(self.at(officer, day, keys))
        return found

    def known(self, officer: Officer, day: int) -> bool:
        """Whether anything is said of that day."""
        return -len(officer.before) <= day < self.problem.days

    def at_most(self, total: Sum, limit: int, weight: int | None, unit: int = 1) -> None:
        """The sum is at most the limit; with a `weight`, or each begun `unit` above costs it."""
        if total.most() <= limit:
            return
        if weight is None:
            if self.lenient:
                limit = max(limit, total.known + sum(one for one in total.times if one < 0))
            if total.terms:
                self.cp.add(total.line() <= limit)
            else:
                self.impossible()
            return
        if not total.terms:
            self.constant += weight * -(-(total.known - limit) // unit)
            return
        above = self.above(total, limit, unit)
        self.cp.add(total.line() - unit * above <= limit)
        self.cost.append((above, weight))

    def above(self, total: Sum, limit: int, unit: int = 1) -> Var:
        """How many begun units the sum is above the limit; the caller says that it can't be
        fewer."""
        made = self.cp.new_int_var(0, max(0, -(-(total.most() - limit) // unit)), "")
        self.derived.append((made, total, limit, unit))
        return made

    def impossible(self) -> None:
        """Nothing that can be chosen helps."""
        if not self.lenient:
            self.cp.add_bool_or([])

    def at_least(self, total: Sum, limit: int, weight: int | None, unit: int = 1) -> None:
        """The other way round."""
        self.at_most(total.turned(), -limit, weight, unit)

    def _demands(self) -> None:
        teams = {one.team for one in self.officers} | {None}
        for demand, able in self.ground.demands:
            # What nobody who is free can do anything about, stays as it is.
            if demand.day not in self.window or demand.team not in teams:
                continue
            there = Sum()
            for officer in self.ground.whom(demand) if "skill" in self.without else able:
                if officer.key in self.free:
                    there.add(self.at(officer, demand.day, (demand.shift,)))
                elif officer.key in self.around:
                    # In a model of one team after another, who has no roster yet isn't there.
                    there.known += self.around[officer.key][demand.day] == demand.shift
            self._demand(demand, there)

    def _demand(self, demand: Demand, there: Sum) -> None:
        if not there.terms:
            above = max(0, there.known - demand.ideal)
            short = max(0, demand.ideal - there.known)
            self.constant += demand.short * short + demand.over * above
            if there.known < demand.least:
                if self.elastic:
                    self.constant += MISSING * (demand.least - there.known)
                elif "least" not in self.without and len(self.officers) == len(
                    self.problem.officers
                ):
                    self.impossible()
            return
        few, many = self.above(there.turned(), -demand.ideal), self.above(there, demand.ideal)
        self.cp.add(there.line() + few - many == demand.ideal)
        self.cost += [(few, demand.short), (many, demand.over)]
        if not demand.least or "least" in self.without:
            return
        if self.elastic:
            missing = self.above(there.turned(), -demand.least)
            self.cp.add(there.line() + missing >= demand.least)
            self.cost.append((missing, MISSING))
            self.missing.append((demand, missing))
        else:
            self.cp.add(there.line() >= demand.least)

    def _wish(self, wish: Wish) -> None:
        made = self.choice.get((wish.officer, wish.day))
        if made is None:
            return
        keys = [key for key in made if key is not None and wish.shift in {None, key}]
        self.constant += wish.weight if wish.on else 0
        self.cost += [(made[key], -wish.weight if wish.on else wish.weight) for key in keys]

    def _share(self, share: Share, officer: Officer) -> None:
        keys, days = burdens(self.problem, share.burden)
        total = self.together(officer, days, keys)
        for step in range(STEPS):
            limit = share.fair - share.before + step
            self.at_most(total, limit, share.weight)

    def finish(self, hint: Roster | None = None) -> int | None:
        """Say what is to be as little as may be, and where to begin looking; what that costs."""
        terms, times = [one for one, _ in self.cost], [times for _, times in self.cost]
        self.cp.minimize(cp_model.LinearExpr.weighted_sum(terms, times) + self.constant)
        if hint is None:
            return None
        values: dict[int, int] = {}
        for (officer, day), made in self.choice.items():
            for key, var in made.items():
                values[var.index] = int(hint[officer][day] == key)
        for var, total, limit, unit in self.derived:
            known = [n * values[one.index] for one, n in zip(total.terms, total.times, strict=True)]
            values[var.index] = max(0, -(-(total.known + sum(known) - limit) // unit))
        for var in (*(v for made in self.choice.values() for v in made.values()),
                    *(one[0] for one in self.derived)):  # fmt: skip
            self.cp.add_hint(var, values[var.index])
        return self.constant + sum(n * values[var.index] for var, n in self.cost)

    def roster(self, solver: cp_model.CpSolver) -> dict[int, tuple[int | None, ...]]:
        """What was chosen, and everybody else as before."""
        lines = {key: list(line) for key, line in self.around.items()}
        for officer in self.officers:
            lines.setdefault(officer.key, [None] * self.problem.days)
        for (key, day), made in self.choice.items():
            lines[key][day] = next(one for one, var in made.items() if solver.value(var))
        return {key: tuple(line) for key, line in lines.items()}


def allowed(
    problem: Problem, officer: Officer, day: int, without: Collection[str] = ()
) -> list[int | None]:
    """The shifts that an officer could work on a day, and None."""
    found: list[int | None] = [None]
    for shift in problem.shifts:
        touched = range(day, day + (shift.end - 1) // DAY + 1)
        away = day in officer.absent or any(one in officer.away for one in touched)
        never = "never" not in without and shift.key in officer.never
        if not never and not (away and "away" not in without):
            found.append(shift.key)
    return found


def burdens(problem: Problem, burden: Burden) -> tuple[list[int], Sequence[int]]:
    """Which shifts on which days are such a burden."""
    keys = [one.key for one in problem.shifts if burden != Burden.NIGHTS or one.night]
    if burden == Burden.WEEKENDS:
        return keys, [day for day in range(problem.days) if problem.weekday(day) >= 5]
    if burden == Burden.HOLIDAYS:
        return keys, sorted(problem.holidays)
    return keys, range(problem.days)
