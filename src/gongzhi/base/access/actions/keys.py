"""Keys for programs: given, changed, taken back."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from gongzhi.base.access.events import KEY_ISSUED, KEY_REVOKED, KEY_ROTATED
from gongzhi.base.access.keys import hashed
from gongzhi.base.access.known import FOR_PROGRAMS, PERMISSIONS
from gongzhi.base.access.models import ApiKey
from gongzhi.base.access.permissions import may, require
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.ui.errors import Refused

MANAGE = "access.manage_keys"
PROVISION = "people.provision_accounts"
BEGINNING = "gz_"
"""Of every key, so that one found in a file is recognised."""
BOTH = timedelta(days=7)
"""For so long the old key opens beside the new one, so that no program stands still."""


@action
def issue_key(
    by: Actor,
    *,
    name: str,
    unit: Unit,
    permissions: Sequence[str],
    owner: Account | None = None,
    purpose: str = "",
    expires_at: datetime | None = None,
) -> tuple[ApiKey, str]:
    """Make a key for a program; (its record, the key itself, told once).

    Refuses a permission that no program may have, one that the owner hasn't, and a key that may do
    nothing. Without an owner it is the county's own, as those of its partners' systems; one that
    opens accounts always has one.
    """
    require(by, MANAGE)
    _refuse_permissions(permissions, owner)
    secret = _new()
    key = ApiKey.objects.create(
        name=name.strip()[:80], begins=secret[:8], key_hash=hashed(secret),
        permissions=sorted(permissions), unit=unit, made_at=now(), owner=owner,
        purpose=purpose.strip()[:200], expires_at=expires_at,
    )  # fmt: skip
    record(
        KEY_ISSUED, key, unit=unit.pk, permissions=key.permissions,
        owner=owner.pk if owner else None, expires=expires_at,
    )  # fmt: skip
    return key, secret


@action
def rotate_key(by: Actor, key: ApiKey) -> tuple[ApiKey, str]:
    """Give the program a new key; the old one opens for a week more. Its owner may, too."""
    held = _held(key)
    if held.owner_id is None or by.source != held.owner:
        require(by, MANAGE)
    if not held.opens_at(now()):
        raise Refused(_("这个密钥已经收回或者到期，请另发一个。"), code="revoked", status=409)
    secret = _new()
    held.older_hash, held.older_until = held.key_hash, now() + BOTH
    held.key_hash, held.begins = hashed(secret), secret[:8]
    held.save(update_fields=["older_hash", "older_until", "key_hash", "begins"])
    record(KEY_ROTATED, held, older_until=held.older_until)
    return held, secret


@action
def revoke_key(by: Actor, key: ApiKey) -> ApiKey:
    """Take a key back, and the one before it; neither opens anything from now on."""
    held = _held(key)
    if held.owner_id is None or by.source != held.owner:
        require(by, MANAGE)
    if held.revoked_at:
        raise Refused(_("这个密钥已经收回。"), code="revoked", status=409)
    held.revoked_at = now()
    held.save(update_fields=["revoked_at"])
    record(KEY_REVOKED, held)
    return held


def _new() -> str:
    return BEGINNING + secrets.token_urlsafe(32)


def _held(key: ApiKey) -> ApiKey:
    found = ApiKey.objects.select_for_update(of=("self",))
    return found.select_related("owner", "unit").get(pk=key.pk)


def _refuse_permissions(permissions: Sequence[str], owner: Account | None) -> None:
    foreign = sorted(set(permissions) - set(FOR_PROGRAMS))
    if foreign or not permissions:
        wrong = _("请从列出的权限里选，至少一项。")
        raise Refused(wrong, code="permissions", status=422, fields={"permissions": wrong})
    if owner is None and PROVISION in permissions:
        wrong = _("能同步账号的密钥，要有人负责。")
        raise Refused(wrong, code="owner", status=422, fields={"owner": wrong})
    lacking = [one for one in permissions if owner and not may(owner, one)]
    if lacking:
        wrong = _("负责人自己没有这项权限：%(what)s。密钥能做的不能比负责人多。") % {
            "what": PERMISSIONS[lacking[0]]
        }
        raise Refused(wrong, code="owner", status=422, fields={"owner": wrong})
