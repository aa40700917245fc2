"""The county's directory opens, changes and closes accounts by SCIM 2, and no more than that."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from scim2_client.engines.wsgi import WSGISCIMClient
from scim2_tester import Status, check_server

from gongzhi.base.access.actions import issue_key
from gongzhi.base.catalogue.kinds.group import GroupMeaning
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.people.models import Account, Group, Unit
from gongzhi.config.wsgi import application

pytestmark = pytest.mark.django_db
USER = "urn:ietf:params:scim:schemas:core:2.0:User"
GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"


@pytest.fixture
def secret(station: Unit) -> str:
    owner = Account.objects.create(username="adm", display_name="管", unit=station, roles=["admin"])
    return issue_key(
        Actor.system("t"), name="目录", unit=station, owner=owner,
        permissions=["people.provision_accounts"],
    )[1]  # fmt: skip


class Directory:
    """The county's directory, asking in JSON."""

    def __init__(self, secret: str) -> None:
        self.client = Client(headers={"Authorization": f"Bearer {secret}"})

    def __call__(self, method: str, path: str, told: Any = None, **headers: str) -> tuple[int, Any]:
        answer = self.client.generic(
            method, f"/scim/v2/{path}", json.dumps(told) if told else "", "application/scim+json",
            headers=headers,
        )  # fmt: skip
        return answer.status_code, json.loads(answer.content) if answer.content else None

    def user(self, name: str, **more: Any) -> str:
        told = {"schemas": [USER], "userName": name, "displayName": "海望舒", "active": True} | more
        status, shown = self("POST", "Users", told)
        assert status == 201, shown
        return str(shown["id"])


@pytest.fixture
def directory(secret: str) -> Directory:
    return Directory(secret)


@contextmanager
def _one_connection() -> Iterator[None]:
    """Let the end of a request leave the test's connection open, as Django's own client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


def test_a_stranger_s_tester_finds_nothing_wrong(secret: str) -> None:
    """All that `scim2-tester` asks: discovery, users, groups, filters, patches."""
    http = WSGISCIMClient(
        application,
        base_url="http://testserver/scim/v2",
        headers={"Authorization": f"Bearer {secret}"},
    )
    fine = (Status.SUCCESS, Status.SKIPPED)
    with _one_connection():
        results = check_server(http)
    wrong = [f"{one.title}: {one.reason}" for one in results if one.status not in fine]
    assert not wrong, "\n".join(wrong)
    assert sum(r.status == Status.SUCCESS for r in results) > 20


@pytest.mark.both_databases
def test_somebody_comes_changes_and_leaves(directory: Directory, station: Unit) -> None:
    key = directory.user("haiws", externalId="s-100")
    account = Account.objects.get(username="haiws")
    assert (account.unit, account.roles, account.has_usable_password()) == (station, [], False)
    _status, found = directory("GET", 'Users?filter=externalId eq "s-100"')
    assert [one["id"] for one in found["Resources"]] == [key]
    twice = directory("POST", "Users", {"schemas": [USER], "userName": "HaiWS", "active": True})
    assert (twice[0], twice[1]["scimType"]) == (409, "uniqueness")
    etag = found["Resources"][0]["meta"]["version"]
    off = {"schemas": [PATCH], "Operations": [{"op": "replace", "path": "active", "value": False}]}
    assert directory("PATCH", f"Users/{key}", off, **{"If-Match": 'W/"other"'})[0] == 412
    assert directory("PATCH", f"Users/{key}", off, **{"If-Match": etag})[0] == 204
    account.refresh_from_db()
    assert not account.is_active
    assert directory("DELETE", f"Users/{key}")[0] == 204
    assert directory("GET", f"Users/{key}")[0] == 404
    assert directory.user("haiws") == key  # the same again: what it did hangs on it
    account.refresh_from_db()
    assert account.is_active
    entries = Entry.objects.filter(subject=f"people.account:{key}").order_by("seq")
    kinds = [one.partition(".")[2] for one in entries.values_list("kind", flat=True)]
    assert kinds == [
        "account_opened", "account_provisioned", "account_closed", "provisioned_changed",
        "account_withdrawn", "account_reopened", "account_provisioned",
    ]  # fmt: skip
    told = str(list(Entry.objects.values_list("by", "text")))
    assert "key:" in told
    assert "haiws" not in told
    assert "s-100" not in told


@pytest.mark.both_databases
def test_a_group_means_what_the_county_says(
    directory: Directory, station: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    east = Unit.objects.create(code="east", kind="station", name_zh="东", name_en="East")
    for code, roles in (("desk", ("dispatcher",)), ("both", ("dispatcher", "call_taker"))):
        meaning = GroupMeaning(code=code, display_name=f"GZ {code}", unit="east", roles=roles)
        monkeypatch.setitem(catalogue().groups, code, meaning)
    key = directory.user("haiws")

    def roles() -> tuple[list[str], Unit]:
        account = Account.objects.select_related("unit").get(pk=key)
        return account.roles, account.unit

    member = [{"value": key}]
    groups = {}
    for name in ("GZ desk", "GZ both", "Choir"):
        told = {"schemas": [GROUP], "displayName": name, "members": member}
        status, shown = directory("POST", "Groups", told)
        assert status == 201, shown
        groups[name] = shown["id"]
    assert roles() == (["call_taker", "dispatcher"], east)
    out = {
        "schemas": [PATCH],
        "Operations": [{"op": "remove", "path": f'members[value eq "{key}"]'}],
    }
    assert directory("PATCH", f"Groups/{groups['GZ both']}", out)[0] == 204
    assert roles() == (["dispatcher"], east)  # the other group still gives it
    assert directory("DELETE", f"Groups/{groups['GZ desk']}")[0] == 204
    assert roles() == ([], east)
    status, shown = directory("GET", f"Users/{key}")
    assert [one["display"] for one in shown["groups"]] == ["Choir"]


def test_the_directory_makes_no_administrators_and_touches_none(
    directory: Directory, station: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    meaning = GroupMeaning(code="root", display_name="Root", roles=("admin",))
    monkeypatch.setitem(catalogue().groups, "root", meaning)
    key = directory.user("haiws")
    told = {"schemas": [GROUP], "displayName": "Root", "members": [{"value": key}]}
    assert directory("POST", "Groups", told)[0] == 403
    assert not Group.objects.exists()
    admin = Account.objects.get(username="adm")
    other = {"schemas": [USER], "userName": "adm", "active": True, "externalId": "mine"}
    assert directory("PUT", f"Users/{admin.pk}", other)[0] == 403
    Account.objects.create(username="adm2", display_name="x", unit=station, roles=["admin"])
    off = {"schemas": [PATCH], "Operations": [{"op": "replace", "path": "active", "value": False}]}
    assert directory("PATCH", f"Users/{admin.pk}", off)[0] == 204  # but that they have left
    assert directory("GET", "Users")[0] == 401  # and with its owner the key has ended


def test_only_the_key_for_it_opens_it(station: Unit) -> None:
    other = issue_key(
        Actor.system("t"), name="n", unit=station, permissions=["participation.view_requests"]
    )[1]
    assert Client().get("/scim/v2/Users").status_code == 401
    assert Directory("gz_wrong")("GET", "Users")[0] == 401
    status, said = Directory(other)("GET", "Users")
    assert (status, said["schemas"]) == (403, ["urn:ietf:params:scim:api:messages:2.0:Error"])
    assert Client().get("/scim/v2/ServiceProviderConfig").status_code == 200
    signed_in = Client()
    signed_in.force_login(Account.objects.create(username="a", unit=station, roles=["admin"]))
    assert signed_in.get("/scim/v2/Users").status_code == 401  # a session is no key


def test_many_accounts_cost_no_more_questions(
    directory: Directory, station: Unit, django_assert_max_num_queries: Any
) -> None:
    Account.objects.bulk_create(
        Account(username=f"u{n}", display_name="x", unit=station) for n in range(60)
    )
    directory("GET", "Users")  # the key's first use of the day is noted
    with django_assert_max_num_queries(4):
        status, found = directory("GET", "Users?count=50&sortBy=userName&startIndex=11")
    assert (status, found["totalResults"], len(found["Resources"])) == (200, 61, 50)
