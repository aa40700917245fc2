"""Whoever is complained of never learns of it: every address is asked, as somebody of that unit who
may open all of them, and as the officer whose number was named.

The addresses are those of the permission matrix, so a new page is asked, too. What the complaint
consists of is in no answer, and a guessed address answers as if there were nothing.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from functools import cache

import pytest
from django.db import connection
from django.test import Client
from PIL import Image

from gongzhi.base.access.matrix import Address, addresses
from gongzhi.base.calendar.periods import Period
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.files.photos import Photo, make_anew
from gongzhi.base.log.actions import moment, now
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.clocks.sweeping import sweep
from gongzhi.base.people.actions import read_person
from gongzhi.base.people.models import Account
from gongzhi.config.clock_lists import due_lines
from gongzhi.watch.live.shown import HEARD, chunk, rows_after
from gongzhi.watch.supervision import readers
from gongzhi.watch.supervision.models import Finding, RuleMemory, Tally
from gongzhi.work.complaints import actions
from gongzhi.work.complaints.models import Complaint
from tests.work.cases import hands as cases
from tests.work.complaints.hands import (
    HAPPENED,
    NAME,
    NUMBER,
    PHONE,
    TOLD,
    WISH,
    WORDS,
    account,
    by,
    complaint,
    decided,
    unit,
)

pytestmark = pytest.mark.django_db
NO_ANSWER = {"/live/stream", "/layers/", "/layers/<slug:code>/", "/sign-out/", "/health/ready"}
"""A stream without an end, of which a test of its own reads what it would send; files; what would
end the walk."""
BY_THE_SECOND = {"/operations/", "/operations/parts/"}
"""They say how many seconds each reader is behind, whatever was asked: two answers differ by the
second between them. That they tell of nothing, the first test looks at."""
PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>|\(\?P<(\w+)>([^)]*)\)|[\^$]")
CHANGING = re.compile(
    r'name="(csrfmiddlewaretoken|idempotency_key)" value="[^"]+"|(X-CSRFToken": |data-token=)"\w+"'
    r'|"challenge": "[\w-]+"|\b[2-9a-z]{5}-[2-9a-z]{5}\b'
    r"|(csrftoken|sessionid)=\w+|'Vary': '[^']*'|[\d:T+.-]{4,}"
)
"""Tokens, codes drawn by lot, times and numbers, which differ from answer to answer; and whether a
cookie was looked at, which says of a file only that there is one."""
NOWHERE = 98765
OFFER = "投诉民警"
"""What the category is called, and the link by which residents complain."""


@pytest.fixture
def one() -> Complaint:
    """A complaint that left traces wherever it could: taken up, read, missed, handed on, about a
    case; and a second one that was decided."""
    number_on("people_person", 50_000)
    number_on("files_storedfile", 60_000)
    about = cases.case().matter
    number_on("matters_matter", 40_000)
    early = now() - timedelta(days=400)
    with moment(early):
        decided(complaint("s" * 24))
    with moment(early + timedelta(hours=1)):
        told = {"place": "澜城派出所大厅", "answers": {"what": "manner"}, "photos": [a_photo()]}
        made = complaint(about=about, **told)
        actions.take_complaint_step(by("inspector"), made, "taken_up")
    sweep()
    person = made.matter.parties.get().person
    read_person(by("inspector"), person, purpose="verify")
    readers.read_together(list(Entry.objects.order_by("seq")))
    return made


def number_on(table: str, number: int) -> None:
    """Let the table's next key be one that is nothing else's, so that a guess is one."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
        cursor.execute("INSERT INTO sqlite_sequence VALUES (%s, %s)", [table, number])


def a_photo() -> Photo:
    """A small picture as a phone sends it."""
    Image.new("RGB", (64, 48), (120, 20, 20)).save(picture := io.BytesIO(), "JPEG")
    picture.seek(0)
    return make_anew(picture)


def needles(one: Complaint) -> list[str]:
    """What no answer may hold: words, numbers, people, and the name of the matter itself."""
    said = [WORDS, WISH, HAPPENED, NAME, PHONE, TOLD["told"], str(one), "澜城派出所大厅"]
    names = [clock.name.zh for code, clock in catalogue().clocks.items() if code in own_clocks()]
    return [*said, *names, '"complaints.']


@cache
def own_clocks() -> set[str]:
    return {"complaint_take_up", "complaint_decide", "complaint_review"}


def insiders() -> dict[str, Account]:
    """Somebody of the unit with every role there is, of a desk below it; and the officer named."""
    every = list(catalogue().roles)
    return {
        "unit": account("insider", *every, of="lancheng"),
        "below": account("below", *every, of="desk"),
        "named": account(NUMBER, *every, of="supervision"),
    }


def signed_in(who: Account) -> Client:
    client = Client()
    client.force_login(who)
    return client


def walk(one: Complaint) -> Iterator[tuple[Address, str, str]]:
    """Each address with a key of the complaint's in it, and with a key of nothing."""
    person = one.matter.parties.get().person_id
    for address in addresses():
        if address.path not in NO_ANSWER:
            photo = one.matter.attachments.get().file_id
            keys = {"/people/": person, "/files/": photo}
            key = next((k for start, k in keys.items() if address.path.startswith(start)), one.pk)
            yield address, filled(address.path, key), filled(address.path, NOWHERE)


def searches(path: str, one: Complaint) -> tuple[str, str]:
    """A list, searched for the complaint's number and for a number of nothing."""
    day = str(one).partition("-")[0]
    ours, theirs = (f"{path}?show=all&q={key}&number={day}-{key}" for key in (one.pk, NOWHERE))
    return ours, theirs


def filled(path: str, key: int) -> str:
    """The address with something in place of its parameters."""

    def value(found: re.Match[str]) -> str:
        if found[3]:
            return found[4].split("|")[0]
        kind = found[1] or "str"
        return "" if not found[2] else str(key) if kind == "int" else "taken_up"

    return PARAMETER.sub(value, path)


def said_by(answer: object) -> str:
    """Everything an answer says, head and body."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return f"{answer.headers}{body.decode('utf-8', 'replace')}"  # type: ignore[attr-defined]


@pytest.mark.parametrize("who", ["unit", "named"])
def test_no_address_tells_of_it(one: Complaint, who: str) -> None:
    client, told, leaks = signed_in(insiders()[who]), needles(one), []
    for address, path, nothing in walk(one):
        for asked in [path, *([f"{path}?show=all&q={WORDS[:4]}"] if path == nothing else [])]:
            said = said_by(client.get(asked, headers={"accept-language": "zh"}))
            leaks += [f"{asked}: {word}" for word in told if word in said]
            if OFFER in said and address.mark and address.mark.who == "staff":
                leaks.append(f"{asked}: {OFFER}")
    assert not leaks, "\n".join(leaks)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", ["unit", "below", "named"])
def test_a_guessed_address_answers_as_if_there_were_nothing(
    one: Complaint, who: str, method: str
) -> None:
    client, told = signed_in(insiders()[who]), []
    for _address, path, nothing in walk(one):
        if path in BY_THE_SECOND:
            continue
        asked = (path, nothing) if path != nothing else searches(path, one)
        ours, theirs = (getattr(client, method)(each) for each in asked)
        if _plain(ours, asked[0]) != _plain(theirs, asked[1]):
            told.append(f"{method} {asked[0]}: {ours.status_code}, {theirs.status_code}")
    assert client.get("/password/").status_code == 200, "still signed in"
    assert not told, "\n".join(told)


def _plain(answer: object, path: str) -> tuple[int, str]:
    said = said_by(answer).replace(path, "")
    return answer.status_code, CHANGING.sub("", said)  # type: ignore[attr-defined]


def test_the_walk_finds_it_where_it_is(one: Complaint) -> None:
    """The inspector's own pages hold what is looked for, so the walk above can fail."""
    client = signed_in(account("inspector"))
    paths = {path for _address, path, _nothing in walk(one)}
    assert f"/complaints/{one.pk}/" in paths
    page = said_by(client.get(f"/complaints/{one.pk}/"))
    assert WORDS in page
    assert str(one) in said_by(client.get("/complaints/"))
    photo = f"/files/{one.matter.attachments.get().file_id}/"
    assert photo in page
    assert client.get(photo).status_code == 200
    assert any(PHONE in said_by(client.post(path, {"purpose": "verify"}))
               for path in paths if path.endswith("/contact/"))  # fmt: skip


def test_the_live_line_says_nothing_of_it(one: Complaint) -> None:
    rows = rows_after(0, 10_000)
    sent = chunk(rows, frozenset(HEARD)).decode()
    subjects = {json.loads(line[6:]).get("subject") for line in sent.splitlines()
                if line.startswith("data: ")}  # fmt: skip
    assert f"matters.matter:{one.about_id}" not in subjects  # a case, which nobody hears of
    mine = [f"matters.matter:{each}" for each in Complaint.objects.values_list("pk", flat=True)]
    assert len(mine) == 2
    assert not subjects & set(mine)
    assert '"police_complaint"' not in sent


def test_neither_rules_nor_lists_of_clocks_know_of_it(one: Complaint) -> None:
    assert one.matter.clocks.filter(missed_at__isnull=False).exists()
    for each in Complaint.objects.all():
        memory = RuleMemory.objects.filter(subject=f"matters.matter:{each.pk}").first()
        assert memory is None or "skip" in json.loads(memory.text)
    assert not Finding.objects.filter(matter__procedure="police_complaint").exists()
    assert not Tally.objects.filter(unit=unit("supervision").pk, rule="too_many_limits_missed")
    printed = "\n".join(due_lines(Period.parse("P900D")))
    assert str(one) not in printed
    assert "警务督察大队" not in printed


def test_no_list_of_officers_is_made_of_them() -> None:
    """No field leads from a complaint to an account: a number is sealed, and a keyed hash."""
    fields = Complaint._meta.get_fields()
    assert not [one.name for one in fields if one.related_model is Account]
