"""Who may know of a complaint. This file alone says it; every page and action asks here."""

from __future__ import annotations

from collections.abc import Collection

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import may, require
from gongzhi.base.crypto.county import suite
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.permissions import require_owner
from gongzhi.base.people.models import Account
from gongzhi.base.people.standing import Part, units_above
from gongzhi.base.ui.errors import Refused
from gongzhi.work.complaints.models import Complaint, SealedFrom
from gongzhi.work.dispatch.models import DutyMember

HANDLE = "complaints.handle_complaint"


def known_to(account: Account) -> QuerySet[Complaint]:
    """The complaints of which this account may know that they are there.

    It needs the permission. And nobody knows of a complaint against the own unit, one above it,
    the unit with whose crew one is on duty, or against the number by which one signs in.
    """
    found = Complaint.objects.select_related("matter__owner_unit", "matter__owner", "unit")
    if not may(account, HANDLE):
        return found.none()
    sealed = SealedFrom.objects.filter(unit__in=_stands_in(account)).values("complaint")
    found = found.exclude(pk__in=sealed)
    mark = mark_of(account.username)
    return found.exclude(number_mark=mark) if mark else found


def is_kept_from(account: Account, units: Collection[int], mark: str) -> bool:
    """Whether a complaint sealed from these units and this number would be hidden from the
    account: the same question, before there is a row."""
    if mark and mark == mark_of(account.username):
        return True
    return not _stands_in(account).isdisjoint(units)


def _stands_in(account: Account) -> set[int]:
    """Its unit and those above, and the same of the crew with which it is on duty."""
    found = units_above(account.unit)
    duties = DutyMember.objects.filter(account=account, ended_at__isnull=True)
    for duty in duties.select_related("unit__station"):
        found |= units_above(duty.unit.station)
    return found


def mark_of(number: str) -> str:
    """A keyed hash of an officer's number, as it is compared with the name somebody signs in by;
    empty where there is none. Blanks, dashes and small letters make no difference."""
    plain = "".join(one for one in number.casefold() if one.isalnum())
    secret = f"number complained of\n{settings.SECRET_KEY}".encode()
    return suite().keyed(secret, plain.encode()).hex() if plain else ""


def circle(account: Account, matter: int) -> Part | None:
    """Where the account stands to a complaint, as other apps ask; None for what is none."""
    if not Complaint.objects.filter(pk=matter).exists():
        return None
    known = known_to(account).filter(pk=matter).first()
    if known is None:
        return "out"
    return "works" if known.matter.owner_unit_id == account.unit_id else "reads"


def found_by(account: Account, key: int) -> Complaint:
    """The complaint; refused in the same words (404) where there is none and where there is one
    that the account must not know of."""
    found = known_to(account).filter(pk=key).first()
    if found is None:
        raise Refused(_("没有这件投诉。"), code="no_such_complaint", status=404)
    return found


def require_handler(by: Actor, complaint: Complaint) -> Account:
    """Refuse whoever doesn't look into this complaint: only the unit that has it does."""
    require(by, HANDLE)
    if not isinstance(by.source, Account):
        raise Refused(_("只有登录的工作人员能办。"), code="no_officer", status=403)
    held = found_by(by.source, complaint.pk)
    require_owner(by, held.matter)
    return by.source
