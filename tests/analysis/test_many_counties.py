"""Two counties' lakes, counted together: the same sums on DuckDB, on Spark and by hand."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gongzhi.analysis.panel import count_counties, engine, engines

Row = dict[str, Any]
COUNTIES = ("海州县", "澜城县")
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)


def lake(folder: Path, seed: int, many: int = 900) -> list[Row]:
    """Facts of three months as the county's own export lays them: a folder a month."""
    dice = np.random.default_rng(seed)
    rows = [
        {
            "fact": f"{seed}-{n}",
            "kind": ("incident", "request")[int(dice.integers(2))],
            "category": ("theft_scooter", "lamp_out", "噪声")[int(dice.integers(3))],
            "channel": "phone",
            "town": ("lancheng", "wangchao", "")[int(dice.integers(3))],
            "opened_at": NEW_YEAR + timedelta(seconds=int(dice.integers(90 * 86400))),
            "merged": bool(dice.random() < 0.1),
        }
        for n in range(many)
    ]
    rows.append(rows[0] | {"opened_at": datetime(2026, 1, 31, 23, 59, 59, tzinfo=UTC)})
    months = {f"{row['opened_at']:%Y-%m}" for row in rows}
    for month in months:
        at = folder / f"month={month}"
        at.mkdir(parents=True)
        there = [row for row in rows if f"{row['opened_at']:%Y-%m}" == month]
        pq.write_table(pa.Table.from_pylist(there), at / "facts.parquet")
    return rows


@pytest.fixture
def lakes(tmp_path: Path) -> tuple[dict[str, Path], Counter[tuple[str, ...]]]:
    folders = {name: tmp_path / name for name in COUNTIES}
    told: Counter[tuple[str, ...]] = Counter()
    for seed, (name, folder) in enumerate(folders.items()):
        for row in lake(folder, seed):
            if not row["merged"]:
                told[name, f"{row['opened_at']:%Y-%m}", row["category"], row["town"]] += 1
    return folders, told


def counted(kind: engines.Name, folders: dict[str, Path]) -> Counter[tuple[str, ...]]:
    with engine(kind, threads=2) as running:
        sums = count_counties(running, folders, ("category", "town"))
    assert sums.column_names == ["county", "month", "category", "town", "n"]
    rows = zip(*sums.to_pydict().values(), strict=True)
    return Counter({row[:-1]: row[-1] for row in rows})


def test_every_fact_is_counted_once_and_repeats_are_not(
    lakes: tuple[dict[str, Path], Counter[tuple[str, ...]]],
) -> None:
    folders, told = lakes
    assert counted("duckdb", folders) == told


@pytest.mark.slow
def test_spark_gives_the_same_numbers(
    lakes: tuple[dict[str, Path], Counter[tuple[str, ...]]],
) -> None:
    if lacks := engines.spark_lacks():
        pytest.skip(lacks)
    folders, told = lakes
    assert counted("spark", folders) == told


def test_sums_by_a_person_or_of_nothing_are_refused(tmp_path: Path) -> None:
    with engine() as running:
        with pytest.raises(ValueError, match="no sums by person"):
            count_counties(running, {"a": tmp_path}, ["person"])
        with pytest.raises(ValueError, match="no lake"):
            count_counties(running, {})
        with pytest.raises(FileNotFoundError):
            count_counties(running, {"a": tmp_path})
