"""How well calls are foretold, on data whose truth is known and on whatever data one has.

    .venv/bin/python benchmarks/forecast.py [--quick] [--json FILE] [--data PATH --mapping NAME]

- ``fit_and_predict_year_seconds``: six kinds of calls, 120,000 a year, in 1,500 cells: fitted on a
  year, foretold day by day for the next one, every way to forecast together.
- ``truth``: made-up calls (seeded) whose true rates are known. ``won``: which part of what parts
  the best baseline from the truth the model won (CRPS); the gate on pure noise beside it.
- ``sets``: each file by category, a day and a week ahead: the verdict and all scores of every model
  and baseline, on weeks held back. Without ``--data`` (a file or a folder) these are the files of
  ``../shared/data`` that the mappings which ship are for, where they are; nothing is tuned to any.
- ``aims``: how many categories came up to what was aimed at.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

import h3.api.basic_int as h3  # noqa: E402
import numpy as np  # noqa: E402
from rich.progress import Progress  # noqa: E402

from _report import SEED, machine  # noqa: E402
from gongzhi.analysis.forecast import (  # noqa: E402
    Area,
    Counts,
    Days,
    Evaluation,
    Known,
    Unfit,
    evaluate,
)
from gongzhi.analysis.forecast.distribution import crps  # noqa: E402
from gongzhi.analysis.forecast.exciting import Traces  # noqa: E402
from gongzhi.analysis.forecast.models import foretold  # noqa: E402
from gongzhi.config.begin import begin  # noqa: E402

SHIPPED = {
    "montgomery911": "montgomery911_2015-12_2016-08.csv.gz", "boone": "boone_mo_ems_2016.csv.gz",
    "boston311": "boston311_2011H2.csv.gz", "sffd": "sffd_2016-12-31_2017-01-07.csv.gz",
}  # fmt: skip
TABLES = (".csv", ".gz", ".xlsx")
MONDAY, SHIFTS, KINDS = 19_001, 3, 6
MIDDLE = h3.latlng_to_cell(30.0, 122.1, 8)
COLUMNS = ("crps", "log", "mase", "mase_county", "coverage_90", "coverage_90_county", "hit_rate_1",
           "hit_rate_5", "hit_rate_10", "pai_1", "pei_5")  # fmt: skip
Figures = dict[str, Any]


def rates_of(cells: int, days: int, a_day: float, seed: int, *, flat: bool = False) -> Any:
    """The cells, and true rates by cell, day and shift: crowded, with a day and a week of their
    own, swelling and falling with the months; or the same everywhere and always."""
    dice = np.random.default_rng(seed)
    area = Area(np.array(sorted(h3.grid_disk(MIDDLE, round((cells / 3) ** 0.5))), np.int64))
    if flat:
        return area, np.full((len(area), days, SHIFTS), a_day / len(area) / SHIFTS)
    weight = dice.lognormal(0, 1.5, len(area))
    night = dice.normal(0, 0.5, (len(area), 1, SHIFTS))
    day = np.arange(days)
    season = np.exp(0.3 * np.sin(2 * np.pi * day / 365) + np.cumsum(dice.normal(0, 0.02, days)))
    week = np.where((day + 3 + MONDAY) % 7 >= 5, 0.8, 1.08)
    rates = weight[:, None, None] * np.exp(night) * (season * week)[None, :, None]
    return area, rates / rates.sum(axis=(0, 2)).mean() * a_day


def drawn(area: Area, rates: Any, seed: int) -> Counts:
    """Calls of these rates."""
    many = np.random.default_rng(seed).poisson(rates).astype(np.float32)
    days = many.shape[1]
    return Counts(area, MONDAY, many, np.zeros((days, SHIFTS), np.float32), np.ones(days, bool))


def a_year(cells: int) -> Figures:
    """Seconds for a year of a county."""
    kinds = [
        drawn(*rates_of(cells, 730, 120_000 / 365 / KINDS, SEED + n), SEED + n)
        for n in range(KINDS)
    ]
    foretold(Traces(Known(drawn(*rates_of(19, 60, 9.0, 1), 1))), Days(), 40, slice(40, 60), (1.0,))
    began, cpu = time.perf_counter(), time.process_time()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(_foretold, kinds))
    calls = int(sum(one.many[:, 365:].sum() for one in kinds))
    return {"cells": len(kinds[0].area), "calls": calls,
            "fit_and_predict_year_seconds": round(time.perf_counter() - began, 1),
        "cpu_seconds": round(time.process_time() - cpu, 1)}  # fmt: skip


def _foretold(counts: Counts) -> None:
    foretold(Traces(Known(counts)), Days(), 365, slice(365, 730), (1.0,))


def truth(cells: int, seeds: int) -> Figures:
    """How near the model comes, and how often the gate lets noise through."""
    area, rates = rates_of(cells, 364, 0.25 * cells, SEED)
    counts = drawn(area, rates, SEED)
    found = evaluate(counts, Days(), seed=SEED)
    held = found.split.holdout
    best = float(crps(counts.many[:, held], rates[:, held], 0.0).mean())
    ours, theirs = (found.scores[way].crps for way in (found.candidate, found.verdict.best))
    flat = rates_of(cells, 182, 0.25 * cells, SEED, flat=True)
    noise = [evaluate(drawn(*flat, SEED + n), Days(), seed=n) for n in range(seeds)]
    return {
        "adopted": found.verdict.adopted, "model": found.candidate,
        "best_baseline": found.verdict.best,
        "skill_low": round(found.verdict.low, 5), "crps_truth": round(best, 6),
        "crps_model": round(ours, 6), "crps_best_baseline": round(theirs, 6),
        "won": round((theirs - ours) / (theirs - best), 3), **_county(found),
        "noise_let_through": sum(one.verdict.adopted for one in noise), "noise_tried": seeds,
    }  # fmt: skip


def _county(found: Evaluation) -> Figures:
    one = found.scores[found.used]
    return {
        "coverage_90": round(one.coverage, 4),
        "coverage_90_county": round(one.coverage_county, 4),
    }


def judged(file: Path, mapping: str, ahead: int) -> Figures:
    """What the command finds."""
    from gongzhi.analysis.panel import Missing
    from gongzhi.base.ui.errors import Refused
    from gongzhi.config.forecasting import Asked
    from gongzhi.config.forecasting.command import evaluated

    try:
        with Progress(disable=True) as bar:
            return evaluated(Asked(file, mapping, ahead=ahead, seed=SEED), bar)
    except (Unfit, Refused, Missing) as refused:
        return {"refused": str(refused), "categories": {}}


def files(said: argparse.Namespace) -> Iterator[tuple[str, Path, str]]:
    """A heading, the file, its mapping."""
    if said.data:
        folder = sorted(said.data.iterdir()) if said.data.is_dir() else [said.data]
        yield from ((one.name, one, said.mapping) for one in folder if one.suffix in TABLES)
        return
    beside = [up / "shared" / "data" for up in HERE.parents[1:3]]
    here = next((folder for folder in beside if folder.is_dir()), None)
    for mapping, name in SHIPPED.items() if here else ():
        if (here / name).is_file():
            yield mapping, here / name, mapping


def show(heading: str, found: Figures) -> None:
    """A line for each way, under each category's verdict."""
    print(f"\n== {heading}: {found.get('refused') or str(found['seconds']) + ' s'}")
    for code, one in found["categories"].items():
        if one["used"] is None:
            print(f"{code}: {one['why']}")
            continue
        verdict = "adopted" if one["adopted"] else "baseline"
        low, high = one["skill_low"], one["skill_high"]
        print(f"{code}: {verdict}, {one['model']} over {one['best_baseline']} "
              f"{one['skill']:.4f} [{low}, {high}], {one['calls']} calls")  # fmt: skip
        print(f"  {'':22}" + "".join(f"{head[:11]:>12}" for head in COLUMNS))
        for way, scores in one["methods"].items():
            mark = "*" if way == one["used"] else ""
            print(f"  {way + mark:22}" + "".join(f"{scores[head]:12.4f}" for head in COLUMNS))


def aims(sets: Figures) -> Figures:
    """Of the categories that could be judged: how many are as good as was aimed at."""
    ones = [one for each in sets.values() for found in each.values()
            for one in found["categories"].values() if one["used"]]  # fmt: skip
    scores = [one["scores"] for one in ones]
    return {
        "judged": len(ones), "adopted": sum(one["adopted"] for one in ones),
        "mase_below_1": sum(one["mase"] < 1 for one in scores),
        "mase_county_below_1": sum(one["mase_county"] < 1 for one in scores),
        "coverage_88_to_92": sum(0.88 <= one["coverage_90"] <= 0.92 for one in scores),
        "coverage_county_88_to_92": sum(
            0.88 <= one["coverage_90_county"] <= 0.92 for one in scores
        ),
        "crps_not_above_climatology": sum(one["crps"] <= one["crps_climatology"] for one in scores),
    }  # fmt: skip


def main() -> None:
    """Measure, print, and write the file of figures."""
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--quick", action="store_true", help="a small county, no files")
    asked.add_argument("--json", type=Path, help="write the figures there")
    asked.add_argument("--data", type=Path, help="a file, or a folder of files")
    asked.add_argument("--mapping", help="their mapping", default="")
    said = asked.parse_args()
    begin(None)
    figures: Figures = {"machine": machine(), "seed": SEED}
    figures |= a_year(150 if said.quick else 1500)
    print(
        f"a year: {figures['fit_and_predict_year_seconds']} s, {figures['cells']} cells, "
        f"{figures['calls']} calls"
    )
    figures["truth"] = truth(100 if said.quick else 400, 2 if said.quick else 20)
    print("truth:  " + "  ".join(f"{key} {one}" for key, one in figures["truth"].items()))
    figures["sets"] = {}
    for heading, file, mapping in [] if said.quick and not said.data else files(said):
        found = {f"ahead_{ahead}": judged(file, mapping, ahead) for ahead in (1, 7)}
        figures["sets"][heading] = found
        for ahead, one in found.items():
            show(f"{heading}, {ahead}", one)
    figures["aims"] = aims(figures["sets"])
    print(f"\naims: {json.dumps(figures['aims'])}")
    print(f"machine: {json.dumps(figures['machine'], ensure_ascii=False)}")
    if said.json:
        said.json.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
