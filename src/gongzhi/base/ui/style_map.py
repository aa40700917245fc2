"""The style guide's map: the own county, or another, with a sample of everything on it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongzhi.base.access.marks import public
from gongzhi.base.places.cells import as_text, cell_of, cells_around
from gongzhi.base.places.coordinates import Bounds
from gongzhi.base.places.maps import map_of
from gongzhi.base.places.models import County
from gongzhi.base.places.selectors import county_named, own_county

STATUSES = ("free", "enroute", "onscene", "busy", "off")


@public
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """`/style/map/`; ``?county=`` for another one than the own."""
    county = _county(request)
    shown = {
        "map": map_of(county),
        "shown_county": county.code if county else "",
        "says": {"statuses": _statuses(), "heat": _("每格的数量")},
    }
    return render(request, "ui/style_map.html", shown)


@public
@require_safe
def samples(request: HttpRequest, kind: str) -> JsonResponse:
    """Made-up incidents, units or cells around the middle of the county."""
    county = _county(request)
    box = county.bounds if county else Bounds(-1, -1, 1, 1)
    made = {"incidents": _incidents, "units": _units, "cells": _cells}[kind](box)
    return JsonResponse({"results": made})


def _county(request: HttpRequest) -> County | None:
    code = request.GET.get("county")
    return county_named(code) if code else own_county()


def _statuses() -> dict[str, str]:
    said = (_("空闲"), _("赶赴现场"), _("在现场"), _("忙"), _("离岗"))
    return dict(zip(STATUSES, said, strict=True))


def _at(box: Bounds, up: float, across: float) -> dict[str, float]:
    """A place in the box, so many hundredths of its size from the middle."""
    lat = box.centre.lat + (box.north - box.south) * up / 100
    return {"lat": lat, "lon": box.centre.lon + (box.east - box.west) * across / 100}


def _incidents(box: Bounds) -> list[dict[str, Any]]:
    return [
        {"id": n, "priority": n % 4 + 1, "late": n % 5 == 1, "words": _("老人走失"),
         "place": _("码头附近")} | _at(box, (n // 4 - 1) * 9, (n % 4 - 1.5) * 7 + n // 4 * 2)
        for n in range(12)
    ]  # fmt: skip


def _units(box: Bounds) -> list[dict[str, Any]]:
    return [
        {"id": n, "name": _("城关 %(n)s") % {"n": f"0{n + 1}"}, "status": status,
         "status_words": said} | _at(box, n * 4 - 18, n * 11 - 22)
        for n, (status, said) in enumerate(_statuses().items())
    ]  # fmt: skip


def _cells(box: Bounds) -> list[dict[str, Any]]:
    near = cells_around(cell_of(box.centre), 14)
    return [{"cell": as_text(cell), "value": 1 + n * 7 % 23} for n, cell in enumerate(near)]
