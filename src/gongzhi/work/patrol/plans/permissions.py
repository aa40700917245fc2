"""Who sees plans, who makes them, who publishes them, and who speaks for a unit on patrol."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dispatch.models import DutyMember
from gongzhi.work.patrol.nodes.permissions import PLAN, VIEW
from gongzhi.work.patrol.plans.models import Plan, PlanUnit
from gongzhi.work.patrol.plans.states import MAY_EDIT, PlanState

__all__ = ["CREW", "PLAN", "PUBLISH", "VIEW", "crew_then", "require_editor", "require_publisher"]
PUBLISH = "patrol.publish_plan"
CREW = "dispatch.work_unit"
LEEWAY = timedelta(minutes=5)
"""A phone's time may be a little off, and somebody may go off duty while it sends."""


def require_editor(by: Actor, plan: Plan) -> None:
    """Refuse whoever may not change this plan: a proposal is its planners', a published plan
    changes with whoever may publish."""
    require(by, PUBLISH if plan.state == PlanState.PUBLISHED else PLAN)
    if plan.state not in MAY_EDIT:
        said = _("这个方案%(state)s，不能再改。") % {"state": plan.get_state_display()}
        raise Refused(said, code="plan_closed", status=409)


def require_publisher(by: Actor) -> Account:
    """The account that answers for the plan. Never the platform itself: a person decides."""
    require(by, PUBLISH)
    if not isinstance(by.source, Account):
        raise Refused(_("方案要由指挥员发布：请用工作账号登录。"), code="no_account", status=403)
    return by.source


def crew_then(by: Actor, plan: Plan, at: datetime) -> PlanUnit:
    """The unit of this plan with which this person was on duty then. Refuses everybody else."""
    require(by, CREW)
    duties = DutyMember.objects.none()
    if isinstance(by.source, Account):
        there = Q(ended_at=None) | Q(ended_at__gte=at - LEEWAY)
        duties = DutyMember.objects.filter(there, account=by.source, began_at__lte=at + LEEWAY)
    units = duties.order_by("-began_at").values_list("unit_id", flat=True)
    found = {one.unit_id: one for one in plan.units.filter(unit__in=units)}
    for unit in units:
        if unit in found:
            return found[unit]
    said = _("那时您不在这个方案里的单位执勤，不能替它报告。")
    raise Refused(said, code="not_your_unit", status=403)
