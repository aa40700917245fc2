"""A call recorded as past stands as one that was received: the same rows, the same entries."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest

from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.actions import NewMatter, NewParty, record_past
from gongzhi.base.matters.past import PastMatter
from gongzhi.base.people.actions import open_unit
from gongzhi.base.people.models import Unit
from gongzhi.base.people.sealing import unseal
from gongzhi.work.calls.actions import NewCall, receive_call
from gongzhi.work.calls.models import Call
from gongzhi.work.calls.past import PastCall, record_past_calls

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
SYSTEM = Actor.system("test")
AT = datetime.fromisoformat("2026-11-01T08:00:00+08:00")
CALLER = {"name": "潮女士", "phone": "10012345678"}


@pytest.fixture
def desk() -> Unit:
    return open_unit(
        SYSTEM, code="command_centre", kind="department", name_zh="指挥中心", name_en="Desk"
    )


def as_lived(desk: Unit) -> None:
    with moment(AT):
        first = receive_call(
            SYSTEM, NewCall("traffic_damage", "两车相撞", caller=CALLER, channel="import")
        )
    with moment(AT + timedelta(minutes=3)):
        joining = NewCall("traffic_damage", joins=first.matter, caller=CALLER, channel="import")
        receive_call(SYSTEM, joining)


def as_past(desk: Unit) -> None:
    new = NewMatter(
        procedure="incident", category="traffic_damage", owner=desk, words="两车相撞",
        channel="import", parties=[NewParty("caller", CALLER)],
    )  # fmt: skip
    [matter] = record_past(SYSTEM, [PastMatter(new, AT, SYSTEM)])
    later = AT + timedelta(minutes=3)
    record_past_calls(
        SYSTEM,
        [
            PastCall(matter, later, SYSTEM, caller=CALLER),
            PastCall(matter, AT, SYSTEM, words="两车相撞"),
        ],
    )


def rows() -> list[tuple[object, ...]]:
    calls = Call.objects.select_related("party__person").order_by("received_at")
    return [(c.received_at, c.channel, c.words, c.joined, caller(c)) for c in calls]


def caller(call: Call) -> dict[str, str] | None:
    return unseal(bytes(call.party.person.sealed)) if call.party else None


def entries() -> list[tuple[object, ...]]:
    found = Entry.objects.filter(kind__startswith="calls.").order_by("seq")
    return [
        (entry.at, entry.by, entry.kind, {**json.loads(entry.text), "call": 0}) for entry in found
    ]


def test_a_past_call_stands_as_one_that_was_received(desk: Unit) -> None:
    as_lived(desk)
    lived = rows(), entries()
    Call.objects.all().delete()
    seen = Entry.objects.count()
    as_past(desk)
    assert rows() == lived[0]
    assert entries()[len(lived[1]) :] == lived[1]
    missed = Entry.objects.filter(kind="matters.clock_missed").count()  # nobody ever went
    assert Entry.objects.count() - missed == seen + 3
