"""Who asks, on a page whose mark lets only staff in."""

from __future__ import annotations

from django.http import HttpRequest

from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account


def account_of(request: HttpRequest) -> Account:
    """The member of staff who asks."""
    assert isinstance(request.user, Account)  # noqa: S101  (the view's mark lets nobody else in)
    return request.user


def by_of(request: HttpRequest) -> Actor:
    """The same, as who acts."""
    return Actor.account(account_of(request))
