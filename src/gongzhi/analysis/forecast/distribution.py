"""Negative binomial counts: how likely, how far off, and between which bounds.

A count of mean m and dispersion a has variance m + a m²; a = 0 is Poisson's. Scores are proper
(T. Gneiting and A. E. Raftery, "Strictly Proper Scoring Rules, Prediction, and Estimation", JASA
102, 2007): who says what they believe scores best. Smaller is better in all.
"""

from __future__ import annotations

from math import exp, lgamma, log, log1p, sqrt
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

Floats = NDArray[np.float64]
Numbers = NDArray[np.floating[Any]]
LEAST = 1e-7
"""A mean below this counts as this: nothing is impossible."""
REST = 1e-10
FAR = 12.0
LARGE = 300.0
MOST = 400.0
"""The greatest dispersion that is tried."""


@numba.njit(cache=True, nogil=True)
def _log_first(mean, spread, k):  # type: ignore[no-untyped-def]
    """The logarithm of the chance of `k`."""
    if spread < 1e-9:
        return k * log(mean) - mean - lgamma(k + 1.0)
    size = 1.0 / spread
    rest = log1p(spread * mean)
    return (
        lgamma(k + size)
        - lgamma(size)
        - lgamma(k + 1.0)
        - size * rest
        + k * (log(spread * mean) - rest)
    )


@numba.njit(cache=True, nogil=True)
def _start(mean, spread):  # type: ignore[no-untyped-def]
    """From which count on chances are worth adding, and the first of them."""
    if mean < LARGE:
        zero = exp(-mean) if spread < 1e-9 else exp(-log1p(spread * mean) / spread)
        return 0, zero
    low = int(max(0.0, mean - FAR * sqrt(mean + spread * mean * mean)))
    return low, exp(_log_first(mean, spread, float(low)))


@numba.njit(cache=True, nogil=True)
def _crps(seen, mean, spread, found):  # type: ignore[no-untyped-def]
    for n in range(len(seen)):
        m, y = max(mean[n], LEAST), seen[n]
        low, chance = _start(m, spread)
        step = m / (1.0 + spread * m)
        k, below, score = low, chance, max(0.0, low - y)
        while True:
            off = below - (1.0 if y <= k else 0.0)
            score += off * off
            if k >= y and (1.0 - below < REST or (k > m and chance < 1e-14)):
                break
            chance *= (1.0 + spread * k) / (k + 1.0) * step
            k += 1
            below += chance
        found[n] = score


@numba.njit(cache=True, nogil=True)
def _surprise(seen, mean, spread, found):  # type: ignore[no-untyped-def]
    for n in range(len(seen)):
        m, y = max(mean[n], LEAST), seen[n]
        if y == 0:
            found[n] = m if spread < 1e-9 else log1p(spread * m) / spread
        else:
            found[n] = -_log_first(m, spread, float(y))


@numba.njit(cache=True, nogil=True)
def _below(seen, mean, spread, low, high):  # type: ignore[no-untyped-def]
    """Chances of less than what was seen, and of no more than it."""
    for n in range(len(seen)):
        m, y = max(mean[n], LEAST), int(seen[n])
        k, chance = _start(m, spread)
        step = m / (1.0 + spread * m)
        below, under = chance, 0.0
        if y < k:
            below = 0.0
        while k < y:
            chance *= (1.0 + spread * k) / (k + 1.0) * step
            k += 1
            under = below
            below += chance
        low[n], high[n] = min(under, 1.0), min(below, 1.0)


@numba.njit(cache=True, nogil=True)
def _bound(mean, spread, part, found):  # type: ignore[no-untyped-def]
    """The least count with at least this part of the chances at or below it."""
    for n in range(len(mean)):
        m = max(mean[n], LEAST)
        k, chance = _start(m, spread)
        step = m / (1.0 + spread * m)
        below = chance
        while below < part and (k <= m or chance > 1e-14):
            chance *= (1.0 + spread * k) / (k + 1.0) * step
            k += 1
            below += chance
        found[n] = k


def _flat(values: Numbers) -> Floats:
    return np.ascontiguousarray(values, dtype=np.float64).reshape(-1)


def crps(seen: Numbers, mean: Numbers, spread: float) -> Floats:
    """The continuous ranked probability score of each count (in calls): the squared distance
    between what was foretold and what came, over all counts."""
    found = np.empty(np.size(seen))
    _crps(_flat(seen), _flat(mean), spread, found)
    return found.reshape(np.shape(seen))


def surprise(seen: Numbers, mean: Numbers, spread: float) -> Floats:
    """The logarithmic score of each count (nats)."""
    found = np.empty(np.size(seen))
    _surprise(_flat(seen), _flat(mean), spread, found)
    return found.reshape(np.shape(seen))


def standing(seen: Numbers, mean: Numbers, spread: float) -> tuple[Floats, Floats]:
    """Where each count stands: the chances of less than it, and of no more than it."""
    low, high = np.empty(np.size(seen)), np.empty(np.size(seen))
    _below(_flat(seen), _flat(mean), spread, low, high)
    return low.reshape(np.shape(seen)), high.reshape(np.shape(seen))


def quantile(mean: Numbers, spread: float, part: float) -> Floats:
    """The least count with at least this part of the chances at or below it."""
    found = np.empty(np.size(mean))
    _bound(_flat(mean), spread, min(part, 1 - 1e-9), found)
    return found.reshape(np.shape(mean))


def dispersion(seen: Numbers, mean: Numbers) -> float:
    """The dispersion under which the counts are likeliest, given their means."""
    y, m = _flat(seen), _flat(mean)

    def loss(root: float) -> float:
        return float(surprise(y, m, root**2).sum())

    best = minimize_scalar(loss, bounds=(0.0, MOST**0.5), method="bounded", options={"xatol": 1e-3})
    return float(best.x**2) if best.fun < loss(0.0) else 0.0
