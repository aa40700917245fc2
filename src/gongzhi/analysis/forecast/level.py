"""The county's level, followed: seasons and growth move all places together, and day by day.

What the last days brought is set against what had been foretold for them, and the rates are moved
by that ratio, drawn towards 1 by so many days' calls. How fast it forgets and how firmly it holds
to 1 is what foretold best on the last part of the days before the origin; to hold still is one of
the choices.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from gongzhi.analysis.forecast.history import Known

Rates = NDArray[np.float32]
Floats = NDArray[np.float64]
HALF_LIVES = (7.0, 21.0, 63.0)
"""Days."""
HOLDS = (3.0, 10.0, 30.0)
"""Days' calls."""
LATER = 0.4
"""The last part of the days before the origin, which chooses."""
FARTHEST = 3.0


@dataclass(frozen=True)
class Pace:
    """How fast the level forgets, and how firmly it is held to 1."""

    half_life: float
    hold: float


STILL = Pace(1.0, np.inf)


def followed(known: Known, rates: Rates, until: int) -> Rates:
    """The rates (cells, days, shifts) moved to the county's level of late."""
    foretold = rates.sum(axis=(0, 2), dtype=np.float64)
    seen = known.counts.county[0].astype(float)
    paces = [STILL, *(Pace(*one) for one in product(HALF_LIVES, HOLDS))]
    best = min(paces, key=lambda pace: _loss(known, seen, foretold, until, pace))
    moved: Rates = rates * _ratio(known, seen, foretold, best)[None, :, None].astype(np.float32)
    return moved


def _ratio(known: Known, seen: Floats, foretold: Floats, pace: Pace) -> Floats:
    """By day, from days up to `ahead` before it."""
    if pace == STILL:
        return np.ones(len(seen))
    both = np.stack([seen, foretold]).astype(np.float32)
    came, said = known.decayed(pace.half_life, both).astype(float)
    over = known.decayed_days(pace.half_life)
    hold = pace.hold * np.maximum(said, 1e-9)
    ratio: Floats = (hold + came * over) / (hold + np.maximum(said, 1e-9) * over)
    return ratio.clip(1 / FARTHEST, FARTHEST)


def _loss(known: Known, seen: Floats, foretold: Floats, until: int, pace: Pace) -> float:
    """Poisson's, of the days that choose; none of them is known to its own ratio."""
    later = np.arange(until - int(LATER * until), until)
    later = later[known.counts.known[later]]
    mean = np.maximum(foretold * _ratio(known, seen, foretold, pace), 1e-9)[later]
    return float((mean - seen[later] * np.log(mean)).sum())
