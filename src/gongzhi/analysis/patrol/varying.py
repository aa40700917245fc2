"""Plans that nobody can foresee: nearly as good as the best, and different from day to day."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

import numpy as np

from gongzhi.analysis.patrol.ground import WORTH, Ground, Tours
from gongzhi.analysis.patrol.plan import Plan

STRENGTHS = (0.6, 0.3, 0.15, 0.07)
"""By how much the worth of each visit is changed at random, the strongest first: the first that
costs no more than may be given up is taken."""
SAME = 900
"""Two visits of a stop on two days are alike when they begin within so many seconds."""


def shaken(ground: Ground, strength: float, dice: np.random.Generator) -> Ground:
    """The same, with the worth of each visit up to so much more or less."""
    factor = 1.0 + strength * dice.uniform(-1.0, 1.0, len(ground.worth))
    return ground._replace(worth=ground.worth * factor)


def reckoned(ground: Ground, tours: Tours, fairness: float) -> float:
    """What these routes are worth by that ground, and set so, where another one was searched."""
    served = tours.unit >= 0
    got = np.zeros(len(ground.whole))
    np.add.at(got, ground.area[served], ground.worth[served])
    worth = float((got - fairness * got**2 / (2 * ground.whole)).sum())
    tours.got[:] = got
    tours.total[WORTH] = worth
    return worth


def close(begin: int, others: Sequence[int], same: int = SAME) -> int:
    """How many of these begins lie within `same` seconds of this one."""
    return sum(abs(begin - one) <= same for one in others)


def overlap(plans: Sequence[Plan], same: int = SAME) -> float:
    """How much of a plan is like another one, on average over all pairs: the part of its visits
    that are at the same stop within `same` seconds. 0 for nothing, 1 for everything."""
    begins = [[(one.stop, one.begin) for _unit, one in plan.visits()] for plan in plans]
    parts = [
        np.mean([any(s == stop and abs(b - at) <= same for s, b in other) for stop, at in one])
        for one, other in permutations(begins, 2)
        if one
    ]
    return float(np.mean(parts)) if parts else 0.0
