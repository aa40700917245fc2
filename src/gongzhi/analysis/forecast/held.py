"""What an evaluation leaves for later: by what to foretell, and what it foretold of held weeks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gongzhi.analysis.forecast.calibration import Calibration
from gongzhi.analysis.forecast.models import Chosen

Floats = NDArray[np.float64]
Rates = NDArray[np.float32]
WEEK = 7
FIRST = 0.05
"""Of the cells: those ranked first in a shift have its attention."""


@dataclass(frozen=True)
class Recipe:
    """The way that is used, what was chosen for it, and how counts scatter around it: by cell and
    shift, and of the whole county."""

    way: str
    chosen: Chosen
    by_cell: Calibration
    county: Calibration


@dataclass(frozen=True)
class Held:
    """By cell and week of those that were held back: calls that came, calls foretold, and in how
    many shifts the cell was among the first of its county."""

    seen: Floats
    foretold: Floats
    first: Floats


def held_back(seen: Floats, rates: Rates, known: NDArray[np.bool_]) -> Held:
    """From counts and rates (cells, days, shifts) of the weeks; days without counting are left
    out."""
    on = known[None, :, None]
    first = _first(rates) & on
    return Held(*(_weekly(one) for one in (seen * on, rates * on, first)))


def _first(rates: Rates) -> NDArray[np.bool_]:
    """Whether the cell is among the first of its shift."""
    many = max(1, round(FIRST * len(rates)))
    found = np.zeros(rates.shape, np.bool_)
    at = np.argpartition(-rates, many - 1, axis=0)[:many]
    np.put_along_axis(found, at, True, axis=0)
    return found


def _weekly(many: NDArray[Any]) -> Floats:
    weeks = many.shape[1] // WEEK
    whole = many[:, : weeks * WEEK].reshape(len(many), weeks, -1)
    summed: Floats = whole.sum(axis=2, dtype=np.float64)
    return summed
