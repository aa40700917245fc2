"""How hot spots went through the months: new ones, old ones, those that are over.

What was hot in each slice of time is given (`local.getis_ord` and `discoveries` tell), and what it
was is said in four words that one can check by looking.
"""

from __future__ import annotations

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

Floats = NDArray[np.float64]
FEWEST = 4
"""Slices of time below which nothing is said but "hot" or not."""


class Kind(StrEnum):
    """What a cell was. Lately is the last quarter of the slices, before that is the rest."""

    PERSISTENT = "persistent"  # hot in four of five slices, and lately
    EMERGING = "emerging"  # hot in half of the slices lately, in a quarter before at most
    FADING = "fading"  # hot in half of the slices before, in a quarter lately at most
    SPORADIC = "sporadic"  # hot now and then
    NONE = "none"


def classify(hot: NDArray[np.bool_]) -> list[Kind]:
    """The kind of each cell; ``hot``: a row for each slice of time, a column for each cell."""
    slices, cells = hot.shape
    if slices < FEWEST:
        return [Kind.SPORADIC if hot[:, n].any() else Kind.NONE for n in range(cells)]
    lately = max(slices // 4, 1)
    late, before = hot[-lately:].mean(axis=0), hot[:-lately].mean(axis=0)
    always = (hot.mean(axis=0) >= 0.8) & (late >= 0.5)
    rules = [
        (Kind.PERSISTENT, always), (Kind.EMERGING, (late >= 0.5) & (before <= 0.25)),
        (Kind.FADING, (before >= 0.5) & (late <= 0.25)), (Kind.SPORADIC, hot.any(axis=0)),
    ]  # fmt: skip
    return [next((kind for kind, true in rules if true[n]), Kind.NONE) for n in range(cells)]


def trend(values: Floats) -> tuple[Floats, Floats]:
    """Mann and Kendall's test of each column: whether it goes up (score above 0) or down through
    the rows, and how likely that is by chance, on both sides. Ties are allowed for (M. G.
    Kendall, "Rank Correlation Methods"); columns that never change have score 0."""
    rows, columns = values.shape
    up = np.zeros(columns)
    for row in range(1, rows):
        up += np.sign(values[row] - values[:row]).sum(axis=0)
    base = rows * (rows - 1) * (2 * rows + 5)
    spread = np.array([base - _ties(values[:, n]) for n in range(columns)]) / 18
    with np.errstate(divide="ignore", invalid="ignore"):
        score = np.where(spread > 0, (up - np.sign(up)) / np.sqrt(spread), 0.0)
    return score, 2 * ndtr(-np.abs(score))


def _ties(column: Floats) -> float:
    many = np.unique(column, return_counts=True)[1].astype(float)
    return float((many * (many - 1) * (2 * many + 5)).sum())
