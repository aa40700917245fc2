"""The benchmark of linking runs, and its figures have their names."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT

LABELS = ROOT / "benchmarks" / "data" / "linked_messages.json"


def test_the_labels_are_numbers_of_messages_alone() -> None:
    told = json.loads(LABELS.read_text("utf-8"))
    assert len(told["pairs"]) >= 150
    for one, other, same, half, stands_for in told["pairs"]:
        assert isinstance(one, int)
        assert isinstance(other, int)
        assert {same, half} <= {0, 1}
        assert stands_for >= 1


@pytest.mark.slow
def test_it_finds_what_was_planted(tmp_path: Path) -> None:
    figures = tmp_path / "linkage.json"
    command = [sys.executable, ROOT / "benchmarks" / "linkage.py", "--quick", "--json", figures]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(figures.read_text())
    assert told["series"][0]["whole"] == told["series"][0]["planted"]
    assert told["series"][0]["others"] <= 1
    if "messages" in told:
        ours, equal = (told["messages"]["as_drawn"][way] for way in ("ours", "equal"))
        assert ours["f1"][0] > equal["f1"][0]
        assert set(told["messages"]["candidates_recall"]) == {"as_drawn", "as_found"}
