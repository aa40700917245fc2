"""The inbox: a unit's requests, those first whose time runs out first."""

from __future__ import annotations

import re
from collections.abc import Collection

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.actions import now
from gongzhi.base.matters.models import ClockRun, Matter
from gongzhi.work.participation.models import Receipt
from gongzhi.work.participation.selectors.categories import request_categories

FILTERS = {
    "open": _("在办"),
    "new": _("待受理"),
    "work": _("办理中"),
    "waiting": _("等居民补充"),
    "answered": _("已答复"),
    "late": _("超时"),
    "all": _("全部"),
}
AT = {
    "new": ("received",),
    "work": ("accepted", "in_progress", "reopened"),
    "waiting": ("waiting_for_resident",),
    "answered": ("answered", "planned"),
}
_NUMBER = re.compile(r"(?:[A-Za-z]{2})?(?:\d{6}-)?(\d{1,18})")


def shown_requests(requests: QuerySet[Matter], show: str, words: str = "") -> QuerySet[Matter]:
    """The requests under this filter whose number, kind, words or place fit, in working order."""
    found = requests.filter(_where(show))
    if words.strip():
        found = found.filter(_fitting(words.strip()))
    found = found.select_related("owner_unit", "owner", "narrative")
    if show == "all":
        return found.order_by("-opened_at", "pk")
    running = Q(clocks__stopped_at__isnull=True)
    found = found.annotate(due=Min("clocks__due_at", filter=running))
    return found.order_by(F("due").asc(nulls_last=True), "opened_at", "pk")


def counts_of(requests: QuerySet[Matter]) -> dict[str, int]:
    """How many stand under each filter, of the open ones. One query."""
    tallies = {name: Count("pk", filter=_where(name)) for name in FILTERS if name != "all"}
    return requests.filter(closed_at__isnull=True).aggregate(**tallies)


def followers_by_matter(keys: Collection[int]) -> dict[int, int]:
    """How many residents follow each of these, those of merged ones included. One query."""
    found = dict.fromkeys(keys, 0)
    of_them = Q(matter__in=keys) | Q(matter__merged_into__in=keys)
    rows = Receipt.objects.filter(of_them).values_list("matter", "matter__merged_into")
    for own, target in rows:
        for key in (own, target):
            if key in found:
                found[key] += 1
    return found


def _where(show: str) -> Q:
    is_open = Q(closed_at__isnull=True)
    if show in AT:
        return is_open & Q(step__in=AT[show])
    if show == "late":
        late = ClockRun.objects.filter(
            matter=OuterRef("pk"), stopped_at__isnull=True, due_at__lt=now()
        )
        return is_open & Q(Exists(late))
    return Q() if show == "all" else is_open


def _fitting(words: str) -> Q:
    number = _NUMBER.fullmatch(words)
    fitting = Q(narrative__words__icontains=words) | Q(narrative__place__icontains=words)
    kinds = [one.code for one in request_categories() if words in f"{one.name.zh} {one.name.en}"]
    fitting |= Q(category__in=kinds)
    return fitting | Q(pk=int(number[1])) if number and int(number[1]) < 1 << 63 else fitting
