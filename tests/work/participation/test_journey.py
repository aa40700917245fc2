"""A resident's word, followed to its end on the resident's own pages."""

from __future__ import annotations

import pytest
from django.test import Client

from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.log.verify import verify
from gongzhi.base.matters.actions import take_step
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.actions import open_unit
from gongzhi.work.participation.codes import code_for, hashed, shown

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
KEY = "k" * 24
LAMP = {
    "category": "lamp_out",
    "words": "巷口的灯不亮",
    "place": "海平路 12 号",
    "idempotency_key": KEY,
}


@pytest.fixture(autouse=True)
def _county() -> None:
    open_unit(
        Actor.system("test"), code="bureau", kind="bureau", name_zh="县公安局", name_en="Bureau"
    )


def report(client: Client, **changed: str) -> int:
    return client.post("/report/", {**LAMP, **changed}).status_code


def test_a_resident_reports_follows_is_answered_and_says_it_is_solved(client: Client) -> None:
    assert client.get("/").status_code == 200
    assert report(client) == 302
    page = client.get("/follow/matter/").content.decode()
    matter = Matter.objects.get()
    assert matter.number in page
    assert shown(code_for(KEY)) in page
    desk = Actor.system("desk")
    for step in ("accepted", "in_progress"):
        take_step(desk, matter, step)
    take_step(desk, matter, "answered", elements={"answer": "灯已换新"})
    assert "灯已换新" in client.get("/follow/matter/").content.decode()
    assert client.post("/follow/judge/", {"solved": "no"}).status_code == 302
    matter.refresh_from_db()
    assert matter.step == "reopened"
    assert verify().holds
    assert not Entry.objects.filter(text__contains="灯").exists()


def test_another_device_opens_it_with_the_code(client: Client) -> None:
    report(client)
    other = Client()
    assert other.get("/follow/matter/").status_code == 302
    assert other.post("/follow/", {"code": shown(code_for(KEY)).lower()}).status_code == 302
    assert Matter.objects.get().number in other.get("/follow/matter/").content.decode()


def test_two_sends_of_one_form_make_one_matter(client: Client) -> None:
    assert [report(client), report(client)] == [302, 302]
    assert Matter.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"words": ""},
        {"words": "灯" * 4001},
        {"category": "x"},
        {"place": ""},
        {"idempotency_key": "short"},
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(client: Client, wrong: dict[str, str]) -> None:
    before = Entry.objects.count()
    assert report(client, **wrong) == 422
    assert (Matter.objects.count(), Entry.objects.count()) == (0, before)


def test_nul_bytes_are_refused(client: Client) -> None:
    assert report(client, words="灯\x00") == 400


@pytest.mark.parametrize("code", ["", "AAAA-BBBB-CCCC", "😀"])
def test_a_wrong_code_opens_nothing(client: Client, code: str) -> None:
    report(Client())
    assert client.post("/follow/", {"code": code}).status_code in {404, 422}


def test_guessing_codes_is_stopped(client: Client) -> None:
    answers = [client.post("/follow/", {"code": f"AAAA{n}"}).status_code for n in range(21)]
    assert answers[-1] == 429


def test_the_database_does_not_hold_the_code(client: Client) -> None:
    report(client)
    receipt = Matter.objects.get().receipts.get()
    assert receipt.code_hash == hashed(code_for(KEY))
    assert code_for(KEY) not in str(receipt.__dict__)


def test_english(client: Client) -> None:
    client.cookies["django_language"] = "en"
    assert "Report something" in client.get("/").content.decode()
