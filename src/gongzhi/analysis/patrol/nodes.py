"""A problem as numbers for the compiled search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

import numpy as np

from gongzhi.analysis.patrol.clock import Clock
from gongzhi.analysis.patrol.ground import FAR, Flags, Floats, Ground, Small, Tours, Whole
from gongzhi.analysis.patrol.plan import Idle, Trouble
from gongzhi.analysis.patrol.problem import Problem, Stop, Unit, Window
from gongzhi.analysis.patrol.search import where_alone
from gongzhi.analysis.patrol.slots import Part, joined, parts, parts_around, within
from gongzhi.analysis.patrol.timing import refresh

NO_WAY = 1 << 29
"""Seconds that stand for no way at all."""
ROUNDED = 2
"""Seconds by which a stay is longer yet on a clock that stands still at times: whole seconds."""
SECOND = 1.0
"""A whole shift on the way weighs as much as so many visits: of equals, the shorter way."""
NEAREST = 120
"""Visits that are taken out together lie among so many nearest ones."""


@dataclass(frozen=True)
class Wanted:
    """One visit: the nth of the stop with this number, when it may begin (time of day)."""

    stop: int
    nth: int
    windows: Part


@dataclass(frozen=True)
class Nodes:
    """Visits by number, then breaks, then starts, then ends of the units that can patrol."""

    problem: Problem
    units: list[Unit]
    idle: list[Idle]
    wanted: list[Wanted]
    clocks: list[Clock]
    rests: list[tuple[int, int]]
    """Of each break: the unit's number, and which of its breaks."""
    ground: Ground
    mean: float
    """Of what the possible visits are worth."""
    second: float
    """What a second on the way weighs."""
    dear: Flags
    """Visits for which every unit that could make them is needed more where it is."""

    def tours(self) -> Tours:
        """Routes with breaks alone."""
        tours = _tours(self)
        for u in range(len(self.units)):
            refresh(self.ground, tours, u, 0)
        return tours

    def clock(self, u: int) -> Clock:
        """Of the unit with this number."""
        return self.clocks[int(self.ground.clock[u])]


def numbered(problem: Problem, planned: Mapping[int, Sequence[int]] | None = None) -> Nodes:
    """All nodes. `planned`: begins of visits, by the stop's key, that are to keep a part."""
    clocks, which = _clocks(problem.units)
    own = list(zip(problem.units, which, strict=True))
    stuck = [trouble(problem, unit, clocks[n]) for unit, n in own]
    units = [unit for unit, why in zip(problem.units, stuck, strict=True) if why is None]
    idle = [Idle(one.key, why) for one, why in zip(problem.units, stuck, strict=True) if why]
    wanted = [
        Wanted(n, nth, part)
        for n, stop in enumerate(problem.stops)
        for nth, part in enumerate(_parts(stop, units, (planned or {}).get(stop.key)))
    ]
    rests = [(u, b) for u, unit in enumerate(units) for b in range(len(unit.breaks))]
    clock = [n for n, why in zip(which, stuck, strict=True) if why is None]
    ground = _ground(problem, units, wanted, rests, clocks, clock)
    dear = np.zeros(len(wanted), np.bool_)
    nodes = Nodes(problem, units, idle, wanted, clocks, rests, ground, 1.0, 0.0, dear)
    return _priced(nodes) if units and wanted else nodes


def _priced(nodes: Nodes) -> Nodes:
    """With what can be done at all, and what it weighs beside the way."""
    ground, problem = nodes.ground, nodes.problem
    where_alone(ground, nodes.tours())
    losses = _losses(problem, nodes.units, nodes.wanted)
    needed = ground.can & (losses >= ground.worth[None])
    ground.can[needed] = False
    dear: Flags = np.logical_and(needed.any(axis=0), ~ground.can.any(axis=0))
    plain = np.array([problem.stops[one.stop].worth(one.nth) for one in nodes.wanted])
    possible = ground.can.any(axis=0)
    mean = (float(plain[possible].mean()) if possible.any() else 0.0) or 1.0
    second = SECOND * mean / max(1, *(one.shift.closes - one.shift.opens for one in nodes.units))
    ground.cost[:] = losses / second
    return replace(nodes, mean=mean, second=second, dear=dear)


def _losses(problem: Problem, units: Sequence[Unit], wanted: Sequence[Wanted]) -> Floats:
    """What each visit by each unit takes away elsewhere."""
    losses, stops = problem.losses, problem.stops
    if not losses:
        return np.zeros((len(units), len(wanted)))
    keys = [stops[one.stop].key for one in wanted]
    return np.array([[losses.get((unit.key, key), 0.0) for key in keys] for unit in units])


def _clocks(units: Sequence[Unit]) -> tuple[list[Clock], list[int]]:
    """One for all units of which calls take the same, and which is whose."""
    if not units:
        return [], []
    since = min(unit.shift.opens for unit in units) - 1
    until = max(unit.shift.closes for unit in units)
    kept: dict[tuple[float, ...], int] = {}
    which = [kept.setdefault(unit.lost, len(kept)) for unit in units]
    return [Clock(lost, since, until) for lost in kept], which


def trouble(problem: Problem, unit: Unit, clock: Clock | None = None) -> Trouble | None:
    """Why it can't patrol at all, if so: its way and its breaks alone."""
    clock = clock or Clock(unit.lost, unit.shift.opens - 1, unit.shift.closes)
    if _home(problem, unit, (), clock) is None:
        return Trouble.NO_WAY_BACK
    return Trouble.NO_BREAK if _home(problem, unit, in_turn(unit), clock) is None else None


def in_turn(unit: Unit) -> tuple[int, ...]:
    """The numbers of its breaks as they come."""
    by_window = range(len(unit.breaks))
    return tuple(sorted(by_window, key=lambda n: (unit.breaks[n].window.closes, n)))


def _home(problem: Problem, unit: Unit, rests: Sequence[int], clock: Clock) -> int | None:
    """When it is at its end after these breaks alone; None where that can't be."""
    travel = problem.travel[unit.kind]
    when, here = clock.from_(unit.shift.opens), unit.start
    for rest in (unit.breaks[n] for n in rests):
        there = here if rest.place is None else rest.place
        when += _seconds(travel[here, there]) if there != here or rest.place is not None else 0
        window = clock.window(rest.window)
        if window is None or when > window.closes:
            return None
        when, here = max(when, window.opens) + rest.seconds, there
    when += 0 if unit.end is None else _seconds(travel[here, unit.end])
    return when if when <= clock.until(unit.shift.closes) else None


def _seconds(travel: float) -> int:
    return ceil(travel) if travel < NO_WAY else NO_WAY


def _parts(stop: Stop, units: Sequence[Unit], planned: Sequence[int] | None) -> list[Part]:
    """When each of its visits may begin; fewer than asked for, where there is no room."""
    fit = [unit for unit in units if stop.suits(unit)]
    if not fit or not stop.visits:
        return []
    since = min(unit.shift.opens for unit in fit)
    until = max(unit.shift.closes for unit in fit)
    windows = joined(within(stop.windows or (Window(since, until),), since, until))
    slowest = 1 - max((max(unit.lost) for unit in fit if unit.lost), default=0.0)
    stay = max(stop.dwell, stop.most)
    apart = (stay if slowest == 1 else ceil(stay / slowest) + ROUNDED) + stop.gap
    if planned and stop.visits > 1:
        return parts_around(windows, stop.visits, apart, planned)
    return parts(windows, stop.visits, apart)


def _ground(
    problem: Problem, units: list[Unit], wanted: list[Wanted], rests: list[tuple[int, int]],
    clocks: list[Clock], clock: list[int],
) -> Ground:  # fmt: skip
    stops = [problem.stops[one.stop] for one in wanted]
    breaks = [units[u].breaks[b] for u, b in rests]
    kinds = list(dict.fromkeys(unit.kind for unit in units))
    travel = _travel(problem, units, stops, [one.place for one in breaks], kinds)
    windows = [one.windows for one in wanted] + [(one.window,) for one in breaks]
    dwell = [stop.dwell for stop in stops] + [one.seconds for one in breaks] + [0] * 2 * len(units)
    areas = {area: n for n, area in enumerate(dict.fromkeys(stop.area for stop in stops))}
    area = np.array([areas[stop.area] for stop in stops], np.int64)
    worth = np.array([problem.stops[one.stop].worth(one.nth) for one in wanted])
    starts, opens, closes = _windows(windows, units, clocks, clock)
    floating = np.zeros(len(dwell), np.bool_)
    floating[len(wanted) : len(wanted) + len(rests)] = [one.place is None for one in breaks]
    return Ground(
        travel,
        np.array([kinds.index(unit.kind) for unit in units], np.int32),
        np.array(clock, np.int32),
        np.bincount([u for u, _b in rests], minlength=len(units)).astype(np.int64),
        np.array(dwell, np.int64),
        starts, opens, closes, floating,
        np.array([[stop.suits(unit) for stop in stops] for unit in units], np.bool_).reshape(
            len(units), len(stops)
        ),
        weighed(stops, worth), area,
        np.maximum(np.bincount(area, weights=worth, minlength=len(areas)), 1e-9),
        _near(travel, len(wanted)),
        np.array([problem.even / max(1, u.shift.closes - u.shift.opens) for u in units], float),
        np.zeros((len(units), len(wanted))), *shunned([()] * len(wanted), clocks),
    )  # fmt: skip


def weighed(stops: Sequence[Stop], worth: Floats) -> Floats:
    """Worth, and for those that must be visited more than all the others together."""
    must = np.array([stop.must for stop in stops], np.bool_)
    weighed_: Floats = worth + must * (worth.sum() + 1.0)
    return weighed_


def _travel(
    problem: Problem, units: list[Unit], stops: list[Stop], rests: list[int | None],
    kinds: list[str],
) -> Small:  # fmt: skip
    """By kind, from node to node; a break where one is has no way, and an end anywhere none."""
    ends = [unit.end for unit in units]
    places = [stop.place for stop in stops] + rests + [unit.start for unit in units] + ends
    where = np.array([one or 0 for one in places], np.int64)
    found = np.zeros((len(kinds), len(where), len(where)), np.int32)
    for n, kind in enumerate(kinds):
        seconds = np.minimum(np.ceil(problem.travel[kind]), NO_WAY).astype(np.int32)
        found[n] = seconds[np.ix_(where, where)]
    anywhere = [len(where) - len(ends) + n for n, end in enumerate(ends) if end is None]
    found[:, :, anywhere] = 0
    return found


def _windows(
    parts_: Sequence[Part], units: list[Unit], clocks: list[Clock], clock: list[int]
) -> tuple[Whole, Whole, Whole]:
    """Of all nodes, on each clock: where they start, and when they open and close."""
    starts = np.cumsum([0, *(len(one) for one in parts_), *([1] * 2 * len(units))])
    opens = np.full((max(1, len(clocks)), starts[-1]), FAR, np.int64)
    closes = np.full(opens.shape, -FAR, np.int64)
    windows = [one for each in parts_ for one in each]
    for c, own in enumerate(clocks):
        for w, one in enumerate(windows):
            if turned := own.window(one):
                opens[c, w], closes[c, w] = turned.opens, turned.closes
    first = len(windows)
    for u, unit in enumerate(units):
        own, c = clocks[clock[u]], clock[u]
        opens[c, first + u] = closes[c, first + u] = own.from_(unit.shift.opens)
        opens[c, first + len(units) + u] = own.from_(unit.shift.opens)
        closes[c, first + len(units) + u] = own.until(unit.shift.closes)
    return starts.astype(np.int64), opens, closes


def shunned(times: Sequence[Part], clocks: Sequence[Clock]) -> tuple[Whole, Whole, Whole]:
    """Of all visits, the times to keep away from: where they start, and on each clock when they
    open and close."""
    starts = np.cumsum([0, *(len(one) for one in times)]).astype(np.int64)
    opens = np.full((max(1, len(clocks)), starts[-1]), FAR, np.int64)
    closes = np.full(opens.shape, -FAR, np.int64)
    for c, own in enumerate(clocks):
        for k, one in enumerate(window for each in times for window in each):
            if turned := own.window(one):
                opens[c, k], closes[c, k] = turned.opens, turned.closes
    return starts, opens, closes


def _near(travel: Small, visits: int) -> Small:
    """The other visits, the nearest first by whoever gets there fastest."""
    if not visits or not len(travel):
        return np.zeros((visits, 0), np.int32)
    fastest = travel[:, :visits, :visits].min(axis=0)
    np.fill_diagonal(fastest, -1)
    many = min(NEAREST + 1, visits)
    some = np.sort(np.argpartition(fastest, many - 1, axis=1)[:, :many], axis=1)
    order = np.argsort(np.take_along_axis(fastest, some, 1), axis=1, kind="stable")
    return np.take_along_axis(some, order, 1)[:, 1:].astype(np.int32)


def _tours(nodes: Nodes) -> Tours:
    units, visits, rests = len(nodes.units), len(nodes.wanted), len(nodes.rests)
    room = (units, visits + rests + 2)
    tours = Tours(
        np.zeros(room, np.int32), np.zeros(units, np.int64), np.zeros(room, np.int64),
        np.zeros(room, np.int64), np.zeros(room, np.int64), np.zeros(room, np.int32),
        np.full(visits, -1, np.int32), np.zeros(len(nodes.ground.whole)),
        np.zeros(units), np.zeros(units, np.int64), np.zeros(4),
    )  # fmt: skip
    number = {one: visits + n for n, one in enumerate(nodes.rests)}
    for u, unit in enumerate(nodes.units):
        row = [visits + rests + u, *(number[u, b] for b in in_turn(unit)),
               visits + rests + units + u]  # fmt: skip
        tours.node[u, : len(row)] = row
        tours.length[u] = len(row)
    return tours
