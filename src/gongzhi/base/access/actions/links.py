"""Whom an identity provider means."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.access.events import PROVIDER_LINKED, PROVIDER_UNLINKED
from gongzhi.base.access.models import ProviderLink
from gongzhi.base.access.permissions import require
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused


@action
def link_provider(
    by: Actor, account: Account, *, provider: str, issuer: str, subject: str
) -> ProviderLink:
    """Let this subject of the provider sign in as the account: one's own, or the platform does it
    for an account that the provider's own directory opened. Refuses (409) a subject or an account
    that is linked already."""
    if by.kind != "system" and by.source != account:
        raise Refused(_("只能关联自己的账号。"), code="not_yours", status=403)
    taken = ProviderLink.objects.filter(issuer=issuer, subject=subject)
    own = ProviderLink.objects.filter(account=account, provider=provider)
    if taken.exists() or own.exists():
        raise Refused(_("这个统一身份或者账号已经关联过了。"), code="linked", status=409)
    link = ProviderLink.objects.create(
        account=account, provider=provider, issuer=issuer, subject=subject, made_at=now()
    )
    record(PROVIDER_LINKED, account, provider=provider)
    return link


@action
def unlink_provider(by: Actor, link: ProviderLink) -> None:
    """Let the subject not sign in as the account any more."""
    if by.source != link.account:
        require(by, "people.manage_accounts")
    link.delete()
    record(PROVIDER_UNLINKED, link.account, provider=link.provider)
