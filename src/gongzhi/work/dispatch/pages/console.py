"""The dispatch console: one page, and its pieces, asked for again when things move."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongzhi.base.access.asker import account_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.permissions import may
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account
from gongzhi.base.places.maps import map_of
from gongzhi.base.places.models import County
from gongzhi.base.places.selectors import county_named
from gongzhi.base.ui.context import live_line
from gongzhi.base.ui.ids import id_in
from gongzhi.work.calls.pages.ringing import bell
from gongzhi.work.calls.permissions import TAKE
from gongzhi.work.dispatch.board import Tallies, UnitRow
from gongzhi.work.dispatch.permissions import ASSIGN
from gongzhi.work.dispatch.selectors import detail, maps, queue, units
from gongzhi.work.dispatch.selectors.cover import cover_now, cover_of, free_units
from gongzhi.work.dispatch.selectors.nothing import nothing

VIEW = "dispatch.view_console"


@staff(VIEW)
@never_cache
@require_safe
def console(request: HttpRequest) -> HttpResponse:
    """The whole console; an incident in the address is open, or else the one on top."""
    return whole(request, id_in(request.GET.get("incident")))


@staff(VIEW)
@never_cache
@require_safe
def queue_piece(request: HttpRequest) -> HttpResponse:
    """The queue, and beside it the counts above it."""
    here = {**_queue(request), "detail_id": id_in(request.GET.get("incident")), "oob": True}
    with _time_of(here["source"]):
        return render(request, "dispatch/parts/queue_with_counts.html", here)


@staff(VIEW)
@never_cache
@require_safe
def units_piece(request: HttpRequest) -> HttpResponse:
    """The table of units, as seen from the incident that is open."""
    key = id_in(request.GET.get("incident"))
    matter = detail.shown_to(account_of(request), key) if key else None
    rows = _units(matter, county_asked(request))
    here = {"units": rows, "unit_counts": _unit_counts(rows), "may_assign": _sends(request, matter),
            "detail_id": key, "source": county_asked(request), "oob": True}  # fmt: skip
    return render(request, "dispatch/parts/units_with_counts.html", here)


@staff(VIEW)
@never_cache
@require_safe
def detail_piece(request: HttpRequest, key: int) -> HttpResponse:
    """One incident; as a page of its own it is the console with that incident open."""
    if not request.headers.get("HX-Request"):
        return whole(request, key)
    return drawn_detail(request, key)


@staff(VIEW)
@never_cache
@require_safe
def map_incidents(request: HttpRequest) -> JsonResponse:
    """Incidents for the map."""
    return JsonResponse({"results": maps.map_incidents(account_of(request), county_asked(request))})


@staff(VIEW)
@never_cache
@require_safe
def map_units(request: HttpRequest) -> JsonResponse:
    """Units on duty for the map."""
    return JsonResponse({"results": maps.map_units()})


@staff(VIEW)
@never_cache
@require_safe
def map_cells(request: HttpRequest) -> JsonResponse:
    """How often where, for the map."""
    return JsonResponse({"results": maps.map_cells(county_asked(request))})


def drawn_detail(request: HttpRequest, key: int) -> HttpResponse:
    """The piece that shows one incident."""
    matter = detail.shown_to(account_of(request), key)
    with _time_of(matter.county):
        seen = detail.detail_of(matter, account_of(request), units.units_with_tasks())
        return render(request, "dispatch/parts/detail.html", {"detail": seen})


def whole(request: HttpRequest, key: int | None) -> HttpResponse:
    """The console with all its pieces in place: what is seen first needs no script."""
    with _time_of(county_asked(request)):
        return _whole(request, key)


def _whole(request: HttpRequest, key: int | None) -> HttpResponse:
    line, queued = live_line(), _queue(request)
    shown = key or next((row.id for row in queued["rows"]), None)
    matter = detail.shown_to(account_of(request), shown) if shown else None
    county = county_asked(request)
    rows = _units(matter, county)
    here = {
        **line,
        **queued,
        **(_bell(request) if county is None else {}),
        "panel": "detail" if key else "queue",
        "units": rows,
        "unit_counts": _unit_counts(rows),
        "detail": detail.detail_of(matter, account_of(request), units.units_with_tasks())
        if matter else None,
        "detail_id": shown,
        "cover": None if county else cover_now(cover_of(free_units())),
        "may_assign": _sends(request, matter),
        "bounds": maps.bounds_of(county, account_of(request)),
        "map": map_of(county),
        "map_says": maps.map_words(),
        "panels": [("queue", _("队列")), ("map", _("地图")), ("units", _("警力")),
                   ("detail", _("详情"))],
    }  # fmt: skip
    return render(request, "dispatch/console.html", here)


def _bell(request: HttpRequest) -> dict[str, Any]:
    """What rings, for those who also take calls."""
    who = account_of(request)
    return {"rings_here": True, **bell(who)} if may(who, TAKE) else {}


def _time_of(county: County | None) -> AbstractContextManager[None]:
    """Imported records are told in the time of where they happened."""
    return timezone.override(county.time_zone) if county else nullcontext()


def county_asked(request: HttpRequest) -> County | None:
    """The imported source that is looked at; None for the county's own."""
    code = request.GET.get("county", "")
    county = county_named(code) if code else None
    return None if county is None or county.own else county


def _queue(request: HttpRequest) -> dict[str, Any]:
    county, who = county_asked(request), account_of(request)
    show = request.GET.get("show", "")
    if show not in queue.SHOWS:
        show = "all" if county else "open"
    q = request.GET.get("q", "")[:80]
    counts = queue.filter_counts(who, county)
    rows = queue.rows(queue.shown(who, show, q, county))
    tallies = queue.tallies(who, county)
    words = {"open": _("未结"), "mine": _("我的"), "all": _("全部"), "drill": _("演练")}
    return {
        "rows": rows,
        "nothing": None if rows else nothing(who, show, q.strip(), county, counts),
        "most": queue.MOST,
        "tallies": tallies,
        "joint_waiting": tallies.waiting if _sends_jointly(who, county, tallies) else 0,
        "filters": [
            (code, words[code], counts[code])
            for code in queue.SHOWS
            if code != "drill" or counts[code] or show == code
        ],
        "more": counts[show] > queue.MOST and not q,
        "show": show,
        "q": q,
        "source": county,
        "county_code": county.code if county else "",
    }


def _units(matter: Matter | None, county: County | None) -> list[UnitRow]:
    """The table of units; none beside an imported source, where nobody can be sent."""
    return [] if county else units.unit_rows(units.units_with_tasks(), matter)


def _unit_counts(rows: list[Any]) -> list[tuple[str, str, str, int]]:
    """Buttons above the table: signs, tone, words, how many."""
    n = units.sign_counts(rows)
    return [
        ("free", "good", _("空闲"), n["free"]),
        ("enroute onscene", "note", _("出警"), n["enroute"] + n["onscene"]),
        ("busy", "plain", _("暂停"), n["busy"]),
        ("off", "plain", _("离岗"), n["off"]),
    ]


def _sends_jointly(who: Account, county: County | None, tallies: Tallies) -> bool:
    return county is None and tallies.waiting > 1 and may(who, ASSIGN)


def _sends(request: HttpRequest, matter: Any) -> bool:
    return bool(matter) and detail.may_send(matter, account_of(request))
