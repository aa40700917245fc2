"""What the pages of access read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.access.events import CODE_APP_SET, PASSKEY_ADDED, SECOND_RESET
from gongzhi.base.access.known import PERMISSIONS
from gongzhi.base.access.models import ApiKey, CodeApp, ProviderLink, RecoveryCode, Session
from gongzhi.base.access.permissions import permissions_of
from gongzhi.base.catalogue.kinds.provider import Provider
from gongzhi.base.catalogue.kinds.role import Role
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import subject_of
from gongzhi.base.log.models import Entry
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused

_SET_UP = (CODE_APP_SET.kind, PASSKEY_ADDED.kind)


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
    return ApiKey.objects.select_related("unit", "owner").order_by("revoked_at", "-pk")


def sessions_of(account: Account) -> QuerySet[Session]:
    """Where the account is signed in, the latest first."""
    running = Session.objects.filter(account=account, expire_date__gt=timezone.now())
    return running.order_by("-began_at")


def second_of(account: Account) -> dict[str, object]:
    """What the account shows besides its password, for its own page and the administrator's."""
    app = CodeApp.objects.filter(account=account).first()
    passkeys = list(account.passkeys.order_by("pk"))
    return {
        "app": app, "passkeys": passkeys, "has_second": bool(app or passkeys),
        "codes_left": RecoveryCode.objects.filter(account=account).count(),
    }  # fmt: skip


def providers_of(account: Account) -> list[tuple[Provider, ProviderLink | None]]:
    """The county's identity providers, each with the account's link."""
    links = {one.provider: one for one in account.provider_links.all()}
    return [(one, links.get(one.code)) for one in catalogue().providers.values()]


def reset_lately(account: Account) -> datetime | None:
    """When an administrator took away what the account showed besides its password, if it has not
    set it up again: its owner is to know."""
    last = Entry.objects.filter(
        subject=subject_of(account), kind__in=[SECOND_RESET.kind, *_SET_UP]
    ).order_by("-seq")
    latest = last.first()
    return latest.at if latest and latest.kind == SECOND_RESET.kind else None


def allowed(key: ApiKey) -> list[str]:
    """What the key may do, in words."""
    return [str(words) for code, words in PERMISSIONS.items() if code in key.permissions]
