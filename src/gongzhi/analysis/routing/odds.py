"""How sure a suggestion is: odds that are as often right as they say.

Scores become odds in two steps, each fitted to messages that were kept back while learning: one
number for all labels (the temperature of C. Guo and others, "On Calibration of Modern Neural
Networks", ICML 2017), and a line for the first suggestion's log odds (J. Platt, "Probabilistic
Outputs for Support Vector Machines", 1999, applied to the top label alone as C. Gupta and A.
Ramdas, "Top-label calibration", ICLR 2022, have it). What the first one loses or gains, the others
share as they stood.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize, minimize_scalar
from scipy.special import expit, log_softmax, logit, softmax

from gongzhi.analysis.routing.messages import Floats, Whole

SHARPNESS = (-3.0, 4.0)
"""Between which logarithms the temperature's inverse is looked for."""
ENOUGH = 30
"""Kept-back messages from which odds can be fitted at all."""
SURE = 1e-6
"""No suggestion is surer than 1 minus this."""


@dataclass(frozen=True, slots=True)
class Odds:
    """``sharpness``: what scores are multiplied by; ``slope`` and ``level`` of the line."""

    sharpness: float = 1.0
    slope: float = 1.0
    level: float = 0.0

    def of(self, scores: Floats) -> Floats:
        """A row of probabilities for each row of scores, in the same order of likelihood."""
        odds = softmax(scores * self.sharpness, axis=1)
        rows, first = np.arange(len(odds)), scores.argmax(axis=1)
        before = odds[rows, first].clip(SURE, 1 - SURE)
        odds[rows, first] = 0
        second = odds.max(axis=1)
        after = expit(self.slope * logit(before) + self.level)
        after = np.maximum(after, second / (1 - before + second))  # still the likeliest
        odds *= ((1 - after) / (1 - before))[:, None]
        odds[rows, first] = after
        return np.asarray(odds / odds.sum(axis=1, keepdims=True))


def fitted(scores: Floats, true: Whole) -> Odds:
    """The odds that surprise least: ``true`` is the label of each row of ``scores``."""
    if len(true) < ENOUGH:
        return Odds()

    def surprise(logarithm: float) -> float:
        told = log_softmax(scores * np.exp(logarithm), axis=1)
        return -float(np.mean(told[np.arange(len(true)), true]))

    sharpness = float(np.exp(minimize_scalar(surprise, bounds=SHARPNESS, method="bounded").x))
    first = softmax(scores * sharpness, axis=1).max(axis=1).clip(SURE, 1 - SURE)
    slope, level = _line(logit(first), scores.argmax(axis=1) == true)
    return Odds(sharpness, slope, level)


def _line(told: Floats, right: NDArray[np.bool_]) -> tuple[float, float]:
    """Of log odds ``told``, the line that is most often right; it never falls."""

    def surprise(line: Floats) -> float:
        sign = np.where(right, 1.0, -1.0)
        return float(np.mean(np.logaddexp(0, -sign * (line[0] * told + line[1]))))

    found = minimize(surprise, np.array([1.0, 0.0]), bounds=[(0.05, 5.0), (-5.0, 5.0)])
    return float(found.x[0]), float(found.x[1])
