"""A scenario as a few arrays for the compiled loop: the more of them, the slower each step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gongzhi.analysis.simulation.calling import Drawn
from gongzhi.analysis.simulation.county import Scenario, Seconds
from gongzhi.analysis.simulation.laws import Duration, Floats, Keys, Whole, packed

Flags = NDArray[np.bool_]
PRIORITIES, NOBODY = 10, -1
# Columns of a unit's whole numbers: `STOP`: the stop of its patrol that it is on its way to,
# `DWELLS`: the one where it is; `TASK`: the wanted unit that it is sent as; `RETURNS`: 1 where the
# call needs another one then.
STATUS, START, GOAL, STOP, DWELLS, TASK, RETURNS, MODE, POST, FIRST, LAST = range(11)
# Columns of a unit's numbers: since when and until when a free unit is on its way from start to
# goal; how much of a way it had made when it broke off; since when it is busy; how long it was
# (s), and to how many calls it went; when it is done.
LEAVE, THERE, PART, SINCE, WORKED, WENT, UNTIL = range(7)
NODE, SECONDS, DWELT, VISITS = range(4)
"""Columns of a stop."""
AFTER, CALL, TRIES, CARD, SLOT = range(5)
"""Columns of a wanted unit: which waits behind it, its call, how often it was sent in vain, which
line of the cards it is, and which of its call's it is."""
AT, READY, WAIT, RESPONSE, WHOLE = range(5)
"""Columns of a call's numbers, as in `Drawn` and `Ran`."""
PLACE, SORT, WANTED, MISSING, CANCELLED = range(5)
"""Columns of a call's whole numbers; ``WANTED``: the number of the first unit that it wants."""
PRIORITY, CALLED_OFF, HANDED_BACK, TURNOUT_LAW, STRETCH_LAW = range(5)
"""Columns of a kind of call; the last two are numbers of laws."""
IDEAL, WAITS, EVENTS, WAITING, DIVERTS = range(5)
"""What holds all the time (the last: seconds, or -1 for never), and how many events are on the heap
and units wanted in the queue."""
CHANGED, QUEUED, LONGEST, BEGIN, END = range(5)
"""Of the queue: when it last changed, its length times seconds, its greatest length; from when to
when is measured."""


HEAP = 8
"""Events a unit that the heap has room for: two, and some that don't hold any more."""


class Packed(NamedTuple):
    """What is the same in every repeat."""

    units: Whole
    duty: Flags
    stops: Floats
    first: Whole
    fits: Seconds
    work: Whole
    kinds: Floats
    laws: Floats
    period: Whole
    ways: Seconds
    settings: Whole


class World(NamedTuple):
    """Everything in one repeat."""

    units: Whole
    spent: Floats
    duty: Flags
    stops: Floats
    heap: Floats
    wanted: Whole
    arrives: Floats
    queue: Whole
    times: Floats
    calls: Whole
    keys: Keys
    fits: Seconds
    work: Whole
    kinds: Floats
    laws: Floats
    period: Whole
    ways: Seconds
    settings: Whole
    sums: Floats


def pack(scenario: Scenario) -> Packed:
    """Numbers in the order of the scenario's units and kinds of call."""
    durations = [one.work for one in scenario.calls]
    works, fits, first = [], [], [0]
    for sort, kind in enumerate(scenario.calls):
        for want in kind.wants:
            number = sort
            if want.work is not None:
                number = len(durations)
                durations.append(want.work)
            works += [number] * want.count
            fits += [[want.weighs(unit) for unit in scenario.units]] * want.count
        first.append(len(works))
    kinds = []
    for kind in scenario.calls:
        kinds.append([kind.priority, kind.cancelled, kind.handed_back, *_two(durations)])
        durations += [kind.turnout or scenario.turnout, kind.stretch or scenario.stretch]
    ways = scenario.county.ways
    return Packed(
        _units(scenario), np.array([one.duty for one in scenario.units], np.bool_),
        _stops(scenario), np.array(first, np.int64),
        np.array(fits, np.float32).reshape(len(works), len(scenario.units)),
        np.array(works, np.int64), np.array(kinds, np.float64).reshape(-1, 5), packed(durations),
        np.array(ways.period, np.int64), np.ascontiguousarray(ways.seconds, np.float32),
        np.array([scenario.ideal, scenario.waits, 0, 0, _diverts(scenario)], np.int64),
    )  # fmt: skip


def _diverts(scenario: Scenario) -> int:
    return round(scenario.diverts) if scenario.diverts < np.inf and not scenario.ideal else -1


def _two(durations: Sequence[Duration]) -> tuple[int, int]:
    """The numbers of the next two laws."""
    return len(durations), len(durations) + 1


def world(packed_: Packed, calls: Drawn, begin: float, end: float) -> World:
    """Nobody is on duty yet, and nothing has happened."""
    units, n = len(packed_.units), len(calls.at)
    many = np.diff(packed_.first)[calls.sort] if n else np.zeros(0, np.int64)
    first = np.cumsum(many) - many
    times = np.full((n, 5), np.nan)
    times[:, AT], times[:, READY] = calls.at, calls.ready
    whole = np.zeros((n, 5), np.int64)
    whole[:, PLACE], whole[:, SORT] = calls.node, calls.sort
    whole[:, WANTED], whole[:, MISSING] = first, many
    wanted = np.zeros((int(many.sum()), 5), np.int64)
    wanted[:, AFTER] = NOBODY
    wanted[:, CALL] = np.repeat(np.arange(n), many)
    wanted[:, SLOT] = np.arange(len(wanted)) - first[wanted[:, CALL]]
    wanted[:, CARD] = packed_.first[calls.sort[wanted[:, CALL]]] + wanted[:, SLOT]
    return World(
        packed_.units.copy(), np.zeros((units, 7)), packed_.duty, packed_.stops.copy(),
        np.zeros((HEAP * units + 2, 2)), wanted, np.full(len(wanted), np.nan),
        np.full((PRIORITIES, 2), NOBODY, np.int64), times,
        whole, calls.key, packed_.fits, packed_.work, packed_.kinds, packed_.laws,
        packed_.period, packed_.ways, packed_.settings.copy(),
        np.array([0.0, 0.0, 0.0, begin, end]),
    )  # fmt: skip


def _units(scenario: Scenario) -> Whole:
    rows, stops = [], 0
    for unit in scenario.units:
        mode = scenario.county.ways.modes.index(unit.mode)
        last = stops + len(unit.route)
        rows.append(
            [0, unit.post, unit.post, stops, NOBODY, NOBODY, 0, mode, unit.post, stops, last]
        )
        stops = last
    return np.array(rows, np.int64).reshape(-1, 11)


def _stops(scenario: Scenario) -> Floats:
    rows = [[stop.node, stop.seconds, 0, 0] for unit in scenario.units for stop in unit.route]
    return np.array(rows, np.float64).reshape(-1, 4)
