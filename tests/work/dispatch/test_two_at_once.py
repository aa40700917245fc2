"""Two dispatchers press the same button at the same moment, each on a connection of their own."""

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
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dispatch.actions import assign_unit, recall_unit, send_card
from gongzhi.work.dispatch.models import ACTIVE, Assignment, ResponseUnit
from tests.work.dispatch.county import SYSTEM, car, dispatcher, incident

def hand(deed, together, outcomes):
    together.wait()
    try:
        deed()
        outcomes.append("sent")
    except Refused as refused:
        outcomes.append(refused.code)
        said.append(str(refused))
    finally:
        connection.close()

said = []

def at_once(*deeds):
    together, outcomes = Barrier(len(deeds)), []
    hands = [Thread(target=hand, args=(deed, together, outcomes)) for deed in deeds]
    for one in hands:
        one.start()
    for one in hands:
        one.join()
    return sorted(outcomes)
"""

ONE_UNIT = """
units, matters = [car(f"0{n}") for n in range(4)], [incident(), incident()]
for unit in units:
    outcomes = at_once(*(lambda one=one: assign_unit(SYSTEM, one, unit) for one in matters))
    print(*outcomes, Assignment.objects.filter(unit=unit).count())
"""

WHOLE_CARDS = """
one, two, three = (car(f"0{n}", skills=["armed"]) for n in range(3))
desks = [dispatcher("left"), dispatcher("right")]
for turn in range(6):
    left, right = (incident("fight", answers={"weapon": "yes"}) for _ in range(2))
    # They want the middle one both, and name their units in opposite orders.
    outcomes = at_once(
        lambda: send_card(desks[0], left, [("armed", one), ("first", two)]),
        lambda: send_card(desks[1], right, [("armed", two), ("first", three)]),
    )
    counts = sorted(Assignment.objects.filter(ACTIVE, matter=m).count() for m in (left, right))
    print(*outcomes, *counts)
    for on in Assignment.objects.filter(ACTIVE):
        recall_unit(SYSTEM, on.matter, on.unit)
print(all("海小某派往" in words for words in said))
"""

ONE_INCIDENT = """
units = [car(f"0{n}", skills=["armed"]) for n in range(4)]
desks = [dispatcher("left"), dispatcher("right")]
for turn in range(6):
    matter = incident("fight", answers={"weapon": "yes"})
    outcomes = at_once(
        lambda: send_card(desks[0], matter, [("armed", units[0]), ("first", units[1])]),
        lambda: send_card(desks[1], matter, [("armed", units[3]), ("first", units[2])]),
    )
    print(*outcomes, Assignment.objects.filter(ACTIVE, matter=matter).count())
    for on in Assignment.objects.filter(ACTIVE):
        recall_unit(SYSTEM, on.matter, on.unit)
print(all("海小某刚派出了" in words for words in said))
"""


@pytest.mark.parametrize(
    ("hands", "expected"),
    [
        (ONE_UNIT, ["sent unit_taken 1"] * 4),
        (WHOLE_CARDS, ["sent unit_taken 0 2"] * 6 + ["True"]),
        (ONE_INCIDENT, ["card_moved_on sent 2"] * 6 + ["True"]),
    ],
    ids=["one unit, two incidents", "two whole cards", "one card, twice"],
)
def test_of_two_who_send_at_once_one_sends_all_and_the_other_nobody(
    empty_home: Path, founded_url: str, hands: str, expected: list[str]
) -> None:
    environment = county_environment(empty_home, founded_url) | {"PYTHONPATH": str(ROOT)}
    seen = subprocess.run(
        [sys.executable, "-c", BEGIN + hands],
        env=environment, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert seen.stdout.splitlines() == expected, seen.stderr
