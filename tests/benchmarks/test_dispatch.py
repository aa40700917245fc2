"""A recommendation over a network costs a fraction of searching it plainly; a joint one is the
best there is."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT


@pytest.mark.long
def test_a_recommendation_is_quicker_than_the_plain_search(tmp_path: Path) -> None:
    figures = tmp_path / "dispatch.json"
    command = [sys.executable, ROOT / "benchmarks" / "dispatch.py", "--quick", "--json", figures]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(figures.read_text())
    assert found["joint"]["optimality_gap"] == 0
    assert found["joint"]["ratio_to_greedy"] <= 1
    # The aims are 200 ms for a joint one and p99 below 20 ms on 50,000 nodes on a quiet machine,
    # measured by `make bench`. Here the thread's own time is looked at: others may be at work.
    assert 0 < found["joint"]["cpu_ms"] < 500
    told = found["recommend"]
    assert told["answered"] == told["incidents"] == 60
    assert 0 < told["p50_ms"] <= told["p99_ms"]
    assert 0 < told["cpu_p50_ms"] <= told["cpu_p99_ms"] < 100
    assert told["ratio_to_plain"] < 0.8
    assert (found["live"]["clients"], found["live"]["missed"]) == (50, 0)
    assert found["live"]["p95_ms"] < 2000  # the aim is 500 for 1,000 on a quiet machine
