"""The call-taker's page."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from gongzhi.base.access.marks import staff
from gongzhi.base.log.actions import now
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.similar import Similar
from gongzhi.base.people.models import Account
from gongzhi.base.places.maps import map_of
from gongzhi.base.places.selectors import place_in_county
from gongzhi.base.ui.context import address
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.forms import refused_in
from gongzhi.base.ui.ids import id_in
from gongzhi.work.calls.actions import (
    ERASE,
    TAKE,
    erase_incident,
    move_call,
    receive_call,
    split_call,
)
from gongzhi.work.calls.asking import sheet
from gongzhi.work.calls.forms import CallForm, ErasingForm, OwnIncidentForm
from gongzhi.work.calls.models import Call
from gongzhi.work.calls.selectors import (
    call_named,
    call_of_key,
    calls_of_today,
    likely_same,
    open_incident,
    others_for,
    taken_call,
)

JOIN_KEYS = ("F2", "F3", "F4")
SHOWN_TODAY = 30


@staff(TAKE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """An empty form; a good one is received, also when it is sent twice, and the next begins."""
    if request.method != "POST":
        return _page(request, CallForm(initial={"idempotency_key": secrets.token_urlsafe(24)}))
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


@staff(TAKE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, key: int) -> HttpResponse:
    """A call that was put to the wrong incident: search the right one, or open its own."""
    call = call_named(key)
    if request.method != "POST":
        told = {"category": call.matter.category, "words": call.words}
        return _move_page(request, call, OwnIncidentForm(initial=told))
    by, to = Actor.account(_account(request)), request.POST.get("to", "")
    if to:
        return _to_incident(move_call(by, call, open_incident(id_in(to))))
    form = OwnIncidentForm(request.POST)
    if not form.is_valid():
        return _move_page(request, call, form, 422)
    said = {name: form.cleaned_data[name] for name in ("category", "words", "place", "point")}
    return _to_incident(split_call(by, call, **said))


def _move_page(
    request: HttpRequest, call: Call, form: OwnIncidentForm, status: int = 200
) -> HttpResponse:
    q = request.GET.get("q", "").strip()[:80]
    here = {
        "call": call, "form": form, "q": q, "others": others_for(call, q),
        "only": call.matter.calls.count() == 1, "back": _incident_url(call),
    }  # fmt: skip
    return render(request, "calls/move.html", here, status=status)


def _to_incident(call: Call) -> HttpResponse:
    return redirect(_incident_url(call))


def _incident_url(call: Call) -> str:
    """Where the call's incident is shown; in a county without the console, the desk's page."""
    console = address("dispatch:console")
    return f"{console}?incident={call.matter_id}" if console else reverse("calls:new")


def _hints(request: HttpRequest) -> list[Similar]:
    told = request.POST
    try:
        point = place_in_county(told.get("lat"), told.get("lon"))
    except Refused:  # no place yet: nothing to compare with, and nothing wrong
        return []
    words = told.get("words", "")
    return likely_same(point, told.get("category", ""), now(), words=words, limit=len(JOIN_KEYS))


def _received(request: HttpRequest, form: CallForm) -> Call:
    try:
        return receive_call(Actor.account(_account(request)), form.new_call())
    except IntegrityError:  # sent twice: the first one stands
        call = call_of_key(form.cleaned_data["idempotency_key"])
        if call is None:
            raise
        return call


def _page(request: HttpRequest, form: CallForm, status: int = 200) -> HttpResponse:
    account = _account(request)
    here: dict[str, Any] = {
        "form": form,
        "sheet": sheet(),
        "map": map_of(),
        "taken": taken_call(account, request.GET.get("taken", "")),
        "today": calls_of_today(account)[:SHOWN_TODAY],
        "today_count": calls_of_today(account).count(),
        "console_url": address("dispatch:console"),  # "" in a county without the console
        "given": form.answers if form.is_bound else {},
    }
    return render(request, "calls/new.html", here, status=status)


@staff(ERASE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest) -> HttpResponse:
    """Which incident's words are to go, and why; nothing of them is shown here."""
    form = ErasingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        with refused_in(form):
            whole = erase_incident(
                Actor.account(_account(request)), told["number"], reason=told["reason"]
            )
            said = _("%(number)s 的内容已经清除；经过和日志保留。") % {"number": whole.number}
            messages.success(request, said)
            return redirect("calls:erase")
    status = 422 if form.is_bound else 200
    return render(request, "calls/erase.html", {"form": form}, status=status)


def _account(request: HttpRequest) -> Account:
    assert isinstance(request.user, Account)  # noqa: S101  (its mark lets nobody else in)
    return request.user
