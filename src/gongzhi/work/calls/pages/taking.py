"""The call-taker's page."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import Any

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.log.actions import now
from gongzhi.base.matters.similar import Similar
from gongzhi.base.places.maps import map_of
from gongzhi.base.places.selectors import place_in_county
from gongzhi.base.ui.context import address, live_line
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.ids import id_in
from gongzhi.work.calls.actions import receive_call
from gongzhi.work.calls.asking import sheet
from gongzhi.work.calls.forms import CallForm
from gongzhi.work.calls.models import Call, Ring
from gongzhi.work.calls.pages.ringing import bell
from gongzhi.work.calls.permissions import TAKE
from gongzhi.work.calls.selectors import (
    call_of_key,
    calls_of_today,
    likely_same,
    taken_call,
    trials_of_today,
)
from gongzhi.work.calls.selectors.here import here_of_form, shown_here
from gongzhi.work.calls.selectors.ringing import claimed_ring

JOIN_KEYS = ("F2", "F3", "F4")
SHOWN_TODAY = 30


@staff(TAKE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """An empty form; a good one is received, also when it is sent twice, and the next begins."""
    if request.method != "POST":
        return _page(request, _empty(_ring(request)))
    form = CallForm(request.POST)
    if not form.is_valid():
        return _page(request, form, 422)
    try:
        call = _received(request, form)
    except Refused as refused:
        form.refuse(refused)
        return _page(request, form, refused.status)
    return redirect(f"{reverse('calls:new')}?taken={call.pk}")


@staff(TAKE)
@never_cache
@require_POST
def same(request: HttpRequest) -> HttpResponse:
    """Incidents that this call may be about. By POST, so that no address carries what was said."""
    hints = zip(JOIN_KEYS, _hints(request), strict=False)
    joins = request.POST.get("joins", "")
    here = {"hints": list(hints), "joins": int(joins) if joins.isdecimal() else None}
    return render(request, "calls/_same.html", here | {"asked": bool(request.POST.get("lat"))})


def _hints(request: HttpRequest) -> list[Similar]:
    told = request.POST
    try:
        point = place_in_county(told.get("lat"), told.get("lon"))
    except Refused:  # no place yet: nothing to compare with, and nothing wrong
        return []
    words = told.get("words", "")
    return likely_same(point, told.get("category", ""), now(), words=words, limit=len(JOIN_KEYS))


def _ring(request: HttpRequest) -> Ring | None:
    """The ringing call that this call-taker claimed and now writes down."""
    named = request.POST.get("ring") or request.GET.get("ring") or ""
    return claimed_ring(account_of(request), id_in(named)) if named else None


def _empty(ring: Ring | None) -> CallForm:
    first: dict[str, Any] = {"idempotency_key": secrets.token_urlsafe(24)}
    if ring is not None:
        first |= {"ring": ring.pk, "caller_phone": ring.phone}
        first["started"] = ring.claimed_at.timestamp() if ring.claimed_at else None
    return CallForm(initial=first)


def _received(request: HttpRequest, form: CallForm) -> Call:
    ring, new = _ring(request), form.new_call()
    if ring is not None:
        new = replace(new, ring=ring, received_at=ring.rang_at, answered_at=ring.claimed_at)
    try:
        return receive_call(by_of(request), new)
    except IntegrityError:  # sent twice: the first one stands
        call = call_of_key(form.cleaned_data["idempotency_key"])
        if call is None:
            raise
        return call


def _key(form: CallForm) -> str:
    return str(form["idempotency_key"].value() or "")[:64]


def _page(request: HttpRequest, form: CallForm, status: int = 200) -> HttpResponse:
    account, line = account_of(request), live_line()
    here: dict[str, Any] = {
        "form": form,
        "sheet": sheet(),
        "map": map_of(),
        "taken": taken_call(account, request.GET.get("taken", "")),
        "today": calls_of_today(account)[:SHOWN_TODAY],
        "today_count": calls_of_today(account).count(),
        "console_url": address("dispatch:console"),  # "" in a county without the console
        "given": form.answers if form.is_bound else {},
        "trials": trials_of_today(account),
        "ring": _ring(request),
        "here": shown_here(here_of_form(_key(form), account)),
        **bell(account),
        **line,
    }
    return render(request, "calls/new.html", here, status=status)
