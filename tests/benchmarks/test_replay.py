"""A busy day can be replayed: reckoned within a few times of reading it, and most of it by road."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT


@pytest.mark.slow
def test_a_day_is_reckoned_and_most_moves_have_a_way(demo_county: Path, tmp_path: Path) -> None:
    figures = tmp_path / "replay.json"
    script = ROOT / "benchmarks" / "replay.py"
    command = [sys.executable, script, "--quick", "--no-browser", "--home", demo_county]
    done = subprocess.run(
        [*command, "--json", figures], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(figures.read_text())
    told = found["replay"]
    assert found["data"]["seed"] == found["machine"]["seed"]
    assert told["incidents"] >= 100
    assert told["moves"] > 100
    assert told["straight"] < told["moves"] / 4, "islands without a ferry for cars"
    assert 0 < told["ratio_to_reading"] < 20
