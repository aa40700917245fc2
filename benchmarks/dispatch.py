"""What recommending units costs on a network of ways, for one incident and for many at once.

    .venv/bin/python benchmarks/dispatch.py [--quick] [--nodes N] [--units N]
                                             [--clients N] [--json FILE]

A seeded town of crossing streets with bends, gaps and one-way ways, of some 50,000 nodes; 200
units on it, cars and a few on foot; an incident at a time. ``recommend.*`` is the whole question:
every unit's time, the ranking and the reasons, and the whole ways of the first. Beside it, in the
same rounds, the plain search from an incident over the same arcs backwards that gives all cars'
times at once (``plain_ms``; Dijkstra with a heap, in Python), and the estimate by the beeline.
``ratio_to_plain`` sets the question without the cover, which the plain search doesn't ask either,
against that search: this thread's own time of the one by that of the other.
The ranking weighs what leaving does to the cover of 800 cells; before each tenth incident a unit
has moved, so that the cover is another one (``cover.moved_*``: that unit's row and the cover anew).
``bare_*`` is the same question without the cover; ``cpu_*`` this thread's own time, which other
work on the machine changes less.

``joint.*``: 50 incidents of all priorities, each with a run card that wants one unit to eight, and
the 200 units, in some rounds too few: all travel times, who fits which role, the best assignment,
and the one by one beside it (``ratio_to_greedy``: the weighed waiting of the one, with what stays
open, over the other's; ``asks`` and ``filled``: of all rounds). ``optimality_gap``: how much
heavier it is than what HiGHS finds by branch and bound for the same weights in the same run; of
``rounds`` draws the worst.

``live.*``: a thousand open consoles while units report twenty times a second, on a running county
(`_lines.py`); how old each event is when each line has it.
"""

from __future__ import annotations

import argparse
import heapq
import json
import random
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

import numpy as np  # noqa: E402
from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: E402
from scipy.sparse import csc_array, kron  # noqa: E402

from _lines import CLIENTS, SECONDS, live  # noqa: E402
from _report import SEED, machine  # noqa: E402
from gongzhi.analysis.dispatching import (  # noqa: E402
    Cover,
    Ground,
    Load,
    Need,
    Option,
    joint,
    solve,
)
from gongzhi.analysis.filling import Role  # noqa: E402
from gongzhi.analysis.travel import Network, Router, Spot, Way, build  # noqa: E402

NODES, UNITS, INCIDENTS, PLAIN_ROUNDS = 50_000, 200, 500, 10
CELLS, PROMISE, TOGETHER, JOINT_ROUNDS = 800, 600.0, 50, 10
SKILLS = ("first_aid", "mediation", "accident")
WANTED = (1, 2, 3, 4, 6, 8)
"""Units that a run card wants: in the middle, 50 incidents want a few less than there are."""
BLOCK = 0.0008
"""Degrees between two streets, some 90 m: about a node each."""
HOUR = 10


def town(nodes: int, draw: random.Random) -> Network:
    """Two families of bent streets on a square, every eighth a main road, with blocks left out."""
    side = max(4, round((nodes / 3) ** 0.5))  # crossings, and what lies between two of them
    ways = []
    for nth in range(side):
        rank = "main" if nth % 8 == 0 else "street"
        for across in (False, True):
            bend = draw.uniform(-0.2, 0.2)
            line: list[tuple[float, float]] = []
            for step in range(side):
                if draw.random() < 0.03 and rank == "street":
                    ways += _way(line, rank, draw)
                    line = []
                a, b = step * BLOCK, (nth + bend * np.sin(step / 9)) * BLOCK
                line.append((122 + b, 30 + a) if across else (122 + a, 30 + b))
            ways += _way(line, rank, draw)
    return build(ways)


def _way(line: list[tuple[float, float]], rank: Any, draw: random.Random) -> list[Way]:
    alone = rank == "street" and draw.random() < 0.1
    return [Way(tuple(line), rank, one_way=alone)] if len(line) > 1 else []


def measure(nodes: int, units: int, incidents: int) -> dict[str, Any]:
    """The figures, all from one seed."""
    draw = random.Random(SEED)
    begun = time.perf_counter()
    network = town(nodes, draw)
    built = time.perf_counter() - begun
    router = Router(network)
    options = [
        Option(
            n, "foot" if n % 20 == 0 else "car", _spot(network, draw), frozenset({SKILLS[n % 3]})
        )
        for n in range(units)
    ]
    begun = time.perf_counter()
    solve(Need(_spot(network, draw), hour=HOUR), options, router=router)
    first = time.perf_counter() - begun
    covered, plain = _Covered(router, options, draw), _Plain(router)
    took, own, bare, own_bare, beeline, found = [], [], [], [], [], 0
    for nth in range(incidents):
        if nth % 10 == 0:
            covered.move(draw)
        if nth % max(1, incidents // PLAIN_ROUNDS) == 0:
            plain.search(draw)
        need = Need(_spot(network, draw), priority=1 + nth % 4, hour=HOUR)
        asked = (solve, need, covered.options)
        found += bool(_timed(took, *asked, own=own, router=router, cover=covered.cover))
        _timed(bare, *asked, own=own_bare, router=router)
        _timed(beeline, solve, need, covered.options)
    return {
        "recommend": {
            "p50_ms": round(statistics.median(took), 2),
            "p99_ms": round(statistics.quantiles(took, n=100)[98], 2),
            "cpu_p50_ms": round(statistics.median(own), 2),
            "cpu_p99_ms": round(statistics.quantiles(own, n=100)[98], 2),
            "first_ms": round(1000 * first, 1),
            "bare_p50_ms": round(statistics.median(bare), 2),
            "bare_p99_ms": round(statistics.quantiles(bare, n=100)[98], 2),
            "beeline_p50_ms": round(statistics.median(beeline), 2),
            "plain_ms": round(statistics.median(plain.took), 1),
            "ratio_to_plain": round(statistics.median(own_bare) / statistics.median(plain.own), 4),
            "answered": found,
            "incidents": incidents,
        },
        "cover": covered.figures(),
        "joint": jointly(router, covered.options, draw),
        "network": {
            "nodes": network.nodes, "arcs": network.arcs, "units": units,
            "build_s": round(built, 1),
        },
    }  # fmt: skip


def _timed(
    kept: list[float], run: Callable[..., Any], *asked: Any, own: list[float] | None = None,
    **how: Any,
) -> Any:  # fmt: skip
    """Run it and keep the milliseconds that passed; of those this thread's own in `own`."""
    begun, own_begun = time.perf_counter(), time.thread_time()
    answer = run(*asked, **how)
    kept.append(1000 * (time.perf_counter() - begun))
    if own is not None:
        own.append(1000 * (time.thread_time() - own_begun))
    return answer


class _Covered:
    """The units and their cover, as a desk keeps them: a row of times for each unit."""

    def __init__(self, router: Router, options: list[Option], draw: random.Random) -> None:
        self.router, self.options = router, options
        self.cells = [_spot(router.network, draw) for _ in range(CELLS)]
        weights = np.array([draw.expovariate(1) for _ in self.cells])
        self.ground = Ground(weights / weights.sum(), np.arange(CELLS) % 20)
        self.load = Load(len(options) / 5, 2400.0)
        begun = time.perf_counter()
        self.seconds = np.empty((CELLS, len(options)))
        for mode in ("car", "foot"):
            of_it = [n for n, one in enumerate(options) if one.mode == mode]
            spots = [options[n].spot for n in of_it]
            self.seconds[:, of_it] = router.seconds(mode, spots, self.cells, hour=HOUR).T
        self.cover = self._reckoned()
        self.whole = 1000 * (time.perf_counter() - begun)
        self.moved: list[float] = []

    def move(self, draw: random.Random) -> None:
        """Another place for one of the units."""
        which = draw.randrange(len(self.options))
        spot = _spot(self.router.network, draw)
        one = replace(self.options[which], spot=spot)
        self.options = [*self.options[:which], one, *self.options[which + 1 :]]
        _timed(self.moved, self._again, which, one)

    def _again(self, which: int, one: Option) -> None:
        row = self.router.seconds(one.mode, [one.spot], self.cells, hour=HOUR)[0]
        self.seconds[:, which] = row
        self.cover = self._reckoned()

    def _reckoned(self) -> Cover:
        keys = [one.key for one in self.options]
        areas = [key % 20 for key in keys]
        return Cover(self.ground, keys, self.seconds.copy(), self.load, PROMISE, areas)

    def figures(self) -> dict[str, Any]:
        """What it cost."""
        return {
            "cells": CELLS,
            "whole_ms": round(self.whole, 1),
            "moved_p50_ms": round(statistics.median(self.moved), 2),
            "moved_max_ms": round(max(self.moved), 2),
        }


def jointly(router: Router, options: list[Option], draw: random.Random) -> dict[str, Any]:
    """The best joint assignment, `JOINT_ROUNDS` times, each against an exact solver of another
    kind."""
    took, own, gaps, ratios, asked, filled = [], [], [], [], 0, 0
    for _ in range(JOINT_ROUNDS):
        problem = joint.Problem(
            tuple(_waiting(router.network, n, draw) for n in range(TOGETHER)),
            tuple(options),
            HOUR,
            router,
        )
        result = _timed(took, joint.solve, problem, own=own)
        best = _by_highs(result.weights)
        asked += sum(len(one.asks) for one in problem.incidents)
        filled += len(result.pairs)
        gaps.append(max(0.0, result.weight - best) / best)
        ratios.append(result.weight / result.greedy_weight)
    return {
        "ms": round(statistics.median(took), 1),
        "max_ms": round(max(took), 1),
        "cpu_ms": round(statistics.median(own), 1),
        "optimality_gap": float(f"{max(gaps):.1e}") if max(gaps) > 1e-9 else 0.0,
        "ratio_to_greedy": round(statistics.median(ratios), 3),
        "incidents": TOGETHER,
        "asks": asked,
        "filled": filled,
        "rounds": JOINT_ROUNDS,
    }


def _waiting(network: Network, key: int, draw: random.Random) -> joint.Incident:
    asks = tuple(
        joint.Ask(Role(f"role_{n}", frozenset(draw.sample(SKILLS, draw.choice((0, 1, 1))))))
        for n in range(draw.choice(WANTED))
    )
    return joint.Incident(
        key, _spot(network, draw), draw.choice((1, 2, 3, 3, 4)), asks, draw.uniform(0, 1200)
    )


def _by_highs(weights: Any) -> float:
    """The least weight that integer programming finds: each ask filled or left, each unit once."""
    rows, columns = weights.shape
    known = np.flatnonzero(np.isfinite(weights).ravel())
    each_ask = csc_array(kron(np.eye(rows), np.ones((1, columns))))[:, known]
    each_unit = csc_array(kron(np.ones((1, rows)), np.eye(columns)))[:, known]
    found = milp(
        weights.ravel()[known], integrality=np.ones(len(known)), bounds=Bounds(0, 1),
        constraints=[LinearConstraint(each_ask, 1, 1), LinearConstraint(each_unit, 0, 1)],
        options={"mip_rel_gap": 0.0},
    )  # fmt: skip
    return float(found.fun)


def _spot(network: Network, draw: random.Random) -> Spot:
    node = draw.randrange(network.nodes)
    return Spot(float(network.lat[node]) + 1e-4, float(network.lon[node]), 1)


class _Plain:
    """The plain search over the same arcs, for what it takes and what of that is its own time."""

    def __init__(self, router: Router) -> None:
        network = self.network = router.network
        self.back: dict[int, list[tuple[int, float]]] = defaultdict(list)
        costs = router.seconds_of_arcs("car", HOUR)
        for tail, head, cost in zip(
            network.tail.tolist(), network.head.tolist(), costs, strict=True
        ):
            if np.isfinite(cost):
                self.back[head].append((tail, float(cost)))
        self.took: list[float] = []
        self.own: list[float] = []

    def search(self, draw: random.Random) -> None:
        """From one more node to all others."""
        _timed(self.took, self._search, draw.randrange(self.network.nodes), own=self.own)

    def _search(self, start: int) -> None:
        done, heap = set(), [(0.0, start)]
        while heap:
            cost, node = heapq.heappop(heap)
            if node not in done:
                done.add(node)
                for other, more in self.back[node]:
                    if other not in done:
                        heapq.heappush(heap, (cost + more, other))


def main() -> None:
    """Measure, print, and write the file of figures."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--quick", action="store_true", help="a tenth of the network")
    asked.add_argument("--nodes", type=int, default=NODES)
    asked.add_argument("--units", type=int, default=UNITS)
    asked.add_argument("--clients", type=int, help=f"open consoles ({CLIENTS}); 0: leave out")
    asked.add_argument("--json", type=Path, help="write the figures there")
    said = asked.parse_args()
    nodes, incidents = (5000, 60) if said.quick else (said.nodes, INCIDENTS)
    figures = {"machine": machine(), **measure(nodes, said.units, incidents)}
    clients = said.clients if said.clients is not None else 50 if said.quick else CLIENTS
    if clients:
        figures["live"] = live(clients, 3 if said.quick else SECONDS)
    for part in (name for name in figures if name != "machine"):
        for name, figure in figures[part].items():
            print(f"{part}.{name:24}{figure!s:>14}")
    print(f"machine: {json.dumps(figures['machine'], ensure_ascii=False)}")
    if said.json:
        said.json.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
