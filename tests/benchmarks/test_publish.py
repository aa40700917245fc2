"""The publishing benchmark runs, and a consumer that dies and returns misses nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.brokers import nats_program
from tests.house.source import ROOT


@pytest.mark.long
def test_a_consumer_killed_on_the_way_misses_nothing(tmp_path: Path) -> None:
    if not nats_program():
        pytest.skip("the test extra brought no nats-server for this machine")
    figures = tmp_path / "publish.json"
    command = [sys.executable, ROOT / "benchmarks" / "publish.py", "--only", "sqlite", "--quick"]
    done = subprocess.run(
        [*command, "--json", figures],
        env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(figures.read_text())["sqlite"]
    assert told["entries_per_second"] > 1000
    consumer = told["consumer"]
    assert (consumer["missed"], consumer["foreign"], consumer["refused_twice"]) == (0, 0, 2000)
    assert consumer["events"] >= 10_000 + 2000
