"""Signing in and out, on record."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.access.events import SESSIONS_ENDED, SIGN_IN_FAILED, SIGNED_IN, SIGNED_OUT
from gongzhi.base.access.models import Session
from gongzhi.base.access.permissions import require
from gongzhi.base.log.actions import action, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused


@action
def sign_in(by: Actor, account: Account, *, way: str) -> Account:
    """Put on record that somebody came in: by password, passkey, provider, or as a demo account."""
    record(SIGNED_IN, account, way=way)
    return account


@action
def sign_out(by: Actor, account: Account) -> Account:
    """Put on record that somebody left."""
    record(SIGNED_OUT, account)
    return account


@action
def fail_sign_in(by: Actor, username: str) -> None:
    """Put on record that somebody tried; the account, when there is one, never what was typed."""
    account = Account.objects.filter(username=username).first()
    record(SIGN_IN_FAILED, account or "access.sign_in", way="password")


@action
def fail_second(by: Actor, account: Account, *, way: str) -> None:
    """Put on record that somebody knew the password, and then showed a wrong code or passkey."""
    record(SIGN_IN_FAILED, account, way=way)


@action
def end_sessions(by: Actor, account: Account, *, only: str = "", keep: str = "") -> int:
    """End sessions of the account: the one of this key, or all but the one to keep; how many.

    One's own anybody may end; those of others whoever manages accounts. Refuses (409) when there
    is none.
    """
    if by.source != account:
        require(by, "people.manage_accounts")
    found = Session.objects.filter(account=account).exclude(pk=keep)
    ended = (found.filter(pk=only) if only else found).delete()[0]
    if not ended:
        raise Refused(_("没有别的登录了。"), code="no_session", status=409)
    record(SESSIONS_ENDED, account, sessions=ended)
    return ended
