"""The three maps' pages: the page itself, what is told of a choice, and figures as files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.permissions import lacking
from gongzhi.base.places.cell_names import names_of
from gongzhi.base.places.maps import map_of
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.maps.actions import note_export
from gongzhi.watch.maps.asked import Asked, as_text, asked_in, group_of, of_kind, said
from gongzhi.watch.maps.exporting import GEOJSON, as_csv, as_geojson, rule
from gongzhi.watch.maps.permissions import VIEW, sees_moving
from gongzhi.watch.maps.saying import cells_as_json, change_words, headline, rows_of, says, strip_of
from gongzhi.watch.maps.selectors import fixed
from gongzhi.watch.maps.selectors.fixed import ACTIVITIES, venues
from gongzhi.watch.maps.selectors.happened import Cell, Change, compared, happened
from gongzhi.watch.maps.selectors.patrol import patrols_on, sees_patrols
from gongzhi.watch.maps.selectors.published import Published, published
from gongzhi.work.patrol.nodes.permissions import VIEW as SEES_PATROLS

TYPES = {"csv": "text/csv; charset=utf-8", "geojson": GEOJSON}
TOP = 12
"""Cells that are listed; all are in the files."""
PICTURE = "png"
"""Drawn by the browser from what the page shows; here it is only put on record."""


@staff(VIEW)
@never_cache
@require_safe
def maps(request: HttpRequest) -> HttpResponse:
    """All of it, with what the address asks."""
    shown = published()
    towns = fixed.towns()
    asked = asked_in(request.GET.dict(), shown.latest, towns)
    here = {
        **_told(request, shown, asked, towns),
        "map": map_of(),
        "towns": sorted(towns.items(), key=lambda one: one[0]),
        "groups": _groups(asked),
        "venues": _venues(towns),
        "patrols": sees_patrols(account_of(request)),
        "layers": {one.code: one.kinds for one in ACTIVITIES},
        "says": says(),
    }
    return render(request, "maps/maps.html", here)


@staff(VIEW)
@never_cache
@require_safe
def told(request: HttpRequest) -> HttpResponse:
    """What is told of a choice: the piece that the page's form asks for."""
    shown, towns = published(), fixed.towns()
    asked = asked_in(request.GET.dict(), shown.latest, towns)
    return render(request, "maps/_told.html", _told(request, shown, asked, towns))


@staff(VIEW)
@never_cache
@require_safe
def patrols(request: HttpRequest) -> JsonResponse:
    """Nodes and plans of the last day that is asked for. Refuses who may not see patrols."""
    if not sees_patrols(account_of(request)):
        raise lacking(SEES_PATROLS)
    asked = asked_in(request.GET.dict(), published().latest, {})
    return JsonResponse(patrols_on(asked.until))


@staff(VIEW)
@require_POST
def export(request: HttpRequest, format: str) -> HttpResponse:  # noqa: A002  (the address says so)
    """The figures as a file; who took which is on the log."""
    if format not in TYPES and format != PICTURE:
        raise Refused(_("没有这种格式。"), code="format", status=404)
    shown = published()
    asked = asked_in(_query_of(request), shown.latest, fixed.towns())
    note_export(by_of(request), asked, format)
    if format == PICTURE:
        return HttpResponse(status=204)
    found = happened(shown, asked)
    changes = compared(shown, asked).cells if asked.against else None
    body = (as_csv if format == "csv" else as_geojson)(asked, found, changes)
    answer = HttpResponse(body, content_type=TYPES[format])
    name = f"{asked.kind}-{asked.since:%Y%m%d}-{asked.until:%Y%m%d}.{format}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _query_of(request: HttpRequest) -> dict[str, str]:
    """A form hands on the address of what is shown in one field."""
    return QueryDict(request.POST.get("asked", "")).dict()


def _told(
    request: HttpRequest, shown: Published, asked: Asked, towns: dict[str, str]
) -> dict[str, Any]:
    found = happened(shown, asked)
    changes = compared(shown, asked) if asked.against else None
    return {
        "asked": asked,
        "found": found,
        "latest": shown.latest,
        "empty": not len(shown.marks),
        "headline": headline(asked, found, changes),
        "compared": changes,
        "top": _placed(found.cells[:TOP]),
        "changes": _placed([one for one in changes.cells if one.clear][:TOP]) if changes else [],
        "hours": as_text(asked.hours),
        "strip": strip_of(found.strip, asked.hours),
        "by_town": rows_of(found.towns, towns),
        "by_category": rows_of(found.categories, _names(asked)),
        "cells": cells_as_json(found, changes, asked),
        "rule": rule(),
        "moving": sees_moving(account_of(request)),
        "day_query": _day_query(asked),
    }  # fmt: skip


def _names(asked: Asked) -> dict[str, str]:
    return {one.code: said(one.name) for one in of_kind(asked.kind)}


def _placed(cells: Sequence[Cell | Change]) -> list[dict[str, Any]]:
    """Cells as a list names them."""
    rows = []
    for one, place in zip(cells, names_of([cell.cell for cell in cells]), strict=True):
        words = change_words(one) if isinstance(one, Change) else ""
        rows.append({**asdict(one), "code": one.code, "place": place, "words": words})
    return rows


def _day_query(asked: Asked) -> str:
    """The last day of the choice, as the replay is asked for it."""
    begin = datetime.combine(asked.until, time(0), timezone.get_default_timezone())
    end = begin + timedelta(hours=24)
    return urlencode({"from": begin.isoformat(), "to": end.isoformat()})


def _groups(asked: Asked) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Categories under their headings: code and words of each heading, and of what is in it."""
    found: dict[str, tuple[str, list[tuple[str, str]]]] = {}
    for one in of_kind(asked.kind):
        group = found.setdefault(group_of(one), (said(one.group), []))
        group[1].append((one.code, said(one.name)))
    return [(code, words, each) for code, (words, each) in found.items()]


def _venues(towns: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {"code": one.activity.code, "words": one.activity.words, "total": one.total,
         "towns": rows_of(one.by_town, towns)}
        for one in venues()
    ]  # fmt: skip
