"""Foretelling others' real trips beats what anybody could say without the platform."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT

CALLS = ROOT.parent / "shared" / "data" / "sffd_2016-12-31_2017-01-07.csv.gz"
BENCH = [sys.executable, ROOT / "benchmarks" / "travel.py"]


@pytest.mark.slow
@pytest.mark.skipif(not CALLS.exists(), reason="the fire department's calls aren't here")
def test_it_beats_the_mean_by_hour_and_the_great_circle(tmp_path: Path) -> None:
    figures = tmp_path / "travel.json"
    command = [*BENCH, "--data", CALLS, "--mapping", "sffd", "--json", figures]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(figures.read_text())
    assert told["foretold"] > 1500
    assert told["pace_beats_both"]
    for level in ("P2", "P3"):
        mine = told["errors"]["pace"][level]
        for other in ("mean_by_hour", "great_circle"):
            assert mine["median_s"] < told["errors"][other][level]["median_s"]


def test_without_data_it_says_so() -> None:
    done = subprocess.run(BENCH, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "nothing to measure" in done.stdout
