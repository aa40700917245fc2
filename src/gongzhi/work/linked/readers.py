"""What happens to requests by itself: time passes, incidents end or are merged."""

from __future__ import annotations

import json

from gongzhi.base.log.actions import NothingRecorded, now
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.jobs import every
from gongzhi.base.log.models import Entry
from gongzhi.base.log.readers import reader
from gongzhi.base.matters.models import Matter
from gongzhi.work.linked import actions
from gongzhi.work.linked.models import LinkedRequest
from gongzhi.work.linked.states import State

SECONDS = 5.0
CLOCKS = Actor.system("linked")
MERGED, STEP = "matters.matter_merged", "matters.step_taken"


@every(SECONDS, "linked.clocks")
def look_at_clocks() -> int:
    """Note requests that nobody answered in time; how many."""
    due = LinkedRequest.objects.filter(ended_at=None, late_at=None, due_at__lte=now())
    if not due.exists():
        return 0
    try:
        return actions.note_overdue(CLOCKS, now())
    except NothingRecorded:  # somebody answered between our query and our lock
        return 0


@reader("linked.incidents")
def follow_incidents(entry: Entry) -> None:
    """An incident that was merged takes its requests along; one that is over ends what nobody has
    set off for."""
    if entry.kind not in (MERGED, STEP):
        return
    open_ones = LinkedRequest.objects.filter(matter=_matter(entry), ended_at=None)
    if entry.kind == MERGED and open_ones.exists():
        into = Matter.objects.get(pk=json.loads(entry.text)["into"])
        actions.move_requests(CLOCKS, Matter.objects.get(pk=_matter(entry)), into)
    waiting = open_ones.filter(state__in=(State.ASKED, State.ACCEPTED))
    over = waiting.filter(matter__closed_at__isnull=False, matter__merged_into=None)
    if entry.kind == STEP and over.exists():
        actions.end_with_incident(CLOCKS, Matter.objects.get(pk=_matter(entry)))


def _matter(entry: Entry) -> int:
    name, _colon, number = entry.subject.rpartition(":")
    return int(number) if name == "matters.matter" and number.isdecimal() else 0
