"""What the county's directory does to accounts, by its key (SCIM): never to administrators, but
that it closes them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.actions.accounts import (
    change_roles,
    close_account,
    open_account,
    reopen_account,
)
from gongzhi.base.people.events import (
    ACCOUNT_PROVISIONED,
    ACCOUNT_WITHDRAWN,
    GROUP_KEPT,
    GROUP_REMOVED,
    PROVISIONED_CHANGED,
)
from gongzhi.base.people.models import Account, Group, Provisioning, Unit
from gongzhi.base.people.permissions import PROVISION, is_administrative
from gongzhi.base.ui.errors import Refused

_USERNAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.@+-]{0,39}")


@action
def provision_account(
    by: Actor, *, unit: Unit, username: str, display_name: str, external_id: str, active: bool
) -> Account:
    """Open an account without a password and without a role; or take up again the one of this name
    that the directory deleted. Refuses a user name that somebody has."""
    require(by, PROVISION)
    _refuse_bad(username)
    gone = Provisioning.objects.filter(
        account__username__iexact=username, withdrawn_at__isnull=False
    ).select_related("account")
    if (before := gone.first()) is not None:
        return _renewed(by, before, display_name, external_id, active=active)
    if Account.objects.filter(username__iexact=username).exists():
        raise _taken(username)
    account = open_account(by, username=username, display_name=display_name, unit=unit, roles=[])
    Provisioning.objects.create(
        account=account, external_id=external_id, made_at=now(), changed_at=now()
    )
    if not active:
        account = close_account(by, account)
    record(ACCOUNT_PROVISIONED, account, unit=unit.pk, renewed=False)
    return account


@action
def change_provisioned(
    by: Actor, account: Account, *, username: str, display_name: str, external_id: str, active: bool
) -> Account:
    """Bring an account up to what the directory says, an account opened by hand, too. Of an
    administrator nothing but that they are to be closed."""
    require(by, PROVISION)
    held = Account.objects.select_for_update(of=("self",)).get(pk=account.pk)
    known, _new = Provisioning.objects.get_or_create(
        account=held, defaults={"made_at": now(), "changed_at": now()}
    )
    told = {"username": username, "display_name": display_name}
    changed = [name for name, value in told.items() if getattr(held, name) != value]
    if known.external_id != external_id:
        changed.append("external_id")
    if changed:
        _refuse_administrator(held.roles)
        _save(held, known, told, external_id)
    if held.is_active != active:
        _set_active(by, held, active=active)
        changed.append("active")
    known.changed_at = now() if changed else known.changed_at
    known.save()
    record(PROVISIONED_CHANGED, held, changed=changed)
    return Account.objects.get(pk=held.pk)


@action
def withdraw_account(by: Actor, account: Account) -> None:
    """Close an account for good, as far as the directory is concerned."""
    require(by, PROVISION)
    known, _new = Provisioning.objects.get_or_create(
        account=account, defaults={"made_at": now(), "changed_at": now()}
    )
    if account.is_active:
        close_account(by, account)
    for group in account.groups.all():
        group.members.remove(account)
        _lose(by, group, [account.pk])
    known.withdrawn_at = known.changed_at = now()
    known.save()
    record(ACCOUNT_WITHDRAWN, account)


@action
def keep_group(
    by: Actor, group: Group | None, *, display_name: str, external_id: str, members: Collection[int]
) -> Group:
    """Open a group or bring it up to what the directory says. Who joins gets the unit and roles
    that the catalogue says the group means; who leaves loses those that no other group gives."""
    require(by, PROVISION)
    _refuse_giving(display_name)
    others = Group.objects.exclude(pk=group.pk if group else 0)
    if others.filter(display_name__iexact=display_name).exists():
        raise _taken(display_name)
    renamed = group is not None and group.display_name != display_name
    before = _members(group)
    if group is not None and renamed:
        group.members.clear()
        _lose(by, group, before)
        before = set()
    held = _kept(group, display_name, external_id, now())
    present = set(Account.objects.filter(pk__in=members).values_list("pk", flat=True))
    joined, left = sorted(present - before), sorted(before - present)
    held.members.set(present)
    _lose(by, held, left)
    _gain(by, held, joined)
    record(GROUP_KEPT, held, joined=len(joined), left=len(left))
    return held


@action
def remove_group(by: Actor, group: Group) -> None:
    """Remove a group; its members lose what no other group gives."""
    require(by, PROVISION)
    left = sorted(_members(group))
    group.members.clear()
    _lose(by, group, left)
    record(GROUP_REMOVED, group, left=len(left))
    group.delete()


def _renewed(
    by: Actor, before: Provisioning, display_name: str, external_id: str, *, active: bool
) -> Account:
    account = before.account
    if active and not account.is_active:
        account = reopen_account(by, account)
    account.display_name = display_name
    account.save(update_fields=["display_name"])
    before.external_id, before.withdrawn_at, before.changed_at = external_id, None, now()
    before.save()
    record(ACCOUNT_PROVISIONED, account, unit=account.unit_id, renewed=True)
    return account


def _save(held: Account, known: Provisioning, told: dict[str, str], external_id: str) -> None:
    _refuse_bad(told["username"])
    same = Account.objects.filter(username__iexact=told["username"]).exclude(pk=held.pk)
    if same.exists():
        raise _taken(told["username"])
    held.username, held.display_name = told["username"], told["display_name"]
    held.save(update_fields=["username", "display_name"])
    known.external_id = external_id


def _set_active(by: Actor, held: Account, *, active: bool) -> None:
    if active:
        _refuse_administrator(held.roles)
        reopen_account(by, held)
    else:
        close_account(by, held)


def _kept(group: Group | None, display_name: str, external_id: str, at: datetime) -> Group:
    held = group or Group(made_at=at)
    held.display_name, held.external_id, held.changed_at = display_name, external_id, at
    held.save()
    return held


def _members(group: Group | None) -> set[int]:
    return set(group.members.values_list("pk", flat=True)) if group else set()


def _meaning(display_name: str) -> tuple[str, tuple[str, ...]]:
    for one in catalogue().groups.values():
        if one.display_name == display_name:
            return one.unit, one.roles
    return "", ()


def _gain(by: Actor, group: Group, keys: Sequence[int]) -> None:
    code, roles = _meaning(group.display_name)
    unit = Unit.objects.filter(code=code).first() if code else None
    for account in Account.objects.filter(pk__in=keys).select_related("unit"):
        if not is_administrative(account.roles):
            _set(by, account, unit or account.unit, {*account.roles, *roles})


def _lose(by: Actor, group: Group, keys: Sequence[int] | Collection[int]) -> None:
    """Take the group's roles from those who left, but those that another group still gives."""
    _unit, roles = _meaning(group.display_name)
    for account in Account.objects.filter(pk__in=keys).select_related("unit"):
        still = {role for one in account.groups.all() for role in _meaning(one.display_name)[1]}
        if not is_administrative(account.roles):
            _set(by, account, account.unit, set(account.roles) - (set(roles) - still))


def _set(by: Actor, account: Account, unit: Unit, roles: set[str]) -> None:
    if unit != account.unit or roles != set(account.roles):
        change_roles(by, account, unit=unit, roles=sorted(roles))


def _refuse_giving(display_name: str) -> None:
    if is_administrative(_meaning(display_name)[1]):
        _refuse_administrator(_meaning(display_name)[1])


def _refuse_administrator(roles: Collection[str]) -> None:
    if is_administrative(roles):
        words = _("管理员的账号和岗位不能由目录同步来改，请在本平台的“账号”里改。")
        raise Refused(words, code="administrator", status=403)


def _refuse_bad(username: str) -> None:
    if not _USERNAME.fullmatch(username):
        words = _("用户名用字母、数字和 _ . - @ +，最多 40 个。")
        raise Refused(words, code="username", status=422, fields={"userName": words})


def _taken(name: str) -> Refused:
    words = _("“%(name)s”已经有了。") % {"name": name}
    return Refused(words, code="taken", status=409)
