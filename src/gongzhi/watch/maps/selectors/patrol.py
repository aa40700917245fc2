"""Patrols on the maps: the nodes that held on a day, and what was planned and told of that day."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import may
from gongzhi.base.people.models import Account
from gongzhi.work.patrol.nodes.permissions import VIEW as SEES_PATROLS
from gongzhi.work.patrol.nodes.selectors.shown import map_content as nodes_drawn
from gongzhi.work.patrol.nodes.selectors.standing import standing
from gongzhi.work.patrol.plans.models import Plan
from gongzhi.work.patrol.plans.selectors.maps import map_content as plan_drawn
from gongzhi.work.patrol.plans.selectors.shifts import Shift
from gongzhi.work.patrol.plans.states import PlanState, StopState

MADE = (StopState.THERE, StopState.DONE)
Told = dict[str, Any]


def sees_patrols(who: Account) -> bool:
    """Whether they see nodes and plans: whoever does on the pages of patrols."""
    return may(who, SEES_PATROLS)


def patrols_on(day: date) -> Told:
    """Nodes by kind and drawn, and the published plans that ran on this day, each with its minutes
    of the day so that the slider finds it."""
    nodes = list(standing(day))
    kinds = Counter(one.kind_words for one in nodes)
    begun = datetime.combine(day, time(0), timezone.get_default_timezone())
    plans = Plan.objects.filter(
        state=PlanState.PUBLISHED, begins_at__lt=begun + timedelta(days=1), ends_at__gt=begun
    ).order_by("begins_at")
    return {
        "nodes": nodes_drawn(nodes),
        "kinds": sorted(kinds.items(), key=lambda one: (-one[1], one[0])),
        "plans": [_plan(one, begun) for one in plans],
    }


def _plan(plan: Plan, begun: datetime) -> Told:
    stops = list(plan.stops.select_related("node", "crew__unit").order_by("crew", "place", "pk"))
    going = [one for one in stops if not one.left_out]
    made = sum(one.state in MADE for one in going)
    times = {one.pk: _minute(one.there_at, begun) for one in stops if one.there_at}
    drawn = plan_drawn(plan, stops)
    for feature in drawn["features"]:
        told = feature["properties"]
        if "stop" in told:
            told["made"] = times.get(told["stop"], -1)
    words = _("%(plan)s %(hours)s：计划 %(n)s 处，去过 %(made)s 处") % {
        "plan": plan, "hours": plan.hours, "n": len(going), "made": made,
    }  # fmt: skip
    shift = Shift(plan.begins_at, plan.ends_at)
    day = timezone.localdate(plan.begins_at, timezone.get_default_timezone())
    address = urlencode({"day": day.isoformat(), "shift": shift.code})
    return {
        "from": _minute(plan.begins_at, begun), "until": _minute(plan.ends_at, begun),
        "drawn": drawn, "words": words, "url": f"{reverse('plans:board')}?{address}",
    }  # fmt: skip


def _minute(at: datetime, begun: datetime) -> int:
    return round((at - begun) / timedelta(minutes=1))
