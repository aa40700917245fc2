"""Between which bounds a number lies, as far as chance is concerned: 19 times in 20.

Shares: E. B. Wilson, J. Am. Stat. Assoc. 22, 1927. Counts: F. Garwood, Biometrika 28, 1936, exact.
Medians: bounds that are two of the values themselves, by the binomial law, whatever values are
distributed like. Means: Student's.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, sqrt
from statistics import mean, stdev

from scipy.special import bdtr, bdtrc, gammaincinv, ndtri, stdtrit

PART = 0.05
"""Of the bounds one in 20 misses."""
Bounds = tuple[float, float]


def share_interval(n: float, of: float, part: float = PART) -> Bounds:
    """Of `n` in `of`. Everything from 0 to 1 where there is nothing to go by."""
    if of <= 0:
        return 0.0, 1.0
    z = float(ndtri(1 - part / 2))
    middle, spread = n + z * z / 2, z * sqrt(max(n * (of - n) / of, 0.0) + z * z / 4)
    low, high = (middle - spread) / (of + z * z), (middle + spread) / (of + z * z)
    return (0.0 if n == 0 else max(low, 0.0)), (1.0 if n == of else min(high, 1.0))


def share_tail(n: float, of: float, expected: float) -> tuple[float, float]:
    """How probable so few, and so many, of `of` are where each is so with probability `expected`:
    exact (binomial), for shares near none or all, too, where intervals by formula mislead."""
    below = float(bdtr(floor(n), floor(of), expected))
    above = 1.0 if n <= 0 else float(bdtrc(ceil(n) - 1, ceil(of), expected))
    return below, above


def rate_interval(n: float, of: float = 1.0, part: float = PART) -> Bounds:
    """Of a count of `n` over `of` of whatever it is a rate of."""
    low = float(gammaincinv(n, part / 2)) if n else 0.0
    high = float(gammaincinv(n + 1, 1 - part / 2))
    return low / of, high / of


def median_interval(values: Sequence[float], part: float = PART) -> Bounds:
    """Two of the values, between which the median lies; the outermost where there are few."""
    ordered, below = sorted(values), 0
    while 2 * below + 3 < len(ordered) and bdtr(below, len(ordered), 0.5) < part / 2:
        below += 1
    below = max(below - 1, 0)
    return ordered[below], ordered[-1 - below]


def mean_interval(values: Sequence[float], part: float = PART) -> Bounds:
    """Of a mean. Unbounded for a single value."""
    if len(values) < 2:
        return float("-inf"), float("inf")
    middle = mean(values)
    reach = float(stdtrit(len(values) - 1, 1 - part / 2)) * stdev(values) / sqrt(len(values))
    return middle - reach, middle + reach
