"""What changes when somebody can't come: as few shifts of others as may be, then the cheapest."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from time import perf_counter

from ortools.sat.python import cp_model

from gongzhi.analysis.roster.building import Model
from gongzhi.analysis.roster.checking import LEAST, cost, violations
from gongzhi.analysis.roster.problem import DAY, Officer, Problem, Roster
from gongzhi.analysis.roster.ruling import rule_all

AFTER = 8
"""Days after the last absence in which shifts may be moved to make up."""
DEAREST = 1000
"""One officer missing counts as so many changes: nobody is spared a change at that price."""
FOUND = (cp_model.OPTIMAL, cp_model.FEASIBLE)


@dataclass(frozen=True)
class Absence:
    """An officer can't come from the `first` day to the `last`, both included."""

    officer: int
    first: int
    last: int


@dataclass(frozen=True)
class Change:
    """What an officer had on a day, and has now; None: a day off."""

    officer: int
    day: int
    before: int | None
    after: int | None


@dataclass(frozen=True)
class Repair:
    """``changes``: of those who aren't absent, by day. ``lost``: the shifts of those who are.
    ``missing``: officers that must be there and still aren't. ``problem``: with the absences."""

    roster: Roster = field(repr=False)
    changes: tuple[Change, ...]
    lost: tuple[Change, ...]
    missing: int
    cost: int
    seconds: float
    problem: Problem = field(repr=False)


def repair(
    problem: Problem,
    roster: Roster,
    absences: Sequence[Absence],
    *,
    seed: int = 0,
    limit: float = 3.0,
    workers: int = 8,
) -> Repair:
    """The roster without the absent, and with the fewest changes that keep all hard rules.

    Days before the first absence stay. Where too few are left, as many as can be are there, and
    ``missing`` says how many aren't. What was broken before may stay so. ValueError: an absence of
    nobody, or outside the horizon.
    """
    begun = perf_counter()
    now = _without(problem, roster, absences)
    bare = _bare(roster, absences)
    lost = tuple(
        Change(key, day, roster[key][day], None)
        for key in bare for day in range(problem.days) if bare[key][day] != roster[key][day]
    )  # fmt: skip
    short = [one for one in violations(now, bare) if one.code == LEAST]
    found: Roster = bare
    if short:
        days = range(min(one.first for one in absences),
                     min(problem.days, max(one.last for one in absences) + AFTER))  # fmt: skip
        able = _able(now, {(one.team, one.skill) for one in short}, absences)
        found = _search(now, bare, able, days, seed, limit, workers)
    changes = tuple(
        Change(key, day, bare[key][day], found[key][day])
        for day in range(problem.days)
        for key in sorted(found)
        if found[key][day] != bare[key][day]
    )
    missing = sum(one.amount for one in violations(now, found) if one.code == LEAST)
    took = perf_counter() - begun
    return Repair(found, changes, lost, missing, cost(now, found), took, now)


def _without(problem: Problem, roster: Roster, absences: Sequence[Absence]) -> Problem:
    """The same with the absences: days away, and hours that aren't owed for them."""
    officers = {one.key: one for one in problem.officers}
    for one in absences:
        if one.officer not in officers or not 0 <= one.first <= one.last < problem.days:
            raise ValueError(f"an absence of {one.officer} from {one.first} to {one.last}")
        days = range(one.first, one.last + 1)
        officer = officers[one.officer]
        keys = [key for day in days if (key := roster[one.officer][day]) is not None]
        owed = max(0, officer.least - sum(problem.shift(key).length for key in keys))
        officers[one.officer] = replace(officer, absent=officer.absent | set(days), least=owed)
    pins = [
        one for one in problem.pins
        if not any(a.officer == one.officer and a.first <= one.day <= a.last for a in absences)
    ]  # fmt: skip
    return replace(problem, officers=tuple(officers.values()), pins=tuple(pins))


def _bare(roster: Roster, absences: Sequence[Absence]) -> dict[int, tuple[int | None, ...]]:
    lines = {key: list(line) for key, line in roster.items()}
    for one in absences:
        for day in range(one.first, one.last + 1):
            lines[one.officer][day] = None
    return {key: tuple(line) for key, line in lines.items()}


def _able(
    problem: Problem, short: Collection[tuple[int | None, int | None]], absences: Sequence[Absence]
) -> list[Officer]:
    """Whoever could help: the teams that are short; of the county, those with the skill."""
    teams = {team for team, _skill in short}
    skills = {skill for team, skill in short if team is None}
    ill = {one.officer for one in absences}
    return [
        one for one in problem.officers
        if one.team in teams or one.key in ill or any(one.holds(skill, DAY) for skill in skills)
    ]  # fmt: skip


def _search(
    problem: Problem,
    bare: Roster,
    able: list[Officer],
    days: range,
    seed: int,
    limit: float,
    workers: int,
) -> Roster:
    """First the fewest changes, in half of the time at most; then, with no more, the cheapest."""
    model = Model(
        problem, bare, {one.key for one in able}, days, elastic=True, lenient=True,
    )  # fmt: skip
    rule_all(model)
    model.finish(bare)
    kept = [
        made[bare[officer][day]]
        for (officer, day), made in model.choice.items()
        if bare[officer][day] in made
    ]
    missing = [var for _demand, var in model.missing]
    changed = len(kept) - sum(kept) + DEAREST * sum(missing)
    wanted = model.cp.proto.objective
    costs, times = list(wanted.vars), list(wanted.coeffs)
    model.cp.clear_objective()
    model.cp.minimize(changed)
    solver = _solver(seed, limit / 2, workers)
    if solver.solve(model.cp) not in FOUND:
        return bare
    few = model.roster(solver)
    # What is missing is all there in the changes: its price isn't asked twice.
    model.cp.add(changed <= round(solver.objective_value))
    model.cp.clear_objective()
    model.cp.minimize(
        sum(model.cp.get_int_var_from_proto_index(v) * n for v, n in zip(costs, times, strict=True))
    )
    model.cp.clear_hints()
    for (officer, day), made in model.choice.items():
        for key, var in made.items():
            model.cp.add_hint(var, few[officer][day] == key)
    solver = _solver(seed, limit / 2, workers)
    return model.roster(solver) if solver.solve(model.cp) in FOUND else few


def _solver(seed: int, limit: float, workers: int) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(0.1, limit)
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = seed
    return solver
