"""A commander publishes a plan, or takes it back."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.errors import Refused
from gongzhi.work.patrol.plans import events
from gongzhi.work.patrol.plans.held import held_plan
from gongzhi.work.patrol.plans.models import Plan
from gongzhi.work.patrol.plans.permissions import require_publisher
from gongzhi.work.patrol.plans.states import LeftOut, PlanState, StopState


@action
def publish_plan(by: Actor, plan: Plan, *, why: str = "") -> Plan:
    """Let crews go by this proposal from now on, in place of the one published before for the same
    shift: what was done by that one counts on. Refuses a shift that is over, and a plan in which
    nobody goes anywhere."""
    account = require_publisher(by)
    held = held_plan(plan)
    if held.state != PlanState.PROPOSED:
        said = _("这个方案%(state)s，不能发布。") % {"state": held.get_state_display()}
        raise Refused(said, code="not_proposed", status=409)
    if held.ends_at <= now():
        raise Refused(_("这个班次已经结束。"), code="shift_over", status=409)
    if not held.stops.filter(left_out="").exists():
        raise Refused(
            _("这个方案里没有一处有人去，先看漏下的原因。"), code="empty_plan", status=409
        )
    before = _replace(held)
    held.state, held.why = PlanState.PUBLISHED, why.strip()[:500]
    held.published_at, held.published_by = now(), account
    held.save(update_fields=["state", "why", "published_at", "published_by"])
    record(
        events.PLAN_PUBLISHED, held, begins=held.begins_at, ends=held.ends_at,
        replaces=before.pk if before else None,
    )  # fmt: skip
    return held


@action
def withdraw_plan(by: Actor, plan: Plan, *, why: str) -> Plan:
    """Crews go by it no more. What was done stays on record."""
    require_publisher(by)
    held = held_plan(plan)
    if held.state != PlanState.PUBLISHED:
        raise Refused(_("这个方案没有在用。"), code="not_published", status=409)
    if not why.strip():
        words = _("请写一句为什么撤回，在岗的同事会看到。")
        raise Refused(words, code="why", status=422, fields={"why": words})
    held.state, held.why = PlanState.WITHDRAWN, why.strip()[:500]
    held.save(update_fields=["state", "why"])
    record(events.PLAN_WITHDRAWN, held, begins=held.begins_at, ends=held.ends_at)
    return held


def _replace(held: Plan) -> Plan | None:
    """The plan that was published before gives way; visits that were made move to the new one."""
    standing = Plan.objects.select_for_update(of=("self",)).filter(
        begins_at=held.begins_at, ends_at=held.ends_at, state=PlanState.PUBLISHED
    )
    before = standing.first()
    if before is None:
        return None
    before.state = PlanState.REPLACED
    before.save(update_fields=["state"])
    _carry_over(before, held)
    return before


def _carry_over(before: Plan, held: Plan) -> None:
    """What was reached, left or skipped by the old plan stands in the new one, too."""
    crews = {one.unit_id: one for one in held.units.all()}
    told = before.stops.exclude(state=StopState.PLANNED).select_related("crew")
    waiting = list(held.stops.filter(state=StopState.PLANNED))
    for old in told:
        new = next(
            (one for one in waiting if (one.node_id, one.nth) == (old.node_id, old.nth)
             and one.opens_at == old.opens_at), None,
        )  # fmt: skip
        if new is None:
            continue
        waiting.remove(new)
        new.state, new.there_at, new.left_at = old.state, old.there_at, old.left_at
        new.skipped_why = old.skipped_why
        crew = crews.get(old.crew.unit_id) if old.crew else None
        if crew is not None:
            new.crew, new.left_out = crew, ""
        elif new.left_out in (LeftOut.NO_TIME, LeftOut.LESS):
            new.left_out = ""
        new.save()
