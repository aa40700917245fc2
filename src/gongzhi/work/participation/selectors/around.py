"""What was reported around a place: kinds, progress and months of a neighbourhood. Nobody's words,
no number, no exact place, and nothing of calls."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, QuerySet
from django.utils import timezone

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import now
from gongzhi.base.matters.models import Matter
from gongzhi.base.places.cells import as_text, cell_of, cells_around
from gongzhi.base.places.coordinates import Point
from gongzhi.base.places.models import Area

DAYS = timedelta(days=180)
RINGS = 4
"""Blocks outwards: a bit more than a kilometre."""
HIDDEN = ("withdrawn", "merged")
"""Steps of requests that are none any more, or are told as part of another."""


@dataclass(frozen=True)
class Told:
    """So many reports of one kind, at one step, of one month."""

    title: str
    icon: str
    progress: str
    ended: bool
    month: date
    many: int


def reported_around(point: Point) -> list[Told]:
    """The last half year around the block that holds the place, the latest month first.

    Sorted by month and kind, never by distance, and counted together: no row is one house.
    """
    near = _shown().filter(h9__in=cells_around(cell_of(point), RINGS))
    rows = near.values_list("category", "version", "step", "opened_at")
    return _told((kind, version, step, _month(at)) for kind, version, step, at in rows)


def reports_by_block() -> list[dict[str, object]]:
    """How many reports each block has of the last half year, for the map."""
    rows = _shown().filter(h9__isnull=False).values_list("h9").annotate(Count("pk"))
    return [{"cell": as_text(cell), "value": many} for cell, many in rows.order_by("h9")]


def reports_by_town() -> list[tuple[str, int]]:
    """How many reports each town has of the last half year: what the map shows, in words."""
    rows = dict(_shown().exclude(town="").values_list("town").annotate(Count("pk")))
    towns = Area.objects.filter(kind="town", valid_to__isnull=True, code__in=rows)
    return [(str(town), rows[town.code]) for town in towns.order_by("code")]


def _shown() -> QuerySet[Matter]:
    own = Matter.objects.filter(procedure="resident_request", county__isnull=True)
    return own.filter(opened_at__gte=now() - DAYS).exclude(step__in=HIDDEN)


def _month(at: datetime) -> date:
    return timezone.localdate(at).replace(day=1)


def _told(rows: Iterable[tuple[str, str, str, date]]) -> list[Told]:
    procedure, kinds = catalogue().procedures["resident_request"], catalogue().categories
    counted: Counter[tuple[str, str, str, bool, date]] = Counter()
    for kind, version, code, month in rows:
        step, item = procedure.version(version).step(code), kinds.get(kind)
        if step is not None:
            title, icon = (str(item.name), item.icon) if item else (kind, "question")
            counted[title, icon or "question", str(step.name), step.ends, month] += 1
    found = [Told(*what, many) for what, many in counted.items()]
    return sorted(found, key=lambda one: (-one.month.toordinal(), one.title, one.progress))
