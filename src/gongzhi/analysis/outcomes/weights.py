"""Weights for a sample of whom only some answered, and what it says of all.

Whoever answers isn't everybody. Answers are weighted until their margins (kind, channel, town) are
those of all that could have been drawn (raking: W. E. Deming and F. F. Stephan, Ann. Math. Stat.
11, 1940), no weight above five times the mean; the bounds are those of so many answers as the
weights leave (L. Kish, Survey Sampling, 1965), less what was drawn anyway of a small frame.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from gongzhi.analysis.outcomes.intervals import share_interval

Cell = tuple[str, str, str]
ROUNDS = 60
NEAR = 1e-6
MOST = 5.0
"""Times the mean weight, so that a few answers don't speak for too many."""


@dataclass(frozen=True)
class Estimate:
    """A share, its bounds, of how many answers, and as how many they count."""

    value: float
    low: float
    high: float
    answers: int
    effective: float


def rake(counts: Mapping[Cell, float], margins: Sequence[Mapping[str, float]]) -> dict[Cell, float]:
    """Cell → weight of each of its answers, so that sums by each part of the cells' keys are those
    of `margins`. What nobody answered of can't be weighted up; the rest stands in for it."""
    there = {cell: n for cell, n in counts.items() if n > 0}
    weights = dict.fromkeys(there, 1.0)
    aims = [_reachable(margin, there, part) for part, margin in enumerate(margins)]
    for _round in range(ROUNDS):
        off = 0.0
        for part, aim in enumerate(aims):
            off = max(off, _fit(weights, there, part, aim))
        if off < NEAR:
            break
    return _trimmed(weights, there)


def _reachable(
    margin: Mapping[str, float], there: Mapping[Cell, float], part: int
) -> dict[str, float]:
    """The margin of those of whom somebody answered, as shares of one."""
    answered = {cell[part] for cell in there}
    kept = {key: n for key, n in margin.items() if key in answered and n > 0}
    total = sum(kept.values())
    return {key: n / total for key, n in kept.items()} if total else {}


def _fit(
    weights: dict[Cell, float], there: Mapping[Cell, float], part: int, aim: Mapping[str, float]
) -> float:
    """Make one margin fit; how far off it was."""
    sums: dict[str, float] = {}
    for cell, n in there.items():
        if cell[part] in aim:
            sums[cell[part]] = sums.get(cell[part], 0.0) + n * weights[cell]
    total, off = sum(sums.values()), 0.0
    for cell in there:
        if cell[part] in aim:
            times = aim[cell[part]] * total / sums[cell[part]]
            weights[cell] *= times
            off = max(off, abs(times - 1))
    return off


def _trimmed(weights: dict[Cell, float], there: Mapping[Cell, float]) -> dict[Cell, float]:
    answers = sum(there.values())
    mean = sum(there[cell] * weight for cell, weight in weights.items()) / answers if answers else 1
    return {cell: min(weight / mean, MOST) for cell, weight in weights.items()}


def weighted_share(told: Sequence[tuple[float, int, int]], frame: int) -> Estimate | None:
    """Of cells with a weight, answers, and how many of these say yes; of `frame` that there were.
    None without an answer."""
    answers = sum(n for _weight, n, _yes in told)
    total = sum(weight * n for weight, n, _yes in told)
    if not answers or not total:
        return None
    value = sum(weight * yes for weight, _n, yes in told) / total
    effective = total**2 / sum(weight**2 * n for weight, n, _yes in told)
    low, high = share_interval(value * effective, effective)
    left = sqrt(max(1 - answers / frame, 0.0)) if frame > answers else 0.0
    return Estimate(
        value, value - (value - low) * left, value + (high - value) * left, answers, effective
    )
