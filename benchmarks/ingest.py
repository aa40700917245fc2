"""How many rows a second come in through a contract's checks.

    .venv/bin/python benchmarks/ingest.py [--quick] [--rows N] [--json FILE]

A department's CSV, made anew from a seed: eight columns of which six are named by the contract,
one row in a hundred wrong in some way, in a county's home of its own (SQLite). In one run:

- ``ours``: a delivery from the drop folder as it comes in a county: only named columns kept, each
  read as its type; types, ranges, enumerations, patterns, references and uniqueness checked; bad
  rows to quarantine with their reasons; rows that are known left out; files written whole, and the
  log's entries. ``again``: the same rows in a second file, of which none is new.
- ``pandas``: ``pandas.read_csv`` of the same file, its times parsed; nothing checked or written.
- ``duckdb``: DuckDB reads the same file with types of its own guess into a table; nothing checked.

The counts of good and bad rows must be those that the file was made with, or the benchmark fails.
``rows_per_second`` is of ``ours``; ``cpu_seconds_both`` is what both deliveries took of the
processors, which a busy machine changes less; ``times_pandas`` and ``times_duckdb`` say how many
times as long it took.
"""

from __future__ import annotations

import csv
import json
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

from _report import SEED, machine, options  # noqa: E402

HEAD = ("编号", "类别", "乡镇", "时间", "数量", "金额", "联系人", "说明")
WORD = {"zh": "字", "en": "word"}
FIELDS: list[dict[str, Any]] = [
    {"name": "id", "column": "编号", "pattern": r"N\d{8}"},
    {"name": "kind", "column": "类别", "type": "code", "one_of": ["lamp", "road", "water"],
     "table": {"路灯": "lamp", "道路": "road", "供水": "water"}},
    {"name": "town", "column": "乡镇", "type": "code", "refers": "towns"},
    {"name": "at", "column": "时间", "type": "time", "least": "2020-01-01"},
    {"name": "many", "column": "数量", "type": "whole", "least": 0, "most": 500},
    {"name": "amount", "column": "金额", "type": "decimal", "least": 0},
]  # fmt: skip
WRONG = 100
"""One row in so many is wrong."""


def write(path: Path, rows: int) -> int:
    """The delivery; how many of its rows are wrong."""
    dice, bad = random.Random(SEED), 0
    start = datetime(2026, 1, 1)  # noqa: DTZ001  (as files have it)
    spoil = [(1, "不知道"), (2, "nowhere"), (3, "昨天"), (4, "501"), (5, "x")]
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(HEAD)
        for n in range(rows):
            row = [
                f"N{n:08}", dice.choice(("路灯", "道路", "供水")), dice.choice(("t1", "t2", "t3")),
                (start + timedelta(seconds=17 * n)).isoformat(" "), str(dice.randrange(501)),
                f"{dice.random() * 1000:.2f}", "王某", f"第 {n} 条，巷口往里走二十米",
            ]  # fmt: skip
            if n % WRONG == 0:
                at, text = spoil[n // WRONG % len(spoil)]
                row[at], bad = text, bad + 1
            out.writerow(row)
    return bad


def timed(work: Callable[[], object]) -> float:
    """Seconds."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def with_pandas(path: Path) -> None:
    """Read plainly, its times parsed."""
    import pandas as pd

    assert len(pd.read_csv(path, parse_dates=["时间"], date_format="ISO8601")) > 0


def with_duckdb(path: Path) -> None:
    """Read plainly into a table."""
    import duckdb

    with duckdb.connect() as db:
        db.execute("CREATE TABLE read_in AS FROM read_csv(?)", [str(path)])


def ours(path: Path, rows: int, bad: int) -> tuple[float, float]:
    """Seconds of the delivery, and of the same rows once more."""
    from gongzhi.base.catalogue.kinds.connector import Connector
    from gongzhi.watch.exchange.receiving.lines.folder import place_of
    from gongzhi.watch.exchange.receiving.running import run

    source = Connector.model_validate({
        "code": "ingest", "name": WORD, "about": WORD, "unit": "command_centre",
        "source": {"kind": "folder", "settled": 0}, "examples": [{"row": {}}],
        "contract": {"key": ["id"], "fields": [{"says": WORD, **one} for one in FIELDS]},
    })  # fmt: skip
    place_of(source).mkdir(parents=True)
    seconds, taken = [], list[Any]()
    for turn, expected in enumerate(((rows - bad, 0, bad), (0, rows - bad, bad))):
        shutil.copy(path, place_of(source) / f"{turn}.csv")
        with (place_of(source) / f"{turn}.csv").open("a", encoding="utf-8", newline="") as file:
            file.write("\r\n" * turn)  # another file with the same rows
        seconds.append(timed(lambda: taken.extend(run(source))))
        done = taken[-1]
        got = (done.kept, done.known, done.quarantined)
        if got != expected:
            raise SystemExit(f"expected (kept, known, quarantined) {expected}, found {got}")
    return seconds[0], seconds[1]


def county() -> None:
    """An empty county with three towns."""
    from gongzhi.config.begin import begin, prepare

    begin(None)
    prepare()
    from gongzhi.base.log.actions import now
    from gongzhi.base.places.coordinates import Bounds
    from gongzhi.base.places.models import Area, County

    box = Bounds(29.9, 122.0, 30.2, 122.6)
    here = County(code="here", name_zh="县", name_en="county", time_zone="Asia/Shanghai")
    here.bounds = box
    here.save()
    for town in ("t1", "t2", "t3"):
        Area.objects.create(
            county=here, kind=Area.Kind.TOWN, code=town, name_zh=town, name_en=town,
            geometry="{}", south=29.9, west=122.0, north=30.2, east=122.6,
            valid_from="2020-01-01", changed_at=now(),
        )  # fmt: skip


def main() -> None:
    """Measure and tell."""
    parser = options(__doc__, "20,000 rows")
    parser.add_argument("--rows", type=int, default=1_000_000)
    asked = parser.parse_args()
    rows = 20_000 if asked.quick else asked.rows
    with tempfile.TemporaryDirectory(prefix="gongzhi-ingest-") as folder:
        os.environ["GONGZHI_HOME"] = str(Path(folder) / "home")
        path = Path(folder) / "delivery.csv"
        bad = write(path, rows)
        county()
        load = os.getloadavg()[0]
        seconds = {"pandas": timed(lambda: with_pandas(path))}
        seconds["duckdb"] = timed(lambda: with_duckdb(path))
        cpu = time.process_time()
        seconds["ours"], seconds["again"] = ours(path, rows, bad)
        cpu = time.process_time() - cpu
        size = path.stat().st_size
    found = {
        "rows_per_second": round(rows / seconds["ours"]),
        "rows_per_second_again": round(rows / seconds["again"]),
        "times_pandas": round(seconds["ours"] / seconds["pandas"], 2),
        "times_duckdb": round(seconds["ours"] / seconds["duckdb"], 2),
        "cpu_seconds_both": round(cpu, 2),
        "seconds": {name: round(took, 3) for name, took in seconds.items()},
        "data": {"rows": rows, "bad": bad, "bytes": size, "columns": len(HEAD),
                 "named": len(FIELDS), "format": "CSV, UTF-8"},
        "seed": SEED, "load": round(load, 2),
        "machine": {**machine(), **{p: version(p) for p in ("duckdb", "pandas", "pyarrow")}},
    }  # fmt: skip
    print(*(f"{name:24}{json.dumps(said, ensure_ascii=False)}" for name, said in found.items()),
          sep="\n")  # fmt: skip
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
