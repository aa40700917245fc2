"""Who sees whom: one's own record; a unit's leader their unit's; personnel, the county's."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import may, require
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.people.standing import stands_above, units_above
from gongzhi.base.ui.errors import Refused

VIEW = "officers.view_people"
READ = "officers.read_record"
KEEP = "officers.keep_records"
DECIDE = "officers.decide_leave"
ORGANISATION = "officers.view_organisation"


def looks_after(account: Account, unit: Unit) -> bool:
    """Whether the account belongs to the unit or to one above it; who keeps records, also to a
    department of one above: a bureau's personnel office keeps those of its stations."""
    if account.unit_id in units_above(unit):
        return True
    return may(account, KEEP) and stands_above(account, unit)


def require_unit(by: Actor, permission: str, unit: Unit) -> None:
    """Refuse (403) who lacks the permission, or has nothing to do with the unit."""
    require(by, permission)
    if isinstance(by.source, Account) and not looks_after(by.source, unit):
        words = _("只能办本单位和下级单位的人员的事。")
        raise Refused(words, code="not_your_unit", status=403)


def require_self(by: Actor, account: Account) -> None:
    """Refuse (403) everybody but this account; the platform itself may."""
    if by.kind != "system" and by.source != account:
        raise Refused(_("只能办自己的事。"), code="not_yours", status=403)


def is_police(request: HttpRequest) -> bool:
    """Whether whoever asks works at the bureau or below it: they have a record here."""
    account = getattr(request, "user", None)
    if not isinstance(account, Account):
        return False
    kind, own = Unit.Kind, account.unit
    return own.kind in (kind.BUREAU, kind.STATION) or (
        own.kind == kind.DEPARTMENT and own.parent_id is not None
    )
