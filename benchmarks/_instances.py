"""Team orienteering problems to measure planners on: published ones, or others drawn alike."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from gongzhi.analysis.patrol import Problem
from gongzhi.analysis.patrol.orienteering import read

DRAWN = ("c", "r", "rc")


@dataclass(frozen=True)
class Case:
    """An instance with so many routes; the `best` score that is known, if one is."""

    name: str
    routes: int
    problem: Problem
    best: float | None


def published(folder: Path, routes: list[int], only: set[str]) -> list[Case]:
    """Those in the folder, with ``best_known.csv`` (instance, m, best_known) beside them. Files
    that are no instances are passed over."""
    best = {}
    for row in csv.DictReader((folder / "best_known.csv").open(encoding="utf-8")):
        best[row["instance"].strip(), int(row["m"])] = float(row["best_known"])
    found = []
    for file in sorted(folder.glob("*.txt")):
        for many in routes:
            known = best.get((file.stem, many))
            if known is not None and (not only or file.stem in only):
                found.append(Case(file.stem, many, read(file, many), known))
    return found


def drawn(folder: Path, routes: list[int], seed: int) -> list[Case]:
    """After Solomon's way: 100 points in clusters, anywhere, or both; windows of half of them wide.
    Nobody knows their best scores."""
    found = []
    for kind in DRAWN:
        for wide in (False, True):
            file = folder / f"{kind}{'wide' if wide else 'narrow'}.txt"
            file.write_text(_text(kind, wide, seed), "utf-8")
            found += [Case(file.stem, many, read(file, many), None) for many in routes]
    return found


def _text(kind: str, wide: bool, seed: int) -> str:
    draw = np.random.default_rng([seed, DRAWN.index(kind), wide])
    middles = draw.uniform(10, 90, (8, 2))
    lines = ["4 10 100 1", "0 200", "0 45.00 45.00 0.00 0.00 0 0 0 400"]
    for n in range(1, 101):
        clustered = kind == "c" or (kind == "rc" and n % 2)
        x, y = middles[n % 8] + draw.normal(0, 4, 2) if clustered else draw.uniform(0, 90, 2)
        opens = draw.integers(0, 300)
        closes = min(390, opens + (draw.integers(60, 200) if wide else draw.integers(10, 40)))
        score = draw.integers(1, 5) * 10
        lines.append(f"{n} {x:.2f} {y:.2f} 10.00 {score}.00 1 1 1 {opens} {closes}")
    return "\n".join(lines) + "\n"
