"""Whom something in a matter is about: one of its parties, by role."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Max
from django.utils.translation import gettext as _

from gongzhi.base.matters.models import Matter, Party
from gongzhi.base.ui.errors import Refused


def fitting(matter: Matter, roles: Collection[str]) -> list[Party]:
    """The parties that something about one of these roles can be about, in their order."""
    return list(matter.parties.filter(role__in=roles).order_by("role", "number", "pk"))


def concerned(matter: Matter, roles: Collection[str], named: Party | None) -> Party | None:
    """Whom it is about: the one named, or the only one that it can be. None where it is about
    nobody (no `roles`).

    Refuses one of another matter or role, a choice that is open, and a matter that has nobody.
    """
    if not roles:
        return None
    parties = fitting(matter, roles)
    if not parties:
        who = _("、").join(str(Party.Role(role).label) for role in roles)
        wrong = _("这里要写明是谁，可是案件里还没有登记%(who)s。请先登记当事人。") % {"who": who}
        raise Refused(wrong, code="no_party", status=409, fields={"party": wrong})
    if named is None and len(parties) == 1:
        return parties[0]
    found = next((one for one in parties if named and one.pk == named.pk), None)
    if found is None:
        wrong = _("请选是谁。")
        raise Refused(wrong, code="which_party", status=422, fields={"party": wrong})
    return found


def next_number(matter: Matter, role: str) -> int:
    """The number of the next party of this role."""
    last = matter.parties.filter(role=role).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1
