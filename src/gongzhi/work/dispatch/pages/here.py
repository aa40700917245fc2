"""Where the caller of an incident is: asked for and decided on the console."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from gongzhi.base.access.asker import by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.ui.ids import id_in
from gongzhi.work.calls.actions import ask_here
from gongzhi.work.calls.pages.here import decided
from gongzhi.work.calls.permissions import TAKE
from gongzhi.work.calls.selectors.here import incident_link
from gongzhi.work.dispatch.pages.deeds import answer_with
from gongzhi.work.dispatch.selectors.detail import incident_of


@staff(TAKE)
@require_POST
def ask(request: HttpRequest, key: int) -> HttpResponse:
    """A link for the caller of this incident; an earlier one works no more."""
    ask_here(by_of(request), matter=incident_of(key))
    return answer_with(request, key)


@staff(TAKE)
@require_POST
def decide(request: HttpRequest, key: int, what: str) -> HttpResponse:
    """Put the incident where the caller is, leave the position, or let the link work no more."""
    link = incident_link(id_in(request.POST.get("link", "")), incident_of(key))
    decided(by_of(request), link, what, request.POST.get("sent", ""))
    return answer_with(request, key)
