"""Nobody gets what is held of somebody else: by their own code, by guessing, by a cookie of another
time, in a matter that several people share, or in a file of a case."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.test import Client

from gongzhi.base.access.tries import forget_all
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.actions import read_person
from gongzhi.work.calls.actions import NewCall, receive_call
from gongzhi.work.participation.actions import join_request
from gongzhi.work.participation.codes import code_for
from gongzhi.work.participation.models import Receipt
from gongzhi.work.participation.receiving import new_receipt
from gongzhi.work.personal.selectors.held import AT_THE_COUNTER, held
from gongzhi.work.personal.selectors.own import persons_of, proven
from gongzhi.work.public_services.models import Application
from tests.work.cases import hands as case_hands
from tests.work.cases.test_following import with_people
from tests.work.participation.cast import RESIDENT, SYSTEM, unit
from tests.work.personal.hands import (
    ASKED,
    ENDS,
    KEY,
    NAME,
    PHONE,
    WORDS,
    followed,
    reported,
    shown,
)
from tests.work.public_services import hands as services

pytestmark = pytest.mark.django_db
OTHER = "o" * 24
HER_NAME, HER_PHONE, HER_WORDS = "望潮生", "13700001111", "码头那盏灯不亮"


@pytest.fixture(autouse=True)
def _fresh_tries() -> None:
    forget_all()


def hers() -> Receipt:
    told = {"words": HER_WORDS, "contact": {"name": HER_NAME, "phone": HER_PHONE}}
    return reported(OTHER, **told)


def all_of(phone: Client) -> str:
    """Every page and the file that this phone can get."""
    told = [phone.get(at).content for at in ("/my-data/", "/my-data/looks/", "/my-data/ask/")]
    box = zipfile.ZipFile(io.BytesIO(phone.post("/my-data/copy/").content))
    told += [box.read(name) for name in box.namelist()]
    return b"".join(told).decode(errors="replace")


def test_the_own_code_and_number_open_nothing_of_another_matter() -> None:
    reported(), hers()
    told = all_of(shown())
    for secret in (HER_NAME, HER_PHONE, HER_WORDS):
        assert secret not in told


def test_a_number_that_was_shown_for_one_code_opens_nothing_under_another() -> None:
    reported(), hers()
    phone = shown()  # mine is shown
    phone.post("/my-data/", {"code": code_for(OTHER)})  # then a code that I found
    told = all_of(phone)
    assert HER_WORDS in told  # what any holder of a code sees
    for secret in (HER_NAME, HER_PHONE, NAME, PHONE):
        assert secret not in told


def test_a_cookie_cannot_be_made_up() -> None:
    reported()
    phone = followed()
    phone.cookies["own"] = f"{persons_of(Receipt.objects.get())[0].pk}:made:up"
    assert PHONE not in all_of(phone)


def test_guessing_the_number_ends_after_five_tries_from_however_many_phones() -> None:
    reported()
    for guess in range(5):
        answer = followed().post("/my-data/", {"ends": f"{guess:04}"})
        assert answer.status_code == 422
        assert PHONE not in answer.content.decode()
    assert followed().post("/my-data/", {"ends": ENDS}).status_code in (422, 429)
    assert PHONE not in all_of(followed())


def test_guessing_codes_ends_after_twenty() -> None:
    phone = Client()
    answers = {
        phone.post("/my-data/", {"code": f"ABCD-EFGH-{n:04}"}).status_code for n in range(22)
    }
    assert answers == {422, 429}


def test_a_neighbour_who_joined_sees_their_own_words_alone() -> None:
    first = reported()
    join_request(RESIDENT, first.matter, words="我家门口也黑", idempotency_key=OTHER)
    told = all_of(followed(OTHER))
    assert "我家门口也黑" in told
    for secret in (NAME, PHONE, WORDS):
        assert secret not in told
    assert followed(OTHER).post("/my-data/", {"ends": ENDS}).status_code == 422


def incident() -> Receipt:
    """Two people called about one fight, and somebody follows it by a code."""
    unit("bureau")
    told = {"category": "fight", "place": "码头"}
    first = receive_call(
        SYSTEM, NewCall(**told, words="他们打起来了", caller={"name": NAME, "phone": PHONE})
    )
    receive_call(
        SYSTEM,
        NewCall(
            category="fight", words="我被打了", joins=first.matter,
            caller={"name": HER_NAME, "phone": HER_PHONE},
        ),
    )  # fmt: skip
    return new_receipt(first.matter, KEY)


def test_of_two_callers_each_sees_what_they_said_and_who_called_them() -> None:
    receipt = incident()
    assert "他们打起来了" not in all_of(followed())
    for person in persons_of(receipt)[1:]:
        read_person(SYSTEM, person, purpose="rescue")
    mine = all_of(shown())
    assert "他们打起来了" in mine
    assert PHONE in mine
    for secret in ("我被打了", HER_NAME, HER_PHONE, "救助、处置紧急情况"):
        assert secret not in mine
    theirs = all_of(shown(ends=HER_PHONE[-4:]))
    assert "我被打了" in theirs
    assert "救助、处置紧急情况" in theirs
    assert PHONE not in theirs


def test_two_whose_numbers_end_alike_open_nothing() -> None:
    receipt = incident()
    receive_call(
        SYSTEM,
        NewCall(
            category="fight", words="看到了", joins=receipt.matter, caller={"phone": "13500007788"}
        ),
    )
    assert proven(receipt, ENDS) is None


def test_a_party_to_a_case_sees_themselves_and_no_file() -> None:
    made, code = with_people()
    phone = Client()
    phone.post("/my-data/", {"code": code})
    told = all_of(phone)
    for secret in ("另一个人", "被偷的人", made.matter.narrative.words):
        assert secret not in told
    assert "查阅案卷请向办案单位提出" in told


def test_while_a_crime_is_investigated_looks_are_told_in_general_words_alone() -> None:
    made, code = with_people()
    matter = made.matter
    matter.procedure, matter.version = "criminal_case", "2026-01"
    matter.save()
    victim = next(one for one in made.matter.parties.all() if one.role == "victim")
    read_person(Actor.account(case_hands.account("lead")), victim.person, purpose="verify")
    phone = Client()
    phone.post("/my-data/", {"code": code})
    told = phone.get("/my-data/looks/").content.decode()
    assert "第三十五条" in told
    assert "核实情况" not in told
    assert "核实情况" not in all_of(phone)


def test_what_came_from_an_office_s_register_never_comes_out_by_a_code() -> None:
    services.county()
    one = services.applied()
    person = one.matter.parties.get().person
    receipt = services.receipt_of(one)
    assert services.ADDRESS in repr(held(receipt, person))
    looked_up = {
        "address": {"kind": "register", "of": "residence", "on": "2026-11-01", "changed": False}
    }
    Application.objects.filter(pk=one.pk).update(sources=looked_up)
    told = repr(held(receipt, person))
    assert services.ADDRESS not in told
    assert AT_THE_COUNTER in told


def test_a_request_is_about_the_code_that_was_shown_and_no_other() -> None:
    reported()
    receipt = hers()
    phone = shown()
    told = {"asks": "delete", "words": "", "idempotency_key": ASKED, "about": receipt.pk}
    phone.post("/my-data/ask/", told)
    assert not receipt.personal_requests.exists()
    assert Receipt.objects.get(matter__narrative__words=WORDS).personal_requests.exists()
