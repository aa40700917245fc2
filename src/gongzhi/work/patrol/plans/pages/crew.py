"""What a crew's phone tells of its patrol; answered as its other reports are, so that it waits in
the same box where there is no line."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongzhi.base.access.asker import by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.log.actions import now
from gongzhi.base.log.phone_time import PhoneTime, of_milliseconds, span_of_milliseconds
from gongzhi.base.ui.answers import wants_problem
from gongzhi.base.ui.errors import Refused
from gongzhi.work.patrol.plans import actions
from gongzhi.work.patrol.plans.models import Stop
from gongzhi.work.patrol.plans.permissions import CREW
from gongzhi.work.patrol.plans.selectors.board import stop_called


@staff(CREW)
@require_POST
def tell(request: HttpRequest, key: int) -> HttpResponse:
    """We are there; we go on; we skip it. Sent twice it counts once."""
    posted = request.POST
    if posted.get("who", str(request.user.pk)) != str(request.user.pk):
        words = _("这一条是另一个账号记下的，请用那个账号登录后再发。")
        raise Refused(words, code="another_account", status=409)
    try:
        _tell(request, stop_called(key))
    except Refused as refused:
        if not wants_problem(request) and refused.code != "told_already":
            raise
        state = "already" if refused.code == "told_already" else "refused"
        return _answer(request, state, "" if state == "already" else str(refused))
    return _answer(request, "applied", "")


def _tell(request: HttpRequest, stop: Stop) -> None:
    by, time = by_of(request), _time(request)
    match request.POST.get("what"):
        case "patrol_there":
            actions.reach_stop(by, stop, time)
        case "patrol_left":
            actions.leave_stop(by, stop, time)
        case "patrol_skip":
            actions.skip_stop(by, stop, time, why=request.POST.get("why", ""))
        case _other:
            raise Refused(_("这一条不完整，请刷新页面再报。"), code="no_such_report", status=422)


def _answer(request: HttpRequest, state: str, words: str) -> HttpResponse:
    if not wants_problem(request):
        return redirect("crews:phone")
    return JsonResponse({"state": state, "words": words, "now": now().timestamp() * 1000})


def _time(request: HttpRequest) -> PhoneTime:
    posted = request.POST
    at = of_milliseconds(posted.get("at"))
    if at is None:  # a browser without scripts: just now
        return PhoneTime(now(), now())
    sent = of_milliseconds(request.headers.get("Phone-Now"))
    return PhoneTime(at, sent, span_of_milliseconds(posted.get("ahead")))
