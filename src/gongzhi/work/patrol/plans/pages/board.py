"""The plan of a shift: made, looked at, edited, published, followed while it runs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.access.asker import by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.permissions import may
from gongzhi.base.access.throttle import limit
from gongzhi.base.log.actions import now
from gongzhi.base.places.maps import map_of
from gongzhi.base.ui.context import live_line
from gongzhi.work.patrol.nodes.selectors.standing import standing
from gongzhi.work.patrol.plans import actions
from gongzhi.work.patrol.plans.models import Plan
from gongzhi.work.patrol.plans.pages.asked import day_in, shift_of
from gongzhi.work.patrol.plans.permissions import PLAN, PUBLISH, VIEW
from gongzhi.work.patrol.plans.selectors import board as shown
from gongzhi.work.patrol.plans.selectors.cover import cover as shown_cover
from gongzhi.work.patrol.plans.selectors.maps import map_content
from gongzhi.work.patrol.plans.selectors.shifts import Shift, shift_called, shifts_on
from gongzhi.work.patrol.plans.solving import edits_of, work_out
from gongzhi.work.patrol.plans.states import PlanState

LIMITS = {"2": 2.0, "10": 10.0, "30": 30.0}
"""Seconds that may be spent on a plan from the page."""


@staff(VIEW)
@never_cache
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """One shift: the published plan, or the proposal that somebody looks at."""
    shift = shift_of(request.GET)
    published, proposal = shown.plans_of(shift)
    wants_proposal = request.GET.get("see") == "proposal" or published is None
    plan = proposal if wants_proposal and proposal else published
    here = {
        **live_line(),
        **_shift(shift),
        "plan": plan,
        "published": published,
        "proposal": proposal,
        "plans": may(request.user, PLAN),
        "publishes": may(request.user, PUBLISH),
        "over": shift.ends <= now(),
        **(_plan(request, plan) if plan else {"nodes": standing(shift.day).exists()}),
    }
    piece = plan is not None and request.headers.get("HX-Request")
    return render(request, "plans/parts/lines.html" if piece else "plans/board.html", here)


@staff(VIEW)
@never_cache
@require_safe
def plan_map(request: HttpRequest, key: int) -> JsonResponse:
    """The plan's ways and stops, for the map."""
    plan = shown.plan_called(key)
    edits = may_edit(request.user, plan)
    return JsonResponse(map_content(plan, shown.stops_of(plan), edits=edits))


@staff(VIEW)
@never_cache
@require_safe
def cover(request: HttpRequest, key: int) -> HttpResponse:
    """What the plan does to cover, hour by hour: a page, or the piece of it."""
    plan = shown.plan_called(key)
    see = {"see": "proposal"} if plan.state == PlanState.PROPOSED else {}
    here = {
        "plan": plan,
        "cover": shown_cover(plan, shown.stops_of(plan)),
        "back": address(Shift(plan.begins_at, plan.ends_at), **see),
    }
    piece = request.headers.get("HX-Request")
    return render(request, "plans/parts/cover.html" if piece else "plans/cover.html", here)


@staff(PLAN)
@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """Work a plan out anew; what people settled by hand stays."""
    limit("patrol_plan", str(request.user.pk), tries=12, seconds=60)
    shift = shift_called(day_in(request.POST.get("day", "")), request.POST.get("shift", ""))
    seconds = LIMITS.get(request.POST.get("limit", ""), LIMITS["2"])
    seed = int(now().timestamp()) % 1_000_000
    made = work_out(shift, seed=seed, limit=seconds, edits=edits_of(shift))
    actions.propose_plan(by_of(request), made)
    said = _("做好了：%(n)s 处有人去，%(left)s 处没有，原因列在下面。")
    messages.success(request, said % {"n": made.visits, "left": len(made.stops) - made.visits})
    return redirect(address(shift, see="proposal"))


@staff(PUBLISH)
@require_POST
def publish(request: HttpRequest, key: int) -> HttpResponse:
    """Let crews go by it."""
    plan = actions.publish_plan(
        by_of(request), shown.plan_called(key), why=request.POST.get("why", "")
    )  # fmt: skip
    messages.success(request, _("已发布，在岗的单位手机上能看到了。"))
    return redirect(address(Shift(plan.begins_at, plan.ends_at)))


@staff(PUBLISH)
@require_POST
def withdraw(request: HttpRequest, key: int) -> HttpResponse:
    """Crews go by it no more."""
    plan = actions.withdraw_plan(
        by_of(request), shown.plan_called(key), why=request.POST.get("why", "")
    )  # fmt: skip
    messages.success(request, _("已撤回。"))
    return redirect(address(Shift(plan.begins_at, plan.ends_at)))


def address(shift: Shift, **more: str) -> str:
    """Where this shift's plan stands."""
    asked = urlencode({"day": f"{shift.day}", "shift": shift.code, **more})
    return f"{reverse('plans:board')}?{asked}"


def may_edit(user: object, plan: Plan) -> bool:
    """Whether they may change it now."""
    published = plan.state == PlanState.PUBLISHED
    return may(user, PUBLISH if published else PLAN) and plan.ends_at > now()


def _shift(shift: Shift) -> dict[str, Any]:
    return {
        "shift": shift,
        "shifts": shifts_on(shift.day),
        "before": shift.day - timedelta(days=1),
        "after": shift.day + timedelta(days=1),
    }


def _plan(request: HttpRequest, plan: Plan) -> dict[str, Any]:
    at = now()
    stops = shown.stops_of(plan)
    lines = shown.lines(plan, stops, at)
    return {
        "lines": lines,
        "busy": [one for one in lines if one.rows],
        "idle": [one for one in lines if not one.rows],
        "rested": any(one.breaks for one in lines),
        "left": shown.left_out(stops),
        "sum": shown.sum_of(stops, at),
        "hours": shown.hours_drawn(plan),
        "now_x": shown.now_drawn(plan, at),
        "running": plan.runs(at),
        "edits": may_edit(request.user, plan),
        "map": map_of(),
    }
