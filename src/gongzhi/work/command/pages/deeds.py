"""What the lane's buttons do; each takes one action and answers with the lane anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongzhi.base.access.asker import by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.ui.context import address
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.ids import id_in
from gongzhi.work.command import actions
from gongzhi.work.command.models import Lane, Lesson, Objective, Resource, RollAnswer
from gongzhi.work.command.pages.lanes import draw_lane
from gongzhi.work.command.permissions import RUN, VIEW
from gongzhi.work.command.selectors.lanes import lane_of
from gongzhi.work.command.selectors.rolls import PIECE

Deed = Callable[[Actor, Lane, QueryDict], object]


@staff(RUN)
@require_POST
def open_lane(request: HttpRequest) -> HttpResponse:
    """Open a lane for an incident."""
    matter = _incident(request.POST.get("incident", ""))
    made = actions.open_lane(by_of(request), matter)
    if not request.headers.get("HX-Request"):
        return redirect("command:lane", made.pk)
    response = HttpResponse(status=204)
    response["HX-Redirect"] = f"/command/{made.pk}/"
    return response


@staff(VIEW)
@require_POST
def deed(request: HttpRequest, key: int, what: str) -> HttpResponse:
    """One of the lane's buttons."""
    function = DEEDS.get(what)
    if function is None:
        raise Refused(_("没有这个操作。"), code="no_such_deed", status=404)
    function(by_of(request), lane_of(key), request.POST)
    if not request.headers.get("HX-Request"):
        return redirect("command:lane", key)
    return draw_lane(request, key)


@staff()
@require_POST
def answer(request: HttpRequest, key: int) -> HttpResponse:
    """A crew or a partner answers the roll-call on its own page: the action says who is asked."""
    found = RollAnswer.objects.select_related("roll__lane").filter(pk=key).first()
    if found is None:
        raise Refused(_("没有找到这次点名。"), code="no_such_roll", status=404)
    sent = request.POST
    made = actions.answer_roll(
        by_of(request), found, sent.get("said", ""), words=sent.get("words", "")
    )
    if not request.headers.get("HX-Request"):  # a browser without scripts: back to its own page
        return redirect(address("access:start", "/"))
    return render(request, PIECE, {"answer": made})


def _objective(by: Actor, lane: Lane, sent: QueryDict) -> object:
    return actions.set_objective(by, lane, sent.get("words", ""))


def _objective_ended(by: Actor, lane: Lane, sent: QueryDict) -> object:
    return actions.end_objective(by, _of(Objective, lane, sent), sent.get("state", ""))


def _post(by: Actor, lane: Lane, sent: QueryDict) -> object:
    kind, _colon, code = sent.get("who", "").partition(":")
    account = Account.objects.filter(username=code).first() if kind == "account" else None
    unit = Unit.objects.filter(code=code).first() if kind == "unit" else None
    return actions.give_post(by, lane, sent.get("post", ""), account=account, unit=unit)


def _roll(by: Actor, lane: Lane, sent: QueryDict) -> object:
    return actions.start_roll(by, lane, minutes=id_in(sent.get("minutes", "5")))


def _roll_ended(by: Actor, lane: Lane, sent: QueryDict) -> object:
    return actions.end_roll(by, lane)


def _answered(by: Actor, lane: Lane, sent: QueryDict) -> object:
    found = RollAnswer.objects.filter(roll__lane=lane, pk=id_in(sent.get("id"))).first()
    return actions.answer_roll(by, _there(found), sent.get("said", ""), words=sent.get("words", ""))


def _resource(by: Actor, lane: Lane, sent: QueryDict) -> object:
    return actions.ask_resource(
        by, lane, sent.get("sort", ""), sent.get("name", ""), number=id_in(sent.get("number", "1"))
    )


def _resource_moved(by: Actor, lane: Lane, sent: QueryDict) -> object:
    return actions.move_resource(by, _of(Resource, lane, sent), sent.get("state", ""))


def _log(by: Actor, lane: Lane, sent: QueryDict) -> object:
    return actions.log_words(by, lane, sent.get("words", ""))


def _join(by: Actor, lane: Lane, sent: QueryDict) -> object:
    return actions.join_incident(by, lane, _incident(sent.get("incident", "")))


def _lesson(by: Actor, lane: Lane, sent: QueryDict) -> object:
    unit = Unit.objects.filter(code=sent.get("unit", "")[:40]).first()
    if unit is None:
        wrong = _("请选由哪个单位改进。")
        raise Refused(wrong, code="unit", status=422, fields={"unit": wrong})
    return actions.state_lesson(
        by, lane, sent.get("words", ""), unit=unit, due=_day(sent.get("due", ""))
    )


def _lesson_done(by: Actor, lane: Lane, sent: QueryDict) -> object:
    return actions.finish_lesson(by, _of(Lesson, lane, sent))


def _close(by: Actor, lane: Lane, sent: QueryDict) -> object:
    return actions.close_lane(by, lane, no_lessons="no_lessons" in sent)


DEEDS: Mapping[str, Deed] = {
    "objective": _objective, "objective-ended": _objective_ended, "post": _post, "roll": _roll,
    "roll-ended": _roll_ended, "answer": _answered, "resource": _resource,
    "resource-moved": _resource_moved, "log": _log, "join": _join, "lesson": _lesson,
    "lesson-done": _lesson_done, "close": _close,
}  # fmt: skip


def _of(model: type[Any], lane: Lane, sent: QueryDict) -> Any:
    """A row of this lane."""
    return _there(model.objects.filter(lane=lane, pk=id_in(sent.get("id"))).first())


def _there(found: Model | None) -> Any:
    if found is None:
        raise Refused(_("没有找到，请刷新页面。"), code="not_found", status=404)
    return found


def _incident(text: str) -> Matter:
    found = Matter.objects.filter(procedure="incident", pk=id_in(text)).first()
    if found is None:
        wrong = _("请选一件警情。")
        raise Refused(wrong, code="no_such_incident", status=422, fields={"incident": wrong})
    return found


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        wrong = _("请选期限。")
        raise Refused(wrong, code="due", status=422, fields={"due": wrong}) from None
