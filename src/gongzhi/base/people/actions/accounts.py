"""Opening accounts, changing what they may do, closing them."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import may, permissions_of, require
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import action, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.events import (
    ACCOUNT_CLOSED,
    ACCOUNT_OPENED,
    ACCOUNT_REOPENED,
    PASSWORD_CHANGED,
    PASSWORD_RESET,
    ROLES_CHANGED,
)
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.people.permissions import MANAGE, require_manage
from gongzhi.base.ui.errors import Refused


@action
def open_account(
    by: Actor,
    *,
    username: str,
    display_name: str,
    unit: Unit,
    roles: Sequence[str],
    password: str | None = None,
) -> Account:
    """Open an account; without a password nobody can sign in with one.

    Refuses a role that the catalogue does not know and a user name already in use.
    """
    require_manage(by)
    _refuse_unknown(roles)
    if Account.objects.filter(username=username).exists():
        wrong = _("用户名“%(name)s”已被使用。") % {"name": username}
        raise Refused(wrong, code="taken", status=409, fields={"username": wrong})
    account = Account(username=username, display_name=display_name, unit=unit, roles=list(roles))
    if password is None:
        account.set_unusable_password()
    else:
        account.set_password(password)
    account.save()
    record(ACCOUNT_OPENED, account, unit=unit.pk, roles=roles)
    return account


@action
def open_account_with_password(
    by: Actor, *, username: str, display_name: str, unit: Unit, roles: Sequence[str]
) -> tuple[Account, str]:
    """Open an account with a first password, made here and told once."""
    password = secrets.token_urlsafe(12)
    account = open_account(
        by,
        username=username,
        display_name=display_name,
        unit=unit,
        roles=roles,
        password=password,
    )
    return account, password


@action
def change_roles(by: Actor, account: Account, *, unit: Unit, roles: Sequence[str]) -> Account:
    """Give an account other roles or another unit; it holds from its next request."""
    require_manage(by)
    _refuse_unknown(roles)
    held = _held(account)
    _refuse_losing_the_last(held, roles)
    previous, held.roles, held.unit = held.roles, list(roles), unit
    held.save(update_fields=["roles", "unit"])
    record(ROLES_CHANGED, held, unit=unit.pk, roles=roles, previous=previous)
    return held


@action
def close_account(by: Actor, account: Account) -> Account:
    """Let nobody use this account any more; whoever does at this moment is out, and the keys of
    programs that it answers for open nothing."""
    require_manage(by)
    held = _held(account)
    if not held.is_active:
        raise Refused(_("这个账号已经停用了。"), code="closed", status=409)
    _refuse_losing_the_last(held, ())
    held.is_active = False
    held.end_sessions()
    held.sessions.all().delete()
    held.save(update_fields=["is_active", "session_mark"])
    record(ACCOUNT_CLOSED, held)
    return held


@action
def reopen_account(by: Actor, account: Account) -> Account:
    """Let a closed account be used again; sessions from before stay closed."""
    require_manage(by)
    held = _held(account)
    if held.is_active:
        raise Refused(_("这个账号正在使用中。"), code="open", status=409)
    held.is_active = True
    held.save(update_fields=["is_active"])
    record(ACCOUNT_REOPENED, held)
    return held


@action
def reset_password(by: Actor, account: Account) -> str:
    """Give an account a new password, made here and told once; its sessions end."""
    require(by, MANAGE)
    held, password = _held(account), secrets.token_urlsafe(12)
    _set_password(held, password)
    record(PASSWORD_RESET, held)
    return password


@action
def change_password(by: Actor, account: Account, *, current: str, new: str) -> Account:
    """Change one's own password; all sessions end. Refuses a wrong present one, a weak new one."""
    held = _held(account)
    if by.source != held:
        raise Refused(_("只能修改自己的密码。"), code="not_yours", status=403)
    if not held.check_password(current):
        wrong = _("现在的密码不对。")
        raise Refused(wrong, code="wrong_password", status=422, fields={"current": wrong})
    try:
        validate_password(new, held)
    except ValidationError as weak:
        said = " ".join(weak.messages)
        raise Refused(said, code="weak_password", status=422, fields={"new": said}) from weak
    _set_password(held, new)
    record(PASSWORD_CHANGED, held)
    return held


def _held(account: Account) -> Account:
    return Account.objects.select_for_update(of=("self",)).select_related("unit").get(pk=account.pk)


def _set_password(account: Account, password: str) -> None:
    account.set_password(password)
    account.end_sessions()
    account.sessions.all().delete()
    account.save(update_fields=["password", "session_mark"])


def _refuse_unknown(roles: Sequence[str]) -> None:
    unknown = sorted(set(roles) - set(catalogue().roles))
    if unknown:
        wrong = _("没有“%(role)s”这个岗位。") % {"role": unknown[0]}
        raise Refused(wrong, code="unknown_role", fields={"roles": wrong})


def _refuse_losing_the_last(account: Account, roles: Sequence[str]) -> None:
    """The county must not lose the last account that can open others."""
    if not may(account, MANAGE) or MANAGE in permissions_of(roles):
        return
    others = (
        Account.objects.filter(is_active=True).exclude(pk=account.pk).only("roles", "is_active")
    )
    if not any(may(other, MANAGE) for other in others):
        raise Refused(
            _("这是最后一个能管理账号的人。请先让另一个账号担任管理员，再改这一个。"),
            code="last_admin",
            status=409,
        )
