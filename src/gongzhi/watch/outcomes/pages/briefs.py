"""The week in brief, as a page and on paper."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongzhi.base.access.marks import staff
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.outcomes import saying
from gongzhi.watch.outcomes.brief import as_pdf, brief_of
from gongzhi.watch.outcomes.brief.making import latest_week
from gongzhi.watch.outcomes.permissions import VIEW
from gongzhi.watch.outcomes.selectors.weeks import WEEK, name_of, week_named, whole_weeks


@staff(VIEW)
@never_cache
@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    """The brief of the last week that is over; where there is none, the page says so."""
    week = latest_week()
    if week is None:
        return render(request, "outcomes/brief.html", {"brief": None})
    return redirect("outcomes:brief", name_of(week))


@staff(VIEW)
@never_cache
@require_safe
def brief(request: HttpRequest, week: str) -> HttpResponse:
    """One week's."""
    told = brief_of(_monday(week))
    there = set(whole_weeks())
    words = saying.serves()
    here = {
        "brief": told, "lines": [(one, words[one.serves]) for one in told.lines],
        "before": _if_there(told.week - WEEK, there), "after": _if_there(told.week + WEEK, there),
    }  # fmt: skip
    return render(request, "outcomes/brief.html", here)


@staff(VIEW)
@never_cache
@require_safe
def paper(request: HttpRequest, week: str) -> HttpResponse:
    """The same as PDF."""
    made = as_pdf(brief_of(_monday(week)))
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="brief-{week}.pdf"'
    return answer


def _monday(said: str) -> date:
    found = week_named(said)
    if found is None or found not in whole_weeks():
        raise Refused(_("没有这一周的简报。"), code="no_such_week", status=404)
    return found


def _if_there(week: date, there: set[date]) -> str:
    return name_of(week) if week in there else ""
