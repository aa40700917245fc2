"""What a signed link opens: one request, with the same buttons, for a partner without account."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.access.links import limit_guessing, private
from gongzhi.base.access.marks import public
from gongzhi.base.access.throttle import limit
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.fields import labelled
from gongzhi.work.linked import actions
from gongzhi.work.linked.models import LinkedRequest
from gongzhi.work.linked.pages.inbox import nothing_new, told_by
from gongzhi.work.linked.selectors.requests import request_with, shown_request
from gongzhi.work.linked.states import Reason, Via

MINUTES = 600


@public
@never_cache
@require_safe
def link(request: HttpRequest, code: str) -> HttpResponse:
    """The request; for htmx the piece that changes."""
    found = _opened(request, code)
    return _drawn(request, found, code)


@public
@never_cache
@require_POST
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """Yes, no, on the way, there, done."""
    found = _opened(request, code)
    made = actions.answer_request(
        Actor.partner(found.partner, found), found, told_by(request, Via.LINK)
    )
    if not request.headers.get("HX-Request"):
        return redirect("linked:link", code)
    return _drawn(
        request, request_with(code), code, "" if made.changed else nothing_new(made.request)
    )


@public
@never_cache
@require_POST
def contact(request: HttpRequest, code: str) -> HttpResponse:
    """The caller's contact, where the desk shared it; on record."""
    found = _opened(request, code)
    limit("linked.contact", str(found.pk), tries=20, seconds=MINUTES)
    opened = actions.open_contact(Actor.partner(found.partner, found), found, via=Via.LINK)
    return render(request, "linked/parts/contact.html", {"fields": labelled(opened)})


def _opened(request: HttpRequest, code: str) -> LinkedRequest:
    """The request behind the code. Guessing is throttled, by address."""
    limit_guessing(request, "linked")
    return request_with(code)


def _drawn(request: HttpRequest, found: LinkedRequest, code: str, said: str = "") -> HttpResponse:
    here = {"row": shown_request(found), "code": code, "said": said, "reasons": Reason.choices,
            "until": found.link_until}  # fmt: skip
    piece = request.headers.get("HX-Request")
    page = "linked/parts/link.html" if piece else "linked/link.html"
    return private(render(request, page, here))
