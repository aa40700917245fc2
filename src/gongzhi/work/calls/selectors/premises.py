"""What happened at a place before, and what a crew should know of it: places, never persons.

Whoever lives there is in none of it: kinds, times and outcomes of incidents; notes on the place.
The crew's page and the console may show it, too; dispatch stands above calls.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import OuterRef, Subquery

from gongzhi.base.log.actions import now
from gongzhi.base.matters.models import Matter, ShownElement
from gongzhi.base.places.cells import cell_of, cells_around
from gongzhi.base.places.coordinates import Point, metres_between
from gongzhi.work.calls.models import PremiseNote

SPAN = timedelta(days=730)
METRES = 50
MOST = 8
_STEPS = 1
"""Rings of res-9 cells (some 350 m across) around the place: more than 50 m reach."""
_CANDIDATES = 400


@dataclass(frozen=True)
class Happened:
    """One incident there."""

    number: str
    title: str
    at: datetime
    priority: int
    outcome: str
    metres: int


@dataclass(frozen=True)
class Premises:
    """What is known of a place."""

    notes: list[PremiseNote]
    happened: list[Happened]
    """The latest, the newest first."""
    kinds: list[tuple[str, int]]
    """How often which kind, the most frequent first; of all, not only of those listed."""

    @property
    def times(self) -> int:
        """How many incidents there were."""
        return sum(count for _, count in self.kinds)

    def __bool__(self) -> bool:
        return bool(self.notes or self.happened)


def premises_at(point: Point, *, place: str = "", besides: int = 0) -> Premises:
    """Incidents of two years at this address or within 50 m, and the notes that still hold.

    `besides` is the id of the incident that is being looked at. Two queries.
    """
    found = [(m, d) for m in _near(point, besides) if (d := _metres(m, point, place)) is not None]
    kinds = Counter(matter.title for matter, _ in found)
    return Premises(
        notes=notes_at(point),
        happened=[
            Happened(one.number, one.title, one.opened_at, one.priority, _outcome(one), metres)
            for one, metres in found[:MOST]
        ],
        kinds=kinds.most_common(),
    )


def notes_at(point: Point) -> list[PremiseNote]:
    """The notes within 50 m that nobody took down and that have not lapsed."""
    cells = cells_around(cell_of(point), _STEPS)
    valid = PremiseNote.objects.filter(h9__in=cells, until__gt=now(), removed_at__isnull=True)
    near = [
        note
        for note in valid.order_by("-made_at")
        if metres_between(point, Point(note.lat, note.lon)) <= METRES
    ]
    return near[:MOST]


def _near(point: Point, besides: int) -> list[Matter]:
    rows = Matter.objects.filter(
        procedure="incident", county__isnull=True, merged_into__isnull=True,
        h9__in=cells_around(cell_of(point), _STEPS), opened_at__gte=now() - SPAN,
    )  # fmt: skip
    ended = ShownElement.objects.filter(matter=OuterRef("pk"), code="disposition")
    rows = rows.exclude(pk=besides).annotate(disposition=Subquery(ended.values("text")[:1]))
    return list(rows.select_related("narrative").order_by("-opened_at")[:_CANDIDATES])


def _metres(matter: Matter, point: Point, place: str) -> int | None:
    """How far off it was; None when that is another place."""
    metres = round(metres_between(point, matter.point or point))
    told = getattr(matter, "narrative", None)
    same = bool(place.strip()) and told is not None and told.place == place.strip()
    return metres if same or metres <= METRES else None


def _outcome(matter: Matter) -> str:
    """How it ended, in words."""
    code = getattr(matter, "disposition", None)
    for step_code in ("cleared", "recorded"):
        step = matter.version_item.step(step_code)
        choices = step.elements[0].choices if step else ()
        if words := next((str(one) for one in choices if one.code == code), ""):
            return words
    return ""
