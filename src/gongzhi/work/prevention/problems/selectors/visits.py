"""How much presence places got from patrols, as the log has it: cells, days and minutes, never by
whom. What patrols do is another room's; it tells by the log."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from gongzhi.analysis.evaluation import AFTER, BEFORE
from gongzhi.base.log.models import Entry
from gongzhi.base.places.cells import from_text
from gongzhi.work.prevention.problems.looking import begin_of

LEFT = "plans.stop_left"
"""The event of a patrol that leaves a place; since it says in which cell that is."""
LONGEST = 30
"""A visit counts for so many minutes at most: who forgot to say good-bye wasn't there for hours."""
WEEK = timedelta(days=7)
SHARE = 0.1
"""Of the minutes of the cell that got most: with less a place was passed by, not patrolled."""


@dataclass(frozen=True)
class Visit:
    """A place was attended."""

    day: date
    cell: int
    minutes: int


@dataclass(frozen=True)
class Presence:
    """Visits and minutes a week, before and after."""

    words: str
    visits: tuple[float, float]
    minutes: tuple[float, float]


def visits(since: date) -> list[Visit]:
    """All from this day on, in the order of time."""
    return list(_told(since))


def _told(since: date) -> Iterator[Visit]:
    rows = Entry.objects.filter(kind=LEFT, at__gte=begin_of(since)).order_by("seq")
    zone = timezone.get_default_timezone()
    for at, text in rows.values_list("at", "text"):
        told = json.loads(text)
        if cell := told.get("cell"):
            day = timezone.localdate(at, zone)
            yield Visit(day, from_text(cell), min(int(told["minutes"]), LONGEST))


def first_visit(since: date) -> date | None:
    """The first day on which a place was attended; None where none was, or where patrols went on
    before this day."""
    told = Entry.objects.filter(kind=LEFT)
    if told.filter(at__lt=begin_of(since)).exists():
        return None
    first = told.order_by("at").values_list("at", flat=True).first()
    return timezone.localdate(first, timezone.get_default_timezone()) if first else None


def visited_cells(since: date, most: int) -> list[int]:
    """The cells with most minutes of presence from this day on, the most attended first; without
    those that got hardly any (`SHARE`)."""
    spent: dict[int, int] = defaultdict(int)
    for one in visits(since):
        spent[one.cell] += one.minutes
    enough = max(1.0, SHARE * max(spent.values(), default=0))
    known = (cell for cell in spent if spent[cell] >= enough)
    return sorted(known, key=lambda c: (-spent[c], c))[:most]


def presence(
    words: str, cells: Collection[int], starts: Sequence[date], phase: Sequence[int],
    known: Sequence[Visit],
) -> Presence:  # fmt: skip
    """In these cells, in the weeks that count."""
    weeks = [max(1, sum(one == when for one in phase)) for when in (BEFORE, AFTER)]
    many, spent = [0, 0], [0, 0]
    when = dict(zip(starts, phase, strict=True))
    first = starts[0] if starts else date.max
    for one in known:
        if one.cell not in cells or one.day < first:
            continue
        in_phase = when.get(first + (one.day - first) // WEEK * WEEK)
        if in_phase in (BEFORE, AFTER):
            side = 0 if in_phase == BEFORE else 1
            many[side] += 1
            spent[side] += one.minutes
    return Presence(
        words, (many[0] / weeks[0], many[1] / weeks[1]), (spent[0] / weeks[0], spent[1] / weeks[1])
    )
