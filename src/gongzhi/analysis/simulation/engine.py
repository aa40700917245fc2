"""The loop over calls and events, compiled.

Calls come sorted by the time at which somebody can be sent; of what units do, only the next event
of each is on a heap. A call takes the units that would be there first of those that are free and
fit; what nobody is free for waits by priority, then by time. A patrol costs no events: where a unit
is on its round is reckoned when somebody asks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numba
import numpy as np

from gongzhi.analysis.simulation.calling import UNITS, Drawn
from gongzhi.analysis.simulation.laws import Floats, Whole, seconds_of, uniform
from gongzhi.analysis.simulation.packing import (
    AFTER,
    AT,
    BEGIN,
    CALL,
    CALLED_OFF,
    CANCELLED,
    CARD,
    DIVERTS,
    DWELT,
    END,
    EVENTS,
    HANDED_BACK,
    IDEAL,
    LEAVE,
    LONGEST,
    MISSING,
    MODE,
    NOBODY,
    PART,
    PLACE,
    POST,
    PRIORITIES,
    PRIORITY,
    QUEUED,
    READY,
    RESPONSE,
    RETURNS,
    SINCE,
    SLOT,
    SORT,
    STATUS,
    STRETCH_LAW,
    TASK,
    THERE,
    TRIES,
    TURNOUT_LAW,
    UNTIL,
    VISITS,
    WAIT,
    WAITING,
    WAITS,
    WANTED,
    WENT,
    WHOLE,
    WORKED,
    Packed,
    world,
)
from gongzhi.analysis.simulation.steps import (
    HEAD,
    away,
    broken_off,
    called_away,
    enqueue,
    go_back,
    leave_queue,
    patrolled,
    period_at,
    pop,
    push,
    underway,
    within,
)

OFF, FREE, BUSY = 0, 1, 2
DONE, DUTY = 0, 1
"""What an event is about: a unit is done, or its shift begins or ends."""
BREAKS_OFF = 2
"""A hand-back is followed by another unit; after so many the next one stays."""
TURNOUT, STRETCH, OUTCOME, HOW_FAR, WORK = range(5)
A_UNIT, A_TRY = 32, 8
"""Slots of random numbers for each wanted unit, and for each try to send one."""
GRACE = 2 * 86_400.0
"""What waits at the end is followed so long (s)."""


@dataclass(frozen=True)
class Ran:
    """What happened. By call (s; NaN: never): ``wait`` until the first unit was sent, from when
    it could be; ``response``: from the call until the first was there; ``whole``: until the last.
    ``missing``: wanted units that never came; ``cancelled``: of these, how many were needed no
    more. By unit: ``busy`` (s), ``went``: to how many calls. By stop: ``dwelt`` (s), ``visits``.
    ``queued``: how many waited, times seconds; ``longest``: at most. ``events``: how many there
    were, calls included."""

    wait: Floats
    response: Floats
    whole: Floats
    missing: Whole
    cancelled: Whole
    busy: Floats
    went: Floats
    dwelt: Floats
    visits: Floats
    queued: float
    longest: float
    begin: float
    end: float
    events: int


def run(packed: Packed, calls: Drawn, *, begin: float, end: float) -> Ran:
    """Let it happen; measured from ``begin`` to ``end`` (s from Monday 00:00)."""
    w = world(packed, calls, begin, end)
    events = _loop(w)
    return Ran(
        w.times[:, WAIT], w.times[:, RESPONSE], w.times[:, WHOLE], w.calls[:, MISSING],
        w.calls[:, CANCELLED], w.spent[:, WORKED], w.spent[:, WENT], w.stops[:, DWELT],
        w.stops[:, VISITS], float(w.sums[QUEUED]), float(w.sums[LONGEST]), begin, end, int(events),
    )  # fmt: skip


# Without numba's counting of references (it makes no array): that took five sixths of the time.
@numba.njit(cache=True, nogil=True, error_model="numpy", _nrt=False)  # type: ignore[call-overload]
def _loop(w):  # type: ignore[no-untyped-def]  # noqa: C901, PLR0912, PLR0915
    """How many events there were.

    Each turn is about one wanted unit or one unit that became free, so that every step stands here
    once: what is compiled into the loop costs no call.
    """
    units, spent, duty, stops, heap, wanted = w.units, w.spent, w.duty, w.stops, w.heap, w.wanted
    queue, times, calls, keys, fits, work = w.queue, w.times, w.calls, w.keys, w.fits, w.work
    kinds, laws, period, ways, arrives = w.kinds, w.laws, w.period, w.ways, w.arrives
    settings, sums = w.settings, w.sums
    _begin(units, spent, duty, stops, heap, period, ways, settings)
    n, last, events, t = 0, sums[END] + GRACE, 0, 0.0
    pending, upto, but, again = 0, 0, NOBODY, NOBODY
    while True:
        number, freed, chosen, seconds, weight = NOBODY, NOBODY, NOBODY, 0.0, np.inf
        if again != NOBODY:
            number, again = again, NOBODY
        elif pending < upto:
            number = pending
            pending += 1
        else:
            called = times[n, READY] if n < len(times) else np.inf
            event = heap[0, 0] if settings[EVENTS] > 0 else np.inf
            t = min(called, event)
            if t > last or t == np.inf:
                break
            events += 1
            but = NOBODY
            if event <= called:
                what = pop(heap, settings)
                u = what // 2
                if what % 2 == DONE and event != spent[u, UNTIL]:
                    continue  # it was called away since
                if what % 2 == DONE:
                    _done(
                        units, spent, duty, stops, wanted, calls, period, ways, settings, sums, u, t
                    )
                    if units[u, RETURNS]:
                        pending, but = units[u, TASK], u
                        upto = pending + 1
                else:
                    _duty(units, spent, duty, stops, heap, period, ways, settings, sums, u, t)
                if units[u, STATUS] == FREE:
                    freed = u
            else:
                pending = calls[n, WANTED]
                upto = pending + calls[n, MISSING]
                n += 1
                continue
        now = period_at(period, t)
        if freed != NOBODY:
            number = _next_for(
                units, spent, wanted, queue, calls, fits, ways, now, settings, sums, freed, t
            )
            if number != NOBODY:
                chosen, node = freed, calls[wanted[number, CALL], PLACE]
                seconds = away(units, spent, ways, now, settings, freed, node, t)
        elif number != NOBODY:
            card, node = wanted[number, CARD], calls[wanted[number, CALL], PLACE]
            for u in range(len(units)):
                if units[u, STATUS] == FREE and fits[card, u] < np.inf and u != but:
                    patrolled(units, spent, stops, ways, period, sums, u, t)
                    took = away(units, spent, ways, now, settings, u, node, t)
                    if took + fits[card, u] < weight:
                        chosen, seconds, weight = u, took, took + fits[card, u]
            if settings[DIVERTS] >= 0 and settings[EVENTS] + 2 * len(units) < len(heap):
                priority = int(kinds[calls[wanted[number, CALL], SORT], PRIORITY])
                before, free = weight - settings[DIVERTS], chosen
                for u in range(len(units)):
                    if (
                        units[u, STATUS] == BUSY
                        and t < spent[u, THERE]
                        and fits[card, u] < np.inf
                        and kinds[calls[wanted[units[u, TASK], CALL], SORT], PRIORITY] > priority
                    ):
                        took = away(units, spent, ways, now, settings, u, node, t)
                        took += max(spent[u, LEAVE] - t, 0.0)
                        if took + fits[card, u] < before:
                            chosen, seconds, before = u, took, took + fits[card, u]
                if chosen != free:
                    again = called_away(units, spent, wanted, calls, arrives, sums, chosen, t)
            if chosen == NOBODY and settings[WAITS] and _ever(units, fits, ways, now, card, node):
                priority = int(kinds[calls[wanted[number, CALL], SORT], PRIORITY])
                enqueue(wanted, queue, settings, sums, number, priority, t)
        if chosen != NOBODY:
            _send(
                units, spent, stops, heap, wanted, arrives, times, calls, keys, work, kinds, laws,
                settings, sums, chosen, number, seconds, t, again != NOBODY,
            )  # fmt: skip
    for number in range(len(wanted)):
        if not np.isnan(arrives[number]):
            n = wanted[number, CALL]
            _arrived(times, calls, n, arrives[number] - times[n, AT])
    for u in range(len(units)):
        if units[u, STATUS] == FREE:
            patrolled(units, spent, stops, ways, period, sums, u, sums[END])
        elif units[u, STATUS] == BUSY:
            spent[u, WORKED] += within(sums, spent[u, SINCE], last)
    return events


@numba.njit(inline="always")
def _begin(units, spent, duty, stops, heap, period, ways, settings):  # type: ignore[no-untyped-def]
    """Whoever is on duty at the start is; the others come with their shifts."""
    for u in range(len(units)):
        if duty[u, 0]:
            _free(units, spent, stops, period, ways, settings, u, units[u, POST], 0.0, 1.0)
        _next_shift(duty, heap, settings, u, 0.0)


@numba.njit(inline="always")
def _free(units, spent, stops, period, ways, settings, u, here, t, part):  # type: ignore[no-untyped-def]
    units[u, STATUS] = FREE
    go_back(units, spent, stops, ways, period, settings, u, here, t, part)


@numba.njit(cache=True, nogil=True)
def _next_shift(duty, heap, settings, u, t):  # type: ignore[no-untyped-def]
    """When its duty begins or ends next; never, where that is always the same."""
    hour, hours = int(t / 3600.0 + 0.5), duty.shape[1]
    for more in range(1, hours + 1):
        if duty[u, (hour + more) % hours] != duty[u, hour % hours]:
            push(heap, settings, (hour + more) * 3600.0, 2 * u + DUTY)
            return


@numba.njit(inline="always")
def _duty(units, spent, duty, stops, heap, period, ways, settings, sums, u, t):  # type: ignore[no-untyped-def]
    """Its shift begins or ends. Who is at work then stays until that is done."""
    if duty[u, int(t / 3600.0 + 0.5) % duty.shape[1]]:
        if units[u, STATUS] == OFF:
            _free(units, spent, stops, period, ways, settings, u, units[u, POST], t, 1.0)
    elif units[u, STATUS] == FREE:
        patrolled(units, spent, stops, ways, period, sums, u, t)
        broken_off(units, spent, stops, sums, u, t)
        units[u, STATUS] = OFF
    _next_shift(duty, heap, settings, u, t)


@numba.njit(inline="always")
def _done(units, spent, duty, stops, wanted, calls, period, ways, settings, sums, u, t):  # type: ignore[no-untyped-def]
    """The unit is free again, or its shift is over."""
    spent[u, WORKED] += within(sums, spent[u, SINCE], t)
    place = calls[wanted[units[u, TASK], CALL], PLACE]
    _free(units, spent, stops, period, ways, settings, u, place, t, spent[u, PART])
    if not duty[u, int(t / 3600.0) % duty.shape[1]]:
        units[u, STATUS] = OFF


@numba.njit(inline="always")
def _ever(units, fits, ways, now, card, node):  # type: ignore[no-untyped-def]
    """Whether any unit could come at all, once it is on duty and free."""
    found = False
    for u in range(len(units)):
        if fits[card, u] < np.inf:
            seconds = ways[now, units[u, MODE], units[u, POST], node]
            found = found or np.isfinite(seconds)
    return found


@numba.njit(inline="always")
def _next_for(units, spent, wanted, queue, calls, fits, ways, now, settings, sums, u, t):  # type: ignore[no-untyped-def]
    """Who waits, by priority, then by time, and can have this unit: it waits no longer."""
    found = NOBODY
    for priority in range(PRIORITIES if settings[WAITING] else 0):
        before, number = NOBODY, queue[priority, HEAD]
        while number != NOBODY and found == NOBODY:
            if fits[wanted[number, CARD], u] < np.inf:
                node = calls[wanted[number, CALL], PLACE]
                if away(units, spent, ways, now, settings, u, node, t) < np.inf:
                    found = number
                    leave_queue(wanted, queue, settings, sums, number, before, priority, t)
            before, number = number, wanted[number, AFTER]
        if found != NOBODY:
            break
    return found


@numba.njit(inline="always")
def _send(  # type: ignore[no-untyped-def]
    units, spent, stops, heap, wanted, arrives, times, calls, keys, work, kinds, laws, settings,
    sums, u, number, seconds, t, moving,
):  # fmt: skip
    """The unit sets off (at once where it is ``moving``), and it is decided how that will go."""
    n, tries = wanted[number, CALL], wanted[number, TRIES]
    slot = UNITS + A_UNIT * wanted[number, SLOT] + A_TRY * tries
    broken_off(units, spent, stops, sums, u, t)
    units[u, STATUS], units[u, TASK], units[u, RETURNS] = BUSY, number, 0
    spent[u, SINCE], spent[u, PART] = t, 1.0
    spent[u, WENT] += sums[BEGIN] <= t <= sums[END]
    if np.isnan(times[n, WAIT]):
        times[n, WAIT] = t - times[n, READY]
    lasts = seconds_of(laws, work[wanted[number, CARD]], uniform(keys[n], slot + WORK))
    if settings[IDEAL]:
        arrives[number] = t + seconds
        until = t + lasts
    else:
        until = _underway(
            units, spent, wanted, arrives, calls, keys, kinds, laws, settings, u, number, seconds,
            t, lasts, moving,
        )  # fmt: skip
    spent[u, UNTIL] = until
    push(heap, settings, until, 2 * u + DONE)


@numba.njit(inline="always")
def _underway(  # type: ignore[no-untyped-def]
    units, spent, wanted, arrives, calls, keys, kinds, laws, settings, u, number, seconds, t,
    lasts, moving,
):  # fmt: skip
    """When it is done: at the scene, or underway, where nobody is needed or another one goes."""
    n, tries = wanted[number, CALL], wanted[number, TRIES]
    sort, key = calls[n, SORT], keys[n]
    slot = UNITS + A_UNIT * wanted[number, SLOT] + A_TRY * tries
    turnout = seconds_of(laws, int(kinds[sort, TURNOUT_LAW]), uniform(key, slot + TURNOUT))
    stretch = seconds_of(laws, int(kinds[sort, STRETCH_LAW]), uniform(key, slot + STRETCH))
    turnout = 0.0 if moving else turnout
    on_way, outcome = turnout + seconds * stretch, uniform(key, slot + OUTCOME)
    if settings[DIVERTS] >= 0:
        underway(units, spent, settings, u, calls[n, PLACE], t, t + turnout, t + on_way)
    back = kinds[sort, HANDED_BACK] if tries < BREAKS_OFF else 0.0
    if outcome < kinds[sort, CALLED_OFF] + back:
        spent[u, PART] = uniform(key, slot + HOW_FAR)
        if outcome >= kinds[sort, CALLED_OFF]:
            units[u, RETURNS] = 1
            wanted[number, TRIES] += 1
        else:
            calls[n, CANCELLED] += 1
        until = t + spent[u, PART] * on_way
    else:
        arrives[number] = t + on_way
        until = t + on_way + lasts
    return until


@numba.njit(cache=True, nogil=True)
def _arrived(times, calls, n, seconds):  # type: ignore[no-untyped-def]
    """Of several the first counts as the response, and the last as the whole."""
    calls[n, MISSING] -= 1
    if np.isnan(times[n, RESPONSE]) or seconds < times[n, RESPONSE]:
        times[n, RESPONSE] = seconds
    if np.isnan(times[n, WHOLE]) or seconds > times[n, WHOLE]:
        times[n, WHOLE] = seconds
