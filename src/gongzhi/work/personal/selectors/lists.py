"""Requests as whoever decides on them sees them: those first whose time runs out first."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gongzhi.base.matters.working import is_late, pressing_first
from gongzhi.base.people.models import Account
from gongzhi.work.personal.models import PersonalRequest
from gongzhi.work.personal.permissions import known_to

FILTERS = {"open": _("在办"), "late": _("超时"), "closed": _("已办结"), "all": _("全部")}


def listed(account: Account, show: str) -> QuerySet[PersonalRequest]:
    """Those under this filter, in working order."""
    found = known_to(account).filter(_where(show))
    if show in ("closed", "all"):
        return found.order_by("-matter__opened_at", "pk")
    return pressing_first(found)


def counts_for(account: Account) -> dict[str, int]:
    """How many stand under the filters of what is open. One query."""
    tallies = {name: Count("pk", filter=_where(name)) for name in ("open", "late")}
    return known_to(account).aggregate(**tallies)


def _where(show: str) -> Q:
    is_open = Q(matter__closed_at__isnull=True)
    if show == "late":
        return is_late()
    return {"closed": ~is_open, "all": Q()}.get(show, is_open)
