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
from gongzhi.analysis.patrol.nodes import numbered
from gongzhi.analysis.patrol.plan import Absence, Plan, Rest, Route, Visit
from gongzhi.analysis.patrol.problem import Break, Problem, Stop, Unit, Window
from gongzhi.analysis.patrol.solving import search
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
    problem = changes.of(problem)
    old = {route.unit: route for route in plan.routes}
    kept = {unit.key: _kept(unit, old.get(unit.key), now, changes) for unit in problem.units}
    made: dict[int, list[Visit]] = defaultdict(list)
    for route in kept.values():
        for visit in route.visits:
            made[visit.stop].append(visit)
    places = {stop.key: stop.place for stop in problem.stops}
    units = [_rest_of_shift(unit, kept[unit.key], now, changes, places) for unit in problem.units]
    stops = tuple(_still(stop, made[stop.key], now) for stop in problem.stops)
    left = replace(problem, units=tuple(one for one in units if one), stops=stops, variety=0.0)
    ahead = {key: _ahead(route, kept[key]) for key, route in old.items() if key in kept}
    begins: dict[int, list[int]] = defaultdict(list)
    for one in (one for each in ahead.values() for one in each if isinstance(one, Visit)):
        begins[one.stop].append(one.begin)
    nodes = numbered(left, seed, begins)
    start, count = nodes.tours(), 0
    if nodes.units and nodes.ground.can.any():
        put(nodes, start, {unit: _order(each) for unit, each in ahead.items()})
        start, count = search(nodes, start, limit, rounds, seed, gently=True)
    rest = told(nodes, start, count, random.Random(seed))  # noqa: S311  (a plan is no secret)
    return _joined(problem, kept, rest, made)


def _kept(unit: Unit, route: Route | None, now: int, changes: Changes) -> Route:
    """What of a route stays."""
    if route is None:
        return Route(unit.key, unit.shift.opens, (), (), unit.shift.opens)
    away = changes.away.get(unit.key)
    stays = [
        one for one in route.visits
        if one.stop not in changes.dropped and not (one.stop in changes.missed and one.leave <= now)
    ]  # fmt: skip
    if away is not None:
        visits = [one for one in stays if one.leave <= now]
        rests = tuple(one for one in route.rests if one.leave <= now)
        until = unit.shift.closes if away.until is None else max(now, away.until)
        gone = Absence(now, until, away.place)
        return replace(route, visits=tuple(visits), rests=rests, absences=(*route.absences, gone))
    rests = tuple(one for one in route.rests if one.begin <= now)
    began = [one for one in route.visits if one.begin <= now]
    going = _on_its_way(route, now)
    visits = [one for one in stays if one in began or one is going]
    return replace(route, visits=tuple(visits), rests=rests)


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
) -> Unit | None:
    """The unit from where and when it is free again; None where it isn't any more."""
    away = changes.away.get(unit.key)
    if away is not None and away.until is None:
        return None
    last = max(kept.visits, key=lambda one: one.leave, default=None)
    place = unit.start if last is None else places.get(last.stop, unit.start)
    free = [now, unit.shift.opens, *(one.leave for one in kept.visits + kept.rests)]
    gone = [one for one in kept.absences if last is None or one.leave >= last.leave]
    if gone:
        free.append(gone[-1].leave)
        place = place if gone[-1].place is None else gone[-1].place
    place = changes.at.get(unit.key, place)
    return replace(
        unit, start=place, shift=Window(max(free), unit.shift.closes), breaks=_untaken(unit, kept)
    )


def _untaken(unit: Unit, kept: Route) -> tuple[Break, ...]:
    """The breaks that are still to come."""
    taken, left = list(kept.rests), []
    for one in sorted(unit.breaks, key=lambda one: one.window.closes):
        fits = [
            rest for rest in taken
            if one.window.opens <= rest.begin <= one.window.closes and rest.place == one.place
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
    problem: Problem, kept: Mapping[int, Route], rest: Plan, made: Mapping[int, list[Visit]]
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
        routes.append(route)
    count: dict[int, int] = defaultdict(int)
    for route in routes:
        for visit in route.visits:
            count[visit.stop] += 1
    value = {one.key: sum(one.worth(n) for n in range(count[one.key])) for one in problem.stops}
    return replace(
        rest, routes=tuple(routes), value=sum(value.values()), shares=shares(problem.stops, value)
    )
