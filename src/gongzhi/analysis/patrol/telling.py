"""From the search's numbers to a plan that people can read: times of the day, and reasons."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from gongzhi.analysis.patrol.ground import NEVER, Tours
from gongzhi.analysis.patrol.nodes import NO_WAY, Nodes
from gongzhi.analysis.patrol.plan import LeftOut, Plan, Reason, Rest, Route, Visit
from gongzhi.analysis.patrol.problem import Stop
from gongzhi.analysis.patrol.search import instead
from gongzhi.analysis.patrol.timing import earliest
from gongzhi.analysis.patrol.varying import close

TRIES = 12
"""Times that are thrown, to choose the one least like the days before."""
SLACK = 0.5
"""Of the time that a visit may be later without harm, what is drawn from where days differ."""


def told(nodes: Nodes, tours: Tours, rounds: int, dice: random.Random) -> Plan:
    """The plan. Where days are to differ, the dice throw when visits begin within their slack."""
    routes = tuple(_route(nodes, tours, u, dice) for u in range(len(nodes.units)))
    problem = nodes.problem
    made: dict[int, int] = defaultdict(int)
    for route in routes:
        for visit in route.visits:
            made[visit.stop] += 1
    value = {one.key: sum(one.worth(n) for n in range(made[one.key])) for one in problem.stops}
    return Plan(
        routes, tuple(left_out(nodes, tours)), tuple(nodes.idle), sum(value.values()),
        shares(problem.stops, value), int(tours.total[1]), rounds,
    )  # fmt: skip


def shares(stops: tuple[Stop, ...], value: dict[int, float]) -> dict[int, float]:
    """Of each area, the part of its value that is in the plan."""
    whole: dict[int, float] = defaultdict(float)
    got: dict[int, float] = defaultdict(float)
    for stop in stops:
        whole[stop.area] += sum(stop.worth(n) for n in range(stop.visits))
        got[stop.area] += value[stop.key]
    return {area: got[area] / all_ if all_ else 1.0 for area, all_ in whole.items()}


def _route(nodes: Nodes, tours: Tours, u: int, dice: random.Random) -> Route:
    """Its times. Who would wait stays longer, up to what a stop can use, or, where days are to
    differ, comes at another time."""
    ground, unit, clock = nodes.ground, nodes.units[u], nodes.clock(u)
    row = tours.node[u, : tours.length[u]].tolist()
    c, kind = int(ground.clock[u]), int(ground.kind[u])
    visits, rests, here = [], [], row[0]
    free = int(tours.begin[u, 0])
    for p, node in enumerate(row[1:-1], 1):
        come = free if ground.floating[node] else free + int(ground.travel[kind, here, node])
        begin = int(earliest(ground, c, node, come))
        if nodes.problem.variety:
            begin = _another_time(nodes, tours, u, p, begin, dice)
        free = begin + int(ground.dwell[node])
        here = here if ground.floating[node] else node
        if node >= len(nodes.wanted):
            rest = unit.breaks[nodes.rests[node - len(nodes.wanted)][1]]
            rests.append(Rest(clock.of_day(begin), clock.of_day(free), rest.place))
            continue
        stop = nodes.problem.stops[nodes.wanted[node].stop]
        free += _longer(nodes, tours, u, p, here, free, stop)
        visits.append(Visit(stop.key, clock.of_day(come), clock.of_day(begin), clock.of_day(free)))
    back = clock.of_day(free + int(ground.travel[kind, here, row[-1]]))
    return Route(unit.key, unit.shift.opens, tuple(visits), tuple(rests), back)


def _another_time(
    nodes: Nodes, tours: Tours, u: int, p: int, begin: int, dice: random.Random
) -> int:  # fmt: skip
    """When it begins where days are to differ: within its slack, away from the days before."""
    ground, node, clock = nodes.ground, int(tours.node[u, p]), nodes.clock(u)
    room, c = SLACK * (int(tours.latest[u, p]) - begin), int(ground.clock[u])
    past: Sequence[int] = ()
    if node < len(nodes.wanted):
        past = nodes.problem.before.get(nodes.problem.stops[nodes.wanted[node].stop].key, ())
    tries = [
        int(earliest(ground, c, node, begin + int(dice.random() * room)))
        for _ in range(TRIES if past else 1)
    ]
    return min(tries, key=lambda one: close(clock.of_day(one), past))


def _longer(nodes: Nodes, tours: Tours, u: int, p: int, here: int, free: int, stop: Stop) -> int:
    """Seconds for which it would only wait at the next one."""
    ground, following = nodes.ground, int(tours.node[u, p + 1])
    come = free
    if not ground.floating[following]:
        come += int(ground.travel[ground.kind[u], here, following])
    if p + 2 == tours.length[u]:
        wait = int(tours.latest[u, p + 1]) - come
    else:
        wait = int(earliest(ground, int(ground.clock[u]), following, come)) - come
    return max(0, min(stop.most - stop.dwell, wait))


def left_out(nodes: Nodes, tours: Tours) -> list[LeftOut]:
    """Of each stop, how many visits are missing, and why the first of them is."""
    missing: dict[tuple[int, Reason, int | None], int] = defaultdict(int)
    wanted: dict[int, int] = defaultdict(int)
    why: dict[int, tuple[Reason, int | None]] = {}
    for visit, one in enumerate(nodes.wanted):
        wanted[one.stop] += 1
        if tours.unit[visit] < 0:
            if one.stop not in why:
                why[one.stop] = _why(nodes, tours, visit)
            missing[nodes.problem.stops[one.stop].key, *why[one.stop]] += 1
    for n, stop in enumerate(nodes.problem.stops):
        if stop.visits > wanted[n]:
            fits = any(stop.suits(unit) for unit in nodes.units)
            reason = Reason.NO_WINDOW if fits else Reason.NO_UNIT
            missing[stop.key, reason, None] += stop.visits - wanted[n]
    return [LeftOut(key, many, reason, other) for (key, reason, other), many in missing.items()]


def _why(nodes: Nodes, tours: Tours, visit: int) -> tuple[Reason, int | None]:
    ground = nodes.ground
    if nodes.dear[visit]:
        return Reason.NEEDED, None
    if ground.can[:, visit].any():
        other = int(instead(ground, tours, visit, np.inf))
        if other < 0:
            return Reason.NO_TIME, None
        return Reason.WORTH_LESS, nodes.problem.stops[nodes.wanted[other].stop].key
    stop = nodes.problem.stops[nodes.wanted[visit].stop]
    fit = [u for u, unit in enumerate(nodes.units) if stop.suits(unit)]
    if not fit:
        return Reason.NO_UNIT, None
    return _why_none(nodes, visit, fit), None


def _why_none(nodes: Nodes, visit: int, fit: Sequence[int]) -> Reason:
    """Why none of these units could do it, with nothing else to do."""
    ground = nodes.ground
    ways = [ground.travel[ground.kind[u], _start(nodes, u), visit] < NO_WAY for u in fit]
    home = [ground.travel[ground.kind[u], visit, _end(nodes, u)] < NO_WAY for u in fit]
    if not any(there and back for there, back in zip(ways, home, strict=True)):
        return Reason.UNREACHABLE
    if not any(_in_shift(nodes, u, visit) for u in fit):
        return Reason.NO_WINDOW
    return Reason.TOO_FAR


def _start(nodes: Nodes, u: int) -> int:
    return len(nodes.wanted) + len(nodes.rests) + u


def _end(nodes: Nodes, u: int) -> int:
    return _start(nodes, u) + len(nodes.units)


def _in_shift(nodes: Nodes, u: int, visit: int) -> bool:
    """Whether it could begin within the shift, were it there already."""
    clock, shift = nodes.clock(u), nodes.units[u].shift
    begin = earliest(nodes.ground, int(nodes.ground.clock[u]), visit, clock.from_(shift.opens))
    return bool(begin != NEVER and begin <= clock.until(shift.closes))
