"""The small compiled steps of the loop: the heap of events, the queue, where a unit is."""

from __future__ import annotations

import numba
import numpy as np

from gongzhi.analysis.simulation.packing import (
    AFTER,
    BEGIN,
    CALL,
    CANCELLED,
    CHANGED,
    DWELLS,
    DWELT,
    END,
    EVENTS,
    FIRST,
    GOAL,
    IDEAL,
    LAST,
    LEAVE,
    LONGEST,
    MODE,
    NOBODY,
    NODE,
    POST,
    QUEUED,
    RETURNS,
    SECONDS,
    SINCE,
    START,
    STOP,
    TASK,
    THERE,
    TRIES,
    VISITS,
    WAITING,
    WORKED,
)

HEAD, TAIL = 0, 1


@numba.njit(inline="always")
def push(heap, settings, at, what):  # type: ignore[no-untyped-def]
    """One more event; of two at one time the one with the lower number comes first."""
    n = settings[EVENTS]
    settings[EVENTS] += 1
    while n > 0:
        up = (n - 1) // 2
        if heap[up, 0] < at or (heap[up, 0] == at and heap[up, 1] <= what):
            break
        heap[n, 0], heap[n, 1] = heap[up, 0], heap[up, 1]
        n = up
    heap[n, 0], heap[n, 1] = at, what


@numba.njit(inline="always")
def pop(heap, settings):  # type: ignore[no-untyped-def]
    """The next event's number; it is on the heap no more."""
    first = int(heap[0, 1])
    settings[EVENTS] -= 1
    size = settings[EVENTS]
    at, what = heap[size, 0], heap[size, 1]
    n = 0
    while True:
        down = 2 * n + 1
        if down >= size:
            break
        if down + 1 < size and (
            heap[down + 1, 0] < heap[down, 0]
            or (heap[down + 1, 0] == heap[down, 0] and heap[down + 1, 1] < heap[down, 1])
        ):
            down += 1
        if at < heap[down, 0] or (at == heap[down, 0] and what <= heap[down, 1]):
            break
        heap[n, 0], heap[n, 1] = heap[down, 0], heap[down, 1]
        n = down
    heap[n, 0], heap[n, 1] = at, what
    return first


@numba.njit(inline="always")
def enqueue(wanted, queue, settings, sums, number, priority, t):  # type: ignore[no-untyped-def]
    """A wanted unit waits behind all others of its priority."""
    _counted(settings, sums, t, 1)
    wanted[number, AFTER] = NOBODY
    if queue[priority, TAIL] == NOBODY:
        queue[priority, HEAD] = number
    else:
        wanted[queue[priority, TAIL], AFTER] = number
    queue[priority, TAIL] = number


@numba.njit(inline="always")
def leave_queue(wanted, queue, settings, sums, number, before, priority, t):  # type: ignore[no-untyped-def]
    """It waits no longer; ``before``: the one in front of it, or nobody."""
    _counted(settings, sums, t, -1)
    if before == NOBODY:
        queue[priority, HEAD] = wanted[number, AFTER]
    else:
        wanted[before, AFTER] = wanted[number, AFTER]
    if queue[priority, TAIL] == number:
        queue[priority, TAIL] = before


@numba.njit(inline="always")
def _counted(settings, sums, t, more):  # type: ignore[no-untyped-def]
    sums[QUEUED] += settings[WAITING] * within(sums, sums[CHANGED], t)
    sums[CHANGED] = t
    settings[WAITING] += more
    if sums[BEGIN] <= t <= sums[END]:
        sums[LONGEST] = max(sums[LONGEST], settings[WAITING])


@numba.njit(inline="always")
def within(sums, begin, end):  # type: ignore[no-untyped-def]
    """How much of the time is measured (s)."""
    return max(0.0, min(end, sums[END]) - max(begin, sums[BEGIN]))


@numba.njit(inline="always")
def period_at(period, t):  # type: ignore[no-untyped-def]
    """Which times of ways hold now."""
    return period[int(t / 3600.0) % 24]


@numba.njit(inline="always")
def patrolled(units, spent, stops, ways, period, sums, u, t):  # type: ignore[no-untyped-def]
    """Let a free unit go round until now."""
    first, last = units[u, FIRST], units[u, LAST]
    while last > first and spent[u, THERE] <= t:
        here, there = units[u, STOP], spent[u, THERE]
        seconds = stops[here, SECONDS]
        stops[here, DWELT] += within(sums, there, there + seconds)
        stops[here, VISITS] += sums[BEGIN] <= there <= sums[END]
        units[u, DWELLS], units[u, START] = here, int(stops[here, NODE])
        spent[u, LEAVE] = there + seconds
        units[u, STOP] = here + 1 if here + 1 < last else first
        units[u, GOAL] = int(stops[units[u, STOP], NODE])
        mode = units[u, MODE]
        now = period_at(period, spent[u, LEAVE])
        took = ways[now, mode, units[u, START], units[u, GOAL]]
        spent[u, THERE] = spent[u, LEAVE] + max(took, 1.0)


@numba.njit(inline="always")
def broken_off(units, spent, stops, sums, u, t):  # type: ignore[no-untyped-def]
    """The visit ends now, if there is one."""
    if units[u, DWELLS] != NOBODY and t < spent[u, LEAVE]:
        stops[units[u, DWELLS], DWELT] -= within(sums, t, spent[u, LEAVE])
    units[u, DWELLS] = NOBODY


@numba.njit(inline="always")
def go_back(units, spent, stops, ways, period, settings, u, here, t, part):  # type: ignore[no-untyped-def]
    """A unit that is done goes to its post, or on with its patrol. ``part``: how far it had
    come."""
    units[u, START], units[u, GOAL] = here, units[u, POST]
    if units[u, LAST] > units[u, FIRST]:
        units[u, GOAL] = int(stops[units[u, STOP], NODE])
    took = 0.0
    if not settings[IDEAL]:
        took = ways[period_at(period, t), units[u, MODE], here, units[u, GOAL]]
        took = took if np.isfinite(took) else 0.0
    spent[u, THERE] = t + part * took
    spent[u, LEAVE] = spent[u, THERE] - took
    units[u, DWELLS] = NOBODY


@numba.njit(inline="always")
def away(units, spent, ways, now, settings, u, node, t):  # type: ignore[no-untyped-def]
    """How long a free unit would take to the node (s), from where it is now."""
    mode = units[u, MODE]
    begun, there = spent[u, LEAVE], spent[u, THERE]
    place = units[u, POST] if settings[IDEAL] else units[u, START] if t < there else units[u, GOAL]
    seconds = ways[now, mode, place, node]
    if begun < t < there and not settings[IDEAL]:
        last = ways[now, mode, units[u, GOAL], node]
        share = (t - begun) / (there - begun)
        if np.isfinite(seconds) and np.isfinite(last):
            seconds = (1.0 - share) * seconds + share * last
        elif share >= 0.5:
            seconds = last
    return seconds


@numba.njit(inline="always")
def underway(units, spent, settings, u, node, t, begun, there):  # type: ignore[no-untyped-def]
    """A busy unit's way to a call, so that one knows where it is if somebody else needs it. It set
    off from its last place, or from the next one where that was nearer."""
    if t >= spent[u, THERE] or 2 * (t - spent[u, LEAVE]) > spent[u, THERE] - spent[u, LEAVE]:
        units[u, START] = units[u, GOAL]
    units[u, GOAL] = node
    spent[u, LEAVE], spent[u, THERE] = begun, there


@numba.njit(inline="always")
def called_away(units, spent, wanted, calls, arrives, sums, u, t):  # type: ignore[no-untyped-def]
    """Whom the unit was sent as: it doesn't go there any more, and whatever was decided of its way
    never happens."""
    old = units[u, TASK]
    spent[u, WORKED] += within(sums, spent[u, SINCE], t)
    if units[u, RETURNS]:
        wanted[old, TRIES] -= 1
    elif np.isnan(arrives[old]):
        calls[wanted[old, CALL], CANCELLED] -= 1
    arrives[old] = np.nan
    return old
