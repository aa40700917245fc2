"""What is known of a place: beside the call, and on a page of its own where notes are put up."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.permissions import may
from gongzhi.base.places.selectors import place_in_county
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.ids import id_in
from gongzhi.work.calls.actions import note_premises, remove_premise_note
from gongzhi.work.calls.actions.premises import DAYS, LONGEST
from gongzhi.work.calls.models import PremiseNote
from gongzhi.work.calls.permissions import NOTE_PREMISES, TAKE
from gongzhi.work.calls.selectors.premises import premises_at


@staff(TAKE)
@never_cache
@require_POST
def before(request: HttpRequest) -> HttpResponse:
    """Beside the call: what happened at the place that was chosen."""
    told = request.POST
    try:
        point = place_in_county(told.get("lat"), told.get("lon"))
    except Refused:  # no place yet
        return render(request, "calls/_premises.html", {"asked": False})
    place = told.get("place", "")[:200]
    query = urlencode({"lat": str(point.lat), "lon": str(point.lon), "place": place})
    here = {
        "asked": True,
        "known": premises_at(point, place=place),
        "note_url": f"{reverse('calls:premises')}?{query}"
        if may(account_of(request), NOTE_PREMISES)
        else "",
    }
    return render(request, "calls/_premises.html", here)


@staff(NOTE_PREMISES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def premises(request: HttpRequest) -> HttpResponse:
    """One place: what happened there, its notes, and putting up or taking down one."""
    told = request.POST if request.method == "POST" else request.GET
    point = place_in_county(told.get("lat"), told.get("lon"))
    place = told.get("place", "")[:LONGEST]
    here: dict[str, Any] = {"place": place, "point": point, "days": DAYS, "longest": LONGEST}
    if request.method == "POST":
        try:
            _act(request)
        except Refused as refused:
            here |= {"refused": refused, "words": told.get("words", "")}
        else:
            query = urlencode({"lat": str(point.lat), "lon": str(point.lon), "place": place})
            return redirect(f"{reverse('calls:premises')}?{query}")
    here["known"] = premises_at(point, place=place)
    status = here["refused"].status if "refused" in here else 200
    return render(request, "calls/premises.html", here, status=status)


def _act(request: HttpRequest) -> None:
    told, by = request.POST, by_of(request)
    if key := told.get("remove"):
        note = PremiseNote.objects.filter(pk=id_in(key)).first()
        if note is None:
            raise Refused(_("没有找到这条提示。"), code="no_such_note", status=404)
        remove_premise_note(by, note)
        messages.success(request, _("提示已撤下，内容已清除。"))
        return
    point = place_in_county(told.get("lat"), told.get("lon"))
    days = id_in(told.get("days", ""))
    note_premises(by, point, place=told.get("place", ""), words=told.get("words", ""), days=days)
    messages.success(request, _("提示已登记，到期自动撤下。"))
