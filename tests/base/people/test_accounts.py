"""Whoever looks after the accounts opens, changes and closes them; it holds at once."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.people.actions import change_roles, close_account, reset_password
from gongzhi.base.people.first import open_administrator
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.ui.errors import Refused
from tests.base.people.conftest import SignedIn

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
AccountOf = Callable[..., Account]
NEW = {"username": "wang.fang", "display_name": "海小芳", "roles": ["call_taker"]}


def test_an_account_is_opened_and_its_password_works(signed_in: SignedIn, station: Unit) -> None:
    answer = signed_in("admin").post("/accounts/new/", {**NEW, "unit": station.pk})
    shown = re.search(r'<b class="number">([^<]+)</b>', answer.content.decode())
    assert shown
    visitor = Client()
    told = {"username": "wang.fang", "password": shown[1]}
    assert visitor.post("/sign-in/", told).status_code == 302
    assert "接警员" in visitor.get("/start/").content.decode()
    assert shown[1] not in str(list(Entry.objects.values()))


@pytest.mark.parametrize(
    "wrong",
    [{"username": ""}, {"username": "王芳"}, {"username": "admin"}, {"unit": 0}, {"roles": ["x"]}],
)
def test_what_is_wrong_is_said_beside_its_field(
    signed_in: SignedIn, station: Unit, wrong: dict[str, object]
) -> None:
    answer = signed_in("admin").post("/accounts/new/", {**NEW, "unit": station.pk, **wrong})
    assert answer.status_code == 422
    assert "data-invalid" in answer.content.decode()
    assert Account.objects.count() == 1


def test_new_roles_hold_from_the_next_click(
    signed_in: SignedIn, account_of: AccountOf, station: Unit
) -> None:
    officer = account_of("officer")
    browser = Client()
    browser.force_login(officer)
    assert browser.get("/people/reads/").status_code == 403
    told = {"unit": station.pk, "roles": ["supervisor"]}
    assert signed_in("admin").post(f"/accounts/{officer.pk}/", told).status_code == 302
    assert browser.get("/people/reads/").status_code == 200


def test_a_closed_account_is_out_at_once_and_stays_out_when_reopened(
    signed_in: SignedIn, account_of: AccountOf
) -> None:
    officer, browser = account_of("officer"), Client()
    browser.force_login(officer)
    admin = signed_in("admin")
    assert admin.post(f"/accounts/{officer.pk}/close/").status_code == 302
    assert browser.get("/start/").status_code == 302
    assert admin.post(f"/accounts/{officer.pk}/reopen/").status_code == 302
    assert browser.get("/start/").status_code == 302, "the old session must not come back"


def test_a_reset_password_ends_what_was_open(signed_in: SignedIn, account_of: AccountOf) -> None:
    officer, browser = account_of("officer"), Client()
    browser.force_login(officer)
    assert signed_in("admin").post(f"/accounts/{officer.pk}/password/").status_code == 200
    assert browser.get("/start/").status_code == 302


def test_the_county_keeps_somebody_who_can_open_accounts(
    account_of: AccountOf, station: Unit
) -> None:
    only = account_of("admin")
    for attempt in (
        lambda: close_account(Actor.account(only), only),
        lambda: change_roles(Actor.account(only), only, unit=station, roles=["officer"]),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert refused.value.code == "last_admin"
    account_of("admin", "officer")
    assert not close_account(Actor.account(only), only).is_active


def test_only_the_administrator_does_any_of_it(account_of: AccountOf, signed_in: SignedIn) -> None:
    officer, client = account_of("officer"), signed_in("commander")
    for path in ("/accounts/", "/accounts/new/", f"/accounts/{officer.pk}/", "/units/"):
        assert client.get(path).status_code == 403
    for path in ("close", "reopen", "password"):
        assert client.post(f"/accounts/{officer.pk}/{path}/").status_code == 403
    with pytest.raises(Refused):
        reset_password(Actor.account(officer), officer)


def test_a_unit_is_set_up(signed_in: SignedIn, station: Unit) -> None:
    client = signed_in("admin")
    told = {
        "code": "station_east", "kind": "station", "name_zh": "东岸派出所",
        "name_en": "East Shore", "parent": station.pk,
    }  # fmt: skip
    assert client.post("/units/", told).status_code == 302
    assert "东岸派出所" in client.get("/units/").content.decode()
    assert client.post("/units/", told).status_code == 422


def test_one_changes_one_s_own_password(account_of: AccountOf) -> None:
    officer = account_of("officer")
    officer.set_password("old-and-long-enough")
    officer.save()
    here, elsewhere = Client(), Client()
    here.force_login(officer)
    elsewhere.force_login(officer)
    wrong = {"current": "guess", "new": "shell-and-sand-9"}
    assert here.post("/password/", wrong).status_code == 422
    weak = {"current": "old-and-long-enough", "new": "password"}
    assert here.post("/password/", weak).status_code == 422
    good = {"current": "old-and-long-enough", "new": "shell-and-sand-9"}
    assert here.post("/password/", good).status_code == 302
    assert here.get("/start/").status_code == 200
    assert elsewhere.get("/start/").status_code == 302
    officer.refresh_from_db()
    assert officer.check_password("shell-and-sand-9")


@pytest.mark.parametrize("path", ["/accounts/", "/units/"])
def test_the_lists_ask_no_more_with_more_rows(
    signed_in: SignedIn, account_of: AccountOf, path: str
) -> None:
    client = signed_in("admin")
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    for number in range(30):
        unit = Unit.objects.create(code=f"x{number}", kind="station", name_zh="x", name_en="x")
        account_of("officer", unit=unit, username=f"x{number}")
    with CaptureQueriesContext(connection) as many:
        client.get(path)
    assert len(many) == len(few)


def test_the_list_finds_by_name_and_unit(
    signed_in: SignedIn, account_of: AccountOf, other_unit: Unit
) -> None:
    account_of("partner", unit=other_unit, username="zhou")
    client = signed_in("admin")
    found = client.get(f"/accounts/?unit={other_unit.pk}&words=zh").content.decode()
    assert ">zhou</a>" in found
    assert ">admin</a>" not in found
    assert client.get("/accounts/?unit=abc&words=%F0%9F%9A%A8").status_code == 200


def test_an_empty_county_gets_its_first_administrator(client: Client) -> None:
    password = open_administrator("first")
    assert client.post("/sign-in/", {"username": "first", "password": password}).status_code == 302
    assert client.get("/accounts/").status_code == 200
    assert Unit.objects.get().kind == "bureau"
    open_administrator("second")
    assert Unit.objects.count() == 1
    with pytest.raises(Refused):
        open_administrator("second")
