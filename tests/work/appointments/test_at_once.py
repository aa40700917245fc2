"""Many people press the same button at the same moment, each on a connection of their own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.county import county_environment
from tests.house.source import ROOT

pytestmark = pytest.mark.slow

BEGIN = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "gongzhi.config.settings"
import django
django.setup()
from threading import Barrier, Thread
from django.db import connection
from gongzhi.base.log.actions import moment
from gongzhi.base.ui.errors import Refused
from gongzhi.work.appointments import actions
from gongzhi.work.appointments.models import Appointment, Ticket
from tests.work.appointments import hands
from tests.work.appointments.hands import EARLY, RESIDENT, SMALL, at

said = []

def person(deed, together, outcomes):
    together.wait()
    try:
        with moment(EARLY):
            outcomes.append(deed() or "done")
    except Refused as refused:
        outcomes.append(refused.code)
        said.append(str(refused))
    finally:
        connection.close()

def at_once(*deeds):
    together, outcomes = Barrier(len(deeds)), []
    people = [Thread(target=person, args=(deed, together, outcomes)) for deed in deeds]
    for one in people:
        one.start()
    for one in people:
        one.join()
    return outcomes

hands.county()
rules = hands.rules(**SMALL)
rules.__enter__()
"""
BOOK = """
what = ("residence_permit",), ("birth_registration",), ("residence_permit", "identity_card")
keys = [hands.key() for _ in range(24)]
def wants(n):
    new = hands.new(*what[n % 3])
    return lambda: actions.book(RESIDENT, new, at(9, 15 * (n % 4)), key=keys[n]) and "booked"
outcomes = at_once(*(wants(n) for n in range(24)))
booked = Appointment.objects.filter(state="booked")
assert outcomes.count("booked") == booked.count() > 0
assert set(outcomes) == {"booked", "taken"}, set(outcomes)
assert all("空位" in words or "约满" in words for words in said)
assert sum(one.minutes for one in booked) <= 60
hands.require_whole()
"""
CLEAR = """
Appointment.objects.all().delete()
"""
SWAP = """
with moment(EARLY):
    first, second = hands.booked(at(9)), hands.booked(at(9, 15))
for turn in range(5):
    outcomes = at_once(
        lambda: actions.move(RESIDENT, first, at(9, 15)) and "moved",
        lambda: actions.move(RESIDENT, second, at(9)) and "moved",
    )
    # Nobody waits for the other: each keeps what they have, or goes where somebody left.
    assert set(outcomes) <= {"moved", "taken"}, outcomes
    hands.require_whole()
outcomes = at_once(
    lambda: actions.move(RESIDENT, first, at(9, 30)) and "moved",
    lambda: actions.move(RESIDENT, second, at(9, 30)) and "moved",
)
assert sorted(outcomes) == ["moved", "taken"], outcomes
hands.require_whole()
"""
NUMBERS = """
office, services = hands.unit("station_lancheng"), hands.services()
outcomes = at_once(
    *(lambda: str(actions.take_number(RESIDENT, office, services)) for _ in range(12))
)
assert sorted(outcomes) == [f"A{n:03}" for n in range(1, 13)], outcomes
assert Ticket.objects.count() == 12
"""


def test_nobody_gets_what_somebody_else_has(empty_home: Path, founded_url: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BEGIN + BOOK + CLEAR + SWAP + NUMBERS],
        env=county_environment(empty_home, founded_url), cwd=ROOT,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
