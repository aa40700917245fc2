"""Keeping a plan that was worked out, as a proposal to people."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.patrol.nodes.permissions import require_planner
from gongzhi.work.patrol.plans import events
from gongzhi.work.patrol.plans.making import Made, MadeStop
from gongzhi.work.patrol.plans.models import Plan, PlanUnit, Rest, Stop
from gongzhi.work.patrol.plans.states import PlanState


@action
def propose_plan(by: Actor, made: Made) -> Plan:
    """Keep the plan as the proposal for its shift, in place of the one before. What is published
    goes on until somebody publishes this one. Refuses a shift that is over."""
    account = require_planner(by)
    if made.shift.ends <= now():
        raise Refused(_("这个班次已经结束。"), code="shift_over", status=409)
    before = Plan.objects.select_for_update(of=("self",)).filter(
        begins_at=made.shift.begins, ends_at=made.shift.ends, state=PlanState.PROPOSED
    )
    before.delete()  # a proposal that nobody published leaves nothing but its entry in the log
    plan = _keep(made, account)
    record(
        events.PLAN_PROPOSED, plan, begins=plan.begins_at, ends=plan.ends_at, seed=made.seed,
        units=len(made.units), visits=made.visits, left_out=len(made.stops) - made.visits,
        edited=sum(one.pinned for one in made.stops),
    )  # fmt: skip
    return plan


def _keep(made: Made, account: Account | None) -> Plan:
    plan = Plan.objects.create(
        begins_at=made.shift.begins, ends_at=made.shift.ends, seed=made.seed, made_at=now(),
        made_by=account, edits=sum(one.pinned for one in made.stops),
    )  # fmt: skip
    crews = PlanUnit.objects.bulk_create(
        PlanUnit(
            plan=plan, unit=one.unit, begins_at=one.begins, ends_at=one.ends,
            post_lat=one.post.lat, post_lon=one.post.lon, idle=made.idle.get(n, ""),
        )
        for n, one in enumerate(made.units)
    )  # fmt: skip
    Rest.objects.bulk_create(
        Rest(
            crew=crews[one.crew], code=one.code, minutes=one.minutes, earliest_at=one.earliest,
            latest_at=one.latest, begins_at=one.begins,
        )
        for one in made.rests
    )  # fmt: skip
    Stop.objects.bulk_create(_stop(plan, crews, one) for one in made.stops)
    return plan


def _stop(plan: Plan, crews: list[PlanUnit], made: MadeStop) -> Stop:
    need = made.need
    return Stop(
        plan=plan, node=need.node, nth=made.nth, opens_at=need.begins, closes_at=need.ends,
        minutes=need.node.stay, crew=None if made.crew is None else crews[made.crew],
        place=made.place, arrives_at=made.arrives, leaves_at=made.leaves, left_out=made.left_out,
        pinned=made.pinned, rather=made.rather,
    )  # fmt: skip
