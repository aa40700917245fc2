"""Plans follow what units do: a call pulls one off, and its stops go to others within seconds."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import NothingRecorded, now
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.jobs import every
from gongzhi.base.log.limits import Limit, add_limit
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dispatch.models import ACTIVE, Assignment
from gongzhi.work.dispatch.states import Status
from gongzhi.work.patrol.plans.actions import forget_units, repair_plan
from gongzhi.work.patrol.plans.actions.repairing import Change
from gongzhi.work.patrol.plans.models import Plan, Stop
from gongzhi.work.patrol.plans.selectors.sheet import Sheet
from gongzhi.work.patrol.plans.states import Away, PlanState

PATROL = Actor.system("patrol")
SWEEP_SECONDS = 3.0
GRACE = timedelta(minutes=15)
"""So long after its shift began a unit that is not on duty is missed."""
KEPT_AT_MOST = timedelta(days=14)
"""Where a county's catalogue says nothing."""


@every(SWEEP_SECONDS, "plans.repair")
def sweep() -> int:
    """Repair the plans that run now where units went away or came back; how many. Three queries
    while nothing is different."""
    at, repaired = now(), 0
    running = Plan.objects.filter(state=PlanState.PUBLISHED, begins_at__lte=at, ends_at__gt=at)
    for plan in running:
        changes = changes_of(plan, at)
        if changes:
            Sheet(plan, at).ask_ways()  # now, before anything is locked
            with suppress(Refused, NothingRecorded):  # another process was quicker
                repair_plan(PATROL, plan, changes)
                repaired += 1
    return repaired


@every(3600.0, "plans.keeping")
def let_go() -> int:
    """Forget which unit was where, once nobody needs it any more."""
    item = catalogue().keeping.get("patrol_units")
    before = now() - (min(item.keep, KEPT_AT_MOST) if item else KEPT_AT_MOST)
    if not Stop.objects.filter(plan__ends_at__lt=before, crew__isnull=False).exists():
        return 0
    with suppress(NothingRecorded):
        return forget_units(PATROL, before)
    return 0


def changes_of(plan: Plan, at: datetime) -> list[Change]:
    """Which units of the plan do something else than it thinks. Two queries."""
    crews = list(plan.units.filter(begins_at__lte=at, ends_at__gt=at).select_related("unit"))
    called = set(
        Assignment.objects.filter(ACTIVE, unit__in=[one.unit_id for one in crews]).values_list(
            "unit_id", flat=True
        )
    )
    found = []
    for crew in crews:
        away = ""
        if crew.unit_id in called:
            away = Away.CALL
        elif crew.unit.status == Status.OFF_DUTY and at > crew.begins_at + GRACE:
            away = Away.OFF_DUTY
        if crew.away != away:
            found.append(Change(crew.pk, str(away)))
    return found


add_limit(
    "patrol_units",
    Limit(
        lambda at: Stop.objects.filter(plan__ends_at__lt=at, crew__isnull=False).count(),
        "plans.keeping", ("plans.units_forgotten",),
    ),
)  # fmt: skip
