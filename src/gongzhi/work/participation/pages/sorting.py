"""Putting a request under another category; and how often suggestions are right."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.access.asker import by_of
from gongzhi.base.access.marks import staff
from gongzhi.work.participation.actions import sort_anew
from gongzhi.work.participation.pages.answering import done, opened
from gongzhi.work.participation.selectors.sorting import bounces_by_unit, how_right, learned


@staff("participation.answer_request")
@require_POST
def sort(request: HttpRequest, key: int) -> HttpResponse:
    """Another category, and with it the unit that has such requests."""
    matter, send = opened(request, key), request.POST.get("send") == "yes"
    category = request.POST.get("category", "")
    sorted_ = sort_anew(by_of(request), matter, category, send=send)
    said = _("已改成“%(kind)s”。") % {"kind": sorted_.title}
    if sorted_.owner_unit_id != matter.owner_unit_id:
        told = {"kind": sorted_.title, "unit": sorted_.owner_unit}
        said = _("已改成“%(kind)s”，交给%(unit)s。") % told
    return done(request, key, said)


@staff("participation.view_routing")
@never_cache
@require_safe
def routing(request: HttpRequest) -> HttpResponse:
    """How often suggestions are right, and which units send on what: numbers of requests, of units
    and never of persons."""
    here = {"right": how_right(), "units": bounces_by_unit(), "learned": learned()}
    return render(request, "participation/routing.html", here)
