"""A real day of an imported source, drilled in a county served by two workers."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path

import pytest

from gongzhi.config.home import Home
from tests.county import GONGZHI, RunningCounty, gongzhi
from tests.house.source import ROOT

FILES = [folder / "shared/data/sffd_2016-12-31_2017-01-07.csv.gz" for folder in ROOT.parents[:2]]
ROWS, ENOUGH, PATIENCE = 1500, 5, 90.0
"""Rows to import; calls to wait for; and how long (s)."""
COUNT = """
from gongzhi.base.matters.models import Matter
from gongzhi.work.calls.models import Call
from gongzhi.config.exercise.plan import read_drill
from django.conf import settings
keys = list(Call.objects.values_list("idempotency_key", flat=True))
print(len(keys), len(set(keys)), read_drill(settings.HOME).fed)
"""


class TwoWorkers(RunningCounty):
    """A county served by two processes."""

    def command(self) -> list[str | Path]:
        port = str(self.port)
        return [GONGZHI, "run", "--home", self.home, "--port", port, "--workers", "2"]


@pytest.mark.slow
def test_its_calls_come_once_each_however_many_processes_serve(
    demo_county: Path, tmp_path: Path
) -> None:
    file = next((one for one in FILES if one.exists()), None)
    if file is None:
        pytest.skip("the week of San Francisco's fire department isn't here")
    home = tmp_path / "home"
    shutil.copytree(demo_county, home)
    gongzhi(home, "import", "calls", str(file), "--mapping", "sffd", "--limit", str(ROWS))
    told = gongzhi(
        home, "exercise", "--from", "sffd", "--day", "2017-01-01", "--speed", "60",
        "--name", "sf", "--no-serve",
    )  # fmt: skip
    assert "calls to come" in told
    drill = Home(home).exercise("sf")
    with TwoWorkers(drill.root) as county:
        until = time.monotonic() + PATIENCE
        while _fed(drill) < ENOUGH and time.monotonic() < until:
            time.sleep(0.5)
        assert _fed(drill) >= ENOUGH, county.log()[-2000:]
    calls, different, fed = map(int, county.python(COUNT).split())
    assert calls == different == fed
    assert "Traceback" not in county.log()
    assert "incidents" in gongzhi(home, "exercise", "--report", "--name", "sf")


def _fed(drill: Home) -> int:
    return int(json.loads((drill.root / "exercise.json").read_text("utf-8"))["fed"])
