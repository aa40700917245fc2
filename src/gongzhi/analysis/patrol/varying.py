"""Plans that nobody can foresee: nearly as good as the best, and different from day to day."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import permutations

import numpy as np

from gongzhi.analysis.patrol.ground import ALIKE, WORTH, Ground, Tours
from gongzhi.analysis.patrol.nodes import Nodes, shunned
from gongzhi.analysis.patrol.plan import Plan
from gongzhi.analysis.patrol.problem import Window
from gongzhi.analysis.patrol.slots import Part, joined, within
from gongzhi.analysis.patrol.timing import alike_in

GIVEN = 0.4
"""Of what may be given up for variety, what is; the rest is for what a longer search would find."""
SAME = 900
"""Two visits of a stop on two days are alike when they begin within so many seconds."""


def shunning(nodes: Nodes, seed: int) -> Ground:
    """With the times that visits should keep away from: those of the days before; where none are
    known, half of their hours, another one each day."""
    dice, problem = random.Random(seed), nodes.problem  # noqa: S311  (a plan is no secret)
    times: list[Part] = []
    for one in nodes.wanted:
        begins = problem.before.get(problem.stops[one.stop].key, ())
        around = joined([Window(begin - SAME, begin + SAME) for begin in begins])
        times.append(around or half(one.windows, dice))
    past, opens, closes = shunned(times, nodes.clocks)
    return nodes.ground._replace(past=past, past_opens=opens, past_closes=closes)


def half(windows: Part, dice: random.Random) -> Part:
    """Half of these times, from a moment on that is drawn, and on from the first after the last."""
    since, until = windows[0].opens, windows[-1].closes
    long = until - since
    start = since + int(dice.random() * long)
    end = start + long // 2
    again = () if end <= until else within(windows, since, end - long)
    return (*again, *within(windows, start, min(end, until)))


def recounted(ground: Ground, tours: Tours) -> Tours:
    """With how many visits come when they should keep away."""
    tours.alike[:] = [alike_in(ground, tours, u) for u in range(len(tours.alike))]
    tours.total[ALIKE] = tours.alike.sum()
    return tours


def least(nodes: Nodes, best: Tours) -> float:
    """What another plan must be worth at least (`Tours.total`): a part of what its visits are worth
    may be given up, none of what must be."""
    stops = [nodes.problem.stops[one.stop] for one in nodes.wanted]
    plain = np.array([stop.worth(one.nth) for stop, one in zip(stops, nodes.wanted, strict=True)])
    made = best.unit >= 0
    return float(best.total[WORTH] - GIVEN * nodes.problem.variety * plain[made].sum())


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
