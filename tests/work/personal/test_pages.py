"""On a phone: see what is held, take it along, ask for a change; and on the steward's desk."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import pytest
from django.test import Client

from gongzhi.base.files.photos import make_anew
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.people.actions import read_person
from gongzhi.work.participation.codes import code_for
from gongzhi.work.personal.models import PersonalRequest
from tests.work.participation.cast import photo
from tests.work.personal.hands import (
    ASKED,
    GRANTED,
    KEY,
    NAME,
    NEW_PHONE,
    PHONE,
    WORDS,
    clerk,
    followed,
    granted,
    reported,
    shown,
    steward,
)

pytestmark = pytest.mark.django_db


def page(phone: Client, at: str = "/my-data/") -> str:
    answer = phone.get(at)
    assert answer.status_code == 200, (at, answer.status_code)
    assert "no-store" in answer["Cache-Control"]
    return answer.content.decode()


def taken(phone: Client) -> zipfile.ZipFile:
    answer = phone.post("/my-data/copy/")
    assert answer["Content-Type"] == "application/zip"
    return zipfile.ZipFile(io.BytesIO(answer.content))


def test_the_code_shows_the_words_and_the_number_shows_who() -> None:
    reported()
    phone = followed()
    closed = page(phone)
    assert WORDS in closed
    assert "加密存着：姓名、电话。" in closed
    assert PHONE not in closed
    assert NAME not in closed
    opened = page(shown())
    assert PHONE in opened
    assert NAME in opened
    assert "救助、核实、办理过程中联系、告知结果" in opened  # what for, from the data catalogue
    assert Entry.objects.get(kind="personal.own_shown").text == '{"fields":["name","phone"]}'


def test_a_copy_is_whole_read_by_programs_and_harmless_in_a_spreadsheet() -> None:
    reported(words=f"=HYPERLINK({WORDS})", photos=[make_anew(photo())])
    box = taken(shown())
    assert sorted(box.namelist()) == ["files/01.jpg", "held.csv", "held.json", "looks.csv"]
    told = json.loads(box.read("held.json"))
    fields = {
        one["code"]: item["text"] for one in told["datasets"] for item in one["fields"]
        if item["code"] in ("phone", "words")
    }  # fmt: skip
    assert fields == {"contacts": PHONE, "matters": f"=HYPERLINK({WORDS})"}
    assert all(one["purpose"] and one["basis"] and one["kept"] for one in told["datasets"])
    rows = list(csv.reader(io.StringIO(box.read("held.csv").decode("utf-8-sig"))))
    assert all(len(row) == 4 for row in rows)
    assert not any(cell.startswith("=") for row in rows for cell in row)
    assert PHONE not in taken(followed()).read("held.json").decode()  # a code alone is not enough


def test_who_looked_is_told_with_unit_role_and_purpose() -> None:
    receipt = reported()
    assert "还没有人看过" in page(followed(), "/my-data/looks/")
    reader = clerk("city_management", "partner")
    read_person(Actor.account(reader), receipt.matter.parties.get().person, purpose="handle")
    told = page(followed(), "/my-data/looks/")
    for words in ("综合行政执法局", "部门联络员", "办理过程中联系"):
        assert words in told
    assert reader.display_name not in told


def test_a_correction_is_asked_for_on_the_phone_and_granted_at_the_desk() -> None:
    reported()
    phone, desk = shown(), Client()
    told = {"asks": "correct", "words": "", "new_phone": NEW_PHONE, "idempotency_key": ASKED}
    assert phone.post("/my-data/ask/", told)["Location"] == "/follow/matter/"
    assert phone.post("/my-data/ask/", told)["Location"] == "/follow/matter/"  # sent twice
    one = PersonalRequest.objects.get()
    assert one.proved
    desk.force_login(steward())
    lists = desk.get("/personal/").content.decode()
    assert str(one) in lists
    here = f"/personal/{one.pk}/"
    seen = desk.get(here).content.decode()
    assert "139●●●34" in seen
    assert NEW_PHONE not in seen
    assert desk.post(f"{here}step/taken_up/").status_code == 302
    assert desk.post(f"{here}step/granted/", GRANTED).status_code == 302
    answered = page(phone, "/follow/matter/")
    assert GRANTED["answer"] in answered
    assert NEW_PHONE in page(phone)  # the granted request's own code shows it


def test_a_request_that_says_nothing_comes_back_with_what_is_missing() -> None:
    reported()
    answer = followed().post("/my-data/ask/", {"asks": "correct", "idempotency_key": ASKED})
    assert answer.status_code == 422
    assert "请写应该改成什么。" in answer.content.decode()


def test_nobody_else_s_desk_has_the_pages() -> None:
    one = granted_access()
    other = Client()
    other.force_login(clerk("city_management"))
    for at in ("/personal/", f"/personal/{one.pk}/"):
        assert other.get(at).status_code == 403
    assert other.post(f"/personal/{one.pk}/step/taken_up/").status_code == 403
    desk = Client()
    desk.force_login(steward())
    assert desk.get("/personal/98765/").status_code == 404


def granted_access() -> PersonalRequest:
    from tests.work.personal.hands import asked

    return granted(asked(reported(), "access"))


def test_without_a_code_there_is_the_question_for_it_and_nothing_else() -> None:
    phone = Client()
    assert "查询码" in page(phone)
    for at in ("/my-data/looks/", "/my-data/ask/"):
        assert phone.get(at)["Location"] == "/my-data/"
    assert phone.post("/my-data/copy/")["Location"] == "/my-data/"
    wrong = phone.post("/my-data/", {"code": "2345-6789-ABCD"})
    assert wrong.status_code == 422
    assert code_for(KEY) not in wrong.content.decode()
