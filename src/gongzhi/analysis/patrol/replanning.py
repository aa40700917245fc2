"""What is left of a plan after something came between: a call, a crew off, a stop more or less.

What was visited stays, and so does what a unit is at or on its way to, unless it was called away.
The rest is planned anew, from the old plan on, so that little changes for nothing.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from gongzhi.analysis.patrol.following import REST, put
from gongzhi.analysis.patrol.nodes import numbered, trouble
from gongzhi.analysis.patrol.plan import Absence, Plan, Rest, Route, Visit
from gongzhi.analysis.patrol.problem import Break, Problem, Stop, Unit, Window
from gongzhi.analysis.patrol.solving import COLD, search
from gongzhi.analysis.patrol.telling import shares, told

LATEST = 1 << 40


@dataclass(frozen=True)
class Away:
    """Taken off its route from now on: until then (None: for the rest of the shift), and at which
    `place` it is when it goes on (None: where it was)."""

    until: int | None = None
    place: int | None = None


@dataclass(frozen=True)
class Changes:
    """What is different from the plan, besides the time. Units and stops by their keys.

    ``at``: where a unit really is. ``missed``: stops of which a visit before now did not happen.
    ``added`` and ``dropped`` stops.
    """

    away: Mapping[int, Away] = field(default_factory=dict)
    at: Mapping[int, int] = field(default_factory=dict)
    missed: frozenset[int] = frozenset()
    added: tuple[Stop, ...] = ()
    dropped: frozenset[int] = frozenset()

    def of(self, problem: Problem) -> Problem:
        """The problem with the stops that there are now."""
        stops = tuple(one for one in problem.stops if one.key not in self.dropped)
        return replace(problem, stops=stops + self.added)


def replan(
    problem: Problem, plan: Plan, now: int, changes: Changes | None = None, *, seed: int = 0,
    limit: float = 1.0, rounds: int | None = None,
) -> Plan:  # fmt: skip
    """The plan from `now` (s) on, with what was done before it. It holds for `Changes.of`.

    A unit that is not in the old plan, or has no route there, starts where its shift does.
    """
    changes = changes or Changes()
    places = {stop.key: stop.place for stop in problem.stops + changes.added}
    problem = changes.of(problem)
    old = {route.unit: route for route in plan.routes}
    cut = {
        unit.key: _cut(problem, unit, old.get(unit.key), now, changes, places)
        for unit in problem.units
    }
    kept = {key: route for key, (route, _left) in cut.items()}
    made: dict[int, list[Visit]] = defaultdict(list)
    for visit in (one for route in kept.values() for one in route.visits):
        made[visit.stop].append(visit)
    stops = tuple(_still(stop, made[stop.key], now) for stop in problem.stops)
    units = tuple(left for _route, left in cut.values() if left)
    left = replace(problem, units=units, stops=stops, variety=0.0)
    ahead = {key: _ahead(route, kept[key]) for key, route in old.items() if key in kept}
    rest = _planned(left, ahead, seed, limit, rounds)
    return _joined(problem, old, kept, rest)


def _planned(
    left: Problem, ahead: Mapping[int, Sequence[Visit | Rest]], seed: int, limit: float,
    rounds: int | None,
) -> Plan:  # fmt: skip
    """The rest of the day, from what was planned for it on."""
    begins: dict[int, list[int]] = defaultdict(list)
    for one in (one for each in ahead.values() for one in each if isinstance(one, Visit)):
        begins[one.stop].append(one.begin)
    nodes = numbered(left, begins)
    start, count = nodes.tours(), 0
    if nodes.units and nodes.ground.can.any():
        put(nodes, start, {unit: _order(each) for unit, each in ahead.items()})
        start, count = search(nodes, start, limit, rounds, seed, hot=COLD)
    return told(nodes, start, count, random.Random(seed))  # noqa: S311  (a plan is no secret)


def _cut(
    problem: Problem, unit: Unit, route: Route | None, now: int, changes: Changes,
    places: Mapping[int, int],
) -> tuple[Route, Unit | None]:  # fmt: skip
    """What of its route stays, and the unit with what is left of its shift: None where nothing is,
    or where it could not keep to its shift any more but by going on as planned."""
    if route is None:
        route_ = Route(unit.key, unit.shift.opens, (), (), unit.shift.opens)
        return _cut(problem, unit, route_, now, changes, places)
    gone = _absence(unit, now, changes.away.get(unit.key))
    stays = _stays(route, now, changes, places)
    kept = _before(stays, now) if gone is None else _until(stays, gone)
    if gone is not None and gone.leave >= unit.shift.closes:
        return kept, None
    left = _rest_of_shift(unit, kept, now, changes, places)
    why = trouble(problem, left)
    if why and kept.absences:  # a break that a call came into is taken later
        closes = unit.shift.closes
        late = [replace(one, window=Window(one.window.opens, closes)) for one in left.breaks]
        left = replace(left, breaks=tuple(late))
        why = trouble(problem, left)
    return (stays, None) if why and gone is None and route.visits else (kept, left)


def _absence(unit: Unit, now: int, away: Away | None) -> Absence | None:
    """Within its shift."""
    if away is None:
        return None
    begin = max(now, unit.shift.opens)
    until = unit.shift.closes if away.until is None else min(away.until, unit.shift.closes)
    return Absence(begin, until, away.place) if begin < until else None


def _stays(route: Route, now: int, changes: Changes, places: Mapping[int, int]) -> Route:
    """Without what was dropped, and what did not happen; the unit was somewhere meanwhile."""
    past = {one for one in route.visits if one.leave <= now}
    gone = [
        one for one in route.visits
        if one.stop in changes.dropped or (one.stop in changes.missed and one in past)
    ]  # fmt: skip
    meanwhile = [Absence(one.arrive, one.leave, places[one.stop]) for one in gone if one in past]
    return replace(
        route, visits=tuple(one for one in route.visits if one not in gone),
        absences=tuple(sorted([*route.absences, *meanwhile], key=lambda one: one.leave)),
    )  # fmt: skip


def _until(route: Route, gone: Absence) -> Route:
    """Up to a call."""
    return replace(
        route,
        visits=tuple(one for one in route.visits if one.leave <= gone.begin),
        rests=tuple(one for one in route.rests if one.leave <= gone.begin),
        absences=(*route.absences, gone),
    )


def _before(route: Route, now: int) -> Route:
    """Up to now, with what it is at or on its way to."""
    going = _on_its_way(route, now)
    return replace(
        route,
        visits=tuple(one for one in route.visits if one.begin <= now or one is going),
        rests=tuple(one for one in route.rests if one.begin <= now),
    )


def _ahead(route: Route, kept: Route) -> list[Visit | Rest]:
    """What of the old route is still to come, in its order."""
    left: list[Visit | Rest] = [one for one in route.visits if one not in kept.visits]
    left += [one for one in route.rests if one not in kept.rests]
    return sorted(left, key=lambda one: one.begin)


def _order(ahead: Sequence[Visit | Rest]) -> list[int | None]:
    return [one.stop if isinstance(one, Visit) else REST for one in ahead]


def _on_its_way(route: Route, now: int) -> Visit | None:
    """The visit that comes next, if it left for it already."""
    ahead = [one for one in route.visits if one.begin > now]
    if not ahead:
        return None
    first = ahead[0]
    before = [one.leave for one in route.visits if one.begin <= now] or [route.leaves]
    rest_between = any(now < one.begin <= first.begin for one in route.rests)
    return first if before[-1] <= now and not rest_between else None


def _rest_of_shift(
    unit: Unit, kept: Route, now: int, changes: Changes, places: Mapping[int, int]
) -> Unit:
    """The unit from where and when it is free again."""
    place, free = unit.start, max(now, unit.shift.opens)
    parts: list[Visit | Rest | Absence] = [*kept.visits, *kept.rests, *kept.absences]
    for one in sorted(parts, key=lambda one: one.leave):
        free = max(free, one.leave)
        there = places.get(one.stop) if isinstance(one, Visit) else one.place
        place = place if there is None else there
    return replace(
        unit, start=changes.at.get(unit.key, place), shift=Window(free, unit.shift.closes),
        breaks=_untaken(unit, kept),
    )  # fmt: skip


def _untaken(unit: Unit, kept: Route) -> tuple[Break, ...]:
    """The breaks that are still to come."""
    taken, left = list(kept.rests), []
    for one in sorted(unit.breaks, key=lambda one: one.window.closes):
        fits = [
            rest for rest in taken
            if one.window.opens <= rest.begin and rest.place == one.place
        ]  # fmt: skip
        if fits:
            taken.remove(fits[0])
        else:
            left.append(one)
    return tuple(left)


def _still(stop: Stop, made: list[Visit], now: int) -> Stop:
    """What is still wanted of it."""
    since = max([now, *(one.leave + stop.gap for one in made)])
    windows = tuple(
        Window(max(one.opens, since), one.closes)
        for one in stop.windows or (Window(since, LATEST),)
        if one.closes >= since
    ) or (Window(0, -1),)
    left = max(0, stop.visits - len(made))
    return replace(stop, windows=windows, visits=left, value=stop.worth(len(made)))


def _joined(
    problem: Problem, old: Mapping[int, Route], kept: Mapping[int, Route], rest: Plan
) -> Plan:
    """Before and after together."""
    ahead = {route.unit: route for route in rest.routes}
    routes = []
    for unit in problem.units:
        route, more = kept[unit.key], ahead.get(unit.key)
        if more is not None:
            route = replace(
                route, visits=route.visits + more.visits, rests=route.rests + more.rests,
                back=more.back,
            )  # fmt: skip
        if more is not None or unit.key in old:
            routes.append(route)
    count: dict[int, int] = defaultdict(int)
    for route in routes:
        for visit in route.visits:
            count[visit.stop] += 1
    value = {one.key: sum(one.worth(n) for n in range(count[one.key])) for one in problem.stops}
    return replace(
        rest, routes=tuple(routes), value=sum(value.values()), shares=shares(problem.stops, value)
    )
