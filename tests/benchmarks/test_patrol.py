"""The benchmark of patrols runs, and its figures have their names."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT


@pytest.mark.slow
def test_plans_are_measured_beside_other_planners(tmp_path: Path) -> None:
    figures = tmp_path / "patrol.json"
    command = [sys.executable, ROOT / "benchmarks" / "patrol.py", "--quick", "--json", figures]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(figures.read_text())
    ours = told["at_0.2s"]
    assert ours["cases"] == 2
    assert ours["mean_gap"] <= told["vroom"]["at_0.2s"]["mean_gap"] + 0.02
    assert "mean_gap" in told["pyvrp"]["at_0.2s"]
    assert told["replan"]["worst_s"] < 6
    assert told["variety"]["overlap"] < 1


@pytest.mark.slow
def test_published_instances_are_measured_against_their_best_known(tmp_path: Path) -> None:
    (tmp_path / "s101.txt").write_text(
        "4 2 2 1\n0 200\n0 0.0 0.0 0 0 0 0 0 100\n1 3.0 4.0 10 7 1 1 1 0 60\n"
        "2 1.0 1.0 10 5 1 1 1 0 60\n"
    )
    (tmp_path / "best_known.csv").write_text("instance,m,best_known\ns101,1,12\nother,1,3\n")
    figures = tmp_path / "patrol.json"
    command = [sys.executable, ROOT / "benchmarks" / "patrol.py", "--quick", "--no-peers"]
    done = subprocess.run(
        [*command, "--instances", tmp_path, "--limits", "0.1", "--json", figures],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(figures.read_text())["at_0.1s"]
    assert (told["mean_gap"], told["at_best"], told["cases"]) == (0, 1, 1)
