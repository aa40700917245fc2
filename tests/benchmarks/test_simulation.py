"""The benchmark of simulations runs, and its figures have their names."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT


@pytest.mark.slow
def test_it_waits_as_simpy_does_and_the_figures_have_their_names(tmp_path: Path) -> None:
    figures = tmp_path / "simulation.json"
    command = [sys.executable, ROOT / "benchmarks" / "simulation.py", "--quick", "--json", figures]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(figures.read_text())
    assert told["events_per_second"] > 0
    assert told["ratio_to_simpy"] > 5
    assert all(one["largest_difference_of_a_wait"] < 1e-5 for one in told["simpy"].values())
    assert told["seeds_within_ci"] >= 3
    assert told["hypercube"]["largest_difference"] < 1e-9
