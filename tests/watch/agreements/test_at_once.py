"""Four programs ask eight new questions at the same moment, with a budget of three."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.county import county_environment
from tests.house.source import ROOT

pytestmark = pytest.mark.slow

MANY_HANDS = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "gongzhi.config.settings"
import django
django.setup()
from threading import Barrier, Thread
from django.conf import settings
settings.ALLOWED_HOSTS = ["*"]
from django.db import connection
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.verify import verify
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.exchange.agreements import actions
from gongzhi.watch.exchange.agreements.models import Answer, Asked, Given, Spent
from tests.watch.agreements.cast import agreed, as_, steward

question = catalogue().questions["requests_and_incidents"]
made = agreed(owners=["hotline", "command_centre"], questions=[question.code], budget=3)
other = agreed(owners=["hotline", "command_centre"], questions=[question.code], budget=3)

def ask(which, period, together, said):
    together.wait()
    try:
        actions.answer_question(Actor.system("t"), which, question, "f", period, {"lan": {}})
        said.append("given")
    except Refused as refused:
        said.append(refused.code)
    finally:
        connection.close()

together, said = Barrier(8), []
asked = [(made, f"2026-W{n}") for n in range(10, 17)] + [(other, "2026-W10")]
hands = [Thread(target=ask, args=(which, one, together, said)) for which, one in asked]
for hand in hands: hand.start()
for hand in hands: hand.join()
print(*sorted(said))
print([one.many for one in Spent.objects.order_by("agreement")], Asked.objects.count())

together, said = Barrier(4), []
def end():
    together.wait()
    actions.end_sharing(as_(steward()), other, "到此为止")
    said.append("ended")
    connection.close()
steward()
hands = [Thread(target=end), *(Thread(target=ask, args=(other, f"2026-W{n}", together, said))
                               for n in (20, 21, 22))]
for hand in hands: hand.start()
for hand in hands: hand.join()
try:
    actions.answer_question(Actor.system("t"), other, question, "f", "2026-W10", {})
except Refused as refused:
    print(refused.code)
print(set(said) <= {"ended", "given", "agreement_over", "budget_spent"})
"""


def test_a_budget_is_not_exceeded_by_asking_at_once(empty_home: Path, founded_url: str) -> None:
    environment = county_environment(empty_home, founded_url) | {"PYTHONPATH": str(ROOT)}
    seen = subprocess.run(
        [sys.executable, "-c", MANY_HANDS],
        env=environment, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert seen.returncode == 0, seen.stderr[-2000:]
    lines = seen.stdout.splitlines()
    assert lines[0] == " ".join(["budget_spent"] * 4 + ["given"] * 4)
    assert lines[1] == "[3, 1] 4"
    assert lines[2:] == ["agreement_over", "True"]
