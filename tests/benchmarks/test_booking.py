"""The booking benchmark runs, and as many book as there are times, on both databases."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT


@pytest.mark.long
@pytest.mark.postgres
def test_as_many_book_as_there_are_times(tmp_path: Path, postgres_database: str) -> None:
    figures = tmp_path / "booking.json"
    done = subprocess.run(
        [sys.executable, ROOT / "benchmarks" / "booking.py", "--quick", "--json", figures],
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
        assert (told["slots"], told["booked"], told["whole"]) == (20, 20, 20)
        assert told["attempts"] >= told["people"] == 100
        assert told["held_twice"] == told["without_a_sentence"] == 0
        assert told["errors"] == {}
        assert told["booked"] + told["told_full"] == told["people"]
        assert told["ratio_to_bare"] > 0
