"""Everybody who looks hears of a commit within a second, and the benchmark that says so runs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT


@pytest.mark.long
def test_three_hundred_open_pages_hear_of_a_commit_within_a_second(tmp_path: Path) -> None:
    figures = tmp_path / "live.json"
    command = [sys.executable, ROOT / "benchmarks" / "live.py", "--quick", "--only", "sqlite"]
    done = subprocess.run(
        [*command, "--lines", "300", "--json", figures],
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(figures.read_text())["sqlite"]
    assert (told["lines"], told["reports"], told["lost"]) == (300, 4, 0)
    assert 0 < told["heard_p50_ms"] <= told["heard_p99_ms"] <= told["all_heard_worst_ms"]
    assert told["heard_p99_ms"] < 1000
    assert told["server_cpu_idle"] < 0.5, "waiting pages must cost next to nothing"
