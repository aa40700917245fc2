"""How fast densities and near repeats are found, and that they are what others find.

    .venv/bin/python benchmarks/hotspots.py [--quick] [--json FILE]

Synthetic events (seeded), crowded around hubs of a county of 60 × 60 km, best of three rounds:

- ``kde_1m_seconds``: the density of a million events, bandwidth 500 m, knots 100 m apart; beside
  it numpy's histogram smoothed by scipy's Gaussian filter on the same knots (coarser: an event is
  at its nearest knot).
- ``kde_few``: 20,000 events, asked at 2,000 places, beside scikit-learn's KernelDensity (a tree,
  relative tolerance 1e-4), and how far the two are apart, as part of the highest density.
- ``knox_seconds``: 5,000 events, 99 permutations, 400 m and 14 days; beside pointpats' Knox. Both
  must count the same pairs, or the benchmark fails.
- ``gi_star_seconds``: Gi* with 999 permutations of 10,000 cells, each with six neighbours.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

import h3.api.basic_int as h3  # noqa: E402
import numpy as np  # noqa: E402
from pointpats.spacetime import Knox  # noqa: E402
from scipy.ndimage import gaussian_filter  # noqa: E402
from sklearn.neighbors import KernelDensity  # noqa: E402

from _report import SEED, machine  # noqa: E402
from gongzhi.analysis.hotspots import (  # noqa: E402
    density,
    discoveries,
    getis_ord,
    near_repeats,
    rings,
)  # fmt: skip

SIDE = 60_000.0
BANDWIDTH, STEP = 500.0, 100.0
NEAR, SOON = 400.0, 14.0
PEERS = ("numba", "numpy", "pointpats", "scikit-learn", "scipy", "h3")
Figures = dict[str, Any]


def events(many: int, seed: int = SEED) -> Any:
    """East and north (m) and day, of this many."""
    dice = np.random.default_rng(seed)
    hubs = np.random.default_rng(SEED).uniform(0.05 * SIDE, 0.95 * SIDE, (300, 2))
    weight = np.random.default_rng(SEED).lognormal(0, 1.5, len(hubs))
    hub = dice.choice(len(hubs), many, p=weight / weight.sum())
    place = (hubs[hub] + dice.normal(0, 800, (many, 2))).clip(0, SIDE)
    return place[:, 0], place[:, 1], dice.integers(0, 365, many).astype(float)


def timed(work: Callable[[], Any], rounds: int = 3) -> tuple[float, Any]:
    """The least seconds it takes, and what it finds."""
    best = float("inf")
    for _ in range(rounds):
        began = time.perf_counter()
        found = work()
        best = min(best, time.perf_counter() - began)
    return round(best, 4), found


def kde(many: int) -> Figures:
    """A million events on a grid."""
    x, y, _ = events(many)
    ours, surface = timed(lambda: density(x, y, bandwidth=BANDWIDTH, step=STEP))
    rows, columns = surface.values.shape

    def binned() -> Any:
        edges = [(np.arange(n + 1) - 0.5) * STEP + low
                 for n, low in ((rows, surface.south), (columns, surface.west))]  # fmt: skip
        counts = np.histogram2d(y, x, bins=edges)[0]
        return gaussian_filter(counts, BANDWIDTH / STEP, mode="constant", truncate=5) / STEP**2

    theirs, other = timed(binned)
    off = np.abs(other - surface.values).max() / surface.values.max()
    return {
        "events": many, "knots": rows * columns, "kde_1m_seconds": ours,
        "histogram_and_scipy_seconds": theirs, "apart": round(float(off), 5),
        "events_a_second": round(many / ours),
    }  # fmt: skip


def few(many: int, places: int) -> Figures:
    """As exact as others are."""
    x, y, _ = events(many)
    there_x, there_y, _ = events(places, SEED + 1)

    def tree() -> Any:
        model = KernelDensity(bandwidth=BANDWIDTH, rtol=1e-4).fit(np.stack([x, y], 1))
        return np.exp(model.score_samples(np.stack([there_x, there_y], 1))) * many

    theirs, true = timed(tree, 1)
    ours, found = timed(lambda: density(x, y, bandwidth=BANDWIDTH, step=STEP).at(there_x, there_y))
    off = float(np.abs(found - true).max() / true.max())
    return {"events": many, "places": places, "seconds": ours, "scikit_learn_seconds": theirs,
            "apart": round(off, 5), "speedup": round(theirs / ours, 1)}  # fmt: skip


def knox(many: int) -> Figures:
    """Near repeats."""
    x, y, at = events(many)
    ours, found = timed(
        lambda: near_repeats(x, y, at, metres=[NEAR], spans=[SOON], permutations=99, seed=SEED)
    )
    np.random.seed(SEED % 2**32)
    theirs, known = timed(
        lambda: Knox(np.stack([x, y], 1), at[:, None], delta=NEAR, tau=SOON, permutations=99), 1
    )
    if found.pairs[0, 0] != known.statistic_:
        raise SystemExit(f"{found.pairs[0, 0]} pairs here, {known.statistic_} by pointpats")
    return {
        "events": many, "pairs": known.statistic_, "knox_seconds": ours,
        "pointpats_seconds": theirs, "speedup": round(theirs / ours, 1),
        "chance": round(float(found.chance[0, 0]), 3), "pointpats_chance": round(known.p_sim, 3),
    }  # fmt: skip


def gi_star(many: int) -> Figures:
    """Local statistics."""
    disk = h3.grid_disk(h3.latlng_to_cell(30.0, 122.1, 8), round((many / 3) ** 0.5))
    cells = sorted(disk)[:many]
    counts = np.random.default_rng(SEED).poisson(3, len(cells)).astype(float)
    near = rings(cells)
    took, found = timed(lambda: getis_ord(counts, near, permutations=999, seed=SEED))
    return {"cells": len(cells), "gi_star_seconds": took,
            "stand_out_by_chance": int(discoveries(found.chance).sum())}  # fmt: skip


def main() -> None:
    """Measure, print, and write the file of figures."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--quick", action="store_true", help="a twentieth of the events")
    asked.add_argument("--json", type=Path, help="write the figures there")
    said = asked.parse_args()
    less = 20 if said.quick else 1
    density(*events(10)[:2], bandwidth=BANDWIDTH, step=STEP).at(np.ones(1), np.ones(1))
    near_repeats(*events(10), metres=[NEAR], spans=[SOON])
    figures: Figures = {"machine": machine() | {"peers": {one: version(one) for one in PEERS}}}
    parts = {
        "kde": kde(1_000_000 // less), "kde_few": few(20_000 // less, 2_000 // less),
        "knox": knox(5_000 // less), "gi_star": gi_star(10_000 // less),
    }  # fmt: skip
    figures |= parts
    figures["kde_1m_seconds"] = parts["kde"]["kde_1m_seconds"]
    figures["knox_seconds"] = parts["knox"]["knox_seconds"]
    for name, part in parts.items():
        print(f"{name:10}" + "  ".join(f"{key} {one}" for key, one in part.items()))
    print(f"machine: {json.dumps(figures['machine'], ensure_ascii=False)}")
    if said.json:
        said.json.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
