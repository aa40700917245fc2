"""The best plan that is found in the time given."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from gongzhi.analysis.patrol.ground import ALIKE, WORTH, Ground, Rules, Tours
from gongzhi.analysis.patrol.nodes import Nodes, numbered
from gongzhi.analysis.patrol.plan import Plan
from gongzhi.analysis.patrol.problem import Problem
from gongzhi.analysis.patrol.search import (
    best_place,
    insert,
    instead,
    run,
    score,
    take_out,
)
from gongzhi.analysis.patrol.telling import told
from gongzhi.analysis.patrol.varying import least, recounted, shunning

Dice = NDArray[np.uint64]
HOT, COLD = 0.6, 0.01
"""Of the mean worth of a visit: how much worse a round may be at first, and at last."""
LONGEST, MEAN = 10.0, 10.0
"""The longest string that a round takes out, and how many visits on average, about."""
FIRST = 0.82
"""Of the time, for the best plan, where days are to differ; the rest is for another one nearly as
good."""
WARM, STEP, PRICE, SHY, FEW = 0.1, 1.04, 0.3, 1800.0, 32
"""For that other one: as `HOT`; how fast the price of a visit that comes when it came before moves,
and where it begins (of the mean worth of a visit); the detour (s) that is made instead at a price
of 1; and the rounds between two looks."""
AT_ONCE = 0.01
"""Seconds that the search runs between two looks at the watch."""
CALM = 30_000
"""Rounds without anything better, after which it ends when everything is in the plan."""


def solve(
    problem: Problem, *, seed: int = 0, limit: float = 10.0, rounds: int | None = None
) -> Plan:
    """A plan that `check` finds nothing wrong with, after at most `limit` seconds.

    ``rounds``: that many instead, however long they take: the same seed gives the same plan. What
    is impossible is in `Plan.left_out` and `Plan.idle`.
    """
    nodes = numbered(problem)
    best, made = nodes.tours(), 0
    dice = random.Random(seed)  # noqa: S311  (a plan is no secret)
    if nodes.units and nodes.ground.can.any():
        part = FIRST if problem.variety else 1.0
        best, made = search(nodes, best, part * limit, _part(rounds, part), seed)
        if problem.variety:
            best = _different(nodes, best, (1 - part) * limit, _part(rounds, 1 - part), seed)
    return told(nodes, best, made, dice)


def _part(rounds: int | None, part: float) -> int | None:
    return None if rounds is None else max(1, round(part * rounds))


def _different(
    nodes: Nodes, best: Tours, limit: float, rounds: int | None, seed: int
) -> Tours:  # fmt: skip
    """Routes that come at other times than on the days before, as often as may be for what may be
    given up. What a visit loses that comes when it came before, is raised while there is something
    left to give up, and lowered when there isn't."""
    odd = replace(nodes, ground=shunning(nodes, seed))
    ground, rules, floor = odd.ground, _rules(nodes), least(nodes, best)
    now, kept, top, chosen = (recounted(ground, copied(best)) for _ in range(4))
    state, price = _dice(seed), PRICE
    budget = Budget(limit, rounds, most=FEW)
    while (spent := budget.spent()) < 1 and chosen.total[ALIKE]:
        heat = nodes.mean * WARM * (COLD / WARM) ** spent
        asked = rules._replace(alike=price * nodes.mean, shy=price * SHY)
        budget.run(partial(run, ground, now, kept, top, asked, state, heat=heat))
        for one in (kept, top):
            if one.total[WORTH] >= floor and one.total[ALIKE] < chosen.total[ALIKE]:
                chosen = copied(one)
        price *= STEP if kept.total[WORTH] >= floor else 1 / STEP
    polish(nodes, chosen, rules)
    return chosen


@dataclass
class Budget:
    """Seconds, or rounds."""

    limit: float
    rounds: int | None = None
    most: int = 256
    """Rounds between two looks, where rounds are counted."""

    def __post_init__(self) -> None:
        """The watch runs from now on."""
        self.begun, self.made, self.step = perf_counter(), 0, 16

    def spent(self) -> float:
        """The part that is used up."""
        if self.rounds is not None:
            return self.made / max(1, self.rounds)
        return (perf_counter() - self.begun) / max(1e-9, self.limit)

    def run(self, some: Callable[..., object]) -> None:
        """Some more rounds: so many that it takes a moment."""
        if self.rounds is not None:
            many = min(self.most, self.rounds - self.made)
            some(rounds=many)
            self.made += many
            return
        begun = perf_counter()
        some(rounds=self.step)
        self.made += self.step
        took = perf_counter() - begun
        self.step = max(1, min(4 * self.step, int(self.step * AT_ONCE / max(took, 1e-6))))


def search(
    nodes: Nodes, start: Tours, limit: float, rounds: int | None, seed: int, *, hot: float = HOT
) -> tuple[Tours, int]:
    """From these routes on: the best ones, and how many rounds it took. `hot`: how warm it begins;
    the colder, the closer it stays."""
    ground = nodes.ground
    now, kept, best = (copied(start) for _ in range(3))
    possible, mean = int(ground.can.any(axis=0).sum()), nodes.mean
    rules, dice = _rules(nodes), _dice(seed)
    run(ground, now, kept, best, rules, dice, 0, 0.0)  # what is compiled, is on nobody's time
    budget = Budget(limit, rounds)
    last, since = -np.inf, 0
    while (spent := budget.spent()) < 1:
        heat = mean * hot * (COLD / hot) ** spent
        budget.run(partial(run, ground, now, kept, best, rules, dice, heat=heat))
        if (value := float(score(best, rules))) > last + 1e-9:
            last, since = value, budget.made
        if budget.made - since > CALM and (best.unit >= 0).sum() == possible:
            break
    polish(nodes, best, rules)
    return best, budget.made


def _rules(nodes: Nodes) -> Rules:
    return Rules(nodes.second, nodes.problem.fairness, LONGEST, MEAN)


def _dice(seed: int) -> Dice:
    return np.array([(seed * 0x9E3779B97F4A7C15 + 0x1234567) % 2**64 | 1], np.uint64)


def polish(nodes: Nodes, tours: Tours, rules: Rules) -> None:
    """Put in what still fits, and exchange single visits for ones worth more, until there is none:
    so what is said of those left out is true. Where areas share, worth alone is no ground."""
    better = True
    while better:
        missing = np.flatnonzero((tours.unit < 0) & nodes.ground.can.any(axis=0)).tolist()
        better = sum(_put(nodes, tours, rules, visit) for visit in missing) > 0


def _put(nodes: Nodes, tours: Tours, rules: Rules, visit: int) -> bool:
    """Whether it could be put in, or exchanged for another one."""
    ground = nodes.ground
    u, p = place(ground, tours, visit)
    other = -1
    if u < 0 and not rules.fairness:
        other = int(instead(ground, tours, visit, ground.worth[visit] - 1e-9))
    if other >= 0:
        whose = int(tours.unit[other])
        at = tours.node[whose, : tours.length[whose]].tolist().index(other)
        take_out(ground, tours, rules, whose, at, 1, 1, 0)
        u, p = place(ground, tours, visit, whose)
    if u >= 0:
        insert(ground, tours, rules, visit, u, p)
    return u >= 0


def place(ground: Ground, tours: Tours, visit: int, unit: int | None = None) -> tuple[int, int]:
    """The unit, and the position after which the visit costs it least; -1 where none fits."""
    which = np.arange(len(tours.length)) == unit if unit is not None else tours.length > 0
    u, p, _cost = best_place(ground, tours, visit, np.ones(1, np.uint64), 0.0, 0.0, which, 0.0)
    return int(u), int(p)


def copied(tours: Tours) -> Tours:
    """The same once more."""
    return Tours._make(one.copy() for one in tours)
