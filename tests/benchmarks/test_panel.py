"""The panel's benchmark runs, and all ways that it compares count the same."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT


@pytest.mark.slow
def test_all_ways_count_the_same_and_the_figures_have_their_names(tmp_path: Path) -> None:
    figures = tmp_path / "panel.json"
    command = [sys.executable, ROOT / "benchmarks" / "panel.py", "--quick", "--json", figures]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(figures.read_text())
    for name in ("rows_10m", "rows_50m"):
        assert set(told[name]["identical"]) == set(told[name]["seconds"]) - {"decode"}
        assert {"rows_per_second", "times_decode", "speedup_over_polars_h3"} <= set(told[name])
