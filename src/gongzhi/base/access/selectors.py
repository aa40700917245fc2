"""What the pages of access read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from gongzhi.base.access.known import PERMISSIONS
from gongzhi.base.access.models import ApiKey
from gongzhi.base.access.permissions import permissions_of
from gongzhi.base.catalogue.kinds.role import Role
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused


@dataclass(frozen=True)
class DemoGroup:
    """Demo accounts that belong together, each with its role."""

    words: str
    accounts: Sequence[tuple[Account, Role]]


def demo_groups() -> list[DemoGroup]:
    """The accounts that a visitor may enter without a password: in the demo county only."""
    if not settings.DEMO:
        return []
    accounts = _demo_accounts().select_related("unit").order_by("username")
    groups: dict[str, list[tuple[Account, Role]]] = {}
    for code, role in catalogue().roles.items():
        for account in accounts:
            if account.username.partition(".")[0] == code:
                groups.setdefault(str(role.group), []).append((account, role))
    return [DemoGroup(words, found) for words, found in groups.items()]


def demo_account(username: str) -> Account:
    """The demo account of this name. Refuses anywhere but in the demo county."""
    found = _demo_accounts().filter(username=username).first() if settings.DEMO else None
    if found is None:
        raise Refused(_("没有这个演示账号。"), code="no_demo_account", status=403)
    return found


def _demo_accounts() -> QuerySet[Account]:
    """One a role, named after it; a second one of a role has a dot and its unit behind that."""
    named = Q(username__in=catalogue().roles)
    for code in catalogue().roles:
        named |= Q(username__startswith=f"{code}.")
    return Account.objects.filter(named, is_active=True)


def roles_of(account: Account) -> list[Role]:
    """The account's roles, in the catalogue's order."""
    return [role for code, role in catalogue().roles.items() if code in account.roles]


def abilities_of(account: Account) -> list[str]:
    """What the account may do, in words."""
    mine = permissions_of(account.roles)
    return [str(words) for code, words in PERMISSIONS.items() if code in mine]


def all_keys() -> QuerySet[ApiKey]:
    """All keys, the ones in use first."""
    return ApiKey.objects.select_related("unit").order_by("revoked_at", "-pk")


def allowed(key: ApiKey) -> list[str]:
    """What the key may do, in words."""
    return [str(words) for code, words in PERMISSIONS.items() if code in key.permissions]
