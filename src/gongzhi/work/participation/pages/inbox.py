"""The inbox of those who answer requests."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongzhi.base.access.asker import account_of
from gongzhi.base.access.marks import staff
from gongzhi.base.matters.clocks import running_clocks
from gongzhi.base.people.models import Unit
from gongzhi.work.participation.permissions import oversees, own_requests
from gongzhi.work.participation.selectors.copies import folded
from gongzhi.work.participation.selectors.inbox import (
    FILTERS,
    counts_of,
    followers_by_matter,
    shown_requests,
)
from gongzhi.work.participation.selectors.reminding import reminders_by_matter
from gongzhi.work.participation.suggesting import suggestions_for

A_PAGE = 25
LONGEST = 80


@staff("participation.view_requests")
@never_cache
@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """Own unit's requests; all units' for those who watch over them. As many queries for a
    thousand as for one."""
    account = account_of(request)
    show = request.GET.get("show", "open")
    show = show if show in FILTERS else "open"
    words = request.GET.get("q", "")[:LONGEST]
    mine, units = own_requests(account), list[Unit]()
    if oversees(account):
        units = list(Unit.objects.exclude(kind=Unit.Kind.COMMUNITY).order_by("pk"))
        chosen = next((one for one in units if one.code == request.GET.get("unit")), None)
        mine = mine.filter(owner_unit=chosen) if chosen else mine
    found = shown_requests(mine, show, words)
    found = found if words or show == "all" else folded(found)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    keys = [one.pk for one in page.object_list]
    clocks, followers = running_clocks(keys), followers_by_matter(keys)
    counts, reminders = counts_of(mine), reminders_by_matter(keys)
    new = [one for one in page.object_list if one.step == "received"]
    suggested = suggestions_for(new)
    beside = (
        {key: found[:2] for key, found in clocks.items()}, followers,
        {key: suggested.get(key) for key in keys}, reminders,
    )  # fmt: skip
    here = {
        "page": page,
        "rows": [(one, *(told[one.pk] for told in beside)) for one in page.object_list],
        "filters": [(code, words_, counts.get(code)) for code, words_ in FILTERS.items()],
        "show": show,
        "q": words,
        "units": units,
        "unit": request.GET.get("unit", "") if units else "",
    }
    return render(request, "participation/requests.html", here)
