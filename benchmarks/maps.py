"""How soon the three maps answer: a million facts, made into marks once, and asked in many ways.

    .venv/bin/python benchmarks/maps.py [--quick] [--json FILE]

Synthetic facts (seeded) of three years in 800 cells of some islands, as Parquet, as the lake has
them. ``marks_seconds``: reading and thinning them, once a day. ``change_ms``: what a change of the
filters costs, with hot spots and some 2,000 permutations: median and worst of each kind of filter.
``compare_ms``: two periods beside each other. ``raw_ms``: for scale, the same cells counted from
the facts themselves by DuckDB, without any rule of small counts.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongzhi.config.settings")

import django  # noqa: E402

django.setup()

import duckdb  # noqa: E402
import h3.api.basic_int as h3  # noqa: E402
import numpy as np  # noqa: E402
import pyarrow as pa  # noqa: E402
import pyarrow.parquet as pq  # noqa: E402

from _report import SEED, machine  # noqa: E402
from gongzhi.watch.maps.asked import Asked  # noqa: E402
from gongzhi.watch.maps.selectors.happened import compared, happened  # noqa: E402
from gongzhi.watch.maps.selectors.published import Published, marks_in  # noqa: E402

TODAY = date(2026, 11, 25)
DAYS, CELLS, CATEGORIES, TOWNS = 3 * 365, 800, 40, 24
ROUNDS = 7
Figures = dict[str, Any]


def facts(many: int) -> pa.Table:
    """So many facts, more in the evening and around some cells."""
    dice = np.random.default_rng(SEED)
    cells = np.array(sorted(h3.grid_disk(h3.latlng_to_cell(29.9, 122.2, 8), 16))[:CELLS], np.int64)
    weight = dice.lognormal(0, 1.5, len(cells))
    where = dice.choice(len(cells), many, p=weight / weight.sum())
    end = np.datetime64(TODAY.isoformat()).astype("datetime64[s]") - np.timedelta64(8 * 3600, "s")
    hour = dice.choice(24, many, p=np.array([2, 1, 1, 1, 1, 2, 3, 4, 5, 5, 5, 5, 5, 5, 5, 5, 6, 7,
                                             8, 8, 7, 5, 4, 3]) / 103)  # fmt: skip
    ago = dice.integers(1, DAYS + 1, many) * 86400 - hour * 3600 - dice.integers(0, 3600, many)
    return pa.table({
        "source": pa.array([""] * many), "merged": np.zeros(many, bool),
        "kind": np.where(dice.random(many) < 0.7, "incident", "request"),
        "category": pa.array(np.char.add("c", dice.integers(0, CATEGORIES, many).astype(str))),
        "town": pa.array(np.char.add("t", (where % TOWNS).astype(str))),
        "opened_at": pa.array(end - ago.astype("timedelta64[s]")).cast(pa.timestamp("s", "UTC")),
        "h8": cells[where],
        "fact": pa.array([f"{one:016x}" for one in dice.integers(0, 2**62, many)]),
    })  # fmt: skip


def choices() -> dict[str, Asked]:
    """Ways to ask."""
    year = Asked(TODAY - timedelta(days=365), TODAY - timedelta(days=1))
    return {
        "28 days": replace(year, since=TODAY - timedelta(days=28)),
        "a year": year,
        "three years": replace(year, since=TODAY - timedelta(days=DAYS)),
        "a category": replace(year, category="c7"),
        "a town": replace(year, town="t3"),
        "Friday nights": replace(year, hours=frozenset(range(116, 124))),
        "large cells": replace(year, size=7),
    }


def took(run: Callable[[], object]) -> tuple[float, float]:
    """Median and worst time in ms."""
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        run()
        times.append(1000 * (time.perf_counter() - begun))
    return round(median(times), 1), round(max(times), 1)


def measured(many: int) -> Figures:
    """All figures."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "facts.parquet"
        pq.write_table(facts(many), path, compression="zstd")
        begun = time.perf_counter()
        marks = marks_in([path], TODAY)
        found: Figures = {"facts": many, "marks": len(marks),
                          "marks_seconds": round(time.perf_counter() - begun, 2)}  # fmt: skip
        raw = f"SELECT h8, count(*) FROM '{path}' WHERE kind = 'incident' GROUP BY h8"
        found["raw_ms"] = took(lambda: duckdb.execute(raw).fetchall())
    shown = Published(marks, TODAY - timedelta(days=1), ())
    happened(shown, choices()["28 days"])  # what is compiled, is compiled
    found["change_ms"] = {
        name: took(lambda asked=asked: happened(shown, asked))  # type: ignore[misc]
        for name, asked in choices().items()
    }
    year = replace(choices()["a year"], against="year")
    found["compare_ms"] = took(lambda: compared(shown, year))
    return found


def main() -> None:
    """Measure, print a table, write the file of figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="100,000 facts")
    parser.add_argument("--json", type=Path, help="write the figures there")
    asked = parser.parse_args()
    found = {"machine": machine(), **measured(100_000 if asked.quick else 1_000_000)}
    print(f"{found['facts']:,} facts → {found['marks']:,} marks in {found['marks_seconds']} s; "
          f"raw counts {found['raw_ms'][0]} ms")  # fmt: skip
    for name, (middle, worst) in found["change_ms"].items():
        print(f"  {name:14} {middle:8.1f} ms, at worst {worst:.1f}")
    print(f"  {'compared':14} {found['compare_ms'][0]:8.1f} ms")
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=1), "utf-8")


if __name__ == "__main__":
    main()
