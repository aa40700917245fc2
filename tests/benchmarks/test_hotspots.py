"""The benchmark of hot spots runs, and finds what others find."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT


@pytest.mark.slow
def test_it_finds_what_others_find_and_the_figures_have_their_names(tmp_path: Path) -> None:
    figures = tmp_path / "hotspots.json"
    command = [sys.executable, ROOT / "benchmarks" / "hotspots.py", "--quick", "--json", figures]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(figures.read_text())
    assert told["kde_1m_seconds"] > 0
    assert told["knox_seconds"] > 0
    assert told["kde_few"]["apart"] < 0.02
    assert told["kde"]["apart"] < 0.03
