"""Whether a plan holds: worked out from the problem alone, with none of the search's code."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import isclose

from gongzhi.analysis.patrol.plan import Absence, Plan, Rest, Route, Visit
from gongzhi.analysis.patrol.problem import Problem, Stop, Unit


@dataclass(frozen=True)
class Checked:
    """What was found `wrong`, in words for who made the plan; the `value` of the visits."""

    wrong: tuple[str, ...]
    value: float

    @property
    def holds(self) -> bool:
        """Nothing wrong."""
        return not self.wrong


def check(problem: Problem, plan: Plan) -> Checked:
    """Look at every visit, break, way, window, gap and number of the plan."""
    units = {unit.key: unit for unit in problem.units}
    stops = {stop.key: stop for stop in problem.stops}
    wrong = [
        *(f"unit {one.unit} isn't asked" for one in plan.routes if one.unit not in units),
        *(f"stop {one.stop} isn't asked" for _u, one in plan.visits() if one.stop not in stops),
    ]
    if wrong:
        return Checked(tuple(wrong), 0.0)
    idle = {one.unit for one in plan.idle}
    for route in plan.routes:
        unit = units[route.unit]
        wrong += _route(problem, unit, route, stops)
        # Who never came back to its route, or can't go on with it, is neither here nor there.
        gone = route.absences and route.absences[-1].leave >= unit.shift.closes
        if not gone and unit.key not in idle:
            wrong += [*_home(problem, unit, route, stops), *_rests(unit, route)]
    if len({route.unit for route in plan.routes}) < len(plan.routes):
        wrong.append("two routes of one unit")
    made: dict[int, list[Visit]] = defaultdict(list)
    for _unit, visit in plan.visits():
        made[visit.stop].append(visit)
    wrong += [words for stop in stops.values() for words in _repeats(stop, made[stop.key])]
    value = sum(stops[key].worth(n) for key, all_ in made.items() for n in range(len(all_)))
    if not isclose(value, plan.value, rel_tol=1e-9, abs_tol=1e-6):
        wrong.append(f"the value is {value}, not {plan.value}")
    wrong += _left_out(plan, stops, made)
    return Checked(tuple(wrong), value)


def _route(problem: Problem, unit: Unit, route: Route, stops: dict[int, Stop]) -> Iterator[str]:
    who, travel = f"unit {unit.key}", problem.travel[unit.kind]
    here, free = unit.start, route.leaves
    if route.leaves < unit.shift.opens:
        yield f"{who} leaves before its shift"
    for one in _in_turn(route):
        there = _place(one, stops, here)
        if isinstance(one, Visit):
            yield from _visit(unit, stops[one.stop], one)
            if one.arrive < free + travel[here, there]:
                yield f"{who} is at stop {one.stop} before it can"
        elif isinstance(one, Rest):
            way = 0.0 if one.place is None else travel[here, there]
            if one.begin < free + way:
                yield f"{who} begins its break before it can"
        here, free = there, one.leave


def _in_turn(route: Route) -> list[Visit | Rest | Absence]:
    parts: list[Visit | Rest | Absence] = [*route.visits, *route.rests, *route.absences]
    return sorted(parts, key=lambda one: (one.begin, one.leave))


def _place(one: Visit | Rest | Absence, stops: dict[int, Stop], here: int) -> int:
    if isinstance(one, Visit):
        return stops[one.stop].place
    return here if one.place is None else one.place


def _home(problem: Problem, unit: Unit, route: Route, stops: dict[int, Stop]) -> Iterator[str]:
    here, free = unit.start, route.leaves
    for one in _in_turn(route):
        here, free = _place(one, stops, here), one.leave
    way = 0.0 if unit.end is None else problem.travel[unit.kind][here, unit.end]
    if route.back < free + way:
        yield f"unit {unit.key} is back before it can"
    if route.back > unit.shift.closes:
        yield f"unit {unit.key} is back after its shift"


def _visit(unit: Unit, stop: Stop, visit: Visit) -> Iterator[str]:
    where = f"unit {unit.key} at stop {stop.key}"
    if stop.kinds is not None and unit.kind not in stop.kinds:
        yield f"{where}: not by {unit.kind}"
    if stop.units is not None and unit.key not in stop.units:
        yield f"{where}: not this unit"
    if not visit.arrive <= visit.begin:
        yield f"{where}: begins before it comes"
    if visit.leave - visit.begin < stop.dwell:
        yield f"{where}: leaves too soon"
    if stop.windows and not any(one.opens <= visit.begin <= one.closes for one in stop.windows):
        yield f"{where}: outside its windows"


def _rests(unit: Unit, route: Route) -> Iterator[str]:
    """Each break once, in its window; later only after a call."""
    left = list(route.rests)
    for one in sorted(unit.breaks, key=lambda one: one.window.closes):
        taken = next(
            (
                rest for rest in left
                if one.window.opens <= rest.begin
                and (rest.begin <= one.window.closes or route.absences)
                and rest.leave - rest.begin >= one.seconds and rest.place == one.place
            ), None,
        )  # fmt: skip
        if taken is None:
            yield f"unit {unit.key}: a break is missing"
        else:
            left.remove(taken)


def _repeats(stop: Stop, visits: list[Visit]) -> Iterator[str]:
    if len(visits) > stop.visits:
        yield f"stop {stop.key}: {len(visits)} visits, {stop.visits} wanted"
    in_turn = sorted(visits, key=lambda one: one.begin)
    if any(after.begin < before.leave + stop.gap for before, after in pairwise(in_turn)):
        yield f"stop {stop.key}: again too soon"


def _left_out(plan: Plan, stops: dict[int, Stop], made: dict[int, list[Visit]]) -> Iterator[str]:
    missing: dict[int, int] = defaultdict(int)
    for one in plan.left_out:
        missing[one.stop] += one.visits
    for key, stop in stops.items():
        if len(made[key]) + missing[key] != stop.visits:
            yield f"stop {key}: what is missing isn't said"
