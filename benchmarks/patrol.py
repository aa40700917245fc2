"""How good plans of patrols are after 1, 10 and 60 seconds, and how soon one is repaired.

    .venv/bin/python benchmarks/patrol.py [--instances DIR] [--limits 1,10,60] [--routes 1,2,3,4]
                                           [--only c101,pr05] [--parts variety,replan]
                                           [--quick] [--json FILE]

``at_1s.mean_gap`` and so on: the part of the best known score that is missing, the mean over all
instances of DIR (with ``best_known.csv``: instance, m, best_known) and numbers of routes; a score
better than any that was known counts as below 0. ``worst_gap``, ``at_best`` (the part that reach
the best known). One thread, one run each; every score is that of `check`, which shares no code with
the search. ``pyvrp.*`` and ``vroom.*``: those solvers on the same instances in the same run, for
limits of up to `PEERS_UP_TO` seconds. Without DIR the instances are drawn, and the best score is
the best that any of all found.

``replan.*``: 20 units and 150 stops of a county, planned for 10 seconds; a unit is called away, at
ten times of the shift: seconds until there is another plan, limit 1 s; and what its value is of
that after 10 s of searching. ``variety.*``: ten days that may cost 2 % of the value, each
kept away from the three before it: what they do cost, how much of a day's plan is like another's
(`overlap`) and like that of the day before (`overlap_next`), beside ten runs that know of no other
day (``_blind``), and ten without. ``variety_loose.*``: the same where there is time for all stops.
``even.*``: fewer stops than units could make, with and without `EVEN`: hours of way, units with
nothing to do, and how long the busiest stays at stops, of what one does on average.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

import numpy as np  # noqa: E402

from _instances import Case, drawn, published  # noqa: E402
from _peers import pyvrp, vroom  # noqa: E402
from _report import SEED, machine  # noqa: E402
from gongzhi.analysis.patrol import (  # noqa: E402
    Away,
    Break,
    Changes,
    Plan,
    Problem,
    Stop,
    Unit,
    Window,
    check,
    overlap,
    replan,
    solve,
)

PARTS = ("gaps", "replan", "variety", "even")
LIMITS, ROUTES, PEERS_UP_TO = "1,10,60", "1,2,3,4", 10.0
UNITS, STOPS, HOUR = 20, 150, 3600
DAYS_BEFORE, EVEN = 3, 2.0
Figures = dict[str, Any]


def ours(problem: Problem, seed: int, limit: float) -> float:
    """The score of our plan, which has to hold."""
    found = check(problem, solve(problem, seed=seed, limit=limit))
    if not found.holds:
        raise RuntimeError(f"a plan that doesn't hold: {found.wrong}")
    return found.value


def compared(cases: list[Case], limits: list[float], seed: int, *, peers: bool) -> list[Figures]:
    """A row for each case and limit: the score of each solver, one after the other."""
    solvers = {"ours": ours, "pyvrp": pyvrp, "vroom": vroom}
    solve(cases[0].problem, rounds=1)  # what is compiled, is compiled
    rows = []
    for case in cases:
        for limit in limits:
            asked = solvers if peers and limit <= PEERS_UP_TO else {"ours": ours}
            scores = {name: run(case.problem, seed, limit) for name, run in asked.items()}
            row = {"case": f"{case.name}/{case.routes}", "limit": limit, "best": case.best} | scores
            rows.append(row)
            print(*(f"{name} {value}" for name, value in row.items()), flush=True)
    return rows


def gaps(rows: list[Figures]) -> Figures:
    """The figures of each solver at each limit."""
    best: dict[str, float] = defaultdict(float)
    for row in rows:
        found = [row[name] for name in ("ours", "pyvrp", "vroom") if name in row]
        best[row["case"]] = max(best[row["case"]], *found) if row["best"] is None else row["best"]
    told: Figures = {}
    for name in ("ours", "pyvrp", "vroom"):
        part: Figures = {}
        for limit in sorted({row["limit"] for row in rows}):
            missing = [
                1 - row[name] / best[row["case"]]
                for row in rows
                if row["limit"] == limit and name in row
            ]
            if missing:
                part[f"at_{limit:g}s"] = {
                    "mean_gap": round(statistics.mean(missing), 5),
                    "worst_gap": round(max(missing), 5),
                    "at_best": round(sum(one <= 1e-9 for one in missing) / len(missing), 3),
                    "cases": len(missing),
                }
        if part:
            told |= part if name == "ours" else {name: part}
    return told


def county(seed: int) -> Problem:
    """An evening with 20 units, by car, motorcycle and on foot, and 150 stops in six areas."""
    draw = np.random.default_rng(seed)
    where = draw.uniform(0, 12_000, (STOPS + 4, 2))
    apart = np.hypot(*(where[:, None] - where[None]).transpose(2, 0, 1)) * 1.35
    speed = {"car": 9.0, "motorcycle": 10.0, "foot": 1.4}
    shift = Window(16 * HOUR, 24 * HOUR)
    rest = Break(Window(18 * HOUR, 21 * HOUR), 1800)
    kinds = [list(speed)[n % 5 // 2] for n in range(UNITS)]
    units = [
        Unit(n, kind, STOPS + n % 4, STOPS + n % 4, shift, (rest,), lost=(0.2,) * 24)
        for n, kind in enumerate(kinds)
    ]
    stops = [
        Stop(
            n, n, float(draw.integers(1, 10)), int(draw.integers(10, 17)) * 60,
            (Window(16 * HOUR, 18 * HOUR), Window(20 * HOUR, 23 * HOUR)) if n % 3 else (),
            area=n % 6, visits=2 + n % 3, gap=HOUR, again=0.7,
        )
        for n in range(STOPS)
    ]  # fmt: skip
    return Problem(tuple(units), tuple(stops), {kind: apart / v for kind, v in speed.items()})


def repaired(seed: int, long: float, calls: int) -> Figures:
    """So many calls (10 at most), each taking a unit off for an hour."""
    problem = county(seed)
    plan = _held(problem, solve(problem, seed=seed, limit=long))
    replan(problem, plan, 17 * HOUR, limit=0.01)
    took, kept = [], []
    for nth in range(calls):
        now = 16 * HOUR + 1800 * (1 + nth)
        changes = Changes(away={2 * nth: Away(now + HOUR, 7 * nth)})
        begun = time.perf_counter()
        soon = replan(problem, plan, now, changes, seed=seed)
        took.append(time.perf_counter() - begun)
        late = replan(problem, plan, now, changes, seed=seed, limit=long)
        kept.append(_held(problem, soon).value / _held(problem, late).value)
    return {
        "units": UNITS, "stops": STOPS, "visits": sum(1 for _ in plan.visits()),
        "median_s": round(statistics.median(took), 3), "worst_s": round(max(took), 3),
        "value_of_long": round(statistics.mean(kept), 4),
    }  # fmt: skip


def loose(seed: int) -> Problem:
    """The same county with half of its stops and fewer visits: there is time for all."""
    whole = county(seed)
    stops = [replace(one, visits=1 + one.key % 2) for one in whole.stops[: STOPS // 2]]
    return replace(whole, stops=tuple(stops))


def varied(problem: Problem, long: float, many: int) -> Figures:
    """So many days."""
    best = [_held(problem, solve(problem, seed=day, limit=long)) for day in range(many)]
    differ = replace(problem, variety=0.02)
    blind = [_held(differ, solve(differ, seed=day, limit=long)) for day in range(many)]
    days: list[Plan] = []
    for day in range(many):
        known = replace(differ, before=_begins(days[: -DAYS_BEFORE - 1 : -1]))
        days.append(_held(known, solve(known, seed=day, limit=long)))
    top = max(plan.value for plan in best)
    told: Figures = {}
    for name, plans in (("", days), ("_blind", blind), ("_without", best)):
        told |= {
            f"cost{name}": round(1 - statistics.mean(plan.value for plan in plans) / top, 4),
            f"worst_cost{name}": round(1 - min(plan.value for plan in plans) / top, 4),
            f"overlap{name}": round(overlap(plans), 3),
            f"overlap_next{name}": round(statistics.mean(map(overlap, pairwise(plans))), 3),
        }
    return told


def _begins(plans: Sequence[Plan]) -> dict[int, tuple[int, ...]]:
    """By stop, when visits of these days began."""
    found: dict[int, list[int]] = defaultdict(list)
    for _unit, visit in (one for plan in plans for one in plan.visits()):
        found[visit.stop].append(visit.begin)
    return {stop: tuple(begins) for stop, begins in found.items()}


def shared(seed: int, long: float) -> Figures:
    """Fewer stops than units could make: whether all of them have something to do."""
    whole = county(seed)
    problem = replace(whole, stops=tuple(replace(one, visits=1) for one in whole.stops[:60]))
    told: Figures = {}
    for name, even in (("", EVEN), ("_without", 0.0)):
        asked = replace(problem, even=even)
        plan = _held(asked, solve(asked, seed=seed, limit=long))
        stays = [sum(one.leave - one.begin for one in route.visits) for route in plan.routes]
        told |= {
            f"value{name}": round(plan.value, 1), f"way_h{name}": round(plan.way / HOUR, 2),
            f"idle{name}": sum(not one for one in stays),
            f"most_of_mean{name}": round(max(stays) / statistics.mean(stays), 2),
        }  # fmt: skip
    return told


def _held(problem: Problem, plan: Plan) -> Plan:
    found = check(problem, plan)
    if not found.holds:
        raise RuntimeError(f"a plan that doesn't hold: {found.wrong}")
    return plan


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--instances", type=Path, help="a folder with best_known.csv")
    parser.add_argument("--limits", help=f"seconds, with commas between ({LIMITS})")
    parser.add_argument("--routes", help=f"how many units ({ROUTES})")
    parser.add_argument("--only", default="", help="these instances alone")
    parser.add_argument("--no-peers", action="store_true", help="leave PyVRP and VROOM out")
    parser.add_argument(
        "--parts", default=",".join(PARTS), help="what is measured (all of: %(default)s)"
    )
    parser.add_argument("--quick", action="store_true", help="two drawn instances for a moment")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--json", type=Path, help="write the figures there")
    return parser.parse_args()


def _gaps(asked: argparse.Namespace) -> Figures:
    # Without published instances: a sample that takes some minutes.
    usual = LIMITS if asked.instances else "0.2" if asked.quick else "1,10"
    limits = [float(one) for one in (asked.limits or usual).split(",")]
    routes = [int(one) for one in (asked.routes or (ROUTES if asked.instances else "2")).split(",")]
    only = set(filter(None, asked.only.split(",")))
    with tempfile.TemporaryDirectory() as folder:
        cases = (
            published(asked.instances, routes, only)
            if asked.instances
            else drawn(Path(folder), routes, asked.seed)[: 2 if asked.quick else None]
        )
    if not cases:
        sys.exit("no instance with a best known score was found there")
    rows = compared(cases, limits, asked.seed, peers=not asked.no_peers)
    return {"instances": len({case.name for case in cases}), **gaps(rows), "rows": rows}


def main() -> None:
    """Measure, print, and write the file of figures."""
    asked = _asked()
    parts = set(asked.parts.split(","))
    found: Figures = {"machine": machine()}
    if "gaps" in parts:
        found |= _gaps(asked)
    long, many = (0.3, 2) if asked.quick else (10.0, 10)
    solve(county(asked.seed), rounds=1)  # what is compiled, is compiled
    if "replan" in parts:
        found["replan"] = repaired(asked.seed, long, many)
    if "variety" in parts:
        found["variety"] = varied(county(asked.seed), min(long, 5.0), many)
        found["variety_loose"] = varied(loose(asked.seed), min(long, 5.0), many)
    if "even" in parts:
        found["even"] = shared(asked.seed, min(long, 5.0))
    for name, figures in found.items():
        if name not in {"machine", "rows"}:
            print(f"{name:14}{json.dumps(figures)}")
    print(f"machine: {json.dumps(found['machine'], ensure_ascii=False)}")
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
