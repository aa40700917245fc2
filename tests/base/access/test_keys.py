"""A program's key opens what it was given, until it is taken back; nobody can read it here."""

from __future__ import annotations

import re

import pytest
from django.test import RequestFactory

from gongzhi.base.access.actions import issue_key, revoke_key
from gongzhi.base.access.keys import key_of
from gongzhi.base.access.models import ApiKey
from gongzhi.base.access.permissions import may, require
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.ui.errors import Refused
from tests.base.access.conftest import SignedIn

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
FILE = "participation.file_request"
ask = RequestFactory()


@pytest.fixture
def issued(station: Unit) -> tuple[ApiKey, str]:
    return issue_key(Actor.system("test"), name="小程序", unit=station, permissions=[FILE])


def test_a_key_is_known_however_it_is_shown(issued: tuple[ApiKey, str]) -> None:
    key, secret = issued
    for request in (
        ask.get("/", headers={"Authorization": f"Bearer {secret}"}),
        ask.get("/", headers={"X-API-Key": secret}),
        ask.get("/", {"api_key": secret}),
        ask.post("/", {"api_key": secret}),
    ):
        assert key_of(request) == key
    assert key_of(ask.get("/")) is None


def test_a_key_may_what_it_was_given_and_no_more(issued: tuple[ApiKey, str]) -> None:
    key, _secret = issued
    require(Actor.key(key), FILE)
    assert not may(key, "participation.view_requests")
    with pytest.raises(Refused):
        require(Actor.key(key), "dispatch.assign_unit")


def test_a_key_taken_back_opens_nothing(issued: tuple[ApiKey, str]) -> None:
    key, secret = issued
    revoked = revoke_key(Actor.system("test"), key)
    assert not may(revoked, FILE)
    with pytest.raises(Refused) as refused:
        key_of(ask.get("/", {"api_key": secret}))
    assert refused.value.status == 403
    with pytest.raises(Refused):
        revoke_key(Actor.system("test"), key)


@pytest.mark.parametrize("permissions", [[], ["people.read_person"], [FILE, "log.view_log"]])
def test_no_key_gets_what_no_program_may_have(station: Unit, permissions: list[str]) -> None:
    with pytest.raises(Refused):
        issue_key(Actor.system("test"), name="x", unit=station, permissions=permissions)
    assert not ApiKey.objects.exists()


def test_neither_the_table_nor_the_log_holds_the_key(issued: tuple[ApiKey, str]) -> None:
    _key, secret = issued
    stored = str(list(ApiKey.objects.values())) + str(list(Entry.objects.values()))
    assert secret not in stored


def test_the_page_shows_a_new_key_once_and_takes_it_back(
    signed_in: SignedIn, station: Unit
) -> None:
    client = signed_in("admin")
    told = {"name": "县政务小程序", "unit": station.pk, "permissions": [FILE]}
    page = client.post("/keys/", told).content.decode()
    shown = re.search(r"gz_[\w-]{43}", page)
    assert shown
    assert key_of(ask.get("/", {"api_key": shown[0]}))
    again = client.get("/keys/").content.decode()
    assert "县政务小程序" in again
    assert shown[0] not in again
    assert client.post(f"/keys/{ApiKey.objects.get().pk}/revoke/").status_code == 302
    assert "已收回" in client.get("/keys/").content.decode()


def test_only_who_may_sees_the_keys(signed_in: SignedIn, account: Account) -> None:
    client = signed_in("commander")
    assert client.get("/keys/").status_code == 403
    with pytest.raises(Refused):
        issue_key(Actor.account(account), name="x", unit=account.unit, permissions=[FILE])
