"""From what is needed hour by hour to how many on each shift; and what an even share would be."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from ortools.sat.python import cp_model

from gongzhi.analysis.roster.problem import DAY, Burden, Problem, Shift

HOUR = 60
HOURS = 24
BUSY = 0.6
"""Of an hour, what calls may take of an officer so that somebody is free when the next one
comes; a county's own choice, as no statute has one."""


def demand_of_hours(
    need: Sequence[float], shifts: Sequence[Shift], *, busy: float = BUSY, floor: int = 0
) -> dict[tuple[int, int], int]:
    """By day and shift (key), the fewest officers that cover what is needed.

    ``need``: of each hour from the first midnight on, how many officers calls keep busy on average
    (calls an hour × hours each × officers each); whole days. ``busy``: the part of an hour that may
    be taken up. ``floor``: never fewer in any hour. Least officer-minutes in all, then the most
    even. ValueError where the shifts leave an hour with a need uncovered, or numbers make no sense.
    """
    if not need or len(need) % HOURS or not 0 < busy <= 1 or floor < 0:
        raise ValueError("need: 24 numbers for each day; busy: above 0, up to 1; floor: from 0")
    if any(not 0 <= one < 10_000 for one in need):
        raise ValueError("a need below 0, or no number")
    days, cp = len(need) // HOURS, cp_model.CpModel()
    asked = [max(floor, ceil(round(one / busy, 6))) for one in need]
    top = max(1, *asked)
    many = {(day, one.key): cp.new_int_var(0, top, "") for day in range(days) for one in shifts}
    for hour, least in enumerate(asked):
        here = [
            (many[day, one.key], covered)
            for day in {hour // HOURS, hour // HOURS - 1} & set(range(days))
            for one in shifts
            if (covered := _overlap(day * DAY + one.start, one.length, hour * HOUR))
        ]
        # The first hours belong to the night that began before the horizon.
        reached = hour // HOURS > 0 or any(one.start <= hour * HOUR for one in shifts)
        if least and reached:
            if not here:
                raise ValueError(f"no shift covers hour {hour % HOURS}")
            cp.add(sum(var * covered for var, covered in here) >= least * HOUR)
    peak = cp.new_int_var(0, top * len(shifts), "")
    cp.add_max_equality(peak, list(many.values()))
    length = {one.key: one.length for one in shifts}
    cp.minimize(1000 * sum(var * length[key] for (_d, key), var in many.items()) + peak)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds, solver.parameters.num_workers = 10, 1
    solver.parameters.random_seed = 1
    if solver.solve(cp) not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        raise ValueError("the shifts can't cover what is needed")
    return {key: solver.value(var) for key, var in many.items()}


def _overlap(begin: int, length: int, hour: int) -> int:
    """Minutes of the hour that a shift covers."""
    return max(0, min(begin + length, hour + HOUR) - max(begin, hour))


def burden_of(problem: Problem, burden: Burden, team: int | None) -> int:
    """How many of a burden the demand for a team brings: the ideal numbers, any skill."""
    shifts = {one.key: one for one in problem.shifts}

    def counts(day: int, shift: Shift) -> bool:
        if burden == Burden.NIGHTS:
            return shift.night
        return problem.weekday(day) >= 5 if burden == Burden.WEEKENDS else day in problem.holidays

    return sum(
        one.ideal
        for one in problem.demands
        if one.team == team and one.skill is None and counts(one.day, shifts[one.shift])
    )
