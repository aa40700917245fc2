"""Sums of rates with weights that are nowhere negative, the likeliest ones.

For Poisson counts the weights are found by expectation maximisation: each call is shared out
among the rates that could have brought it, and a weight is what its rate was given over what it
foretold. Every step makes the counts likelier, and only calls need be looked at, not the many cells
and shifts without any (D. Marsan and O. Lengliné, "Extending Earthquakes' Reach Through Cascading",
Science 319, 2008, for self-exciting events).
"""

from __future__ import annotations

from collections.abc import Sequence

import numba
import numpy as np
from numpy.typing import NDArray

from gongzhi.analysis.forecast.distribution import Numbers

Floats = NDArray[np.float64]
ROUNDS = 400
ENOUGH = 1e-7
"""Nats a call by which a round has to do better."""


def weights(
    calls: Numbers, at_calls: Numbers, totals: Floats, *, rounds: int = ROUNDS, prior: float = 0.0
) -> Floats:
    """The likeliest weights. ``at_calls``: the rates where there were `calls`, a row each;
    ``totals``: each rate's sum over all cells and shifts, those without calls included. `prior`
    calls are added to each rate's share, and as many to what it foretold."""
    heed = np.ascontiguousarray(at_calls, dtype=np.float64)
    found = np.full(heed.shape[1], 1 / heed.shape[1])
    _improve(np.asarray(calls, float), heed, np.asarray(totals, float), found, rounds, prior)
    return found


@numba.njit(cache=True, nogil=True)
def _improve(calls, rates, totals, found, rounds, prior):  # type: ignore[no-untyped-def]
    many, kinds = rates.shape
    last = -1e300
    for _ in range(rounds):
        given = np.full(kinds, prior / kinds)
        likely = 0.0
        for n in range(many):
            rate = 1e-12
            for kind in range(kinds):
                rate += found[kind] * rates[n, kind]
            likely += calls[n] * np.log(rate)
            for kind in range(kinds):
                given[kind] += calls[n] * found[kind] * rates[n, kind] / rate
        for kind in range(kinds):
            likely -= found[kind] * totals[kind]
            found[kind] = given[kind] / (totals[kind] + prior) if totals[kind] > 0 else 0.0
        if likely - last < ENOUGH * calls.sum() and last > -1e299:
            break
        last = likely


def blend(rates: Sequence[NDArray[np.float32]], shares: Floats) -> NDArray[np.float32]:
    """The sum of the rates, each by its weight."""
    total = np.zeros_like(rates[0])
    for rate, share in zip(rates, shares.tolist(), strict=True):
        if share:
            total += np.float32(share) * rate
    return total
