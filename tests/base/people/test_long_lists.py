"""The administrator's lists ask the database no more often when they are long."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongzhi.base.access.actions import issue_key
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.actions import read_person
from gongzhi.base.people.models import Account, Person, Unit
from tests.base.people.conftest import SignedIn

pytestmark = pytest.mark.django_db
LISTS = {"admin": ["/accounts/", "/units/", "/keys/"], "data_steward": ["/people/reads/"]}


def test_thirty_rows_take_no_more_queries_than_one(person: Person, signed_in: SignedIn) -> None:
    clients = {role: signed_in(role) for role in LISTS}
    lengthen(person, 1)
    few = {path: queries(clients[role], path) for role, paths in LISTS.items() for path in paths}
    lengthen(person, 30)
    many = {path: queries(clients[role], path) for role, paths in LISTS.items() for path in paths}
    assert {path: (few[path], many[path]) for path in few if many[path] > few[path]} == {}


def lengthen(person: Person, rows: int) -> None:
    """So many more units, accounts, keys and looks, each with a unit of its own."""
    by = Actor.system("test")
    for n in range(rows):
        code = f"u{rows}_{n}"
        unit = Unit.objects.create(code=code, kind="station", name_zh=f"所{n}", name_en=code)
        one = Account.objects.create(
            username=code, display_name=code, unit=unit, roles=["officer", "dispatcher"]
        )
        issue_key(by, name=code, unit=unit, permissions=["participation.file_request"])
        read_person(Actor.account(one), person, purpose="verify")


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as made:
        assert client.get(path).status_code == 200
    return len(made)
