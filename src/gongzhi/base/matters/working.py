"""A list of matters in working order, with filters that say how many stand under each: the one way
in which counters, and those who look into complaints, see what lies there.

Its rows are matters' own rows (applications, complaints): their key is the matter's, and
``matter`` leads to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.core.paginator import Paginator
from django.db.models import Exists, F, Min, Model, OuterRef, Q, QuerySet
from django.http import HttpRequest

from gongzhi.base.log.actions import now
from gongzhi.base.matters.clocks import running_clocks
from gongzhi.base.matters.models import ClockRun

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

M = TypeVar("M", bound=Model)
A_PAGE = 25


def pressing_first(found: QuerySet[M]) -> QuerySet[M]:
    """Those first whose time runs out first, then the oldest."""
    running = Q(matter__clocks__stopped_at__isnull=True)
    with_due = found.annotate(due=Min("matter__clocks__due_at", filter=running))
    return cast(
        "QuerySet[M]",
        with_due.order_by(F("due").asc(nulls_last=True), "matter__opened_at", "pk"),
    )


def is_late() -> Q:
    """Open, and a clock has run out."""
    late = ClockRun.objects.filter(matter=OuterRef("pk"), stopped_at__isnull=True, due_at__lt=now())
    return Q(matter__closed_at__isnull=True) & Q(Exists(late))


def chosen(request: HttpRequest, filters: Mapping[str, _StrOrPromise]) -> str:
    """The filter that is asked for; the first one without any."""
    asked = request.GET.get("show", "")
    return asked if asked in filters else next(iter(filters))


def shown(
    request: HttpRequest, found: QuerySet[Any], filters: Mapping[str, _StrOrPromise],
    counts: Mapping[str, int],
) -> dict[str, Any]:  # fmt: skip
    """What the page draws: a page of rows, each with the clocks that press, and the filters. As
    many queries for a thousand as for one."""
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    clocks = running_clocks([one.pk for one in page.object_list])
    return {
        "page": page,
        "rows": [(one, clocks[one.pk][:2]) for one in page.object_list],
        "filters": [(code, said, counts.get(code)) for code, said in filters.items()],
        "show": chosen(request, filters),
    }
