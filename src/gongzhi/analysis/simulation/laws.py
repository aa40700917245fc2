"""How long things take: laws of durations, and the random numbers that decide in each case.

A random number is not drawn but looked up: `uniform(key, slot)` hashes what it is for (Steele, Lea
and Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014). The same call therefore
takes the same time in two counties that differ in something else, and the difference between them
is what the change does, not chance (common random numbers).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import Literal, TypeAlias

import numba
import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Whole: TypeAlias = NDArray[np.int64]
Keys: TypeAlias = NDArray[np.uint64]
POINTS = 101
"""Quantiles of a table: every whole per cent."""
Law = Literal["fixed", "exponential", "lognormal", "table"]
LAWS: tuple[Law, ...] = ("fixed", "exponential", "lognormal", "table")


@dataclass(frozen=True)
class Duration:
    """How long something takes (s). ``first``: of a fixed one the seconds, of an exponential the
    mean, of a lognormal the median; ``spread``: of a lognormal the standard deviation of the
    logarithm; ``table``: the quantiles from 0 to 100 %, of what was seen."""

    law: Law
    first: float = 0.0
    spread: float = 0.0
    table: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        """Raises ValueError for what no clock shows."""
        right = self.first >= 0 and self.spread >= 0 and np.isfinite(self.first + self.spread)
        if self.law == "lognormal":
            right = right and self.first > 0
        if self.law == "table":
            steps = np.diff(self.table)
            right = len(self.table) == POINTS and self.table[0] >= 0 and bool((steps >= 0).all())
        if self.law not in LAWS or not right:
            raise ValueError(f"no duration: {self.law} {self.first} {self.spread}")

    @staticmethod
    def fixed(seconds: float) -> Duration:
        """Always the same."""
        return Duration("fixed", seconds)

    @staticmethod
    def exponential(mean: float) -> Duration:
        """As likely to end in the next minute, however long it has lasted."""
        return Duration("exponential", mean)

    @staticmethod
    def lognormal(median: float, spread: float) -> Duration:
        """Mostly about the median, and now and then very long."""
        return Duration("lognormal", median, spread)

    @staticmethod
    def of(seen: Sequence[float] | Floats) -> Duration:
        """As what was seen, from its quantiles. Raises ValueError where nothing was."""
        values = np.asarray(seen, np.float64)
        values = values[np.isfinite(values)]
        if not len(values):
            raise ValueError("nothing was seen")
        quantiles = np.quantile(np.maximum(values, 0.0), np.linspace(0, 1, POINTS))
        return Duration("table", table=tuple(np.maximum.accumulate(quantiles).tolist()))

    @property
    def mean(self) -> float:
        """On average (s)."""
        if self.law == "lognormal":
            return float(self.first * np.exp(self.spread**2 / 2))
        if self.law == "table":
            return float(np.trapezoid(self.table, dx=1 / (POINTS - 1)))
        return self.first

    def times(self, factor: float) -> Duration:
        """The same, so many times as long."""
        table = tuple(factor * one for one in self.table)
        return Duration(self.law, factor * self.first, self.spread, table)


def packed(durations: Sequence[Duration]) -> Floats:
    """A row for each: the number of its law, its two numbers (of a lognormal the logarithm of the
    median), and its table."""
    rows = [
        (LAWS.index(one.law), log(one.first) if one.law == "lognormal" else one.first, one.spread,
         *(one.table or (0.0,) * POINTS))
        for one in durations
    ]  # fmt: skip
    return np.array(rows, np.float64).reshape(len(rows), 3 + POINTS)


@numba.njit(cache=True, nogil=True)
def uniform(key, slot):  # type: ignore[no-untyped-def]
    """The number in [0, 1) that decides `slot` of what `key` stands for."""
    x = np.uint64(key) + np.uint64(slot + 1) * np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    x = x ^ (x >> np.uint64(31))
    return float(x >> np.uint64(11)) * (1.0 / 9007199254740992.0)


@numba.njit(cache=True, nogil=True)
def seconds_of(laws, number, u):  # type: ignore[no-untyped-def]
    """What the duration of this number (a row of `packed`) is where `u` decides."""
    law = int(laws[number, 0])
    if law == 1:
        return -laws[number, 1] * np.log1p(-u)
    if law == 2:
        return np.exp(laws[number, 1] + laws[number, 2] * normal(u))
    if law == 3:
        place = u * (POINTS - 1)
        below = int(place)
        low = laws[number, 3 + below]
        return low + (place - below) * (laws[number, 4 + below] - low)
    return laws[number, 1]


@numba.njit(cache=True, nogil=True)
def normal(u):  # type: ignore[no-untyped-def]
    """The standard normal's quantile, right to 1.2e-9 of itself (P. J. Acklam's rational
    approximation, 2003)."""
    u = min(max(u, 1e-300), 1 - 1e-16)
    if u < 0.02425 or u > 1 - 0.02425:
        q = np.sqrt(-2 * np.log(min(u, 1 - u)))
        tail = (((((-7.784894002430293e-03 * q - 3.223964580411365e-01) * q
                   - 2.400758277161838) * q - 2.549732539343734) * q
                 + 4.374664141464968) * q + 2.938163982698783)  # fmt: skip
        under = ((((7.784695709041462e-03 * q + 3.224671290700398e-01) * q
                   + 2.445134137142996) * q + 3.754408661907416) * q + 1.0)  # fmt: skip
        return tail / under if u < 0.5 else -tail / under
    q = u - 0.5
    r = q * q
    over = (((((-3.969683028665376e01 * r + 2.209460984245205e02) * r
               - 2.759285104469687e02) * r + 1.383577518672690e02) * r
             - 3.066479806614716e01) * r + 2.506628277459239)  # fmt: skip
    under = (((((-5.447609879822406e01 * r + 1.615858368580409e02) * r
                - 1.556989798598866e02) * r + 6.680131188771972e01) * r
              - 1.328068155288572e01) * r + 1.0)  # fmt: skip
    return over * q / under


@numba.njit(cache=True, nogil=True)
def mixed(seed, stream, count):  # type: ignore[no-untyped-def]
    """The keys of `count` things of one stream (a kind of call, in one repeat)."""
    keys = np.empty(count, np.uint64)
    base = np.uint64(seed) * np.uint64(0xD1342543DE82EF95) + np.uint64(stream)
    base = (base ^ (base >> np.uint64(32))) * np.uint64(0xD6E8FEB86659FD93)
    base = base ^ (base >> np.uint64(29))
    for n in range(count):
        x = base + np.uint64(n) * np.uint64(0xA24BAED4963EE407)
        x = (x ^ (x >> np.uint64(31))) * np.uint64(0x9FB21C651E98DF25)
        keys[n] = x ^ (x >> np.uint64(28))
    return keys
