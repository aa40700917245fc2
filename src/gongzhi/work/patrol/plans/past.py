"""Visits that are past when the platform hears of them: the demo county's, say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from gongzhi.base.log.actions import action, recalling, record
from gongzhi.base.log.actor import Actor
from gongzhi.work.patrol.nodes.permissions import require_planner
from gongzhi.work.patrol.plans import events
from gongzhi.work.patrol.plans.models import Plan, Stop
from gongzhi.work.patrol.plans.states import StopState


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
    stop, about = one.stop, {"stop": one.stop.pk, "node": one.stop.node_id}
    if one.skipped:
        stop.state, stop.skipped_why = StopState.SKIPPED, one.skipped
        record(events.STOP_SKIPPED, stop, reason=one.skipped, **about)
    else:
        stop.state, stop.there_at, stop.left_at = StopState.THERE, one.there, one.left
        record(events.STOP_REACHED, stop, late=False, uncertain=False, **about)
        if one.left is not None:
            stop.state = StopState.DONE
            minutes = round((one.left - one.there) / timedelta(minutes=1))
            record(events.STOP_LEFT, stop, minutes=minutes, uncertain=False, **about)
    stop.save(update_fields=["state", "skipped_why", "there_at", "left_at"])
