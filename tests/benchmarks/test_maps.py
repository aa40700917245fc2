"""The benchmark of the three maps runs, and its figures have their names."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT


@pytest.mark.slow
def test_a_change_of_the_filters_is_soon_answered(tmp_path: Path) -> None:
    figures = tmp_path / "maps.json"
    command = [sys.executable, ROOT / "benchmarks" / "maps.py", "--quick", "--json", figures]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(figures.read_text())
    assert told["marks"] > 0.9 * told["facts"] / 5
    assert len(told["change_ms"]) == 7
    assert told["compare_ms"][0] > 0
