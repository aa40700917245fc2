"""What recommending a unit costs on a network of ways.

    .venv/bin/python benchmarks/dispatch.py [--quick] [--nodes N] [--units N] [--json FILE]

A seeded town of crossing streets with bends, gaps and one-way ways, of some 50,000 nodes; 200
units on it, cars and a few on foot; an incident at a time. ``recommend.*`` is the whole question:
every unit's time, the ranking and the reasons, and the whole ways of the first. Beside it, in the
same rounds, the plain search from the incident over the same arcs backwards that gives all cars'
times at once (``plain_ms``; Dijkstra with a heap, in Python), and the estimate by the beeline.
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
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

import numpy as np  # noqa: E402

from _report import SEED, machine  # noqa: E402
from gongzhi.analysis.dispatching import Need, Option, solve  # noqa: E402
from gongzhi.analysis.travel import Network, Router, Spot, Way, build  # noqa: E402

NODES, UNITS, INCIDENTS, PLAIN_ROUNDS = 50_000, 200, 500, 5
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
        Option(n, "foot" if n % 20 == 0 else "car", _spot(network, draw)) for n in range(units)
    ]
    begun = time.perf_counter()
    solve(Need(_spot(network, draw), hour=HOUR), options, router=router)
    first = time.perf_counter() - begun
    took, beeline, found = [], [], 0
    for _ in range(incidents):
        need = Need(_spot(network, draw), hour=HOUR)
        begun = time.perf_counter()
        ranked = solve(need, options, router=router)
        took.append(1000 * (time.perf_counter() - begun))
        found += bool(ranked)
        begun = time.perf_counter()
        solve(need, options)
        beeline.append(1000 * (time.perf_counter() - begun))
    plain = _plain(router, draw)
    return {
        "recommend": {
            "p50_ms": round(statistics.median(took), 2),
            "p99_ms": round(statistics.quantiles(took, n=100)[98], 2),
            "first_ms": round(1000 * first, 1),
            "beeline_p50_ms": round(statistics.median(beeline), 2),
            "plain_ms": round(plain, 1),
            "ratio_to_plain": round(statistics.median(took) / plain, 4),
            "answered": found,
            "incidents": incidents,
        },
        "network": {
            "nodes": network.nodes, "arcs": network.arcs, "units": units,
            "build_s": round(built, 1),
        },
    }  # fmt: skip


def _spot(network: Network, draw: random.Random) -> Spot:
    node = draw.randrange(network.nodes)
    return Spot(float(network.lat[node]) + 1e-4, float(network.lon[node]), 1)


def _plain(router: Router, draw: random.Random) -> float:
    """Milliseconds of the plain search, the median of some."""
    network = router.network
    back = defaultdict(list)
    seconds = router.seconds_of_arcs("car", HOUR)
    for tail, head, cost in zip(network.tail.tolist(), network.head.tolist(), seconds, strict=True):
        if np.isfinite(cost):
            back[head].append((tail, float(cost)))
    took = []
    for _ in range(PLAIN_ROUNDS):
        begun = time.perf_counter()
        done, heap = set(), [(0.0, draw.randrange(network.nodes))]
        while heap:
            cost, node = heapq.heappop(heap)
            if node not in done:
                done.add(node)
                for other, more in back[node]:
                    if other not in done:
                        heapq.heappush(heap, (cost + more, other))
        took.append(1000 * (time.perf_counter() - begun))
    return statistics.median(took)


def main() -> None:
    """Measure, print, and write the file of figures."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--quick", action="store_true", help="a tenth of the network")
    asked.add_argument("--nodes", type=int, default=NODES)
    asked.add_argument("--units", type=int, default=UNITS)
    asked.add_argument("--json", type=Path, help="write the figures there")
    said = asked.parse_args()
    nodes, incidents = (5000, 60) if said.quick else (said.nodes, INCIDENTS)
    figures = {"machine": machine(), **measure(nodes, said.units, incidents)}
    for part in ("network", "recommend"):
        for name, figure in figures[part].items():
            print(f"{part}.{name:24}{figure!s:>14}")
    print(f"machine: {json.dumps(figures['machine'], ensure_ascii=False)}")
    if said.json:
        said.json.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
