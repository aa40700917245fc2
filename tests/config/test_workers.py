"""Several worker processes on one port: they serve together, end together, and are replaced."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.county import READY_SECONDS, RunningCounty

pytestmark = pytest.mark.slow


class CountyOfTwo(RunningCounty):
    """A county served by two workers."""

    def command(self) -> list[str | Path]:
        return [*super().command(), "--workers", "2"]

    def workers(self) -> list[int]:
        assert self.process is not None
        found = subprocess.run(
            ["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True, check=False
        )
        return [int(pid) for pid in found.stdout.split()]

    def until(self, ready: bool) -> bool:
        give_up = time.monotonic() + READY_SECONDS
        while self.ready() is not ready and time.monotonic() < give_up:
            time.sleep(0.05)
        return self.ready() is ready


def test_one_that_dies_is_replaced_and_all_end_with_the_parent(
    empty_home: Path, founded_url: str
) -> None:
    with CountyOfTwo(empty_home, database_url=founded_url) as county:
        before = set(county.workers())
        assert len(before) == 2
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        give_up = time.monotonic() + 60
        while before & set(county.workers()) or len(county.workers()) < 2:
            assert time.monotonic() < give_up, county.log()
            time.sleep(0.05)
        assert county.until(ready=True), county.log()
        workers = county.workers()
        begun = time.monotonic()
    assert time.monotonic() - begun < 10
    assert county.process is not None
    assert county.process.returncode == 0, county.log()
    assert not any(is_alive(pid) for pid in workers)


def test_nothing_holds_the_port_when_the_parent_is_killed(empty_home: Path) -> None:
    county = CountyOfTwo(empty_home)
    with county:
        county.kill()
        assert county.until(ready=False)
        county.start()
        assert county.until(ready=True), county.log()  # both workers, on a busy machine


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
