"""How fast the simulator is, how right, and how near to real calls it comes.

    .venv/bin/python benchmarks/simulation.py [--quick] [--json FILE] [--data FOLDER]

- ``events_per_second``: events of the compiled loop a second, in a made-up county of 12 units with
  shifts, priorities, ferries and run cards for several units; ``calls_per_second`` beside it.
- ``ratio_to_simpy``: its calls a second over those of the same model in SimPy, in the same run, on
  the same calls and random numbers; ``simpy``: the same for each model, and the largest difference
  of a wait (s), which is nothing. Both by this thread's own time; what they read is ready before.
- ``seeds_within_ci``: of 100 seeds, in how many the truth lies within the interval (99 %), of the
  figure where that is least often so; ``truths``: of every figure, of M/M/c, Erlang's B and C, and
  the exact hypercube of up to 12 units.
- ``hypercube``: milliseconds for 12 and 15 units, and ``scipy.sparse.linalg.spsolve`` on the same
  equations of 12.
- ``ten_years_seconds``: ten years of a county of 30 units, 200 places and 40,000 calls a year.
- ``replay``: files of real calls whose mappings ship, learnt from their first part: how far each
  quantile of response times of the rest is off. Without ``--data`` from ``../shared/data``.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

import numpy as np  # noqa: E402
from scipy.sparse import csc_array, lil_array  # noqa: E402
from scipy.sparse.linalg import spsolve  # noqa: E402

from _report import SEED, machine  # noqa: E402
from gongzhi.analysis.dispatching.exact import exactly  # noqa: E402
from gongzhi.analysis.simulation import Scenario, simulate  # noqa: E402
from gongzhi.analysis.simulation.calling import draw  # noqa: E402
from gongzhi.analysis.simulation.engine import GRACE, run  # noqa: E402
from gongzhi.analysis.simulation.packing import pack  # noqa: E402
from gongzhi.config.begin import begin  # noqa: E402
from tests.analysis.counties import Small, small  # noqa: E402
from tests.analysis.made_up import county  # noqa: E402
from tests.analysis.queues import Known, hypercube, losing, misses, simulated, waiting  # noqa: E402
from tests.analysis.twin import Twin, chance_of  # noqa: E402

Figures = dict[str, Any]
DAY = 86_400.0
ROUNDS = 5
FILES = {"boone": "boone_mo_ems_2016.csv.gz", "sffd": "sffd_2016-12-31_2017-01-07.csv.gz"}


def beside_simpy(scenario: Scenario, days: float) -> Figures:
    """Both programs on the same calls."""
    end = days * DAY
    packed, calls = pack(scenario), draw(scenario, end, SEED, 0)
    ran = run(packed, calls, begin=0.0, end=end)
    ours = min(_own(lambda: run(packed, calls, begin=0.0, end=end)) for _ in range(ROUNDS))
    twin = Twin(scenario, calls, chance_of(packed, calls))
    theirs = _own(lambda: twin.run(end + GRACE))
    waits = np.where(np.isinf(twin.wait), -1.0, twin.wait)
    apart = float(np.abs(np.where(np.isnan(ran.wait), -1.0, ran.wait) - waits).max())
    n = len(calls.at)
    return {
        "calls": n, "calls_per_second": round(n / ours),
        "events_per_second": round(ran.events / ours),
        "simpy_calls_per_second": round(n / theirs), "ratio_to_simpy": round(theirs / ours, 1),
        "largest_difference_of_a_wait": apart, "waited": round(float((waits > 0).mean()), 4),
    }  # fmt: skip


def _own(work: Any) -> float:
    begun = time.thread_time()
    work()
    return time.thread_time() - begun


def systems() -> dict[str, Known]:
    """Whose truth is known."""
    return {
        "M/M/1": waiting(1, 24 * 6, 360.0),
        "M/M/3": waiting(3, 24 * 6, 1080.0),
        "M/M/8": waiting(8, 24 * 6, 3600.0),
        "Erlang B, 2": losing(2, 24 * 6, 900.0),
        "Erlang B, 8": losing(8, 24 * 6, 4200.0),
        "hypercube, 4, lost": hypercube(small(3, 4), waits=False),
        "hypercube, 8, waiting": hypercube(small(5, 8), waits=True),
        "hypercube, 12, lost": hypercube(small(9, 12), waits=False),
        "hypercube, 12, waiting": hypercube(small(9, 12), waits=True),
    }


def truths(seeds: int) -> Figures:
    """Of how many seeds the interval holds the truth, for each figure of each system."""
    found: Figures = {}
    for name, known in systems().items():
        inside = dict.fromkeys(known.truths, seeds)
        for seed in range(seeds):
            for missed in misses(known, simulated(known, SEED + seed, years=0.1, repeats=20)):
                inside[missed] -= 1
        found[name] = inside
        print(f"  {name}: {inside}")
    return found


def cube(units: int, *, plain: bool) -> Figures:
    """The exact hypercube, and the same equations given to a general solver."""
    home = small(units, units, 40)
    order = np.argsort(home.seconds(), axis=1, kind="stable")
    exactly(order, home.demand, home.load, units)
    ours = min(_own(lambda: exactly(order, home.demand, home.load, units)) for _ in range(ROUNDS))
    found: Figures = {f"ms_{units}": round(1000 * ours, 2)}
    if plain:
        matrix, right = _equations(home, order, units)
        begun = time.thread_time()
        chance = spsolve(matrix, right)
        theirs = time.thread_time() - begun
        exact = exactly(order, home.demand, home.load, units).chance
        found |= {
            f"spsolve_ms_{units}": round(1000 * theirs, 1),
            "ratio_to_spsolve": round(theirs / ours, 1),
            "largest_difference": float(np.abs(chance - exact).max()),
        }
    return found


def _equations(home: Small, order: Any, units: int) -> tuple[Any, Any]:
    """As much leaves each state as comes into it; together they are sure."""
    rate, done = home.load.calls_an_hour / 3600, 1 / home.load.seconds_a_call
    states = 1 << units
    flow = lil_array((states, states))
    for state in range(states):
        for unit in range(units):
            if state >> unit & 1:
                flow[state ^ 1 << unit, state] += done
                flow[state, state] -= done
        for cell, choices in enumerate(order if state < states - 1 else ()):
            unit = next(int(one) for one in choices if not state >> int(one) & 1)
            flow[state | 1 << unit, state] += rate * home.demand[cell]
            flow[state, state] -= rate * home.demand[cell]
    flow[0, :] = 1.0
    right = np.zeros(states)
    right[0] = 1.0
    return csc_array(flow), right


def ten_years(*, quick: bool) -> Figures:
    """Wall-clock seconds for ten years, tallied, on all processors."""
    scenario = county(1, nodes=200, units=30, a_day=40_000 / 365, patrols=True)
    simulate(scenario, years=0.02, replications=2)
    begun = time.perf_counter()
    outcome = simulate(scenario, years=0.1 if quick else 1.0, replications=10)
    took = time.perf_counter() - begun
    return {"ten_years_seconds": round(took, 2), "ten_years_calls": round(
        10 * (0.1 if quick else 1.0) * outcome.of("calls").value)}  # fmt: skip


def told_again(folder: Path | None) -> Figures:
    """Real calls: quantile by quantile, on the part kept back and on the part learnt from."""
    from gongzhi.base.ui.errors import Refused
    from gongzhi.config.simulating.again import AskedAgain, replayed

    beside = [up / "shared" / "data" for up in HERE.parents[1:3]]
    folder = folder or next((one for one in beside if one.is_dir()), None)
    found: Figures = {}
    for mapping, name in FILES.items() if folder else ():
        file = (folder or HERE) / name
        if file.is_file():
            try:
                found[mapping] = replayed(AskedAgain(file, mapping, seed=SEED), lambda _: None)
            except Refused as refused:
                found[mapping] = {"refused": str(refused)}
    return found


def show(found: Figures) -> None:
    """For people."""
    for name, one in found["simpy"].items():
        print(f"{name}: {one}")
    print(f"hypercube: {found['hypercube']}")
    print(f"ten years: {found['ten_years_seconds']} s, {found['ten_years_calls']} calls")
    for name, one in found["replay"].items():
        print(f"{name}: {one.get('refused') or ''}")
        for part in ("learning", "kept_back") if "kept_back" in one else ():
            rows = one[part]["quantiles"]
            print(f"  {part:10} " + "  ".join(
                f"{row['quantile']}% {row['seen'] / 60:.1f}/{row['simulated'] / 60:.1f} min "
                f"({100 * row['off']:+.0f}%)" for row in rows))  # fmt: skip
    for key in ("events_per_second", "ratio_to_simpy", "seeds_within_ci"):
        print(f"{key}: {found[key]}")


def main() -> None:
    """Measure, print, and write the file of figures."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--quick", action="store_true", help="few seeds, short times, no files")
    asked.add_argument("--json", type=Path, help="write the figures there")
    asked.add_argument("--data", type=Path, help="the folder of the files of real calls")
    said = asked.parse_args()
    begin(None)
    days = 60 if said.quick else 1500
    simpy = {
        "county": beside_simpy(county(1, a_day=40.0), days),
        "queue": beside_simpy(waiting(3, 1200.0, 130.0).scenario, days / 20),
    }
    seeds = 4 if said.quick else 100
    inside = truths(seeds)
    found: Figures = {
        "machine": machine(), "seed": SEED,
        "events_per_second": simpy["county"]["events_per_second"],
        "calls_per_second": simpy["county"]["calls_per_second"],
        "ratio_to_simpy": min(one["ratio_to_simpy"] for one in simpy.values()),
        "seeds_within_ci": min(n for one in inside.values() for n in one.values()),
        "seeds": seeds, "sure": 0.99, "simpy": simpy, "truths": inside,
        "hypercube": cube(8 if said.quick else 12, plain=True) | (
            {} if said.quick else cube(15, plain=False)),
        **ten_years(quick=said.quick),
        "replay": {} if said.quick and not said.data else told_again(said.data),
    }  # fmt: skip
    show(found)
    print(f"machine: {json.dumps(found['machine'], ensure_ascii=False)}")
    if said.json:
        said.json.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
