"""What the front door tells everybody of the last thirty days: numbers, never words or persons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.core.cache import cache
from django.db.models import Q, QuerySet

from gongzhi.base.log.actions import now
from gongzhi.base.matters.models import Matter, ShownElement
from gongzhi.base.places.models import Area
from gongzhi.work.participation.selectors.results import results

DAYS = timedelta(days=30)
KEPT = 60
"""Seconds for which the numbers are told again without being counted."""
FEWEST = 5
"""Below so many, a median says nothing."""


@dataclass(frozen=True)
class Month:
    """Thirty days of requests. ``seconds``: half were answered sooner. ``solved``, ``satisfied``:
    percents of the residents who said so, in steps of five. None where there are too few to say."""

    received: int
    closed: int
    seconds: float | None
    solved: int | None
    satisfied: int | None


@dataclass(frozen=True)
class Solved:
    """One that a resident called solved: what it was, in which town, when."""

    words: str
    town: str
    at: datetime | None


def month_in_numbers() -> Month:
    """The last thirty days, counted at most once a minute."""
    return cache.get_or_set("participation.month", _count, KEPT)  # type: ignore[return-value]


def just_solved(most: int = 3) -> list[Solved]:
    """The last ones that were closed as solved."""
    closed = _own().filter(step="closed", closed_at__isnull=False)
    found = list(closed.order_by("-closed_at")[:most])
    towns = Area.objects.filter(kind="town", code__in={matter.town for matter in found})
    names = {town.code: str(town) for town in towns}
    return [Solved(one.title, names.get(one.town, ""), one.closed_at) for one in found]


def _count() -> Month:
    until = now()
    since = until - DAYS
    told, waited = results(_own(), since, until), _waited(since)
    if not told:
        return Month(0, 0, None, None, None)
    [whole] = told
    return Month(
        received=whole.opened,
        closed=whole.closed.yes,
        seconds=median(waited) if len(waited) >= FEWEST else None,
        solved=whole.solved.for_public().percent,
        satisfied=whole.satisfied.for_public().percent,
    )


def _waited(since: datetime) -> list[float]:
    answers = ShownElement.objects.filter(
        Q(matter__county__isnull=True), code="answer", shown_at__gte=since
    )
    times = answers.values_list("matter__opened_at", "shown_at")
    return [(answered - opened).total_seconds() for opened, answered in times]


def _own() -> QuerySet[Matter]:
    return Matter.objects.filter(procedure="resident_request", county__isnull=True)
