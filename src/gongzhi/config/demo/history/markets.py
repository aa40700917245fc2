"""Thefts at markets: many in those of one town until patrols stay there, as many as ever elsewhere.

So that the page that asks whether patrols helped has something to tell.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import numpy as np

from gongzhi.config.demo.history.rhythm import ZONE
from gongzhi.config.demo.history.spots import Spot, Spots

ABOUT, BEGUN = "theft", 42
"""What is stolen, and how many days ago the patrols began there."""
PATROLLED, OTHERS = "lancheng", ("wangchao", "oushan", "luao", "yueyu", "chaotang", "dengzhan")
LEAST_DAYS = 2 * BEGUN
"""A shorter history has nothing to compare with."""
BEFORE, AFTER, ELSEWHERE, PLACES = 10.0, 1.5, 1.4, 8
"""A week: at all patrolled markets together, and at each of so many other places."""
KINDS = ("market", "supermarket")


def market_thefts(spots: Spots, seed: int, last: date, days: int) -> list[tuple[datetime, Spot]]:
    """When and where, in the days before `last`; none in a short history."""
    if days < LEAST_DAYS:
        return []
    rng, begun = np.random.default_rng([seed, 21]), last - timedelta(days=BEGUN)
    own = spots.of_kinds(KINDS[:1], (PATROLLED,))
    others = spots.of_kinds(KINDS, OTHERS)
    others = [others[n] for n in rng.permutation(len(others))[:PLACES]]
    found = []
    for back in range(days, 0, -1):
        day = last - timedelta(days=back)
        here = BEFORE if day < begun else AFTER
        for places, weekly in ((own, here), (others, ELSEWHERE * len(others))):
            for _ in range(int(rng.poisson(weekly / 7)) if places else 0):
                spot = places[int(rng.integers(len(places)))].near(rng, 40)
                found.append((_morning(rng, day), spot))
    return found


def _morning(rng: np.random.Generator, day: date) -> datetime:
    """Markets are full in the morning."""
    return datetime.combine(day, time(9), ZONE) + timedelta(minutes=float(rng.normal(0, 70)))
