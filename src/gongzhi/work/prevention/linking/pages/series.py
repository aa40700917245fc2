"""Series of incidents: the list by how alike they are, one with its reasons, and the verdict."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.access.asker import by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.permissions import may
from gongzhi.base.matters.models import Matter
from gongzhi.base.places.maps import map_of
from gongzhi.base.ui.context import address, live_line
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.ids import id_in
from gongzhi.work.prevention.linking import actions
from gongzhi.work.prevention.linking.drawing import places_of, strip_of
from gongzhi.work.prevention.linking.models import Look, Member, Series
from gongzhi.work.prevention.linking.permissions import JUDGE, VIEW, may_judge, sees_places
from gongzhi.work.prevention.linking.selectors import series_of, shown
from gongzhi.work.prevention.linking.states import CONFIRMING, REJECTING, UNDOING

A_PAGE = 20
PARTABLE = (Series.State.PROPOSED, Series.State.CONFIRMED)
PREVENT = "prevention.judge_rise"
TABS = ("proposed", "confirmed", "rejected")


@staff(VIEW)
@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What waits for a verdict, what was confirmed, what was rejected; as many queries for many.
    For htmx the list alone."""
    piece = request.headers.get("HX-Request")
    asked = request.GET.get("state", TABS[0])
    state = asked if asked in TABS else TABS[0]
    page = Paginator(series_of(state), A_PAGE).get_page(request.GET.get("page"))
    labels = dict(Series.State.choices)
    here = {
        **({} if piece else live_line()),
        "page": page, "found": shown(list(page.object_list)), "state": state,
        "tabs": [(one, labels[one]) for one in TABS],
        "looked": Look.objects.filter(pk=1).first(),
    }  # fmt: skip
    return render(request, "linking/_list.html" if piece else "linking/index.html", here)


@staff(VIEW)
@never_cache
@require_safe
def one(request: HttpRequest, key: int) -> HttpResponse:
    """One series: why it looks like one, where and when, and what was said of it."""
    found = _series(key)
    [told] = shown([found])
    exact = sees_places(request.user)
    here: dict[str, Any] = {
        "told": told, "series": found, "exact": exact, "map": map_of(),
        "shapes": places_of(told.matters, exact=exact), "strip": strip_of(told),
        "verdicts": _verdicts(found), "may_judge": may_judge(request.user, found),
        "confirming": CONFIRMING.items(), "rejecting": REJECTING.items(),
        "undoing": UNDOING.items(),
        "may_part": may_judge(request.user, found) and found.state in PARTABLE,
        "out": _out(found), "prevent_url": _prevent_url(request, found),
    }  # fmt: skip
    return render(request, "linking/series.html", here)


@staff(JUDGE)
@require_POST
def judge(request: HttpRequest, key: int) -> HttpResponse:
    """Confirm or reject it, with a reason."""
    verdict, _dot, reason = request.POST.get("verdict", "").partition(".")
    if verdict == "confirm":
        actions.confirm_series(by_of(request), _series(key), reason=reason)
        messages.success(request, _("已确认串并。以后发现相似的会加进来，标出“新”。"))
    else:
        actions.reject_series(by_of(request), _series(key), reason=reason)
        messages.success(request, _("已排除，不会再提示这几起。"))
    return redirect("linking:one", key)


@staff(JUDGE)
@require_POST
def undo(request: HttpRequest, key: int) -> HttpResponse:
    """Take the verdict back."""
    actions.undo_verdict(by_of(request), _series(key), reason=request.POST.get("reason", ""))
    messages.success(request, _("已撤销上次的判断，等人重新判断。"))
    return redirect("linking:one", key)


@staff(JUDGE)
@require_POST
def leave_out(request: HttpRequest, key: int) -> HttpResponse:
    """One of them is no part of it."""
    matter, reason = _matter(request), request.POST.get("reason", "")
    actions.leave_out(by_of(request), _series(key), matter, reason=reason)
    messages.success(
        request, _("已去掉 %(number)s，以后不会再加进来。") % {"number": matter.number}
    )
    return redirect("linking:one", key)


@staff(JUDGE)
@require_POST
def put_back(request: HttpRequest, key: int) -> HttpResponse:
    """One that was left out is a part of it after all."""
    matter = _matter(request)
    actions.put_back(by_of(request), _series(key), matter)
    messages.success(request, _("已放回 %(number)s。") % {"number": matter.number})
    return redirect("linking:one", key)


def _matter(request: HttpRequest) -> Matter:
    found = Matter.objects.filter(pk=id_in(request.POST.get("matter"))).first()
    if found is None:
        raise Refused(_("没有这件警情。"), code="no_such_matter", status=404)
    return found


def _out(found: Series) -> list[tuple[Member, Any]]:
    """What somebody left out, with the reason in words."""
    rows = Member.objects.filter(series=found).exclude(left_out="").order_by("-left_out_at")
    told = rows.select_related("matter", "left_out_by__unit")
    return [(one, REJECTING.get(one.left_out, one.left_out)) for one in told]


def _verdicts(found: Series) -> list[tuple[Any, Any, Any]]:
    """Each with what it says and why, in words; the last first."""
    reasons = {**CONFIRMING, **REJECTING, **UNDOING}
    said = {"confirmed": _("确认串并"), "rejected": _("排除串并"), "proposed": _("撤销判断")}
    rows = found.verdicts.select_related("by__unit").order_by("-at", "-pk")
    return [(row, said[row.state], reasons.get(row.reason, row.reason)) for row in rows]


def _prevent_url(request: HttpRequest, series: Series) -> str:
    """Where a problem is made of a confirmed series; "" for whoever may not."""
    if series.state != Series.State.CONFIRMED or not may(request.user, PREVENT):
        return ""
    url = address("problems:new")
    return f"{url}?series={series.pk}" if url else ""


def _series(key: int) -> Series:
    found = Series.objects.filter(topic=False, pk=key).first()
    if found is None:
        raise Refused(_("没有这个系列。"), code="no_series", status=404)
    return found
