"""The lake's files are counted as they lie, on whichever engine."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import h3.api.basic_int as h3
import pyarrow as pa
import pyarrow.parquet as pq

from gongzhi.analysis.panel import Cells, Shifts, count, engine
from gongzhi.watch.exchange.lake.schema import arrow

EVENING = datetime(2026, 3, 1, 15, 59, tzinfo=UTC)  # 23:59 in Zhoushan
HERE = h3.latlng_to_cell(29.98, 122.2, 8)


def laid(folder: Path) -> Path:
    """Five calls: two before midnight, one after, one without a place, one said twice."""
    minutes = (0, 0, 1, 0, 0)
    told = {
        "opened_at": [EVENING + timedelta(minutes=one) for one in minutes],
        "h8": [HERE, HERE, HERE, None, HERE],
        "category": ["traffic"] * 5,
        "merged": [False] * 4 + [True],
    }
    schema = arrow()
    empty = {pa.string(): "", pa.int32(): 0, pa.bool_(): False}
    columns = {
        one.name: told.get(one.name, [empty.get(getattr(one.type, "value_type", one.type))] * 5)
        for one in schema
    }
    pq.write_table(pa.table(columns, schema=schema), folder / "2026-03.parquet")
    return folder


def test_facts_of_the_lake_are_counted_by_cell_shift_and_category(tmp_path: Path) -> None:
    shifts = Shifts(
        EVENING - timedelta(minutes=59),
        EVENING + timedelta(minutes=1441),
        "Asia/Shanghai",
        (0, 8, 16),
    )
    with engine() as duck:
        facts = duck.read(laid(tmp_path)).rename(at="opened_at", cell="h8")
        found = duck.run(count(facts.filter(~facts.merged), Cells(8, 7), shifts))
    day = (EVENING.date() - datetime(1970, 1, 1, tzinfo=UTC).date()).days
    where = {"cell": h3.cell_to_parent(HERE, 7), "category": "traffic"}
    assert found.to_pylist() == [
        {**where, "day": day, "shift": 2, "n": 2}, {**where, "day": day + 1, "shift": 0, "n": 1},
    ]  # fmt: skip
