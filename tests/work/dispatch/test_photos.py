"""An incident's photos are for those who see the incident: its unit, who takes part, the desk."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from PIL import Image

from gongzhi.base.files.actions import keep_photo
from gongzhi.base.matters.actions import add_words, hand_over
from gongzhi.base.matters.models import Matter, Message
from gongzhi.base.people.models import Account
from gongzhi.work.dispatch.actions import assign_unit, go_on_duty
from gongzhi.work.linked.actions import ask_partner, cancel_request
from tests.work.dispatch.county import SYSTEM, account, body, car, incident

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def with_photo() -> tuple[Matter, str]:
    """An incident with a photo, and the photo's address."""
    matter = incident()
    drawn = io.BytesIO()
    Image.new("RGB", (60, 40), "navy").save(drawn, "JPEG")
    drawn.seek(0)
    kept = keep_photo(SYSTEM, drawn)
    add_words(SYSTEM, matter, Message.Kind.NOTE, "现场", files=[kept])
    return matter, f"/files/{kept.pk}/"


def seen(who: Account, path: str) -> int:
    client = Client()
    client.force_login(who)
    assert client.get(f"{path}small/").status_code == client.get(path).status_code
    return client.get(path).status_code


def partner(code: str = "housing") -> Account:
    return account("partner", body(code, "department"))


def test_a_department_that_has_no_part_in_it_sees_no_photo() -> None:
    _matter, path = with_photo()
    assert seen(partner(), path) == 404
    assert seen(account("officer", body("far")), path) == 404


def test_a_partner_that_was_asked_sees_it_only_where_the_desk_shares_it() -> None:
    matter, path = with_photo()
    who, other = partner(), partner("city_management")
    kept = ask_partner(SYSTEM, matter, "housing")
    assert seen(who, path) == 404
    cancel_request(SYSTEM, kept)
    request = ask_partner(SYSTEM, matter, "housing", share_photos=True)
    assert seen(who, path) == 200
    assert seen(other, path) == 404
    cancel_request(SYSTEM, request)
    assert seen(who, path) == 404


def test_the_unit_that_has_it_and_the_one_that_had_it_see_it() -> None:
    matter, path = with_photo()
    who = partner()
    hand_over(SYSTEM, matter, who.unit, reason="not_ours")
    assert seen(who, path) == 200
    assert seen(account("officer", body("command_centre", "department")), path) == 200


def test_the_crew_that_was_sent_and_its_station_see_it() -> None:
    matter, path = with_photo()
    mate = account("officer", body("b"), "mate")
    unit = car("01", "a")
    assert seen(mate, path) == 404
    go_on_duty(SYSTEM, car("02", "b", on_duty=False))
    assign_unit(SYSTEM, matter, unit)
    assert seen(account("officer", body("a")), path) == 200
    assert seen(mate, path) == 404


def test_the_desk_sees_those_of_all() -> None:
    _matter, path = with_photo()
    for role in ("dispatcher", "call_taker", "commander", "supervisor"):
        assert seen(account(role, body("elsewhere")), path) == 200
    assert seen(account("analyst", body("elsewhere")), path) == 404
