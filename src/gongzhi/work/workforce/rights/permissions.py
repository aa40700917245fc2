"""Who knows of an officer's matter: the officer, the rights office, and the head if they may."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import may, require
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.permissions import require_owner
from gongzhi.base.people.models import Account
from gongzhi.base.people.standing import Part
from gongzhi.base.ui.errors import Refused
from gongzhi.work.workforce.rights.models import RightsMatter

HANDLE = "rights.handle_matter"
HEAD = "officers.decide_leave"
"""Whoever heads the unit: the same person who decides its leave."""


def known_to(account: Account) -> QuerySet[RightsMatter]:
    """One's own; those of the office one works in; those that officers of one's unit show."""
    found = RightsMatter.objects.select_related("matter__owner_unit", "matter__owner", "account")
    knows = Q(account=account)
    if may(account, HANDLE):
        knows |= Q(matter__owner_unit=account.unit_id)
    if may(account, HEAD):
        knows |= Q(shown_to_head=True, account__unit=account.unit_id)
    return found.filter(knows)


def handles(account: Account, rights: RightsMatter) -> bool:
    """Whether this account sees to it: the office that has it, never the officer themselves."""
    return (
        may(account, HANDLE)
        and account.unit_id == rights.matter.owner_unit_id
        and account.pk != rights.account_id
    )


def circle(account: Account, matter: int) -> Part | None:
    """Where the account stands to such a matter, as other apps ask; None for what is none."""
    if not RightsMatter.objects.filter(pk=matter).exists():
        return None
    known = known_to(account).filter(pk=matter).first()
    if known is None:
        return "out"
    return "works" if handles(account, known) else "reads"


def found_by(account: Account, key: int) -> RightsMatter:
    """The matter; the same words (404) where there is none and where one must not know of it."""
    found = known_to(account).filter(pk=key).first()
    if found is None:
        raise Refused(_("没有这件事。"), code="no_such_matter", status=404)
    return found


def person(by: Actor) -> Account:
    """The member of staff who acts."""
    if not isinstance(by.source, Account):
        raise Refused(_("只有登录的工作人员能办。"), code="no_officer", status=403)
    return by.source


def require_handler(by: Actor, rights: RightsMatter) -> Account:
    """Refuse whoever doesn't see to it."""
    require(by, HANDLE)
    account = person(by)
    held = found_by(account, rights.pk)
    if account.pk == held.account_id:
        raise Refused(_("自己的事由别人来办。"), code="own_matter", status=403)
    require_owner(by, held.matter)
    return account


def require_own(by: Actor, rights: RightsMatter) -> Account:
    """Refuse whoever isn't the officer, as if there were nothing."""
    account = person(by)
    if account.pk != rights.account_id:
        raise Refused(_("没有这件事。"), code="no_such_matter", status=404)
    return account
