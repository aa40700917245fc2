"""A recommendation over a network costs a fraction of searching it plainly; a joint one is the
best there is."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT


@pytest.mark.slow
def test_a_recommendation_is_quicker_than_the_plain_search(tmp_path: Path) -> None:
    figures = tmp_path / "dispatch.json"
    command = [sys.executable, ROOT / "benchmarks" / "dispatch.py", "--quick", "--json", figures]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(figures.read_text())
    assert found["joint"]["optimality_gap"] == 0
    assert found["joint"]["ratio_to_greedy"] <= 1
    assert found["joint"]["ms"] < 1000  # the aim is 200 on 50,000 nodes
    told = found["recommend"]
    assert told["answered"] == told["incidents"] == 60
    # The aim is p99 below 20 ms on 50,000 nodes on a quiet machine, measured by `make bench`.
    assert 0 < told["p50_ms"] <= told["p99_ms"] < 200
    assert told["ratio_to_plain"] < 1
    assert (found["live"]["clients"], found["live"]["missed"]) == (50, 0)
    assert found["live"]["p95_ms"] < 2000  # the aim is 500 for 1,000 on a quiet machine
