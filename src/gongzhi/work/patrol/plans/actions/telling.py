"""What crews tell of their stops: that they are there, that they go on, that they skip one. They
say so; no position is asked for, and none is kept.

On the log stands that a place was attended, and when, not by whom: that is never let go. Which unit
it was the stop knows, for some days (`forgetting`).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import action, now, recalling, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.phone_time import Moment, PhoneTime, set_right
from gongzhi.base.ui.errors import Refused
from gongzhi.work.patrol.plans import events
from gongzhi.work.patrol.plans.held import held_plan
from gongzhi.work.patrol.plans.models import Plan, PlanUnit, Stop
from gongzhi.work.patrol.plans.permissions import crew_then
from gongzhi.work.patrol.plans.states import PlanState, StopState

CREWS = Actor.system("patrol")
LATE = timedelta(minutes=10)
"""So long after the planned time an arrival is called late."""
EARLY = timedelta(minutes=30)
"""So long before its shift begins a unit may already be at a stop."""


@action
def reach_stop(by: Actor, stop: Stop, time: PhoneTime) -> Stop:
    """The unit is there now. Where it was before, it has left. Refuses a stop that was made."""
    held, crew, when = _held(by, stop, time)
    if held.state in (StopState.THERE, StopState.DONE):
        raise _already()
    with recalling(CREWS, when.at):
        _leave_others(crew, held, when)
        held.crew, held.left_out, held.state = crew, "", StopState.THERE
        held.there_at, held.skipped_why = when.at, ""
        held.save(update_fields=["crew", "left_out", "state", "there_at", "skipped_why"])
        late = held.arrives_at is not None and when.at > held.arrives_at + LATE
        record(events.STOP_REACHED, held, late=late, uncertain=when.uncertain, **_about(held))
    return held


@action
def leave_stop(by: Actor, stop: Stop, time: PhoneTime) -> Stop:
    """The unit goes on. Refuses one that has not been there."""
    held, _crew, when = _held(by, stop, time)
    if held.state == StopState.DONE:
        raise _already()
    if held.state != StopState.THERE:
        raise Refused(_("还没有报到达，先报到达。"), code="not_there", status=409)
    with recalling(CREWS, when.at):
        _leave(held, when)
    return held


@action
def skip_stop(by: Actor, stop: Stop, time: PhoneTime, *, why: str) -> Stop:
    """The unit doesn't go there, for a reason of the catalogue. Refuses one that it has been to."""
    held, crew, when = _held(by, stop, time)
    if why not in catalogue().patrol_skips:
        words = _("请选一个原因。")
        raise Refused(words, code="why", status=422, fields={"why": words})
    if held.state != StopState.PLANNED:
        raise _already()
    with recalling(CREWS, when.at):
        held.state, held.skipped_why = StopState.SKIPPED, why
        held.crew, held.left_out = crew, ""
        held.save(update_fields=["state", "skipped_why", "crew", "left_out"])
        record(events.STOP_SKIPPED, held, reason=why, **_about(held))
    return held


def _already() -> Refused:
    """It was told before: the phone is answered alike, and nothing changes."""
    return Refused(_("这一条早已收到。"), code="told_already", status=409)


def _held(by: Actor, stop: Stop, time: PhoneTime) -> tuple[Stop, PlanUnit, Moment]:
    """The stop locked behind its plan, the unit that tells, and when it was, by our clock."""
    plan = held_plan(stop.plan)
    if plan.state not in (PlanState.PUBLISHED, PlanState.REPLACED, PlanState.WITHDRAWN):
        raise Refused(_("这个方案还没有发布。"), code="not_published", status=409)
    told_at = now()
    when = set_right(time, told_at).between(_earliest(plan), told_at)
    crew = crew_then(by, plan, when.at)
    held = Stop.objects.select_for_update(of=("self",)).select_related("node").get(pk=stop.pk)
    return held, crew, when


def _earliest(plan: Plan) -> datetime:
    return plan.begins_at - EARLY


def _leave_others(crew: PlanUnit, here: Stop, when: Moment) -> None:
    """Nobody is at two places: arriving here, the unit has left where it was."""
    others = Stop.objects.select_for_update(of=("self",)).filter(
        crew=crew, state=StopState.THERE
    )  # fmt: skip
    for one in others.exclude(pk=here.pk).select_related("node"):
        _leave(one, when)


def _leave(stop: Stop, when: Moment) -> None:
    there = stop.there_at or when.at
    stop.state, stop.left_at = StopState.DONE, max(when.at, there)
    stop.save(update_fields=["state", "left_at"])
    minutes = round((stop.left_at - there) / timedelta(minutes=1))
    record(
        events.STOP_LEFT, stop, minutes=minutes, uncertain=when.uncertain, cell=stop.cell,
        **_about(stop),
    )  # fmt: skip


def _about(stop: Stop) -> dict[str, int]:
    return {"stop": stop.pk, "node": stop.node_id}
