"""Signing in and out, on record; keys for programs."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from django.utils.translation import gettext as _

from gongzhi.base.access.events import (
    KEY_ISSUED,
    KEY_REVOKED,
    SIGN_IN_FAILED,
    SIGNED_IN,
    SIGNED_OUT,
)
from gongzhi.base.access.keys import hashed
from gongzhi.base.access.known import FOR_PROGRAMS
from gongzhi.base.access.models import ApiKey
from gongzhi.base.access.permissions import require
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.ui.errors import Refused

BEGINNING = "gz_"
"""Of every key, so that one found in a file is recognised."""


@action
def sign_in(by: Actor, account: Account, *, way: str) -> Account:
    """Put on record that somebody came in, by password or as a demo account."""
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
def issue_key(
    by: Actor, *, name: str, unit: Unit, permissions: Sequence[str]
) -> tuple[ApiKey, str]:
    """Make a key for a program; (its record, the key itself, told once).

    Refuses a permission that no program may have, and a key that may do nothing.
    """
    require(by, "access.manage_keys")
    foreign = sorted(set(permissions) - set(FOR_PROGRAMS))
    if foreign or not permissions:
        wrong = _("请从列出的权限里选，至少一项。")
        raise Refused(wrong, code="permissions", status=422, fields={"permissions": wrong})
    secret = BEGINNING + secrets.token_urlsafe(32)
    key = ApiKey.objects.create(
        name=name.strip()[:80],
        begins=secret[:8],
        key_hash=hashed(secret),
        permissions=sorted(permissions),
        unit=unit,
        made_at=now(),
    )
    record(KEY_ISSUED, key, unit=unit.pk, permissions=key.permissions)
    return key, secret


@action
def revoke_key(by: Actor, key: ApiKey) -> ApiKey:
    """Take a key back; it opens nothing from now on."""
    require(by, "access.manage_keys")
    held = ApiKey.objects.select_for_update(of=("self",)).get(pk=key.pk)
    if held.revoked_at:
        raise Refused(_("这个密钥已经收回。"), code="revoked", status=409)
    held.revoked_at = now()
    held.save(update_fields=["revoked_at"])
    record(KEY_REVOKED, held)
    return held
