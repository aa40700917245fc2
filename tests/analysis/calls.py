"""Made-up calls of a county whose true rates are known."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import h3.api.basic_int as h3
import numpy as np
from numpy.typing import NDArray

from gongzhi.analysis.forecast import Area, Counts

MIDDLE = h3.latlng_to_cell(29.97, 122.2, 8)
MONDAY = 19_000 - (19_000 + 3) % 7
"""Days since 1970-01-01."""
SHIFTS = 3


@dataclass(frozen=True)
class County:
    """Its counts, and the rates that they were drawn from."""

    counts: Counts
    rates: NDArray[np.float64]


@cache
def area(rings: int = 5) -> Area:
    """Cells around one."""
    return Area(np.array(sorted(h3.grid_disk(MIDDLE, rings)), dtype=np.int64))


def county(
    rates: NDArray[np.float64], here: Area, seed: int, known: NDArray[np.bool_] | None = None
) -> County:
    """Drawn by Poisson; nothing on days when nobody counted."""
    days = rates.shape[1]
    known = np.ones(days, np.bool_) if known is None else known
    many = np.random.default_rng(seed).poisson(rates * known[None, :, None]).astype(np.float32)
    counts = Counts(here, MONDAY, many, np.zeros((days, SHIFTS), np.float32), known)
    return County(counts, rates)


def even(days: int, seed: int, a_day: float = 0.3) -> County:
    """Nothing to be learnt: the same everywhere and always."""
    here = area()
    return county(np.full((len(here), days, SHIFTS), a_day / SHIFTS), here, seed)


def uneven(days: int, seed: int, a_day: float = 60.0) -> County:
    """Some cells have most of the calls, the centre by day and the rim by night; weekends differ;
    and all of it swells and falls with the months."""
    here = area()
    dice = np.random.default_rng(7)
    weight = dice.lognormal(0, 1.2, len(here))
    far = np.hypot(*here.spots.T) / np.hypot(*here.spots.T).max()
    night = np.array([0.8, -0.2, -0.6])[None, None, :] * (far[:, None, None] - 0.4) * 2.0
    day = np.arange(days)
    season = np.exp(0.8 * np.sin(2 * np.pi * day / 180))
    week = np.where((day + 3 + MONDAY) % 7 >= 5, 0.7, 1.1)
    rates = weight[:, None, None] * np.exp(night) * (season * week)[None, :, None]
    return county(rates / rates.sum(axis=(0, 2)).mean() * a_day, here, seed)
