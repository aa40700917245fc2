"""Why there is no roster: which rules collide, with what demand, or in whose days.

Rules are left out one after another; what must stay so that it stays impossible, is the reason. The
words for it are the page's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from time import perf_counter

from ortools.sat.python import cp_model

from gongzhi.analysis.roster.building import GROUPS, Model
from gongzhi.analysis.roster.problem import Demand, Officer, Problem
from gongzhi.analysis.roster.ruling import rule_all
from gongzhi.analysis.roster.searching import alone, apart

ONE, ENOUGH = 3.0, 3
"""Seconds for one question at most; conflicts that are told: the rest may go with the first."""
FOUND = (cp_model.OPTIMAL, cp_model.FEASIBLE)


@dataclass(frozen=True)
class Conflict:
    """``codes``: rules (or `GROUPS`: leave, pins, skills…) that can't all be kept; without any one
    of them it could be done. ``officer``: in whose days; or ``demand``: with which demand, of which
    ``there`` can be met at most, within the days from ``first`` to ``last`` together with what else
    is needed then."""

    codes: tuple[str, ...]
    first: int
    last: int
    officer: int | None = None
    demand: Demand | None = None
    there: int = 0


@dataclass(frozen=True)
class Explanation:
    """``possible``: a roster there is; None: not known in the time given. ``missing``: officers
    that are missing on all shifts together, if everything else is kept."""

    possible: bool | None
    conflicts: tuple[Conflict, ...] = ()
    missing: int = 0


def explain(problem: Problem, *, limit: float = 30.0) -> Explanation:
    """Which rules collide, in codes and numbers. Officers who can't keep their own rules are told
    first; then demand that can't be met."""
    until = perf_counter() + limit
    ask = _Asking(until)
    own = [one for officer in problem.officers for one in _own(problem, officer, ask)]
    if own:
        return Explanation(False, tuple(own[:ENOUGH]))
    teams = apart(problem)
    parts = [alone(problem, team) for team in teams]
    if len(teams) > 1 and any(one.team is None for one in problem.demands):
        parts.append(_joint(problem))
    missing, known = 0, True
    conflicts: list[Conflict] = []
    for part in parts:
        short, sure = ask.short(part)
        missing += sum(many for _demand, many in short)
        known = known and sure
        for demand, many in short[:ENOUGH] if sure else ():
            if len(conflicts) < ENOUGH and ask.left() > 0:
                conflicts += _about(part, demand, many, ask)
    if conflicts or (missing and known):
        return Explanation(False, tuple(conflicts), missing)
    return Explanation(True if known else None, (), 0)


def _joint(problem: Problem) -> Problem:
    """What teams see to together, with those who have the skill for it."""
    demands = tuple(one for one in problem.demands if one.team is None)
    skills = {one.skill for one in demands}
    return _narrowed(
        problem,
        [one for one in problem.officers if any(one.holds(skill, 0) for skill in skills)],
        demands,
    )


def _narrowed(
    problem: Problem, officers: Collection[Officer], demands: tuple[Demand, ...]
) -> Problem:
    who = {one.key for one in officers}
    return replace(
        problem, officers=tuple(officers), demands=demands, wishes=(), shares=(),
        pins=tuple(one for one in problem.pins if one.officer in who),
    )  # fmt: skip


class _Asking:
    """Puts questions, as long as there is time."""

    def __init__(self, until: float) -> None:
        self.until = until

    def left(self) -> float:
        return self.until - perf_counter()

    def _solve(self, model: Model, *, first: bool) -> tuple[int, cp_model.CpSolver]:
        rule_all(model)
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = max(0.05, min(ONE if first else 10.0, self.left()))
        solver.parameters.num_workers = 8
        if first:
            model.cp.clear_objective()
        return int(solver.solve(model.cp)), solver

    def impossible(self, problem: Problem, without: Collection[str]) -> bool:
        """Whether it is known that there is none; not known in time counts as no."""
        model = Model(_hard(problem), without=without)
        return self._solve(model, first=True)[0] == cp_model.INFEASIBLE

    def short(self, problem: Problem) -> tuple[list[tuple[Demand, int]], bool]:
        """Which demand is short by how many, at best; and whether that is sure."""
        bare = _hard(problem)
        model = Model(bare, elastic=True)
        model.cp.minimize(sum(var for _demand, var in model.missing))
        status, solver = self._solve(model, first=False)
        if status not in FOUND:
            return [], False
        short = [(one, solver.value(var)) for one, var in model.missing if solver.value(var)]
        # Demand that nobody is left for has no choices, and is short as it stands.
        held = {id(one) for one, _var in model.missing}
        short += [(one, one.least) for one in bare.demands if one.least and id(one) not in held]
        return short, status == cp_model.OPTIMAL or not short


def _hard(problem: Problem) -> Problem:
    """What must be, without what would be good."""
    return replace(
        problem,
        demands=tuple(replace(one, ideal=one.least) for one in problem.demands if one.least),
        rules=tuple(one for one in problem.rules if one.hard), wishes=(), shares=(),
    )  # fmt: skip


def _own(problem: Problem, officer: Officer, ask: _Asking) -> Iterator[Conflict]:
    """Whoever can't keep their own rules, whatever is needed."""
    one = _narrowed(problem, [officer], ())
    if ask.impossible(one, ("least",)):
        codes = _reasons(one, ask, ("least",))
        days = [pin.day for pin in one.pins] or [0, problem.days - 1]
        yield Conflict(codes, min(days), max(days), officer=officer.key)


def _about(problem: Problem, demand: Demand, many: int, ask: _Asking) -> Iterator[Conflict]:
    """The narrowest days in which it can't be met, and why."""
    for reach in (0, 3, 7, problem.days):
        days = range(max(0, demand.day - reach), min(problem.days, demand.day + reach + 1))
        near = (demand,) if not reach else tuple(
            one for one in problem.demands if one.day in days and one.team == demand.team
        )  # fmt: skip
        part = replace(problem, demands=near, wishes=(), shares=())
        if ask.impossible(part, ()):
            codes = _reasons(part, ask)
            yield Conflict(
                codes, days[0], days[-1], demand=demand, there=demand.least - many
            )  # fmt: skip
            return


def _reasons(problem: Problem, ask: _Asking, given: Collection[str] = ()) -> tuple[str, ...]:
    """Codes without any one of which it would be possible, the others kept."""
    codes = [one.code for one in problem.rules if one.hard]
    codes += [one for one in GROUPS if one != "least"]
    out = set(given)
    for code in codes:
        if ask.impossible(problem, out | {code}):
            out.add(code)
    return tuple(one for one in codes if one not in out)
