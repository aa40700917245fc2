"""How busy each unit is, and who answers a call: the hypercube itself, solved exactly.

Larson, R. C. (1974), "A Hypercube Queuing Model for Facility Location and Redistricting in Urban
Emergency Services", Computers & Operations Research 1(1), 67-95. A state is which units are busy,
2^n of them. The balance is solved by sweeps up and down the states (symmetric Gauss-Seidel), and
after each the number of busy units is set right as a birth-death chain (aggregation and
disaggregation: Takahashi 1975; Koury, McAllister and Stewart 1984), so some tens of sweeps do.

`hypercube` is the approximation for more units than this one can have.
"""

from __future__ import annotations

from dataclasses import dataclass

import numba
import numpy as np

from gongzhi.analysis.dispatching.hypercube import Floats, Load, Whole

MOST = 20
"""Units; with one more, it takes twice as long and twice the memory."""
CLOSE = 1e-12
"""The sweeps end when all chances together change less than this."""
SWEEPS = 2000


@dataclass(frozen=True)
class Exact:
    """``busy``: the part of time that each unit is; ``answers``: for each cell (rows) the part of
    its calls that each unit goes to; ``all_busy``: the part of time that none is free, in which
    calls wait or are lost; ``waiting``: seconds that a call waits on average over all."""

    busy: Floats
    answers: Floats
    all_busy: float
    waiting: float
    chance: Floats
    """Of each state, by the binary number of the units that are busy; those in which calls wait
    count as the last."""


def exactly(order: Whole, demand: Floats, load: Load, units: int, *, waits: bool = False) -> Exact:
    """`order`: for each cell all units' numbers, the first choice first; `demand`: each cell's part
    of all calls. ``waits``: what comes while all are busy waits for the first that is free; else
    it is lost to others.

    Raises ValueError for more units than `MOST`, and where calls wait and never end.
    """
    if not 1 <= units <= MOST:
        raise ValueError(f"expected 1 to {MOST} units, not {units}")
    if order.shape != (len(demand), units):
        raise ValueError("expected every unit once in each cell's order")
    rate, done = load.calls_an_hour / 3600, 1 / load.seconds_a_call
    full = rate / (units * done)
    if waits and full >= 1:
        raise ValueError("more calls than the units can ever answer")
    choices = np.ascontiguousarray(order, np.int64)
    rates = np.ascontiguousarray(demand / demand.sum() * rate, np.float64)
    flows, leaves = _flows(choices, rates, done, units)
    chance = _solved(flows, leaves, _levels(rate / done, units))
    tail = full / (1 - full) if waits else 0.0
    chance[-1] *= 1 + tail
    chance /= chance.sum()
    answers = _answers(choices, chance, units)
    if waits:
        answers += chance[-1] / units
    waiting = chance[-1] / (units * done - rate) if waits else 0.0
    return Exact(_busy(chance, units), answers, float(chance[-1]), float(waiting), chance)


@numba.njit(cache=True, nogil=True)
def _first_free(order, cell, state):  # type: ignore[no-untyped-def]
    for nth in range(order.shape[1]):
        unit = order[cell, nth]
        if not state >> unit & 1:
            return unit
    return -1


@numba.njit(cache=True, nogil=True)
def _flows(order, rates, done, units):  # type: ignore[no-untyped-def]
    """For each state what comes into it, a column for each unit: a call that was sent to it where
    it is busy now, the end of its work where it is free; and one over what leaves it."""
    states = 1 << units
    flows, leaves = np.zeros((states, units)), np.empty(states)
    for state in range(states - 1):
        for cell in range(len(rates)):
            unit = _first_free(order, cell, state)
            flows[state | 1 << unit, unit] += rates[cell]
    rate = rates.sum()
    for state in range(states):
        busy = 0
        for unit in range(units):
            if state >> unit & 1:
                busy += 1
            else:
                flows[state, unit] = done
        leaves[state] = 1 / (busy * done + (rate if state < states - 1 else 0.0))
    return flows, leaves


@numba.njit(cache=True, nogil=True)
def _solved(flows, leaves, wanted):  # type: ignore[no-untyped-def]
    """The chance of each state; those of a level are alike at first."""
    states, units = flows.shape
    level = np.zeros(states, np.int64)
    for state in range(1, states):
        level[state] = level[state >> 1] + (state & 1)
    chance = np.ones(states)
    _levelled(chance, level, wanted)
    before = chance.copy()
    for _ in range(SWEEPS):
        for state in range(states):
            _balance(chance, flows, leaves, state, units)
        for state in range(states - 1, -1, -1):
            _balance(chance, flows, leaves, state, units)
        _levelled(chance, level, wanted)
        moved = 0.0
        for state in range(states):
            moved += abs(chance[state] - before[state])
            before[state] = chance[state]
        if moved < CLOSE:
            break
    return chance


@numba.njit(cache=True, nogil=True, inline="always")
def _balance(chance, flows, leaves, state, units):  # type: ignore[no-untyped-def]
    """As much comes into the state as leaves it."""
    comes = 0.0
    for unit in range(units):
        comes += chance[state ^ (1 << unit)] * flows[state, unit]
    chance[state] = comes * leaves[state]


@numba.njit(cache=True, nogil=True)
def _levels(offered, units):  # type: ignore[no-untyped-def]
    """Erlang: how likely so many are busy. All units take equally long and every call goes to one
    of the free, so the levels are exact whatever the order."""
    found = np.ones(units + 1)
    for busy in range(1, units + 1):
        found[busy] = found[busy - 1] * offered / busy
        if found[busy] > 1e200:
            found /= found[busy]
    return found / found.sum()


@numba.njit(cache=True, nogil=True)
def _levelled(chance, level, wanted):  # type: ignore[no-untyped-def]
    sums = np.zeros(len(wanted))
    for state in range(len(chance)):
        sums[level[state]] += chance[state]
    for state in range(len(chance)):
        chance[state] *= wanted[level[state]] / sums[level[state]]


@numba.njit(cache=True, nogil=True)
def _busy(chance, units):  # type: ignore[no-untyped-def]
    found = np.zeros(units)
    for state in range(len(chance)):
        for unit in range(units):
            if state >> unit & 1:
                found[unit] += chance[state]
    return found


@numba.njit(cache=True, nogil=True)
def _answers(order, chance, units):  # type: ignore[no-untyped-def]
    found = np.zeros((len(order), units))
    for state in range(len(chance) - 1):
        for cell in range(len(order)):
            found[cell, _first_free(order, cell, state)] += chance[state]
    return found
