"""A phone that sends the same twice at the same moment, while the desk decides otherwise."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.county import county_environment
from tests.house.source import ROOT

pytestmark = pytest.mark.slow

THREE_HANDS = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "gongzhi.config.settings"
import django
django.setup()
from threading import Barrier, Thread
from django.conf import settings
settings.ALLOWED_HOSTS = ["*"]
from django.db import connection
from gongzhi.base.log.verify import verify
from gongzhi.base.matters.models import Message
from gongzhi.base.ui.errors import Refused
from gongzhi.work.crews.models import Emergency, Receipt
from gongzhi.work.dispatch.actions import recall_unit
from tests.work.crews.county import Crew
from tests.work.dispatch.county import SYSTEM

def at_once(*deeds):
    together, said = Barrier(len(deeds)), []
    def run(deed):
        together.wait()
        try:
            said.append(deed())
        except Refused as refused:
            said.append(refused.code)
        finally:
            connection.close()
    hands = [Thread(target=run, args=(deed,)) for deed in deeds]
    for hand in hands: hand.start()
    for hand in hands: hand.join()
    return said

for number in range(4):
    crew = Crew(f"0{number}")
    matter, on = crew.sent_to()
    note, help = crew.write("note", on, words=f"note {number}"), crew.write("emergency", on)
    arrive = crew.write("arrive", on)
    said = at_once(*[lambda: crew.send(note)["state"]] * 2, *[lambda: crew.send(help)["state"]] * 2,
                   lambda: crew.send(arrive)["state"],
                   lambda: recall_unit(SYSTEM, matter, crew.unit) and "recalled")
    print(len(said), said.count("applied") >= 2, said.count("recalled"),
          Message.objects.filter(words=f"note {number}").count(),
          Emergency.objects.filter(unit=crew.unit).count(),
          Receipt.objects.filter(unit=crew.unit).count())
print(verify())
"""


def test_what_is_sent_twice_at_once_counts_once_and_nobody_waits_for_ever(
    empty_home: Path, founded_url: str
) -> None:
    environment = county_environment(empty_home, founded_url) | {"PYTHONPATH": str(ROOT)}
    seen = subprocess.run(
        [sys.executable, "-c", THREE_HANDS],
        env=environment, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert seen.stdout.splitlines()[:4] == ["6 True 1 1 1 3"] * 4, seen.stdout + seen.stderr
