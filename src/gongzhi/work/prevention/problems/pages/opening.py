"""Opening a problem for a series, or for what somebody saw."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.places.maps import map_of
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.ids import id_in
from gongzhi.work.prevention.linking.models import Series
from gongzhi.work.prevention.problems import actions
from gongzhi.work.prevention.problems.forms import SeenForm, TitleForm
from gongzhi.work.prevention.problems.models import Problem
from gongzhi.work.prevention.problems.permissions import JUDGE
from gongzhi.work.prevention.problems.selectors.origin import cells_of
from gongzhi.work.prevention.problems.shapes import called


@staff(JUDGE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form; ``?series=12`` for a series, which brings its kind and place."""
    if "series" in request.GET:
        return _for_series(request, _series(request.GET["series"]))
    usual = {"unit": account_of(request).unit_id}
    form = SeenForm(request.POST or None, initial=usual)
    if form.is_valid():
        told = form.cleaned_data
        made = actions.open_as_seen(
            by_of(request), about=told["about"], middle=told["middle"], reach=int(told["reach"]),
            title=told["title"], unit=told["unit"], words=told["words"],
        )  # fmt: skip
        return _made(request, made)
    return _drawn(request, {"form": form, "map": map_of()}, bound=form.is_bound)


def _for_series(request: HttpRequest, series: Series) -> HttpResponse:
    there = Problem.objects.filter(series=series).first()
    if there is not None:
        return redirect("problems:problem", there.pk)
    place = called([cells_of(series)[0]])[0]
    title = _("%(place)s：%(what)s") % {"place": place, "what": series.title}
    usual = {"unit": account_of(request).unit_id, "title": title}
    form = TitleForm(request.POST or None, initial=usual)
    if form.is_valid():
        told = form.cleaned_data
        made = actions.open_for_series(
            by_of(request), series, title=told["title"], unit=told["unit"]
        )
        return _made(request, made)
    return _drawn(request, {"form": form, "series": series, "place": place}, bound=form.is_bound)


def _drawn(request: HttpRequest, here: dict[str, Any], *, bound: bool) -> HttpResponse:
    return render(request, "problems/new.html", here, status=422 if bound else 200)


def _made(request: HttpRequest, made: Problem) -> HttpResponse:
    messages.success(request, _("已立为防范问题。"))
    return redirect("problems:problem", made.pk)


def _series(key: str) -> Series:
    found = Series.objects.filter(pk=id_in(key), topic=False).first()
    if found is None:
        raise Refused(_("没有这个串并。"), code="no_such_series", status=404)
    return found
