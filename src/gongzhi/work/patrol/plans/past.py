"""Visits that are past when the platform hears of them: the demo county's, say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from gongzhi.base.log.actions import action, recalling, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.work.patrol.nodes.models import Node
from gongzhi.work.patrol.nodes.permissions import require_planner
from gongzhi.work.patrol.plans import events
from gongzhi.work.patrol.plans.models import Plan, Stop
from gongzhi.work.patrol.plans.states import PlanState, StopState


@dataclass(frozen=True)
class PastVisit:
    """The unit of the stop was there, and left; without ``left`` it is there still. ``skipped``:
    it did not go, for this reason of the catalogue."""

    stop: Stop
    there: datetime
    left: datetime | None = None
    skipped: str = ""


@action
def record_past_visits(by: Actor, plan: Plan, visits: Sequence[PastVisit]) -> int:
    """Keep what was told of these stops; how many."""
    require_planner(by)
    for one in visits:
        with recalling(by, one.there):
            _keep(one)
    return len(visits)


def _keep(one: PastVisit) -> None:
    stop = one.stop
    if one.skipped:
        stop.state, stop.skipped_why = StopState.SKIPPED, one.skipped
        record(
            events.STOP_SKIPPED, stop, reason=one.skipped, stop=stop.pk, node=stop.node_id
        )  # fmt: skip
    else:
        stop.state, stop.there_at, stop.left_at = StopState.THERE, one.there, one.left
        if one.left is not None:
            stop.state = StopState.DONE
        _keep_told(stop)
    stop.save(update_fields=["state", "skipped_why", "there_at", "left_at"])


def _keep_told(stop: Stop) -> None:
    """On the log: it was reached, and left if it was."""
    about = {"stop": stop.pk, "node": stop.node_id}
    record(events.STOP_REACHED, stop, late=False, uncertain=False, **about)
    if stop.left_at is not None and stop.there_at is not None:
        minutes = round((stop.left_at - stop.there_at) / timedelta(minutes=1))
        record(
            events.STOP_LEFT, stop, minutes=minutes, uncertain=False, cell=stop.cell,
            **about,
        )  # fmt: skip


@dataclass(frozen=True)
class PastPatrol:
    """A shift that was patrolled: each node that was attended, from when on, and for how long. By
    which unit, is forgotten by now."""

    begins: datetime
    ends: datetime
    stays: Sequence[tuple[Node, datetime, timedelta]]


@action
def record_past_patrols(by: Actor, patrols: Sequence[PastPatrol], publisher: Account) -> int:
    """Keep whole shifts that are long over, with the plans that asked for them; how many stays."""
    require_planner(by)
    plans = Plan.objects.bulk_create(
        Plan(
            begins_at=one.begins, ends_at=one.ends, state=PlanState.PUBLISHED, made_at=one.begins,
            published_at=one.begins, published_by=publisher,
        )
        for one in patrols
    )  # fmt: skip
    pairs = list(zip(plans, patrols, strict=True))
    stops = Stop.objects.bulk_create(_attended(plan, *stay) for plan, one in pairs
                                     for stay in one.stays)  # fmt: skip
    for plan, one in pairs:
        with recalling(Actor.account(publisher), one.begins):
            record(events.PLAN_PUBLISHED, plan, begins=one.begins, ends=one.ends, replaces=None)
    for stop in stops:
        assert stop.there_at is not None  # noqa: S101  (see `_attended`)
        with recalling(by, stop.there_at):
            _keep_told(stop)
    return len(stops)


def _attended(plan: Plan, node: Node, there: datetime, stay: timedelta) -> Stop:
    return Stop(
        plan=plan, node=node, opens_at=plan.begins_at, closes_at=plan.ends_at, minutes=node.stay,
        arrives_at=there, leaves_at=there + timedelta(minutes=node.stay), state=StopState.DONE,
        there_at=there, left_at=there + stay,
    )  # fmt: skip
