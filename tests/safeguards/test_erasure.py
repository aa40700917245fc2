"""What was erased is nowhere: every column of every table is searched, on either database."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from PIL import Image

from gongzhi.base.files import store
from gongzhi.base.files.actions import keep_photo
from gongzhi.base.files.models import StoredFile
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.log.verify import verify
from gongzhi.base.matters.actions import add_words, take_step
from gongzhi.base.matters.models import Matter, Message
from gongzhi.base.people.actions import open_account, open_unit
from gongzhi.base.people.models import Account, Person, Unit
from gongzhi.base.ui.errors import Refused
from gongzhi.work.calls.actions import NewCall, erase_incident, merge_incidents, receive_call
from gongzhi.work.participation.actions import erase_own, withdraw_request
from tests.work.participation.cast import RESIDENT, lamp

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
SYSTEM = Actor.system("test")
SECRET = "邻居老欧阳又打人"
"""Stands in everything that anybody says here."""


def everywhere(words: str) -> list[str]:
    """Table and column of each place in the database that has the words, also as JSON has them.

    Rows are read table by table and looked through here: asking the database column by column is
    some five thousand questions.
    """
    forms = [words, json.dumps(words)[1:-1]]
    wanted = [*forms, *(form.encode() for form in forms)]
    found: dict[str, None] = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            columns = [column[0] for column in cursor.description]
            for row in cursor:
                found |= {
                    f"{table}.{column}": None
                    for column, value in zip(columns, row, strict=True)
                    if _holds(value, wanted)
                }
    return list(found)


def _holds(value: object, wanted: list[str | bytes]) -> bool:
    """Text, bytes, a number, or what a driver makes of JSON."""
    kind: type = bytes if isinstance(value, bytes | memoryview) else str
    there: Any = kind(value)
    return any(one in there for one in wanted if isinstance(one, kind))


@pytest.fixture
def centre() -> Unit:
    return open_unit(
        SYSTEM, code="command_centre", kind="department", name_zh="指挥中心", name_en="Centre"
    )


def account(role: str, centre: Unit) -> Account:
    return open_account(SYSTEM, username=role, display_name="海小某", unit=centre, roles=[role])


def picture() -> io.BytesIO:
    drawn = io.BytesIO()
    Image.new("RGB", (60, 40), "navy").save(drawn, "JPEG")
    drawn.seek(0)
    return drawn


@pytest.fixture
def incident(centre: Unit) -> Matter:
    """Two calls, a merged incident, a note, a photo, a text at a step: closed."""
    told: dict[str, Any] = {"category": "fight", "words": f"{SECRET}！", "place": f"{SECRET}家门口"}
    first = receive_call(SYSTEM, NewCall(**told, caller={"name": SECRET, "phone": "13800000000"}))
    receive_call(SYSTEM, NewCall(category="fight", words=SECRET, joins=first.matter))
    other = receive_call(SYSTEM, NewCall(**told)).matter
    add_words(SYSTEM, other, Message.Kind.NOTE, f"来人说{SECRET}")
    matter = merge_incidents(SYSTEM, other, first.matter)
    kept = keep_photo(SYSTEM, picture())
    add_words(SYSTEM, matter, Message.Kind.NOTE, f"已核实：{SECRET}", files=[kept])
    take_step(SYSTEM, matter, "settled", elements={"settled_how": f"劝过了，{SECRET}"})
    return take_step(SYSTEM, matter, "closed")


def test_an_incident_s_words_are_nowhere_after_erasure(incident: Matter, centre: Unit) -> None:
    digest = StoredFile.objects.get().sha256
    assert set(everywhere(SECRET)) >= {
        "calls_call.words", "matters_narrative.words", "matters_narrative.place",
        "matters_message.words", "matters_shownelement.text",
    }  # fmt: skip
    erase_incident(Actor.account(account("data_steward", centre)), incident, reason="asked")
    assert everywhere(SECRET) == []
    assert Person.objects.get().sealed in (b"", memoryview(b""))
    assert not StoredFile.objects.exists()
    assert digest
    incident.refresh_from_db()
    assert (incident.step, incident.category) == ("closed", "fight")
    entry = Entry.objects.get(kind="calls.words_erased")
    assert '"asked"' in entry.text
    assert entry.by.startswith("account:")
    assert verify().holds


def test_the_photo_s_content_goes_with_it(
    incident: Matter, django_capture_on_commit_callbacks: Any
) -> None:
    digest = StoredFile.objects.get().sha256
    assert store.holds(digest)
    with django_capture_on_commit_callbacks(execute=True):
        erase_incident(SYSTEM, incident, reason="expired")
    assert not store.holds(digest)


def test_of_a_merged_incident_all_goes_with_the_one_it_is_part_of(incident: Matter) -> None:
    erase_incident(SYSTEM, incident.merged.get(), reason="asked")
    assert everywhere(SECRET) == []


def test_what_is_still_needed_stays_and_a_refusal_leaves_nothing(centre: Unit) -> None:
    call = receive_call(SYSTEM, NewCall(category="fight", words=SECRET))
    before = Entry.objects.count()
    with pytest.raises(Refused, match="还没办结"):
        erase_incident(SYSTEM, call.matter, reason="asked")
    assert Entry.objects.count() == before
    assert everywhere(SECRET)


def test_only_the_data_steward_may_and_needs_a_reason(incident: Matter, centre: Unit) -> None:
    for role in ("call_taker", "dispatcher", "commander", "partner", "admin"):
        with pytest.raises(Refused):
            erase_incident(Actor.account(account(role, centre)), incident, reason="asked")
    with pytest.raises(Refused, match="原因"):
        erase_incident(SYSTEM, incident, reason="because")
    assert everywhere(SECRET)


def test_there_is_a_page_for_it(client: Client, incident: Matter, centre: Unit) -> None:
    client.force_login(account("data_steward", centre))
    assert "清除警情内容" in client.get("/calls/erase/").content.decode()
    wrong = client.post("/calls/erase/", {"number": "JQ-999999", "reason": "asked"})
    assert wrong.status_code == 422
    assert "没有这个编号" in wrong.content.decode()
    sent = client.post("/calls/erase/", {"number": incident.number, "reason": "asked"}, follow=True)
    assert "已经清除" in sent.content.decode()
    assert everywhere(SECRET) == []
    client.force_login(account("call_taker", centre))
    assert client.get("/calls/erase/").status_code == 403


def test_a_resident_s_request_is_nowhere_after_erasure() -> None:
    receipt = lamp(words=SECRET, place=f"{SECRET}家", contact={"name": SECRET})
    assert everywhere(SECRET)
    withdraw_request(RESIDENT, receipt)
    erase_own(RESIDENT, receipt)
    assert everywhere(SECRET) == []
    assert verify().holds
