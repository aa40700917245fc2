"""Panels count every fact once, the same on every engine and without one."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import h3.api.basic_int as h3
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gongzhi.analysis.panel import (
    Box,
    Cells,
    Clock,
    Engine,
    Hours,
    HoursOfWeek,
    Missing,
    Region,
    Shifts,
    bulk,
    count,
    engine,
    engines,
)  # fmt: skip
from tests.analysis.places import by_h3, points

ZONE = "America/New_York"
SPAN = (datetime(2016, 11, 1, 4, tzinfo=UTC), datetime(2016, 11, 15, 5, tzinfo=UTC))
CLOCKS: list[Clock] = [Hours(*SPAN), Shifts(*SPAN, ZONE, (7, 15, 23)), HoursOfWeek(*SPAN, ZONE)]
REGION = Region(Box(40.0, -75.5, 40.2, -75.3), 8)
Row = tuple[Any, ...]


def facts(many: int = 4000, seed: int = 1) -> pa.Table:
    """Some outside the place or the time, some without either, some twice, seconds in parts."""
    dice = np.random.default_rng(seed)
    lat, lon = points(Box(39.98, -75.5, 40.2, -75.3), many, seed)
    cells = by_h3(lat, lon, 9)
    lat[:20], lon[20:30] = np.nan, np.nan
    first, last = (one.timestamp() * 1e6 for one in (SPAN[0] - timedelta(days=1), SPAN[1]))
    at = dice.integers(int(first), int(last), many)
    at[40:44] = [int(one.timestamp()) * 10**6 + more for one in SPAN for more in (0, -1)]
    moments = pa.array(at, pa.timestamp("us", "UTC"), mask=dice.random(many) < 0.01)
    category = pa.array(
        [("交通", "medical", None)[n] for n in dice.choice(3, many, p=(0.6, 0.39, 0.01))]
    )
    table = pa.table({"lat": lat, "lon": lon, "at": moments, "category": category, "cell": cells})
    return pa.concat_tables([table, table.slice(0, 100)])


def laid(folder: Path, *tables: pa.Table) -> Path:
    for number, table in enumerate(tables):
        pq.write_table(table, folder / f"{number}.parquet", row_group_size=1500)
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return laid(tmp_path_factory.mktemp("lake"), facts(), facts(3000, 2))


@pytest.fixture(scope="module")
def duck() -> Iterator[Engine]:
    with engine() as opened:
        yield opened


def rows(table: pa.Table) -> Counter[Row]:
    return Counter(tuple(one.values()) for one in table.to_pylist())


def one_by_one(folder: Path, clock: Clock, place: Region | Cells) -> Counter[Row]:
    """The same, told as one would tell it to a person."""
    found: Counter[Row] = Counter()
    for one in pq.read_table(folder).to_pylist():
        where = cell_of(one, place)
        if where and one["at"] and SPAN[0] <= one["at"] < SPAN[1]:
            found[where, *period(one["at"], clock), one["category"]] += 1
    return Counter((*key, n) for key, n in found.items())


def cell_of(one: dict[str, Any], place: Region | Cells) -> int | None:
    if isinstance(place, Cells):
        return int(h3.cell_to_parent(one["cell"], place.res))
    return (
        h3.latlng_to_cell(one["lat"], one["lon"], 8)
        if place.box.holds(one["lat"], one["lon"])
        else None
    )


def period(at: datetime, clock: Clock) -> tuple[int, ...]:
    local = at.astimezone(ZoneInfo(ZONE)).replace(tzinfo=None)
    if isinstance(clock, Hours):
        return (int(at.timestamp() // 3600),)
    if isinstance(clock, HoursOfWeek):
        return local.weekday(), local.hour
    began = local - timedelta(hours=7)
    return began.toordinal() - date(1970, 1, 1).toordinal(), began.hour // 8


@pytest.mark.parametrize("clock", CLOCKS, ids=lambda one: type(one).__name__)
@pytest.mark.parametrize("place", [REGION, Cells(9, 8), Cells(9, 9), Cells(9, 5)], ids=str)
def test_a_panel_counts_what_one_would_count_by_hand(
    folder: Path, duck: Engine, clock: Clock, place: Region | Cells
) -> None:
    assert rows(duck.run(count(duck.read(folder), place, clock))) == one_by_one(
        folder, clock, place
    )


@pytest.mark.parametrize("clock", CLOCKS, ids=lambda one: type(one).__name__)
def test_without_an_engine_it_counts_the_same(folder: Path, clock: Clock) -> None:
    files = sorted(folder.glob("*.parquet"))
    assert rows(bulk.count(files, REGION, clock)) == one_by_one(folder, clock, REGION)


def test_it_can_count_by_more_or_by_nothing(folder: Path, duck: Engine) -> None:
    clock = CLOCKS[1]
    all_in_all = duck.run(count(duck.read(folder), REGION, clock, by=()))
    assert all_in_all.column_names == ["cell", "day", "shift", "n"]
    each = one_by_one(folder, clock, REGION)
    assert sum(all_in_all["n"].to_pylist()) == sum(key[-1] for key in each)


@pytest.mark.parametrize(
    "table",
    [facts().slice(0, 0), facts().slice(50, 1), facts().slice(0, 20)],
    ids=["no facts", "one fact", "no fact with a place"],
)
def test_few_facts_or_none_are_counted_too(tmp_path: Path, duck: Engine, table: pa.Table) -> None:
    folder = laid(tmp_path, table)
    expected = one_by_one(folder, CLOCKS[0], REGION)
    assert rows(duck.run(count(duck.read(folder), REGION, CLOCKS[0]))) == expected
    assert rows(bulk.count(sorted(folder.iterdir()), REGION, CLOCKS[0])) == expected


def test_all_facts_in_one_cell_of_one_category(tmp_path: Path, duck: Engine) -> None:
    table = facts(1000).slice(50, 900)
    same = pa.array([40.1] * 900), pa.array([-75.4] * 900), pa.array(["火灾"] * 900)
    for key, column in zip(("lat", "lon", "category"), same, strict=True):
        table = table.set_column(table.column_names.index(key), key, column)
    found = duck.run(count(duck.read(laid(tmp_path, table)), REGION, CLOCKS[0]))
    assert set(found["cell"].to_pylist()) == {h3.latlng_to_cell(40.1, -75.4, 8)}
    assert rows(found) == one_by_one(tmp_path, CLOCKS[0], REGION)


def test_moments_without_a_zone_are_utc(tmp_path: Path, duck: Engine) -> None:
    table = facts()
    naive = table.set_column(2, "at", table["at"].cast(pa.timestamp("us")))
    (tmp_path / "naive").mkdir()
    (tmp_path / "zoned").mkdir()
    found = [
        duck.run(count(duck.read(laid(tmp_path / key, one)), REGION, CLOCKS[1]))
        for key, one in (("naive", naive), ("zoned", table))
    ]
    assert found[0].equals(found[1])


def test_a_folder_without_facts_is_refused(tmp_path: Path, duck: Engine) -> None:
    with pytest.raises(FileNotFoundError, match="no Parquet file"):
        duck.read(tmp_path)


@pytest.mark.slow
def test_what_does_not_fit_into_memory_is_laid_down(tmp_path: Path) -> None:
    """Nearly every fact is a group of its own: together they are more than the limit."""
    many, dice = 600_000, np.random.default_rng(1)
    lat, lon = points(REGION.box, many)
    at = pa.array(
        dice.integers(*(int(one.timestamp()) for one in SPAN), many), pa.timestamp("s", "UTC")
    )
    table = pa.table({"lat": lat, "lon": lon, "at": at,
                      "category": pa.array(dice.integers(0, 300, many).astype(str))})  # fmt: skip
    (tmp_path / "lake").mkdir()
    lake, spill = laid(tmp_path / "lake", table), tmp_path / "spill"
    with engine(memory="30MB", threads=1, spill=spill) as small:
        found = small.run(count(small.read(lake), REGION, CLOCKS[0]))
        assert list(spill.iterdir())
    assert sum(found["n"].to_pylist()) == many


@pytest.mark.slow
def test_spark_counts_the_same_to_the_last_number(folder: Path, duck: Engine) -> None:
    if lacks := engines.spark_lacks():
        pytest.skip(lacks)
    with engine("spark", threads=2) as spark:
        lake, there = duck.read(folder), spark.read(folder)
        pairs: list[tuple[Region | Cells, Clock]] = [(REGION, CLOCKS[1])]
        pairs += [(Cells(9, 7), clock) for clock in (CLOCKS[0], CLOCKS[2])]
        for place, clock in pairs:
            mine = duck.run(count(lake, place, clock))
            theirs = spark.run(count(there, place, clock))
            assert mine.num_rows > 100
            assert rows(mine) == rows(theirs), (place, clock)
            assert mine.schema.types == theirs.schema.types


def test_spark_that_is_not_there_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "find_spec", lambda _name: None)
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(Missing, match=r"gongzhi\[spark\].* and Java 17"), engine("spark"):
        pass
