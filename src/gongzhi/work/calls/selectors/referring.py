"""Departments that can go on with what is nothing for the police, and what they were given."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from gongzhi.base.log.actions import subject_of
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.models import Handover, Matter
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.ui.errors import Refused
from gongzhi.work.calls.events import RETURN_ASKED
from gongzhi.work.calls.selectors.calls import DESK

HOTLINE = "hotline"
"""Code of the 12345 line, which goes on with whatever has no other department."""


def departments() -> list[Unit]:
    """Units outside the police that can be given an incident, the hotline first."""
    found = Unit.objects.filter(kind=Unit.Kind.DEPARTMENT).exclude(code=DESK)
    for above in ("parent__kind", "parent__parent__kind"):
        found = found.exclude(**{above: Unit.Kind.BUREAU})
    found = found.select_related("parent").order_by("pk")
    return sorted(found, key=lambda unit: unit.code != HOTLINE)


def referred_to(account: Account, show: str = "open") -> QuerySet[Matter]:
    """Incidents that the police handed to this person's unit: those it has, or has done with."""
    given = Matter.objects.filter(
        procedure="incident", handovers__reason="not_police", handovers__taker=account.unit
    ).distinct()
    with_them = given.filter(owner_unit=account.unit, step="referred")
    found = with_them if show == "open" else given.exclude(pk__in=with_them)
    turns = Prefetch("handovers", Handover.objects.order_by("-at"))
    return (
        found.select_related("narrative", "owner", "owner_unit")
        .prefetch_related(turns)
        .order_by("priority" if show == "open" else "-opened_at", "opened_at")
    )


def referred_named(account: Account, key: int) -> Matter:
    """One of them. Refuses (404) what was never handed to this person's unit."""
    for show in ("open", "done"):
        found = referred_to(account, show).filter(pk=key).first()
        if found is not None:
            return found
    raise Refused(_("没有找到这件转办的事。"), code="no_such_incident", status=404)


def return_asked(matter: Matter) -> bool:
    """Whether the desk asks for it back, since it was handed over last."""
    last = matter.handovers.order_by("-at").first()
    asked = Entry.objects.filter(subject=subject_of(matter), kind=RETURN_ASKED.kind)
    return asked.filter(at__gte=last.at).exists() if last else False
