"""What happens by itself: a lead ends, a clock climbs its ladder."""

from __future__ import annotations

from datetime import datetime, timedelta

from gongzhi.base.log.actions import NothingRecorded, now
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.jobs import every
from gongzhi.base.log.models import Entry
from gongzhi.base.log.readers import reader
from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.parts import open_parts
from gongzhi.base.people.models import Unit
from gongzhi.work.joint import actions
from gongzhi.work.joint.models import JoinRun
from gongzhi.work.joint.selectors.ladders import reached_now
from gongzhi.work.joint.selectors.same import same_of, units_with_news

JOINT = Actor.system("joint")
SECONDS, BATCH = 60.0, 200
LOOK_SECONDS = 120.0
LOOK_BACK = timedelta(minutes=30)
"""A unit whose requests have not changed for so long was looked at."""


@every(SECONDS, "joint.ladders")
def climb() -> int:
    """Tell of the rungs that clocks have reached; how many."""
    reached = reached_now(now(), BATCH)
    try:
        return actions.escalate(JOINT, reached) if reached else 0
    except NothingRecorded:  # another process told of them
        return 0


@every(LOOK_SECONDS, "joint.same")
def look_for_same() -> int:
    """Compare the open requests of every unit that has news; how many groups."""
    at = now()
    return sum(_look(unit, at) for unit in units_with_news(at - LOOK_BACK, at))


def _look(unit: int, at: datetime) -> int:
    try:
        return actions.keep_same(JOINT, Unit.objects.get(pk=unit), same_of(unit, at))
    except NothingRecorded:  # all is as it was
        return 0


@every(1.0, "joint.joining")
def go_on() -> int:
    """Go on with joins that have begun; how many batches."""
    batches = 0
    for begun in JoinRun.objects.filter(ended_at=None).select_related("by").order_by("at"):
        run = begun
        while run.ended_at is None:
            run = actions.go_on_joining(Actor.account(begun.by), run)
            batches += 1
    return batches


@reader("joint.leads")
def follow_leads(entry: Entry) -> None:
    """A request that has ended, otherwise than by its answer, needs its parts no more."""
    if entry.kind != "matters.step_taken":
        return
    lead = Matter.objects.filter(pk=_matter(entry), closed_at__isnull=False).first()
    if lead is not None and lead.merged_into_id is None and open_parts(lead).exists():
        actions.end_with_lead(JOINT, lead)


def _matter(entry: Entry) -> int:
    name, _colon, number = entry.subject.rpartition(":")
    return int(number) if name == "matters.matter" and number.isdecimal() else 0
