"""Two call-takers press the same key at the same moment, each on a connection of their own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.county import county_environment
from tests.house.source import ROOT

pytestmark = pytest.mark.slow

TWO_HANDS = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "gongzhi.config.settings"
import django
django.setup()
from threading import Barrier, Thread
from django.db import connection
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.people.actions import open_account, open_unit
from gongzhi.base.ui.errors import Refused
from gongzhi.work.calls.actions import claim_ring, ring

by = Actor.system("test")
unit = open_unit(by, code="command_centre", kind="department", name_zh="指挥中心", name_en="Desk")
hands = [
    Actor.account(
        open_account(by, username=f"t{n}", display_name="海", unit=unit, roles=["call_taker"])
    )
    for n in range(4)
]

def claim(who, one, together, outcomes):
    together.wait()
    try:
        claim_ring(who, one)
        outcomes.append("claimed")
    except Refused as refused:
        outcomes.append(refused.code)
    finally:
        connection.close()

for n in range(8):
    one, together, outcomes = ring(by, f"r{n}"), Barrier(4), []
    threads = [Thread(target=claim, args=(who, one, together, outcomes)) for who in hands]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(*sorted(outcomes))
print(Entry.objects.filter(kind="calls.ring_claimed").count())
"""


def test_a_call_claimed_at_once_has_one_taker(empty_home: Path, founded_url: str) -> None:
    environment = county_environment(empty_home, founded_url) | {"PYTHONPATH": str(ROOT)}
    seen = subprocess.run(
        [sys.executable, "-c", TWO_HANDS],
        env=environment, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    each = "claimed not_ringing not_ringing not_ringing"
    assert seen.stdout.splitlines() == [each] * 8 + ["8"], seen.stderr
