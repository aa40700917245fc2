"""Did patrols help? Where they stayed since a day, before and after, beside other places."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongzhi.base.access.marks import staff
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.places.maps import map_of
from gongzhi.work.prevention.problems.counting import yesterday
from gongzhi.work.prevention.problems.forms import named
from gongzhi.work.prevention.problems.looking import harms
from gongzhi.work.prevention.problems.pages.reading import (
    cells_given,
    near_in,
    ring_in,
    since_given,
)
from gongzhi.work.prevention.problems.permissions import VIEW
from gongzhi.work.prevention.problems.selectors.effects import effect
from gongzhi.work.prevention.problems.shapes import WIDEST

USUAL, LONG, FARTHEST = timedelta(weeks=8), timedelta(weeks=26), timedelta(weeks=52)


@staff(VIEW)
@never_cache
@require_safe
def effects(request: HttpRequest) -> HttpResponse:
    """``?about=`` (a kind of harm), ``?since=``, ``?ring=``, ``?middle=`` (cells to compare with),
    ``?near=`` (cells to watch instead of the ring). Everything that was chosen stands in the
    address, so that it can be shown and checked."""
    kinds, given = named(harms()), request.GET
    about = given.get("about", "")
    about = about if about in dict(kinds) else kinds[0][0] if kinds else ""
    since, ring = since_given(given), ring_in(given)
    found = effect(
        about, since, ring=ring, middles=cells_given(given, "middle"),
        without=cells_given(given, "without"), around=near_in(given),
    ) if about else None  # fmt: skip
    item = catalogue().categories.get(about)
    here = {
        "kinds": kinds, "about": about, "what": str(item.name) if item else "", "since": since,
        "around": given.getlist("near") or None,
        "chosen": "middle" in given, "ring": ring, "rings": range(1, WIDEST + 1), "found": found,
        "assessed": found.told if found else None, "latest": yesterday(),
        "map": map_of() if found else None, "shapes": found.shapes if found else None,
    }  # fmt: skip
    return render(request, "problems/effects.html", here)
