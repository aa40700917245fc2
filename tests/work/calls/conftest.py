"""A command centre, and somebody who takes calls there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from gongzhi.base.people.models import Account, Unit
from gongzhi.base.places.models import County

SignedIn = Callable[..., Client]


@pytest.fixture
def centre(db: None) -> Unit:
    cache.clear()
    County.objects.create(
        code="own", name_zh="听澜县", own=True, south=29.8, west=122.0, north=30.1, east=122.6
    )
    return Unit.objects.create(
        code="command_centre", kind="department", name_zh="指挥中心", name_en="Command Centre"
    )


@pytest.fixture
def signed_in(centre: Unit) -> SignedIn:
    """``signed_in("call_taker")``: the browser of somebody with this role."""

    def browser(role: str, username: str = "") -> Client:
        account = Account.objects.create(
            username=username or role, display_name="海小接", unit=centre, roles=[role]
        )
        client = Client()
        client.force_login(account)
        return client

    return browser


@pytest.fixture
def taker(signed_in: SignedIn) -> Client:
    """The call-taker's browser."""
    return signed_in("call_taker")
