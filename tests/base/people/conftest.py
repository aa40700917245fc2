"""A small county with a matter, whose reporter said who she is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import open_matter
from gongzhi.base.matters.drafts import NewMatter, NewParty
from gongzhi.base.people.models import Account, Person, Unit

NAME, PHONE = "海听潮", "13900007788"
SignedIn = Callable[..., Client]


@pytest.fixture
def station(db: None) -> Unit:
    return Unit.objects.create(code="u", kind="station", name_zh="城关派出所", name_en="Station")


@pytest.fixture
def other_unit(db: None) -> Unit:
    return Unit.objects.create(code="v", kind="department", name_zh="民政局", name_en="Affairs")


@pytest.fixture
def person(station: Unit) -> Person:
    """The reporter of a matter that the station handles."""
    told = {"name": NAME, "phone": PHONE, "note": "  "}
    matter = open_matter(
        Actor.resident(),
        NewMatter(
            procedure="resident_request",
            category="lamp_out",
            owner=station,
            words="巷口的灯不亮",
            parties=[NewParty("reporter", told)],
        ),
    )
    return matter.parties.get().person


@pytest.fixture
def account_of(station: Unit) -> Callable[..., Account]:
    """``account_of("partner", unit=…)``: somebody with these roles."""

    def made(*roles: str, unit: Unit = station, username: str = "") -> Account:
        name = username or "-".join(roles) or "nobody"
        return Account.objects.create(username=name, display_name=name, unit=unit, roles=roles)

    return made


@pytest.fixture
def signed_in(account_of: Callable[..., Account]) -> SignedIn:
    """``signed_in("admin")``: their browser."""

    def browser(*roles: str) -> Client:
        client = Client()
        client.force_login(account_of(*roles))
        return client

    return browser
