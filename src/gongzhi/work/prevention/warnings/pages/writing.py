"""Choosing a kind of warning, and writing it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gongzhi.base.access.asker import by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.places.coordinates import checked
from gongzhi.base.places.maps import map_of
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.forms import refused_in
from gongzhi.work.prevention.warnings import actions
from gongzhi.work.prevention.warnings.cap.message import Circle
from gongzhi.work.prevention.warnings.forms import DraftForm
from gongzhi.work.prevention.warnings.models import Draft
from gongzhi.work.prevention.warnings.permissions import WRITE, needs_second
from gongzhi.work.prevention.warnings.shapes import Place
from gongzhi.work.prevention.warnings.words import DRAFTS, called

FIRST_KM = 0.5
"""The circle around an incident from which a warning is begun."""


@staff(WRITE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The kinds to choose from. ``?lat=&lon=&category=``: begun from an incident."""
    told = request.POST if request.method == "POST" else request.GET
    lat, lon, category = (told.get(name, "")[:40] for name in ("lat", "lon", "category"))
    if request.method == "POST":
        draft = actions.begin_warning(
            by_of(request), request.POST.get("kind", "")[:40],
            exercise=request.POST.get("exercise") == "yes", place=_around(lat, lon),
        )  # fmt: skip
        return redirect("warnings:write", draft.warning_id)
    kinds = list(catalogue().warnings.values())
    fitting = [one for one in kinds if category and category in one.incidents]
    here = {"fitting": fitting, "kinds": kinds, "lat": lat, "lon": lon, "category": category}
    return render(request, "warnings/new.html", here)


@staff(WRITE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, key: int) -> HttpResponse:
    """The draft as a form. What is not whole is kept as well; the next page says what lacks."""
    draft = Draft.objects.select_related("warning__current", "by").filter(warning=key).first()
    if draft is None:
        return redirect("warnings:warning", key)
    form = DraftForm(request.POST or None, draft=draft)
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            actions.change_draft(by_of(request), draft, form.content())
            return redirect("warnings:warning", key)
    here = {
        "form": form, "draft": draft, "warning": draft.warning, "map": map_of(),
        "title": called(draft.warning, draft), "type": DRAFTS[draft.msg_type],
        "needs_second": needs_second(draft), "over": draft.msg_type == "Cancel",
    }  # fmt: skip
    return render(request, "warnings/write.html", here, status=422 if form.errors else 200)


def _around(lat: str, lon: str) -> Place:
    """A circle around the incident's place; nothing where that is none."""
    if not lat and not lon:
        return Place()
    try:
        point = checked(lat, lon)
    except Refused:
        return Place()
    return Place(circles=(Circle(point.lat, point.lon, FIRST_KM),))
