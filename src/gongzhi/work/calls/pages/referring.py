"""What the police handed to a department, as the department sees it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.reasons import RETURNS
from gongzhi.base.matters.timeline import timeline
from gongzhi.base.places.maps import map_of
from gongzhi.base.ui.errors import Refused
from gongzhi.work.calls.actions import accept_referred, finish_referred, return_incident
from gongzhi.work.calls.permissions import ANSWER_REFERRED
from gongzhi.work.calls.selectors import answers_of, calls_of
from gongzhi.work.calls.selectors.referring import referred_named, referred_to, return_asked

MOST = 60


@staff(ANSWER_REFERRED)
@never_cache
@require_safe
def referred(request: HttpRequest) -> HttpResponse:
    """The department's inbox of what came from 110."""
    account = account_of(request)
    show = "done" if request.GET.get("show") == "done" else "open"
    counts = {each: referred_to(account, each).count() for each in ("open", "done")}
    here = {"rows": referred_to(account, show)[:MOST], "show": show, "counts": counts}
    return render(request, "calls/referred.html", here)


@staff(ANSWER_REFERRED)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def referred_one(request: HttpRequest, key: int) -> HttpResponse:
    """One of them, whole; by POST it is accepted, finished or handed back."""
    matter = referred_named(account_of(request), key)
    if request.method != "POST":
        return _page(request, matter)
    try:
        said, done = _act(by_of(request), matter, request)
    except Refused as refused:
        if refused.status == 403:
            raise
        return _page(request, matter, refused)
    messages.success(request, said)
    return redirect("calls:referred") if done else redirect("calls:referred_one", key)


def _act(by: Actor, matter: Matter, request: HttpRequest) -> tuple[str, bool]:
    """Do what was pressed: what to say of it, and whether the department is through with it."""
    told = request.POST
    if told.get("what") == "return":
        reason, words = told.get("reason", ""), told.get("words", "")
        return_incident(by, matter, reason=reason, words=words)
        return _("已退回指挥中心。"), True
    if told.get("what") == "finish":
        finish_referred(by, matter, told.get("outcome", ""))
        return _("已办结。"), True
    accept_referred(by, matter)
    return _("已由您接收办理。"), False


def _page(request: HttpRequest, matter: Matter, refused: Refused | None = None) -> HttpResponse:
    account = account_of(request)
    here = {
        "matter": matter,
        "here": matter.owner_unit_id == account.unit_id and matter.step == "referred",
        "answers": answers_of(matter),
        "calls": calls_of(matter),
        "parties": matter.parties.select_related("person"),
        "happenings": timeline(matter),
        "asked_back": return_asked(matter),
        "returns": RETURNS.items(),
        "refused": refused,
        "told": request.POST if refused else {},
        "map": map_of(),
    }
    status = refused.status if refused else 200
    return render(request, "calls/referred_one.html", here, status=status)
