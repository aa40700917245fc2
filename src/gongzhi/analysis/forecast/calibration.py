"""Intervals that hold what they say: counts' own scatter, mended by how they stood before.

A forecast's distribution is negative binomial, its dispersion fitted on the validation days. Where
counts stood in it on these days (their probability integral transform, for counts as by C. Czado,
T. Gneiting and L. Held, "Predictive Model Assessment for Count Data", Biometrics 65, 2009) says
which of its levels really are the 5 % and the 95 %: these are taken (conformal prediction by
ranks). Nothing of the days that are judged is used.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gongzhi.analysis.forecast.distribution import (
    Numbers,
    crps,
    dispersion,
    quantile,
    standing,
)

Floats = NDArray[np.float64]
STEPS = 401
WEEK = 7


@dataclass(frozen=True)
class Calibration:
    """The dispersion, and which level of the distribution stands for each level asked for."""

    spread: float
    levels: tuple[float, ...]
    """Of `STEPS` levels from 0 to 1, what they really are."""

    def level(self, asked: float) -> float:
        """The distribution's level below which this part of the counts is."""
        return float(np.interp(asked, self.levels, np.linspace(0, 1, len(self.levels))))

    def quantile(self, mean: Numbers, part: float) -> Floats:
        """The count below or at which this part of the counts is."""
        return quantile(mean, self.spread, self.level(part))

    def covered(self, seen: Numbers, mean: Numbers, part: float = 0.9) -> float:
        """Which part of the counts lies in the central interval. A count at a bound counts for
        that part of its chances which lies inside: whole numbers can't be cut otherwise."""
        low, high = standing(seen, mean, self.spread)
        floor, ceiling = self.level((1 - part) / 2), self.level((1 + part) / 2)
        inside = (np.minimum(high, ceiling) - np.maximum(low, floor)).clip(0)
        return float((inside / np.maximum(high - low, 1e-12)).clip(0, 1).mean())

    def held(self, seen: Numbers, mean: Numbers, part: float = 0.9) -> float:
        """Which part lies between the interval's whole numbers, both included."""
        low = self.quantile(mean, (1 - part) / 2)
        return float(((seen >= low) & (seen <= self.quantile(mean, (1 + part) / 2))).mean())


@dataclass(frozen=True)
class Rolling:
    """Of the county's counts by shift, (days, shifts): calibrated anew each week, on the latest
    days known by then."""

    weeks: tuple[tuple[slice, Calibration], ...]

    def quantile(self, mean: Numbers, part: float) -> Floats:
        """The count below or at which this part of the counts is."""
        return np.concatenate([one.quantile(mean[days], part) for days, one in self.weeks])

    def covered(self, seen: Numbers, mean: Numbers, part: float = 0.9) -> float:
        """Which part of the counts lies in the central interval."""
        each = [one.covered(seen[days], mean[days], part) for days, one in self.weeks]
        sizes = [seen[days].size for days, _ in self.weeks]
        return float(np.average(each, weights=sizes))

    def crps(self, seen: Numbers, mean: Numbers) -> Floats:
        """The score of each count."""
        each = [crps(seen[days], mean[days], one.spread) for days, one in self.weeks]
        return np.concatenate(each)


def rolling(before: tuple[Numbers, Numbers], after: tuple[Numbers, Numbers], ahead: int) -> Rolling:
    """From counts and their means, (days, shifts), before and on the days that are judged. A week
    rests on as many days as there are before, the last of them `ahead` days earlier."""
    many = len(before[0])
    seen, mean = (np.concatenate(both) for both in zip(before, after, strict=True))
    weeks = []
    for start in range(0, len(after[0]), WEEK):
        last = many + start + 1 - ahead
        known = slice(max(last - many, 0), last)
        days = slice(start, min(start + WEEK, len(after[0])))
        weeks.append((days, calibrate(seen[known], mean[known])))
    return Rolling(tuple(weeks))


def calibrate(seen: Numbers, mean: Numbers) -> Calibration:
    """From counts that came and the means that had been foretold for them."""
    spread = dispersion(seen, mean)
    low, high = (one.reshape(-1) for one in standing(seen, mean, spread))
    return Calibration(spread, tuple(_below(low, high).tolist()))


def _below(low: Floats, high: Floats) -> Floats:
    """Which part of the counts stands below each of `STEPS` levels, each count spread evenly
    between its two chances."""
    at = np.linspace(0, 1, STEPS)
    width = np.maximum(high - low, 1e-9)
    edges = np.concatenate([low, low + width])
    slope = np.concatenate([1 / width, -1 / width])
    order = np.argsort(edges)
    edges, slope = edges[order], np.cumsum(slope[order])
    heights = np.concatenate([[0.0], np.cumsum(slope[:-1] * np.diff(edges))])
    part = np.interp(at, edges, heights, left=0.0, right=heights[-1]) / len(low)
    part[0], part[-1] = 0.0, 1.0
    return np.maximum.accumulate(part.clip(0, 1))
