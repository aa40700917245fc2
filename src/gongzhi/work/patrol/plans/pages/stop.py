"""One stop: who could make it, and what a planner does about it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.access.asker import by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.permissions import may
from gongzhi.base.log.actions import now
from gongzhi.base.ui.answers import wants_problem
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.ids import id_in
from gongzhi.work.patrol.plans import actions
from gongzhi.work.patrol.plans.models import Plan, PlanUnit, Stop
from gongzhi.work.patrol.plans.pages.board import address
from gongzhi.work.patrol.plans.permissions import PLAN, PUBLISH, VIEW
from gongzhi.work.patrol.plans.selectors.board import plan_called, stop_called
from gongzhi.work.patrol.plans.selectors.choices import choices
from gongzhi.work.patrol.plans.selectors.shifts import Shift
from gongzhi.work.patrol.plans.selectors.trial import Trial, trial
from gongzhi.work.patrol.plans.states import LeftOut, PlanState, StopState


@staff(VIEW)
@never_cache
@require_safe
def stop(request: HttpRequest, key: int) -> HttpResponse:
    """The stop, with every unit that could make it."""
    one = stop_called(key)
    published = one.plan.state == PlanState.PUBLISHED
    open_ = one.state == StopState.PLANNED and one.plan.ends_at > now()
    edits = open_ and may(request.user, PUBLISH if published else PLAN)
    here = {
        "one": one,
        "back": _back(one.plan),
        "edits": edits,
        "choices": choices(one) if edits else [],
        "taken_out": one.left_out == LeftOut.TAKEN_OUT,
        "why_left": LeftOut(one.left_out).label if one.left_out else "",
    }
    return render(request, "plans/stop.html", here)


@staff(PLAN)
@require_POST
def change(request: HttpRequest, key: int) -> HttpResponse:
    """Give it to a unit, pin it, take it out, put it back, or move it within its unit's order."""
    one, by, level = stop_called(key), by_of(request), messages.SUCCESS
    match request.POST.get("then"):
        case "move":
            one = actions.move_stop(by, one, _crew(one.plan, request.POST.get("unit", "")))
            said = _moved(one)
        case "pin" | "unpin" as then:
            actions.pin_stop(by, one, pinned=then == "pin")
            said = _("已改。")
        case "out":
            actions.take_out(by, one)
            said = _("这次方案里不去%(node)s了。") % {"node": one.node}
        case "back":
            one = actions.put_back(by, one)
            said, level = _moved(one), messages.SUCCESS if one.crew else messages.WARNING
        case _other:
            raise Refused(_("请选一样要做的。"), code="then", status=422)
    return _done(request, one.plan, said, level)


@staff(PLAN)
@require_POST
def move(request: HttpRequest, key: int) -> HttpResponse:
    """What was dragged, in the list or on the map: a stop to a unit, before another of its
    stops."""
    plan = plan_called(key)
    one, crew, before = _asked(plan, request.POST)
    anyway = request.POST.get("anyway") == "yes"
    moved = actions.move_stop(by_of(request), one, crew, before, anyway=anyway)
    return _done(request, plan, _moved(moved))


@staff(PLAN)
@never_cache
@require_safe
def try_move(request: HttpRequest, key: int) -> JsonResponse:
    """What dropping a stop there would do, while it is dragged; a refusal is an answer, too."""
    try:
        found = trial(*_asked(plan_called(key), request.GET))
    except Refused as refused:
        found = Trial((), str(refused))
    return JsonResponse({"lines": found.lines, "why": found.why, "anyway": found.anyway})


def _asked(plan: Plan, asked: QueryDict) -> tuple[Stop, PlanUnit, Stop | None]:
    one = _stop(plan, asked.get("stop", ""))
    if one is None:
        raise Refused(_("没有这次停留，方案可能已经重新做过。"), code="no_such_stop", status=404)
    return one, _crew(plan, asked.get("unit", "")), _stop(plan, asked.get("before", ""))


def _moved(stop: Stop) -> str:
    if stop.crew is None:
        return _("已放回，可是还没有单位赶得上。")
    return _("%(node)s由%(unit)s去。") % {"node": stop.node, "unit": stop.crew.unit}


def _done(
    request: HttpRequest, plan: Plan, said: str, level: int = messages.SUCCESS
) -> HttpResponse:  # fmt: skip
    """Back to the plan; the map stays where it is and says it itself."""
    if wants_problem(request):
        return JsonResponse({"words": said})
    messages.add_message(request, level, said)
    return redirect(_back(plan))


def _back(plan: Plan) -> str:
    see = {"see": "proposal"} if plan.state == PlanState.PROPOSED else {}
    return address(Shift(plan.begins_at, plan.ends_at), **see)


def _stop(plan: Plan, text: str) -> Stop | None:
    key = id_in(text)
    return plan.stops.select_related("plan", "node").filter(pk=key).first() if key else None


def _crew(plan: Plan, text: str) -> PlanUnit:
    key = id_in(text)
    found = plan.units.select_related("unit").filter(pk=key).first() if key else None
    if found is None:
        words = _("请选一个单位。")
        raise Refused(words, code="unit", status=422, fields={"unit": words})
    return found
