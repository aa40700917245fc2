"""What was reported around here: for everybody, by blocks."""

from __future__ import annotations

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongzhi.base.access.marks import public
from gongzhi.base.access.throttle import address_of, limit
from gongzhi.base.places.cells import cell_of, middle_of
from gongzhi.base.places.maps import map_of
from gongzhi.base.places.search import search
from gongzhi.work.participation.selectors.around import (
    reported_around,
    reports_by_block,
    reports_by_town,
)

A_MINUTE = {"tries": 300, "seconds": 60}
KEPT = 60
"""Seconds for which the map's blocks are told again without being counted."""
LONGEST = 80


@public
@require_safe
def around(request: HttpRequest) -> HttpResponse:
    """``?q=``: the place that somebody asks for; without it only the map, and how to ask."""
    limit("participation.around", address_of(request), **A_MINUTE)
    q = request.GET.get("q", "").strip()[:LONGEST]
    found = search(q, limit=1) if q else []
    here = {"q": q, "map": map_of(), "found": None, "rows": []}
    if not q:
        here["towns"] = reports_by_town()
    if found:
        middle = middle_of(cell_of(found[0].point))
        here["found"], here["rows"] = found[0].entry, reported_around(found[0].point)
        here["point"] = f"{middle.lat:.4f},{middle.lon:.4f}"
    return render(request, "participation/around.html", here)


@public
@require_safe
def blocks(request: HttpRequest) -> JsonResponse:
    """The map's blocks with their counts."""
    limit("participation.around", address_of(request), **A_MINUTE)
    told = cache.get_or_set("participation.blocks", reports_by_block, KEPT)
    return JsonResponse(told, safe=False)
