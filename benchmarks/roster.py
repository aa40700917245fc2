"""How soon a county has its roster, how good it is, and what a sick call changes.

    .venv/bin/python benchmarks/roster.py [--limit 120] [--each 60] [--only county,published]
                                           [--quick] [--json FILE]

``county.seconds_to_feasible``: 300 officers in 12 teams, 28 days, a rule of every kind: until there
is a roster that `violations` finds nothing hard in. ``county.gap_at_120s``: the part of its cost
that a better one could save at most, after `--limit` seconds (`bound`: no roster costs less).
``repair_seconds``, ``repair_changes``: five officers ill for three days each, five times over: the
slowest, and the most shifts of others that change. ``published.N``: an instance of the shift
scheduling benchmark for `--each` seconds, beside its best known value and a plain model's in 60
(`ratio` to the best known). ``cpu_seconds`` tells how much of the machine there was: two quiet
cores give twice the seconds.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

from _report import SEED, machine  # noqa: E402
from _rosters import county  # noqa: E402
from gongzhi.analysis.roster import (  # noqa: E402
    Absence,
    Problem,
    Progress,
    Result,
    cost,
    holds,
    parts,
    read,
    repair,
    solve,
)

BEST = {1: 607, 2: 828, 3: 1001, 4: 1716, 5: 1143, 7: 1056}
PLAIN = {2: 828, 3: 1003, 4: 1723, 5: 1147, 7: 1063}
"""What a plain CP-SAT model reached in 60 s with 8 workers on two cores."""
OFFICERS, DAYS, ILL, LONG, TIMES = 300, 28, 5, 3, 5
Figures = dict[str, Any]


def measured(problem: Problem, seed: int, limit: float) -> tuple[Result, Figures]:
    """A roster that has to hold, and what it took."""
    trace: list[tuple[float, int, int]] = []

    def told(progress: Progress) -> bool:
        if progress.cost is not None:
            trace.append((round(progress.seconds, 1), progress.cost, progress.bound))
        return True

    begun, load = time.process_time(), os.getloadavg()[0]
    found = solve(problem, seed=seed, limit=limit, told=told)
    if found.cost is None or not holds(problem, found.roster):
        raise RuntimeError("no roster that holds in the time given")
    if cost(problem, found.roster) != found.cost:
        raise RuntimeError("a roster that costs something else")
    return found, {
        "cost": found.cost, "bound": found.bound, "gap": round(found.gap or 0.0, 4),
        "seconds_to_feasible": round(found.first or 0.0, 2), "seconds": round(found.seconds, 1),
        "cpu_seconds": round(time.process_time() - begun, 1), "load_before": round(load, 2),
        "trace": trace[:: max(1, len(trace) // 20)],
    }  # fmt: skip


def the_county(seed: int, limit: float, officers: int) -> Figures:
    """A month of a county, and five times five who fall ill."""
    problem = county(seed, officers, DAYS)
    found, figures = measured(problem, seed, limit)
    dice, mended = random.Random(seed), []
    for _ in range(TIMES):
        first = dice.randrange(DAYS - LONG)
        ill = dice.sample([one.key for one in problem.officers], ILL)
        absences = [Absence(key, first, first + LONG - 1) for key in ill]
        mended.append(repair(problem, found.roster, absences, seed=seed))
    if not all(holds(one.problem, one.roster) for one in mended if not one.missing):
        raise RuntimeError("a repair that doesn't hold")
    return {
        "officers": officers, "days": DAYS, "rules": len(problem.rules),
        f"gap_at_{limit:g}s": figures.pop("gap"), **figures,
        "parts": parts(problem, found.roster),
        "repair_seconds": round(max(one.seconds for one in mended), 2),
        "repair_changes": max(len(one.changes) for one in mended),
        "repair_missing": sum(one.missing for one in mended),
    }  # fmt: skip


def published(seed: int, limit: float, which: list[int]) -> Figures:
    """The published instances, each beside its best known value."""
    found: Figures = {}
    for number in which:
        text = (HERE / "data" / "shifts" / f"Instance{number}.txt").read_text("utf-8")
        _, figures = measured(read(text), seed, limit)
        figures |= {"best_known": BEST[number], "plain": PLAIN.get(number),
                    "ratio": round(figures["cost"] / BEST[number], 4)}  # fmt: skip
        found[str(number)] = figures
        _tell(f"published {number}", figures)
    return found


def _tell(name: str, figures: Figures) -> None:
    print(f"{name:14}{json.dumps({k: v for k, v in figures.items() if k != 'trace'})}", flush=True)


def main() -> None:
    """Measure, print, and write the file of figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--limit", type=float, default=120.0, help="seconds for the county")
    parser.add_argument("--each", type=float, default=60.0, help="seconds for each instance")
    parser.add_argument("--only", default="county,published", help="what (%(default)s)")
    parser.add_argument("--quick", action="store_true", help="a small county, one instance")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--json", type=Path, help="write the figures there")
    asked = parser.parse_args()
    only = set(asked.only.split(","))
    found: Figures = {"machine": machine()}
    if "county" in only:
        limit = 4.0 if asked.quick else asked.limit
        found["county"] = the_county(asked.seed, limit, 25 if asked.quick else OFFICERS)
        _tell("county", found["county"])
    if "published" in only:
        each = 2.0 if asked.quick else asked.each
        found["published"] = published(asked.seed, each, [1] if asked.quick else list(BEST))
    print(f"machine: {json.dumps(found['machine'], ensure_ascii=False)}")
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
