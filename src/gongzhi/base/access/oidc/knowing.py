"""Which account the provider means, and what its words mean here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from django.utils.translation import gettext as _

from gongzhi.base.access.actions import link_provider
from gongzhi.base.access.models import ProviderLink
from gongzhi.base.catalogue.kinds.provider import Provider
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.actions import change_roles, open_account
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.ui.errors import Refused

BY = Actor.system("oidc")
_USERNAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.@+-]{0,39}")


def account_for(provider: Provider, claims: Mapping[str, Any]) -> Account:
    """The account linked with this subject, after its unit and roles were brought up to date.

    Where there is none, the one that the directory provisioned with this id, or a new one, if the
    county wants that. Refuses everybody else, and a closed account. Never found by e-mail or name:
    those change hands.
    """
    linked = ProviderLink.objects.select_related("account__unit").filter(
        issuer=provider.issuer, subject=claims["sub"]
    )
    link = linked.first()
    account = link.account if link else _joined(provider, claims)
    if account is None or not account.is_active:
        words = _(
            "“%(who)s”认识您，但这里还没有对应的账号。请先用密码登录，在“我的登录”里关联；没有账号请找管理员。"
        )
        raise Refused(words % {"who": provider.name}, code="no_account", status=403)
    return _up_to_date(provider, account, claims)


def is_second(provider: Provider, claims: Mapping[str, Any]) -> bool:
    """Whether the provider says that it saw more than a password, in words that the county
    trusts."""
    said = claims.get("amr", ())
    return isinstance(said, list) and bool(set(provider.second_factors) & set(map(str, said)))


def may_sign_in_here(account: Account) -> bool:
    """Whether the account may sign in here, too: no provider keeps its roles to itself."""
    for link in account.provider_links.all():
        provider = catalogue().providers.get(link.provider)
        if provider and provider.local_roles is not None:
            return bool(set(provider.local_roles) & set(account.roles))
    return True


def _joined(provider: Provider, claims: Mapping[str, Any]) -> Account | None:
    found = None
    if provider.external_id:
        provisioned = Account.objects.filter(provisioning__external_id=claims["sub"])
        found = provisioned.select_related("unit").first()
    if found is None and provider.opens_accounts:
        found = _opened(provider, claims)
    if found is not None and found.is_active:
        link_provider(
            BY, found, provider=provider.code, issuer=provider.issuer, subject=claims["sub"]
        )
    return found


def _opened(provider: Provider, claims: Mapping[str, Any]) -> Account | None:
    """A new account, in the unit that the provider names; roles come afterwards."""
    unit = _unit(provider, claims)
    username = str(_at(claims, provider.username_claim) or "")
    if unit is None or not _USERNAME.fullmatch(username):
        return None
    name = str(_at(claims, provider.name_claim) or username)[:80]
    if Account.objects.filter(username=username).exists():
        words = _(
            "用户名“%(name)s”在这里已经有人用。如果是您，请先用密码登录，再在“我的登录”里关联。"
        )
        raise Refused(words % {"name": username}, code="taken", status=409)
    return open_account(BY, username=username, display_name=name, unit=unit, roles=[])


def _up_to_date(provider: Provider, account: Account, claims: Mapping[str, Any]) -> Account:
    """With the unit and roles that the provider names, where the county wants them from there."""
    unit = _unit(provider, claims) or account.unit
    roles = _roles(provider, claims) if provider.roles_claim else list(account.roles)
    if unit == account.unit and sorted(roles) == sorted(account.roles):
        return account
    with suppress(Refused):  # the last administrator stays one
        return change_roles(BY, account, unit=unit, roles=roles)
    return account


def _unit(provider: Provider, claims: Mapping[str, Any]) -> Unit | None:
    code = provider.units.get(str(_at(claims, provider.unit_claim))) if provider.unit_claim else ""
    return Unit.objects.filter(code=code).first() if code else None


def _roles(provider: Provider, claims: Mapping[str, Any]) -> list[str]:
    said = _at(claims, provider.roles_claim)
    named = said if isinstance(said, list) else [said]
    return sorted({role for one in named for role in provider.roles.get(str(one), ())})


def _at(claims: Any, path: str) -> Any:
    """What stands at ``a.b`` of the claims; None where nothing does."""
    for name in path.split("."):
        claims = claims.get(name) if isinstance(claims, Mapping) else None
    return claims
