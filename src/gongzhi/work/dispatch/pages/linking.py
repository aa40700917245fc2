"""What the console's buttons do with partners; each answers with the incident anew."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from gongzhi.base.access.asker import by_of
from gongzhi.base.access.marks import staff
from gongzhi.work.dispatch.pages.deeds import answer_with
from gongzhi.work.dispatch.selectors.detail import incident_of
from gongzhi.work.linked import actions
from gongzhi.work.linked.pages.inbox import told_by
from gongzhi.work.linked.permissions import ASK
from gongzhi.work.linked.selectors.requests import request_of_desk
from gongzhi.work.linked.states import Via


@staff(ASK)
@require_POST
def ask(request: HttpRequest, key: int) -> HttpResponse:
    """Ask a partner; by link, the link is made at once."""
    sent, by = request.POST, by_of(request)
    partner, _slash, offer = sent.get("partner", "")[:81].partition("/")
    made = actions.ask_partner(
        by, incident_of(key), partner[:40],
        offers=[one for one in (offer, *sent.getlist("offers")) if one],
        words=sent.get("words", ""), way=sent.get("way", ""), share_contact="share_contact" in sent,
        share_photos="share_photos" in sent,
    )  # fmt: skip
    if made.way == Via.LINK:
        actions.make_link(by, made)
    return answer_with(request, key)


@staff(ASK)
@require_POST
def phone(request: HttpRequest, key: int) -> HttpResponse:
    """The desk told it by phone."""
    found = request_of_desk(key)
    actions.phone_partner(by_of(request), found)
    return answer_with(request, found.matter_id)


@staff(ASK)
@require_POST
def answer(request: HttpRequest, key: int) -> HttpResponse:
    """What the partner said on the phone."""
    found = request_of_desk(key)
    actions.answer_request(by_of(request), found, told_by(request, Via.PHONE))
    return answer_with(request, found.matter_id)


@staff(ASK)
@require_POST
def cancel(request: HttpRequest, key: int) -> HttpResponse:
    """It isn't needed any more."""
    found = request_of_desk(key)
    actions.cancel_request(by_of(request), found)
    return answer_with(request, found.matter_id)


@staff(ASK)
@require_POST
def link(request: HttpRequest, key: int) -> HttpResponse:
    """A new link; the one before opens nothing more."""
    found = request_of_desk(key)
    actions.make_link(by_of(request), found)
    return answer_with(request, found.matter_id)
