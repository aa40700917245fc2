"""A plan from an order that was given: by hand, by the plan before, or by another program."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from gongzhi.analysis.patrol.ground import Rules, Tours
from gongzhi.analysis.patrol.nodes import Nodes, numbered
from gongzhi.analysis.patrol.plan import Plan
from gongzhi.analysis.patrol.problem import Problem
from gongzhi.analysis.patrol.search import insert
from gongzhi.analysis.patrol.telling import told
from gongzhi.analysis.patrol.timing import FITS, fits

REST = None
"""In an order, where a break comes."""


def follow(problem: Problem, orders: Mapping[int, Sequence[int]]) -> Plan:
    """The plan in which each unit (key) visits these stops (keys) in this order, as soon as it can;
    breaks come where they fit. What doesn't fit any more is left out, with its reason.
    """
    nodes = numbered(problem)
    tours = nodes.tours()
    put(nodes, tours, orders)
    return told(nodes, tours, 0, random.Random(0))  # noqa: S311  (a plan is no secret)


def put(nodes: Nodes, tours: Tours, orders: Mapping[int, Sequence[int | None]]) -> None:
    """Put these stops into the routes, each behind the one before; `REST` for a break that comes
    between. Those that don't fit, or aren't asked for, are passed over."""
    number = {stop.key: n for n, stop in enumerate(nodes.problem.stops)}
    waiting: dict[int, list[int]] = defaultdict(list)
    for visit, wanted in enumerate(nodes.wanted):
        waiting[wanted.stop].append(visit)
    rules = Rules(fairness=nodes.problem.fairness)
    for u, unit in enumerate(nodes.units):
        last = 0
        for stop in orders.get(unit.key, ()):
            if stop is REST:
                last += 1
                continue
            for visit, p in _possible(nodes, tours, waiting[number.get(stop, -1)], u, last):
                insert(nodes.ground, tours, rules, visit, u, p)
                last = p + 1
                break


def _possible(
    nodes: Nodes, tours: Tours, visits: Sequence[int], u: int, last: int
) -> Iterator[tuple[int, int]]:
    """Which of these visits fits from that position on, and the first position after which."""
    end = int(tours.length[u]) - 1
    for visit in visits:
        if tours.unit[visit] < 0 and nodes.ground.can[u, visit]:
            for p in range(min(last, end - 1), end):
                if fits(nodes.ground, tours, u, visit, p)[0] == FITS:
                    yield visit, p
                    break
