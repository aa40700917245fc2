"""Case files drawn for review, and the checklist of one of them."""

from __future__ import annotations

import secrets
from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gongzhi.base.access.asker import by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import now
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.supervision import actions
from gongzhi.watch.supervision.models import Draw, Review
from gongzhi.watch.supervision.permissions import OVERSEE

MOST = 20
SEEDS = 10**9


@staff(OVERSEE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reviews(request: HttpRequest) -> HttpResponse:
    """The draws, the newest first, and the form of another one."""
    if request.method == "POST":
        return _draw(request)
    today = timezone.localdate(now())
    draws = Draw.objects.prefetch_related("reviews__matter__owner_unit").order_by("-pk")
    here = {
        "draws": draws[:MOST],
        "checklists": catalogue().checklists.values(),
        "since": today - timedelta(days=90),
        "until": today,
    }
    return render(request, "supervision/reviews.html", here)


@staff(OVERSEE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, key: int) -> HttpResponse:
    """One file's checklist: filled in once, read afterwards."""
    related = ("draw", "matter__owner_unit")
    one = Review.objects.select_related(*related).filter(pk=key).first()
    if one is None or one.draw.item is None:
        raise Refused(_("没有这个案卷评查。"), code="no_such_review", status=404)
    if request.method == "POST":
        codes = [i.code for i in one.draw.item.items if request.POST.get(i.code) == "no"]
        remarks = request.POST.get("remarks", "")
        actions.review_case(by_of(request), one, faults=codes, remarks=remarks)
        messages.success(request, _("评查结果已记录。"))
        return redirect("supervision:review", key)
    return render(request, "supervision/review.html", {"one": one, "checklist": one.draw.item})


def _draw(request: HttpRequest) -> HttpResponse:
    checklist = catalogue().checklists.get(request.POST.get("checklist", ""))
    if checklist is None:
        raise Refused(_("没有这份评查表。"), code="no_such_checklist", status=404)
    number = request.POST.get("number", "")
    drawn = actions.draw_cases(
        by_of(request), checklist,
        since=_day(request, "since"), until=_day(request, "until"),
        number=int(number[:3]) if number.isdecimal() else 0, seed=secrets.randbelow(SEEDS),
    )  # fmt: skip
    said = _("从 %(among)s 件里抽出 %(drawn)s 件。")
    messages.success(request, said % {"among": drawn.among, "drawn": drawn.reviews.count()})
    return redirect("supervision:reviews")


def _day(request: HttpRequest, name: str) -> date:
    try:
        return date.fromisoformat(request.POST.get(name, ""))
    except ValueError as wrong:
        words = _("请写日期，例如 2026-11-24。")
        raise Refused(words, code="day", status=422, fields={name: words}) from wrong
