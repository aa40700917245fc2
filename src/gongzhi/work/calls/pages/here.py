"""Where a caller is: what the desk asks for, and the page that the caller opens."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import public, staff
from gongzhi.base.access.throttle import address_of, limit
from gongzhi.base.log.actor import Actor
from gongzhi.base.places.coordinates import checked
from gongzhi.base.ui.errors import Refused
from gongzhi.work.calls.actions import ask_here, leave_here, revoke_here, send_here, take_here
from gongzhi.work.calls.actions.here import MOST_SENT
from gongzhi.work.calls.models import HereLink
from gongzhi.work.calls.permissions import TAKE
from gongzhi.work.calls.selectors.here import form_link, here_of_form, here_with, shown_here

TEN_MINUTES = 600
DEEDS = {"take": take_here, "leave": leave_here, "revoke": revoke_here}


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def here(request: HttpRequest, code: str) -> HttpResponse:
    """The caller's page: who asks, what for, and one button. Nothing is sent by opening it."""
    limit("calls.here", address_of(request), tries=120, seconds=TEN_MINUTES)
    link = here_with(code)
    if request.method == "POST":
        return _sent(request, link)
    told = {"link": link, "left": MOST_SENT - link.sent}
    response = render(request, "calls/here.html", told)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"  # the address is the key: no page learns of it
    return response


def _sent(request: HttpRequest, link: HereLink) -> HttpResponse:
    limit("calls.here_sent", str(link.pk), tries=10, seconds=TEN_MINUTES)
    told = request.POST
    point = checked(told.get("lat"), told.get("lon"))
    held = send_here(
        Actor.resident(), link, point,
        accuracy=_whole(told.get("accuracy", "")), age=_whole(told.get("age", "0")),
    )  # fmt: skip
    return JsonResponse({"left": MOST_SENT - held.sent})


@staff(TAKE)
@never_cache
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """A link for the call in hand; with ``look``, only the one that there is, after a reload."""
    if "look" in request.POST:
        draft = request.POST.get("idempotency_key", "")[:64]
        return _piece(request, here_of_form(draft, account_of(request)))
    made = ask_here(by_of(request), draft=request.POST.get("idempotency_key", ""))
    return _piece(request, made)


@staff(TAKE)
@never_cache
@require_safe
def piece(request: HttpRequest, key: int) -> HttpResponse:
    """How the link of the call in hand stands; the button again when it is over."""
    try:
        return _piece(request, form_link(key, account_of(request)))
    except Refused:
        return _piece(request, None)


@staff(TAKE)
@never_cache
@require_POST
def decide(request: HttpRequest, key: int, what: str) -> HttpResponse:
    """Use the position, leave it, or let the link work no more."""
    link = form_link(key, account_of(request))
    decided(by_of(request), link, what, request.POST.get("sent", ""))
    left = what == "leave" and link.sent < MOST_SENT
    return _piece(request, form_link(key, account_of(request)) if left else None)


def decided(by: Actor, link: HereLink, what: str, sent: str) -> None:
    """Do it; of the position that was looked at. Refuses (404) what can't be done."""
    deed = DEEDS.get(what)
    if deed is None:
        raise Refused(_("没有这个操作。"), code="no_such_deed", status=404)
    link.sent = _whole(sent)
    deed(by, link)


def _piece(request: HttpRequest, link: HereLink | None) -> HttpResponse:
    here: dict[str, Any] = {"here": shown_here(link)}
    return render(request, "calls/_here.html", here)


def _whole(told: str) -> int:
    """The number of metres or seconds, rounded; -1 for what is none."""
    try:
        return min(round(float(told)), 10**9)
    except (ValueError, OverflowError):
        return -1
