"""Somebody comes to the counter without having applied: nobody is sent home to fill in a form."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.models import Entry
from gongzhi.base.people.sealing import unseal
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.codes import code_for
from gongzhi.work.public_services import actions
from gongzhi.work.public_services.actions import NewApplication
from gongzhi.work.public_services.models import Application
from gongzhi.work.public_services.selectors.services import at_counter
from tests.work.public_services import hands
from tests.work.public_services.hands import ANSWERS, FIELDS, KEY, NAME, NUMBER, RESIDENT, by

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
NEW = "/applications/new/"
QUERY = "?registered=elsewhere&half_year=yes&ground=work"
WHO = {"name": NAME, "id_number": NUMBER, "phone": hands.PHONE}


def inside(name: str = "clerk") -> Client:
    hands.county()
    client = Client()
    client.force_login(hands.account(name))
    return client


def came(**more: object) -> NewApplication:
    told = {"service": hands.permit(), "fields": FIELDS, "answers": ANSWERS, **more}
    return NewApplication(office=hands.unit("station_lancheng"), **told)  # type: ignore[arg-type]


def test_the_clerk_asks_the_questions_and_fills_in_one_page() -> None:
    clerk = inside()
    assert "来人现办" in clerk.get("/applications/").content.decode()
    assert f"{NEW}residence_permit/" in clerk.get(NEW).content.decode()
    assert "您的户口在哪里" in clerk.get(f"{NEW}residence_permit/").content.decode()
    address = f"{NEW}residence_permit/{QUERY}"
    assert "当面填" in clerk.get(address).content.decode()
    page = clerk.post(address, {**FIELDS, "agreed": "on"}, follow=True).content.decode()
    assert "登记好了" in page
    one = Application.objects.get()
    assert (one.filled_by, one.matter.owner_unit.code) == ("clerk", "station_lancheng")
    receipt = clerk.get(f"/applications/{one.pk}/receipt/").content.decode()
    code = code_for(hands.receipt_of(one).idempotency_key)
    assert "-".join((code[:4], code[4:8], code[8:])) in receipt
    follower = Client().post("/services/resume/", {"code": code}, follow=True)
    assert "办到哪一步" in follower.content.decode()


def test_a_service_without_a_form_is_taken_in_too_and_dealt_with_like_any() -> None:
    hands.county()
    service = catalogue().services["vehicle_registration"]
    assert not service.is_online
    hands.UNITS["traffic_police"] = ("department", "交警大队", "bureau")
    hands.STAFF["there"] = "traffic_police"
    new = came(service=at_counter(service), fields=WHO, answers={})
    receipt = actions.file_at_counter(by("there"), new, agreed=True, key=KEY)
    one = hands.again(receipt.matter_id)
    assert unseal(bytes(one.matter.parties.get().person.sealed)) == WHO
    for paper in one.materials.exclude(state="held"):
        actions.check_material(by("there"), one, paper.code, good=True)
    actions.accept(by("there"), one)
    assert hands.again(one.pk).matter.step == "accepted"


def test_coming_counts_and_the_log_says_that_a_counter_filled_it_in() -> None:
    hands.county()
    receipt = actions.file_at_counter(by(), came(), agreed=True, key=KEY)
    assert hands.again(receipt.matter_id).visits == 1
    told = json.loads(Entry.objects.get(kind="public_services.application_filed").text)
    assert (told["filled_by"], told["channel"]) == ("clerk", "counter")
    assert (
        json.loads(Entry.objects.get(kind="public_services.visit_counted").text)["why"] == "apply"
    )


def test_not_without_consent_not_elsewhere_and_not_by_just_anybody() -> None:
    hands.county()
    elsewhere = came(service=catalogue().services["open_information"])
    for who, new, agreed, code in (
        (by(), came(), False, "consent"),
        (by(), elsewhere, True, "unknown_unit"),
        (RESIDENT, came(), True, "not_permitted"),
    ):
        with pytest.raises(Refused) as refused:
            actions.file_at_counter(who, new, agreed=agreed, key=KEY)
        assert refused.value.code == code
    with pytest.raises(Refused):  # nobody is a clerk by saying so
        actions.send(RESIDENT, hands.form(), hands.unit("station_lancheng"), filled_by="clerk")
    assert not Application.objects.exists()


def test_whoever_may_not_apply_is_told_why_at_the_counter_too() -> None:
    clerk = inside()
    address = f"{NEW}residence_permit/?registered=elsewhere&half_year=no"
    assert "满半年再来" in clerk.get(address).content.decode()
    answer = clerk.post(address, {**FIELDS, "agreed": "on"})
    assert answer.status_code == 422
    assert not Application.objects.exists()


def test_what_is_wrong_stands_beside_it() -> None:
    answer = inside().post(f"{NEW}residence_permit/{QUERY}", {**FIELDS, "phone": "x"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "这不像电话号码" in page
    assert "同意了再勾" in page
    assert NAME in page


def test_another_counter_is_named_instead() -> None:
    answer = inside().get(f"{NEW}open_information/")
    assert answer.status_code == 409
    assert "不在本窗口办" in answer.content.decode()
