"""How good forecasts were, in the numbers that others use.

Hit rate, PAI (S. Chainey, L. Tompson and S. Uhlig, Security Journal 21, 2008) and PEI (J. M. Hunt,
2016) look at the cells that a forecast ranks first in each shift; MASE (R. J. Hyndman and
A. B. Koehler, International Journal of Forecasting 22, 2006) at the middle of what it foretold,
against the same shift a week before.
"""

from __future__ import annotations

from dataclasses import dataclass

import numba
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
PARTS = (0.01, 0.05, 0.10)
"""Of the area."""


@dataclass(frozen=True)
class Hits:
    """Of the cells ranked first that make up `area` (part of all): which part of the calls they
    had, that over the area, and that over the most that so many cells could have had."""

    area: float
    rate: float
    pai: float
    pei: float


def hits(seen: Floats, rates: Floats, beyond: float, part: float, seed: int = 0) -> Hits:
    """Over all shifts; ``seen`` and ``rates`` are (cells, shifts). Calls in no cell of the area
    (`beyond`) are missed. Ties are drawn by lot."""
    cells, shifts = seen.shape
    many = max(1, round(part * cells))
    lot = np.random.default_rng(seed).permutation(cells)
    got, most = 0.0, 0.0
    for shift in range(shifts):
        calls = seen[lot, shift]
        first = np.argpartition(-rates[lot, shift], many - 1)[:many]
        got += float(calls[first].sum())
        most += float(np.partition(calls, cells - many)[cells - many :].sum())
    total = float(seen.sum()) + beyond
    area = many / cells
    rate = got / total if total else 0.0
    return Hits(area, rate, rate / area, got / most if most else 0.0)


def pinball(seen: Floats, bound: Floats, part: float) -> float:
    """How far the quantile is off (calls), more weight on the side where fewer counts should be."""
    off = seen - bound
    return float(np.maximum(part * off, (part - 1) * off).mean())


def mase(seen: Floats, foretold: Floats, naive: Floats) -> float:
    """The mean absolute error over that of the naive forecast; infinite if that one was right."""
    theirs = float(np.abs(seen - naive).mean())
    ours = float(np.abs(seen - foretold).mean())
    return ours / theirs if theirs else (0.0 if not ours else float("inf"))


@numba.njit(cache=True)
def _weekly(scores, weeks, found):  # type: ignore[no-untyped-def]
    cells, days, shifts = scores.shape
    for cell in range(cells):
        for day in range(days):
            for shift in range(shifts):
                found[weeks[day]] += scores[cell, day, shift]


def weekly(scores: Floats, known: NDArray[np.bool_]) -> Floats:
    """The scores (cells, days, shifts) summed by week; weeks in which nobody counted are left
    out, and so is what is left of a week at the end."""
    weeks = len(known) // 7
    found = np.zeros(weeks + 1)
    _weekly(scores, np.minimum(np.arange(len(known)) // 7, weeks), found)
    counted = known[: weeks * 7].reshape(weeks, 7).any(axis=1)
    return found[:weeks][counted]
