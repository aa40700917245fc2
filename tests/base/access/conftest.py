"""Staff of a small county."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from gongzhi.base.people.models import Account, Unit

PASSWORD = "tide-and-timber-7"
SignedIn = Callable[..., Client]


@pytest.fixture
def station(db: None) -> Unit:
    return Unit.objects.create(code="u", kind="station", name_zh="城关派出所", name_en="Station")


@pytest.fixture
def account(station: Unit) -> Account:
    """A dispatcher with a password."""
    made = Account(username="gull", display_name="海小调", unit=station, roles=["dispatcher"])
    made.set_password(PASSWORD)
    made.save()
    return made


@pytest.fixture
def signed_in(station: Unit) -> SignedIn:
    """``signed_in("dispatcher")``: the browser of somebody with these roles."""

    def browser(*roles: str, **more: bool) -> Client:
        account = Account.objects.create(
            username="-".join(roles) or "nobody", display_name="甲", unit=station, roles=roles
        )
        client = Client(**more)
        client.force_login(account)
        return client

    return browser
