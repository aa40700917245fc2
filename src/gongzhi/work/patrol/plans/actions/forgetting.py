"""After some days nobody needs to know which unit was where: what places got is kept."""

from __future__ import annotations

from datetime import datetime

from gongzhi.base.log.actions import action, record
from gongzhi.base.log.actor import Actor
from gongzhi.work.patrol.nodes.permissions import require_planner
from gongzhi.work.patrol.plans import events
from gongzhi.work.patrol.plans.models import PlanUnit, Stop

MOST = 2000


@action
def forget_units(by: Actor, before: datetime) -> int:
    """Let go which unit was planned for, and went to, the stops of plans that ended before this
    time; of how many stops. Places, times and minutes stay."""
    require_planner(by)
    old = Stop.objects.filter(plan__ends_at__lt=before, crew__isnull=False).order_by("pk")
    keys = list(old.values_list("pk", flat=True)[:MOST])
    many = Stop.objects.filter(pk__in=keys).update(crew=None)
    PlanUnit.objects.filter(plan__ends_at__lt=before, stops=None).delete()
    if many:
        record(events.UNITS_FORGOTTEN, "plans.stops", stops=many)
    return many
