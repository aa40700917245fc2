"""The partner's own page: what it is asked, and large buttons for what it answers."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.access.asker import account_of
from gongzhi.base.access.marks import staff
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.fields import labelled
from gongzhi.base.ui.context import live_line
from gongzhi.base.ui.errors import Refused
from gongzhi.work.linked import actions
from gongzhi.work.linked.actions.answering import Told
from gongzhi.work.linked.permissions import ANSWER
from gongzhi.work.linked.selectors.requests import inbox_of, request_for
from gongzhi.work.linked.states import Reason, Via


@staff(ANSWER)
@never_cache
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """The whole page."""
    return render(request, "linked/inbox.html", {**live_line(), **_seen(request)})


@staff(ANSWER)
@never_cache
@require_safe
def inbox_piece(request: HttpRequest) -> HttpResponse:
    """What changes of it."""
    return render(request, "linked/parts/inbox.html", _seen(request))


@staff(ANSWER)
@require_POST
def answer(request: HttpRequest, key: int) -> HttpResponse:
    """Yes, no, on the way, there, done."""
    who = account_of(request)
    made = actions.answer_request(
        Actor.account(who), request_for(who.unit_id, key), told_by(request, Via.PAGE)
    )
    seen = _seen(request) | {"said": "" if made.changed else nothing_new(made.request)}
    if not request.headers.get("HX-Request"):
        return redirect("linked:inbox")
    return render(request, "linked/parts/inbox.html", seen)


@staff(ANSWER)
@never_cache
@require_POST
def contact(request: HttpRequest, key: int) -> HttpResponse:
    """The caller's contact, where the desk shared it; on record."""
    who = account_of(request)
    opened = actions.open_contact(Actor.account(who), request_for(who.unit_id, key))
    return render(request, "linked/parts/contact.html", {"fields": labelled(opened)})


def told_by(request: HttpRequest, via: str) -> Told:
    """The answer that a form sent. Refuses minutes that are none."""
    sent = request.POST
    minutes = sent.get("minutes", "").strip()
    if minutes and not (minutes.isascii() and minutes.isdigit() and len(minutes) < 6):
        wrong = _("请写几分钟，比如 15。")
        raise Refused(wrong, code="minutes", status=422, fields={"minutes": wrong})
    return Told(
        sent.get("answer", ""), via, reason=sent.get("reason", ""), words=sent.get("words", ""),
        minutes=int(minutes) if minutes else None,
    )  # fmt: skip


def nothing_new(request: Any) -> str:
    """What is said to an answer that changed nothing."""
    return _("这条请求已经是“%(state)s”，没有改动。") % {"state": request.get_state_display()}


def _seen(request: HttpRequest) -> dict[str, Any]:
    who = account_of(request)
    opened, over = inbox_of(who.unit_id)
    return {"opened": opened, "over": over, "unit": who.unit, "reasons": Reason.choices}
