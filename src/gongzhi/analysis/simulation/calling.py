"""Which calls come: a Poisson process by hour of the week, month and place, one repeat at a time.

Each kind of call has a stream of its own, so that a change of one leaves the others as they are.
A factor below one leaves some of the same calls out; one above adds others from a second stream.
"""

from __future__ import annotations

from typing import NamedTuple

import numba
import numpy as np

from gongzhi.analysis.simulation.county import HOURS_A_WEEK, MONTHS, Calls, Scenario
from gongzhi.analysis.simulation.laws import Floats, Keys, Whole, mixed, packed, seconds_of, uniform

HOUR, DAY, WEEK, YEAR = 3600.0, 86_400.0, 604_800.0, 365 * 86_400.0
USUAL, MORE = 0, 1
"""The streams of a kind of call: what comes today, and what a factor adds."""
KEPT, HANDLED = 0, 1
"""Slots of a call's own random numbers; units' slots begin at `UNITS`."""
UNITS = 8


class Drawn(NamedTuple):
    """The calls of one repeat by the time at which somebody can be sent. ``at``: when the call
    came, ``ready``: when it can be sent (s from Monday 00:00 of the first week); ``sort``: the
    number of its kind."""

    at: Floats
    ready: Floats
    node: Whole
    sort: Whole
    key: Keys


def draw(scenario: Scenario, seconds: float, seed: int, repeat: int) -> Drawn:
    """What comes in so many seconds. The same seed and repeat, the same calls."""
    month = _month_of(np.arange(int(np.ceil(seconds / HOUR))))
    parts = []
    for sort, kind in enumerate(scenario.calls):
        factor = _factor(scenario, kind.category)
        parts.append(_stream(kind, sort, month, seconds, (seed, repeat, USUAL), factor))
        if (factor > 1).any():
            parts.append(_stream(kind, sort, month, seconds, (seed, repeat, MORE), factor - 1))
    at, node, sorts, keys = (np.concatenate(column) for column in zip(*parts, strict=True))
    return handled(scenario, at, node, sorts, keys)


def _factor(scenario: Scenario, category: str) -> Floats:
    """How many times as many, by month and node."""
    found = np.ones((MONTHS, scenario.county.ways.nodes))
    for one in scenario.factors:
        found = found * one.of(category, scenario.county)
    return found


def handled(scenario: Scenario, at: Floats, node: Whole, sort: Whole, key: Keys) -> Drawn:
    """The calls with the time at which each can be sent, in that order."""
    laws = packed([one.handling for one in scenario.calls])
    ready = at + _handling(laws, sort, key)
    order = np.lexsort((key, at, ready))
    return Drawn(at[order], ready[order], node[order], sort[order], key[order])


def _stream(
    kind: Calls, sort: int, month: Whole, seconds: float, of: tuple[int, int, int], share: Floats
) -> tuple[Floats, Whole, Whole, Keys]:
    """One kind's calls, of which the ``share`` (by month and node) is kept; above one, so many
    times as many are drawn."""
    seed, repeat, stream = of
    most = max(1.0, float(share.max())) if stream == MORE else 1.0
    dice = np.random.default_rng([seed, repeat, sort, stream])
    hours = np.arange(len(month))
    rate = np.asarray(kind.week)[hours % HOURS_A_WEEK] * np.asarray(kind.season)[month]
    rate = rate * (kind.a_day / 24 * most)
    total = np.cumsum(rate)
    many = int(dice.poisson(total[-1])) if total[-1] > 0 else 0
    keys = mixed(seed * 1_000_003 + repeat, sort * 2 + stream, many)
    hour = np.minimum(np.searchsorted(total, dice.random(many) * total[-1]), len(hours) - 1)
    at = (hour + dice.random(many)) * HOUR
    places = np.cumsum(kind.places) / kind.places.sum()
    node = np.minimum(np.searchsorted(places, dice.random(many)), len(places) - 1)
    kept = (_marks(keys) * most < share[month[hour], node]) & (at < seconds)
    whole = np.full(int(kept.sum()), sort, np.int64)
    return at[kept], node[kept].astype(np.int64), whole, keys[kept]


def _month_of(hours: Whole) -> Whole:
    """A month is a twelfth of a year of 365 days."""
    found: Whole = (hours * HOUR % YEAR // (YEAR / MONTHS)).astype(np.int64)
    return np.minimum(found, MONTHS - 1)


@numba.njit(cache=True, nogil=True)
def _marks(keys):  # type: ignore[no-untyped-def]
    found = np.empty(len(keys))
    for n in range(len(keys)):
        found[n] = uniform(keys[n], KEPT)
    return found


@numba.njit(cache=True, nogil=True)
def _handling(laws, sort, keys):  # type: ignore[no-untyped-def]
    found = np.empty(len(keys))
    for n in range(len(keys)):
        found[n] = seconds_of(laws, sort[n], uniform(keys[n], HANDLED))
    return found
