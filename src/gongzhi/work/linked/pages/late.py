"""Partners that don't answer in time or don't arrive, across all incidents: ring them from here."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.access.asker import by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.permissions import may
from gongzhi.base.ui.context import live_line
from gongzhi.work.linked import actions
from gongzhi.work.linked.pages.inbox import nothing_new, told_by
from gongzhi.work.linked.permissions import ASK
from gongzhi.work.linked.selectors.late import shown_late
from gongzhi.work.linked.selectors.requests import request_of_desk
from gongzhi.work.linked.states import Reason, Via


@staff(ASK)
@never_cache
@require_safe
def late(request: HttpRequest) -> HttpResponse:
    """The whole page, the longest late first."""
    return render(request, "linked/late.html", {**live_line(), **_seen(request)})


@staff(ASK)
@never_cache
@require_safe
def late_piece(request: HttpRequest) -> HttpResponse:
    """What changes of it."""
    return render(request, "linked/parts/late.html", _seen(request))


@staff(ASK)
@require_POST
def phoned(request: HttpRequest, key: int) -> HttpResponse:
    """The desk told it by phone."""
    actions.phone_partner(by_of(request), request_of_desk(key))
    return _again(request)


@staff(ASK)
@require_POST
def said(request: HttpRequest, key: int) -> HttpResponse:
    """What the partner said on the phone."""
    made = actions.answer_request(by_of(request), request_of_desk(key), told_by(request, Via.PHONE))
    return _again(request, "" if made.changed else nothing_new(made.request))


def _again(request: HttpRequest, said: str = "") -> HttpResponse:
    if not request.headers.get("HX-Request"):
        return redirect("linked:late")
    return render(request, "linked/parts/late.html", _seen(request) | {"said": said})


def _seen(request: HttpRequest) -> dict[str, Any]:
    return {
        "late": shown_late(),
        "reasons": [each for each in Reason.choices if each[0] != Reason.OTHER],
        "sees_console": may(request.user, "dispatch.view_console"),
    }
