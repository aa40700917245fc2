"""Crews are asked from their arrival on; and time passes for those who don't answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import NothingRecorded, now
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.jobs import every
from gongzhi.base.log.limits import Limit, add_limit
from gongzhi.base.log.models import Entry
from gongzhi.base.log.readers import reader
from gongzhi.base.ui.errors import Refused
from gongzhi.work.crews.actions import drop_receipts, note_late, note_unanswered, watch_crew
from gongzhi.work.crews.models import Emergency, Receipt
from gongzhi.work.crews.selectors.alarms import late_at
from gongzhi.work.dispatch.actions import drop_positions
from gongzhi.work.dispatch.models import ACTIVE, Assignment, ResponseUnit
from gongzhi.work.dispatch.states import Status

CREWS = Actor.system("crews")
MOST = 200
WAKES = ("dispatch.unit_arrived", "matters.priority_changed")
LONG_AGO = timedelta(days=1)
"""An arrival of a history that was imported, or read anew: nobody waits for an answer."""
NOBODY_CAME = timedelta(seconds=60)
"""So long a call for help may wait for somebody to acknowledge it."""
KEPT_AT_MOST = {"unit_positions": timedelta(hours=4), "crew_reports": timedelta(days=30)}
"""Where a county's catalogue says nothing."""


@reader("crews.watches")
def watch_those_who_arrive(entry: Entry) -> None:
    """Begin to ask the crew that has arrived, where the catalogue says so; and more often, the
    crews at an incident that became graver."""
    if entry.kind not in WAKES or entry.at < now() - LONG_AGO:
        return
    there = Assignment.objects.filter(
        ACTIVE, unit__status=Status.ON_SCENE, matter__county__isnull=True
    )
    if entry.kind == "dispatch.unit_arrived":
        there = there.filter(pk=json.loads(entry.text)["assignment"])
    else:
        there = there.filter(matter=int(entry.subject.rpartition(":")[2]))
    for assignment in there.select_related("matter", "unit"):
        with suppress(Refused):  # nothing is asked at such a scene, or no more than before
            watch_crew(CREWS, assignment, since=entry.at)


@every(5.0, "crews.sweep")
def sweep() -> int:
    """Say who has not answered in time, and which call for help nobody has taken up."""
    at = now()
    late = [one.pk for one in late_at(at)[:MOST] if one.level_at(at) != one.level]
    waiting = Emergency.objects.filter(
        acknowledged_at__isnull=True, unanswered_at__isnull=True, raised_at__lt=at - NOBODY_CAME
    )
    alone = list(waiting.values_list("pk", flat=True))
    told = _told(lambda: note_late(CREWS, late)) if late else 0
    return told + (_told(lambda: note_unanswered(CREWS, alone)) if alone else 0)


@every(60.0, "crews.keeping")
def let_go() -> int:
    """Let go positions that nobody has renewed for long, and old receipts."""
    at = now()
    old = ResponseUnit.objects.filter(seen_at__lt=at - kept("unit_positions"))
    keys = list(old.values_list("pk", flat=True)[:MOST])
    gone = _told(lambda: drop_positions(CREWS, keys)) if keys else 0
    before = at - kept("crew_reports")
    if Receipt.objects.filter(told_at__lt=before).exists():
        gone += drop_receipts(CREWS, before)
    return gone


def kept(code: str) -> timedelta:
    """How long this is kept."""
    item = catalogue().keeping.get(code)
    return item.keep if item else KEPT_AT_MOST[code]


def _told(tell: Callable[[], int]) -> int:
    try:
        return tell()
    except NothingRecorded:  # somebody answered between the query and the lock
        return 0


add_limit(
    "crew_reports",
    Limit(
        lambda at: Receipt.objects.filter(told_at__lt=at).count(), "crews.keeping",
        ("crews.receipts_dropped",),
    ),
)  # fmt: skip
add_limit(
    "unit_positions",
    Limit(
        lambda at: ResponseUnit.objects.filter(seen_at__lt=at).count(), "crews.keeping",
        ("dispatch.position_dropped",),
    ),
)  # fmt: skip
