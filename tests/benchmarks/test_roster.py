"""The benchmark of rosters runs, and its figures have their names."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT


@pytest.mark.slow
def test_rosters_are_measured_with_their_bounds(tmp_path: Path) -> None:
    figures = tmp_path / "roster.json"
    command = [sys.executable, ROOT / "benchmarks" / "roster.py", "--quick", "--json", figures]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(figures.read_text())
    assert 0 <= told["county"]["gap_at_4s"] <= 1
    assert told["county"]["seconds_to_feasible"] <= told["county"]["seconds"]
    assert told["county"]["repair_changes"] <= 12
    assert told["published"]["1"]["cost"] >= told["published"]["1"]["bound"]
