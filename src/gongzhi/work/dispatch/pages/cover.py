"""Cover on the console: the number, the map's layer, and asking units to stand by."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.permissions import may
from gongzhi.base.places.selectors import place_in_county
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.ids import id_in
from gongzhi.work.dispatch import actions
from gongzhi.work.dispatch.pages.console import VIEW
from gongzhi.work.dispatch.permissions import ASSIGN
from gongzhi.work.dispatch.selectors.cover import cover_now, cover_of, free_units, map_cover
from gongzhi.work.dispatch.selectors.moves import free_unit, proposed_moves, standing_by


@staff(VIEW)
@never_cache
@require_safe
def cover_piece(request: HttpRequest) -> HttpResponse:
    """The number in the bar."""
    return render(
        request, "dispatch/parts/cover.html", {"cover": cover_now(cover_of(free_units()))}
    )


@staff(VIEW)
@never_cache
@require_safe
def map_cover_cells(request: HttpRequest) -> JsonResponse:
    """Cells by how fast the next call would be reached."""
    return JsonResponse({"results": map_cover(cover_of(free_units()))})


@staff(VIEW)
@never_cache
@require_safe
def moves_piece(request: HttpRequest) -> HttpResponse:
    """What the number stands on, and who could stand by elsewhere."""
    return _moves(request)


@staff(ASSIGN)
@require_POST
def ask_move(request: HttpRequest) -> HttpResponse:
    """Ask a unit to stand by at the place that was proposed."""
    unit = free_unit(id_in(request.POST.get("unit", "")) or 0)
    if unit is None:
        words = _("这个单位刚被派走，不能请它移动待命。")
        raise Refused(words, code="unit_not_free", status=409)
    actions.ask_to_stand_by(
        by_of(request),
        unit,
        place_in_county(request.POST.get("lat"), request.POST.get("lon")),
        place_zh=request.POST.get("place_zh", "")[:200],
        place_en=request.POST.get("place_en", "")[:200],
        within=_share(request.POST.get("after", "")),
    )
    return _answer(request)


@staff(ASSIGN)
@require_POST
def end_move(request: HttpRequest) -> HttpResponse:
    """The unit is needed there no more."""
    unit = free_unit(id_in(request.POST.get("unit", "")) or 0)
    if unit is None:
        raise Refused(_("它已经不在那里待命了。"), code="no_stand_by", status=409)
    actions.end_stand_by(by_of(request), unit)
    return _answer(request)


def _share(text: str) -> float | None:
    return int(text) / 100 if text.isdecimal() and int(text) <= 100 else None


def _answer(request: HttpRequest) -> HttpResponse:
    return _moves(request) if request.headers.get("HX-Request") else redirect("dispatch:console")


def _moves(request: HttpRequest) -> HttpResponse:
    units = free_units()
    cover = cover_of(units)
    here = {
        "cover": cover_now(cover),
        "moves": proposed_moves(cover, units),
        "standing": standing_by(cover, units),
        "may_assign": may(account_of(request), ASSIGN),
    }
    return render(request, "dispatch/parts/moves.html", here)
