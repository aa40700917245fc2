"""How fast places and times become counts by cell, hour and category.

    .venv/bin/python benchmarks/panel.py [--quick] [--json FILE]

Synthetic facts (seeded): a county of 60 × 60 km, calls crowded in few places, by a day's rhythm,
over a year, in Parquet with ``lat``, ``lon``, ``at``, ``category``, and ``cell`` ready-made by
polars-h3. From the same file, in the same run, best of some rounds each:

- ``decode``: pyarrow reads the four columns that are needed and does nothing with them;
- ``ours``: `analysis.panel.bulk`, from the file to the counts;
- ``expression``: `analysis.panel.panels` on DuckDB, the arithmetic as SQL, no extension;
- ``polars_h3``: polars and its H3 extension, lazily, the same counts;
- ``ready_cells``: DuckDB groups by the ready-made column: no cell is computed.

All must find the same counts, or the benchmark fails. ``times_decode`` and the speedups are of
``ours``; beside them stand those of ``expression``.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

import duckdb  # noqa: E402
import numpy as np  # noqa: E402
import polars as pl  # noqa: E402
import polars_h3 as plh3  # noqa: E402
import pyarrow as pa  # noqa: E402
import pyarrow.parquet as pq  # noqa: E402

from _report import SEED, machine  # noqa: E402
from gongzhi.analysis.panel import Box, Hours, Region, bulk, count, engine  # noqa: E402

RES = 9
BOX = Box(29.7, 121.9, 30.25, 122.5)
YEAR = Hours(datetime(2025, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC))
CATEGORIES = ("traffic", "medical", "dispute", "fire", "harm", "sea", "lost", "property")
SIZES = (("rows_10m", 10_000_000, 3), ("rows_50m", 50_000_000, 2))
"""Name, rows, rounds."""
A_GROUP = 1_000_000
COLUMNS = ["lat", "lon", "at", "category"]
PEERS = ("duckdb", "ibis-framework", "numba", "polars", "polars-h3", "pyarrow", "h3")
Figures = dict[str, Any]


def facts(rows: int) -> Iterator[pa.Table]:
    """`rows` facts, a million at a time."""
    dice = np.random.default_rng(SEED)
    hubs = dice.uniform((BOX.south, BOX.west), (BOX.north, BOX.east), (3000, 2))
    weight = dice.lognormal(0, 2, len(hubs))
    day = 1.2 + np.sin(2 * np.pi * (np.arange(24) - 9) / 24)
    often = np.array([30, 25, 15, 2, 8, 1, 4, 15])
    for first in range(0, rows, A_GROUP):
        many = min(A_GROUP, rows - first)
        hub = dice.choice(len(hubs), many, p=weight / weight.sum())
        place = hubs[hub] + dice.normal(0, 0.002, (many, 2))
        hours = dice.integers(0, 365, many) * 24 + dice.choice(24, many, p=day / day.sum())
        at = (YEAR.since.timestamp() + hours * 3600) * 1e6 + dice.integers(0, 3600 * 10**6, many)
        table = pl.DataFrame({
            "lat": place[:, 0].clip(BOX.south, BOX.north),
            "lon": place[:, 1].clip(BOX.west, BOX.east),
            "at": at.astype(np.int64),
            "category": pl.Series(CATEGORIES).gather(
                dice.choice(len(CATEGORIES), many, p=often / often.sum())
            ),
        }).with_columns(
            pl.col("at").cast(pl.Datetime("us", "UTC")),
            cell=plh3.latlng_to_cell("lat", "lon", RES, return_dtype=pl.Int64),
        )  # fmt: skip
        yield table.to_arrow().cast(SCHEMA)


SCHEMA = pa.schema([
    ("lat", pa.float64()), ("lon", pa.float64()), ("at", pa.timestamp("us", "UTC")),
    ("category", pa.string()), ("cell", pa.int64()),
])  # fmt: skip


def write(file: Path, rows: int) -> None:
    """The facts, as Parquet."""
    with pq.ParquetWriter(file, SCHEMA) as writer:
        for table in facts(rows):
            writer.write_table(table)


def decode(file: Path) -> pa.Table:
    """Only read."""
    return pq.read_table(file, columns=COLUMNS)


def ours(file: Path) -> pa.Table:
    """Compiled."""
    return bulk.count([file], Region(BOX, RES), YEAR)


def expression(file: Path) -> pa.Table:
    """As SQL, on DuckDB."""
    with engine() as duck:
        return duck.backend.to_pyarrow(count(duck.read(file), Region(BOX, RES), YEAR))


def polars_h3(file: Path) -> pa.Table:
    """By others."""
    hour = pl.col("at").dt.epoch("s") // 3600
    cell = plh3.latlng_to_cell("lat", "lon", RES, return_dtype=pl.Int64)
    rows = pl.scan_parquet(file).select("category", cell=cell, hour=hour)
    return rows.group_by("cell", "hour", "category").agg(n=pl.len()).collect().to_arrow()


def ready_cells(file: Path) -> pa.Table:
    """DuckDB, with the cells given."""
    with duckdb.connect() as duck:
        return duck.sql(
            'SELECT cell, floor(epoch("at") / 3600)::BIGINT AS hour, category, count(*) AS n '
            f"FROM '{file}' GROUP BY ALL"
        ).to_arrow_table()


WAYS: dict[str, Callable[[Path], pa.Table]] = {
    "decode": decode, "ours": ours, "expression": expression,
    "polars_h3": polars_h3, "ready_cells": ready_cells,
}  # fmt: skip


def fingerprint(counts: pa.Table) -> Any:
    """All its rows as sorted numbers: equal for equal counts in any order."""
    rows = pl.from_arrow(counts.select(["cell", "hour", "category", "n"]))
    assert isinstance(rows, pl.DataFrame)
    number = {one: n for n, one in enumerate(CATEGORIES)}
    columns = rows.select(
        pl.col("cell").cast(pl.Int64),
        rest=(pl.col("hour").cast(pl.Int64) * 8
              + pl.col("category").cast(pl.String).replace_strict(number).cast(pl.Int64))
        * 2**16 + pl.col("n").cast(pl.Int64),
    )  # fmt: skip
    cells, there = np.unique(columns["cell"].to_numpy(), return_inverse=True)
    assert rows["n"].max() < 2**16  # type: ignore[operator]
    return cells, np.sort(there * 2**40 + (columns["rest"].to_numpy() - YEAR_REST))


YEAR_REST = int(YEAR.since.timestamp()) // 3600 * 8 * 2**16


def measure(rows: int, rounds: int, folder: Path) -> Figures:
    """The figures for this many rows."""
    file = folder / f"{rows}.parquet"
    write(file, rows)
    best = dict.fromkeys(WAYS, float("inf"))
    known: Any = None
    alike: list[str] = []
    for turn in range(rounds):
        for name, way in WAYS.items():
            began = time.perf_counter()
            found = way(file)
            best[name] = min(best[name], time.perf_counter() - began)
            if name != "decode" and turn == 0:
                known = _same(name, fingerprint(found), known)
                alike.append(name)
            groups = found.num_rows
            del found
    file.unlink()
    return {
        "rows": rows, "groups": groups, "cells": len(known[0]), "identical": alike,
        "seconds": {name: round(took, 4) for name, took in best.items()},
        "rows_per_second": round(rows / best["ours"]),
        "times_decode": round(best["ours"] / best["decode"], 2),
        "speedup_over_polars_h3": round(best["polars_h3"] / best["ours"], 2),
        "speedup_over_ready_cells": round(best["ready_cells"] / best["ours"], 2),
        "expression_times_decode": round(best["expression"] / best["decode"], 2),
        "expression_speedup_over_polars_h3": round(best["polars_h3"] / best["expression"], 2),
    }  # fmt: skip


def _same(name: str, found: Any, known: Any) -> Any:
    if known is not None and not all(map(np.array_equal, found, known)):
        raise SystemExit(f"{name} counts otherwise than the ways before it")
    return found


def warm(folder: Path) -> None:
    """Compile, and start what is started once."""
    write(folder / "warm.parquet", 1000)
    for way in WAYS.values():
        way(folder / "warm.parquet")


def main() -> None:
    """Measure, print, and write the file of figures."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--quick", action="store_true", help="a 200th of the rows, one round")
    asked.add_argument("--json", type=Path, help="write the figures there")
    said = asked.parse_args()
    less = 200 if said.quick else 1
    figures: Figures = {"machine": machine() | {"peers": {one: version(one) for one in PEERS}}}
    with tempfile.TemporaryDirectory(prefix="gongzhi-bench-") as folder:
        warm(Path(folder))
        for name, rows, rounds in SIZES:
            figures[name] = measure(rows // less, 1 if said.quick else rounds, Path(folder))
            print(name, *(f"  {key:34}{one}" for key, one in figures[name].items()), sep="\n")
    print(f"machine: {json.dumps(figures['machine'], ensure_ascii=False)}")
    if said.json:
        said.json.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
