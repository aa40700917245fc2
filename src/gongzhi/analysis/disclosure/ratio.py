"""Two periods beside each other: how many times as much, and between which bounds.

Given both counts together, the first of two Poisson counts is binomial (J. Przyborowski and H.
Wilenski, Biometrika 31, 1940); its bounds are those of C. J. Clopper and E. S. Pearson (Biometrika
26, 1934), which hold at least as often as they say. Marks vary at most as counts of that size do
(`marks`), so marks are compared, not the facts that they stand for.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betainc, betaincinv

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Ratio:
    """For each pair: how many times as much there is now as before, a day each; the bounds of
    that; and how likely counts at least as far apart are if nothing changed. NaN or infinite
    where before there was nothing."""

    ratio: Floats
    low: Floats
    high: Floats
    chance: Floats


def ratios(
    now: ArrayLike, before: ArrayLike, *, days: tuple[int, int] = (1, 1), part: float = 0.05
) -> Ratio:
    """Compare counts of marks `now` and `before`, over so many `days` each. Of the bounds one in
    20 (`part`) misses at most. Raises ValueError for counts below 0, and periods of no day."""
    a, b = (np.asarray(one, dtype=float) for one in (now, before))
    if min(days) <= 0 or (a < 0).any() or (b < 0).any():
        raise ValueError("Counts are 0 at least, and a period is a day at least.")
    both, share = a + b, days[0] / sum(days)
    with np.errstate(divide="ignore", invalid="ignore"):
        low = np.where(a > 0, betaincinv(a, b + 1, part / 2), 0.0)
        high = np.where(b > 0, betaincinv(a + 1, b, 1 - part / 2), 1.0)
        ratio = (a / days[0]) / (b / days[1])
        low, high = (days[1] / days[0] * side / (1 - side) for side in (low, high))
        # of `both`, each now by the chance `share`: at most, and at least, so many are
        most = np.where(b > 0, betainc(b, a + 1, 1 - share), 1.0)
        least = np.where(a > 0, betainc(a, b + 1, share), 1.0)
        tails = np.minimum(most, least)
        chance = np.where(both > 0, np.minimum(2 * tails, 1.0), 1.0)
    return Ratio(ratio, low, high, chance)
