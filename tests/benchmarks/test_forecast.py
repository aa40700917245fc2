"""The benchmark of forecasts runs, and its figures have their names."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT


@pytest.mark.slow
def test_it_comes_near_to_the_truth_and_lets_no_noise_through(tmp_path: Path) -> None:
    figures = tmp_path / "forecast.json"
    command = [sys.executable, ROOT / "benchmarks" / "forecast.py", "--quick", "--json", figures]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(figures.read_text())
    assert 0 < told["fit_and_predict_year_seconds"] < 60
    assert told["truth"]["won"] > 0.2
    assert told["truth"]["noise_let_through"] == 0
    assert 0.86 < told["truth"]["coverage_90"] < 0.94
    assert told["aims"]["judged"] == 0
    assert {"machine", "seed", "sets"} <= set(told)
