"""Two dispatchers press the same button at the same moment, each on a connection of their own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.county import county_environment, gongzhi
from tests.house.source import ROOT

pytestmark = pytest.mark.slow

TWO_HANDS = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "gongzhi.config.settings"
import django
django.setup()
from threading import Barrier, Thread
from django.db import connection
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dispatch.actions import assign_unit
from gongzhi.work.dispatch.models import Assignment, ResponseUnit
from tests.work.dispatch.county import SYSTEM, car, incident

units, matters = [car(f"0{n}") for n in range(4)], [incident(), incident()]

def send(matter, unit, together, outcomes):
    together.wait()
    try:
        assign_unit(SYSTEM, matter, unit)
        outcomes.append("sent")
    except Refused as refused:
        outcomes.append(refused.code)
    finally:
        connection.close()

for unit in units:
    together, outcomes = Barrier(2), []
    hands = [Thread(target=send, args=(one, unit, together, outcomes)) for one in matters]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    print(*sorted(outcomes), Assignment.objects.filter(unit=unit).count())
"""


def test_a_unit_sent_twice_at_once_goes_to_one_incident(tmp_path: Path, database_url: str) -> None:
    environment = county_environment(tmp_path, database_url) | {"PYTHONPATH": str(ROOT)}
    gongzhi(tmp_path, "init", env=environment)
    seen = subprocess.run(
        [sys.executable, "-c", TWO_HANDS],
        env=environment, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert seen.stdout.splitlines() == ["sent unit_taken 1"] * 4, seen.stderr
