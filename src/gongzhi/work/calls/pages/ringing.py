"""The bell: what rings now, who answers it, and what waits to be called back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.log.actions import now
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.calls import backs
from gongzhi.work.calls.actions import (
    ask_back,
    claim_ring,
    close_ring,
    leave_ring,
    note_call_back,
    see_number,
)
from gongzhi.work.calls.models import CallBack, Manner
from gongzhi.work.calls.permissions import TAKE
from gongzhi.work.calls.selectors.ringing import (
    backs_counted,
    closed_lately,
    in_hand,
    ring_named,
    ringing,
    to_call_back,
)

MOST = 6
"""Ringing calls shown at once; a desk has fewer seats."""


def bell(account: Account) -> dict[str, Any]:
    """What the banner shows to this call-taker."""
    rings, (waiting, late) = list(ringing()[: MOST + 1]), backs_counted()
    return {
        "rings": rings[:MOST],
        "more_rings": len(rings) > MOST,
        "grave_after": int(backs.ANSWER_WITHIN.total_seconds()),
        "at": now(),
        "held": in_hand(account)[:3],
        "backs": waiting,
        "backs_late": late,
    }


@staff(TAKE)
@never_cache
@require_safe
def banner(request: HttpRequest) -> HttpResponse:
    """The banner alone, asked for whenever something rang, was answered or ended."""
    return render(request, "calls/_bell.html", bell(account_of(request)))


@staff(TAKE)
@require_POST
def claim(request: HttpRequest, key: int) -> HttpResponse:
    """Answer: the form opens with the caller's number in it. Whoever was slower is told so."""
    rung = ring_named(key)
    try:
        claim_ring(by_of(request), rung)
    except Refused as slower:
        if slower.status != 409:
            raise
        messages.warning(request, str(slower))
        return redirect("calls:new")
    return _to_form(key)


@staff(TAKE)
@require_POST
def leave(request: HttpRequest, key: int) -> HttpResponse:
    """What becomes of a claimed call that is not written down: called back, or closed."""
    by, rung, what = by_of(request), ring_named(key), request.POST.get("what", "")
    if what in backs.OUTCOMES:
        close_ring(by, rung, what)
        messages.success(request, _("这通来电已了结，没有登记警情。"))
    else:
        leave_ring(by, rung, what)
        messages.success(request, _("已放入回拨，请三分钟内打回去。"))
    return redirect("calls:new")


@staff(TAKE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def call_backs(request: HttpRequest) -> HttpResponse:
    """Who is to be called back; by POST a number is added by hand."""
    if request.method == "POST":
        told = request.POST
        ask_back(by_of(request), told.get("phone", ""), told.get("manner", Manner.ABANDONED))
        return redirect("calls:backs")
    return _list(request)


@staff(TAKE)
@never_cache
@require_POST
def number(request: HttpRequest, key: int) -> HttpResponse:
    """Show the number of one of them, once, to whoever calls back now."""
    return _list(request, key, see_number(by_of(request), ring_named(key)))


@staff(TAKE)
@require_POST
def tried(request: HttpRequest, key: int) -> HttpResponse:
    """What came of calling back. Reached: the form opens, as for a call just answered."""
    rung = note_call_back(by_of(request), ring_named(key), request.POST.get("result", ""))
    return _to_form(key) if rung.state == "claimed" else redirect("calls:backs")


@staff(TAKE)
@require_POST
def close(request: HttpRequest, key: int) -> HttpResponse:
    """Say why nobody calls back any more."""
    close_ring(by_of(request), ring_named(key), request.POST.get("outcome", ""))
    return redirect("calls:backs")


def _to_form(key: int) -> HttpResponse:
    return redirect(f"{reverse('calls:new')}?ring={key}")


def _list(request: HttpRequest, seen: int = 0, phone: str = "") -> HttpResponse:
    given_up = [(code, words) for code, words in backs.OUTCOMES.items() if code != "misdial"]
    here = {
        "waiting": list(to_call_back().prefetch_related("call_backs__by")[:60]),
        "closed": list(closed_lately()[:20]),
        "seen": seen,
        "phone": phone,
        "results": CallBack.Result.choices,
        "outcomes": given_up,
        "said": backs.OUTCOMES,
        "now": now(),
        "manners": [one for one in Manner.choices if one[0] != Manner.SPOKEN],
    }
    return render(request, "calls/backs.html", here)
