"""The intake benchmark runs, and its figures have the names and sizes that others rely on."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT

NAMES = (
    "requests_per_second",
    "raw_inserts_per_second",
    "ratio_to_raw",
    "p50_ms",
    "p99_ms",
    "p99_ms_at_half_load",
    "with_a_photo_per_second",
    "two_workers_per_second",
)


@pytest.mark.long
@pytest.mark.postgres
def test_it_measures_both_databases(tmp_path: Path, postgres_database: str) -> None:
    figures = tmp_path / "intake.json"
    done = subprocess.run(
        [sys.executable, ROOT / "benchmarks" / "intake.py", "--quick", "--json", figures],
        env={"PATH": "/usr/bin:/bin", "GONGZHI_TEST_DATABASE_URL": postgres_database},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(figures.read_text())
    assert set(found) == {"machine", "sqlite", "postgresql"}
    for database in ("sqlite", "postgresql"):
        told = found[database]
        assert all(told[name] > 0 for name in NAMES), told
        assert told["ratio_to_raw"] < 1, "taking a request in can't be cheaper than one insert"
        assert told["p50_ms"] <= told["p99_ms"]
        assert told["matters"] >= told["acknowledged"] > 0
        assert told["failures"] == {}
        assert told["fdatasync_ms"]["p50"] > 0
    assert found["sqlite"]["synchronous"] == "FULL"
