"""The complaints that somebody may know of, those first whose time runs out first."""

from __future__ import annotations

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.actions import now
from gongzhi.base.matters.models import ClockRun
from gongzhi.base.people.models import Account
from gongzhi.work.complaints.models import Complaint
from gongzhi.work.complaints.permissions import known_to

FILTERS = {"open": _("在办"), "late": _("超时"), "closed": _("已办结"), "all": _("全部")}


def listed(account: Account, show: str) -> QuerySet[Complaint]:
    """Those under this filter, in working order."""
    found = known_to(account).filter(_where(show))
    if show in ("closed", "all"):
        return found.order_by("-matter__opened_at", "pk")
    running = Q(matter__clocks__stopped_at__isnull=True)
    found = found.annotate(due=Min("matter__clocks__due_at", filter=running))
    return found.order_by(F("due").asc(nulls_last=True), "matter__opened_at", "pk")


def counts_for(account: Account) -> dict[str, int]:
    """How many stand under the filters of what is open. One query."""
    tallies = {name: Count("pk", filter=_where(name)) for name in ("open", "late")}
    return known_to(account).aggregate(**tallies)


def _where(show: str) -> Q:
    is_open = Q(matter__closed_at__isnull=True)
    if show == "late":
        late = ClockRun.objects.filter(
            matter=OuterRef("pk"), stopped_at__isnull=True, due_at__lt=now()
        )
        return is_open & Q(Exists(late))
    return {"closed": ~is_open, "all": Q()}.get(show, is_open)
