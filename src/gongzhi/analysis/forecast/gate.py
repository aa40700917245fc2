"""The gate: a model is used only while it beats every baseline on days that it never saw.

Days near each other are alike, so whole weeks are drawn, with replacement (block bootstrap:
H. R. Künsch, Annals of Statistics 17, 1989), the same weeks for both sides. Of few weeks, drawing
makes intervals too narrow; they are widened as T. Hesterberg, "What Teachers Should Know About the
Bootstrap", American Statistician 69, 2015, says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, stdtrit

Floats = NDArray[np.float64]
DRAWS = 4000
WEEKS = 4
"""So many weeks at least: of fewer nothing can be said."""
SURE = 0.95


@dataclass(frozen=True)
class Skill:
    """By which part a score is less than another's, and between which bounds (95 %)."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Verdict:
    """Whether the model is used. ``over``: its skill over each baseline; ``best``: the baseline
    with the least score, which is used otherwise."""

    adopted: bool
    best: str
    over: Mapping[str, Skill]

    @property
    def low(self) -> float:
        """The lower bound of the skill over the best baseline."""
        return self.over[self.best].low


def skill(model: Floats, baseline: Floats, *, seed: int = 0, draws: int = DRAWS) -> Skill:
    """From the scores of each week (summed over cells and shifts; smaller is better)."""
    weeks = len(model)
    if weeks < WEEKS or baseline.sum() <= 0:
        return Skill(_part(model.sum(), baseline.sum()), -np.inf, np.inf)
    drawn = np.random.default_rng(seed).integers(0, weeks, (draws, weeks))
    parts = 1 - model[drawn].sum(axis=1) / np.maximum(baseline[drawn].sum(axis=1), 1e-300)
    low, high = np.quantile(parts, _wider(weeks))
    return Skill(_part(model.sum(), baseline.sum()), float(low), float(high))


def _part(model: float, baseline: float) -> float:
    return 1 - model / baseline if baseline > 0 else 0.0


def _wider(weeks: int) -> tuple[float, float]:
    """The quantiles to take of so many weeks' draws."""
    far = (weeks / (weeks - 1)) ** 0.5 * stdtrit(weeks - 1, (1 + SURE) / 2)
    low = float(ndtr(-far))
    return low, 1 - low


def judge(
    model: Floats, baselines: Mapping[str, Floats], *, margin: float = 0.0, seed: int = 0
) -> Verdict:
    """Adopted only if the skill over every baseline is surely above the `margin`."""
    over = {code: skill(model, scores, seed=seed) for code, scores in baselines.items()}
    best = min(baselines, key=lambda code: float(baselines[code].sum()))
    return Verdict(all(one.low > margin for one in over.values()), best, over)
