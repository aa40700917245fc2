"""The cases that somebody works on, approves or oversees."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongzhi.base.access.asker import account_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.permissions import may
from gongzhi.base.matters.clocks import running_clocks
from gongzhi.work.cases.permissions import VIEW, WORK
from gongzhi.work.cases.selectors.lists import count_of, filters_for, in_custody, listed

A_PAGE = 25
LONGEST = 80


@staff(VIEW)
@never_cache
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """Custody first and apart, then the list. As many queries for a thousand as for one."""
    account = account_of(request)
    filters = filters_for(account)
    show = request.GET.get("show", next(iter(filters)))
    show = show if show in filters else "open"
    words = request.GET.get("q", "")[:LONGEST]
    page = Paginator(listed(account, show, words), A_PAGE).get_page(request.GET.get("page"))
    held = in_custody(account)
    clocks = running_clocks({one.pk for one in (*page.object_list, *held)})
    here = {
        "page": page,
        "rows": [(one, clocks[one.pk][:2]) for one in page.object_list],
        "held": [(one, [c for c in clocks[one.pk] if c.custody]) for one in held],
        "filters": [
            (code, said, count_of(account, code) if code not in ("all", "closed") else None)
            for code, said in filters.items()
        ],
        "show": show,
        "q": words,
        "may_open": may(account, WORK),
    }
    return render(request, "cases/cases.html", here)
