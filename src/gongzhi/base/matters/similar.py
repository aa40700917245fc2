"""Which matters may be about the same thing as a new one: near, recent and alike.

One plain piece for calls (``Window("incident", hours…)``) and residents' requests
(``Window("resident_request", days…)``), because both floors may import it. It compares places,
times and categories, and the words when there are any; never who reported.

Candidates come from one query over the index ``matter_near`` (h9, opened_at): the H3 cells within
two steps of the place, and the window's time. Distance, time and category decide. Words only
help: people tell one event in different words, and two events in the same ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import exp

from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.category import Category
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.matters.models import Matter
from gongzhi.base.places.cells import cell_of, cells_around
from gongzhi.base.places.coordinates import Point, metres_between
from gongzhi.base.places.search.words import tokens_of
from gongzhi.base.ui import spans

STEPS = 2
WIDEST = 500
"""Metres that two steps of resolution 9 cover in every direction, wherever in its cell one is."""
SAME_SPOT = 30
"""Metres within which it is the same place: a pin on a phone is no better."""
CANDIDATES = 200
"""The newest so many are compared; more than that in one block's window is a mass event."""
LEAST = 0.12
"""Below this score a hint would only be in the way."""
_SAME, _RELATED, _OTHER = 1.0, 0.7, 0.35
_ALIKE = 0.25
"""Share of words in common from which on we say so."""
_CLOCKS_DIFFER = timedelta(minutes=5)


@dataclass(frozen=True)
class Window:
    """Among which matters to look."""

    procedure: str
    span: timedelta
    """Opened at most so long before."""
    radius: int
    """Metres, at most `WIDEST`."""
    closed_within: timedelta = timedelta(0)
    """Closed ones count, too, when they were closed at most so long before."""


@dataclass(frozen=True)
class Similar:
    """A matter that may be the same, and why. ``score`` is 0 to 1, to sort by, not to show."""

    matter: Matter
    score: float
    metres: int
    reasons: tuple[str, ...]

    @property
    def why(self) -> str:
        """The reasons on one line: 同一地点 · 同类 · 3 分钟前."""
        return " · ".join(self.reasons)


def similar_matters(
    window: Window, point: Point, category: str, at: datetime, *, words: str = "", limit: int = 5
) -> list[Similar]:
    """The likeliest first, at most `limit`. One query, however many matters there are."""
    wanted, told = catalogue().categories.get(category), _words(words)
    found = [_compared(one, window, point, wanted, at, told) for one in _near(window, point, at)]
    likely = [one for one in found if one is not None and one.score >= LEAST]
    return sorted(likely, key=lambda one: -one.score)[:limit]


def _near(window: Window, point: Point, at: datetime) -> list[Matter]:
    recent = Q(closed_at__isnull=True) | Q(closed_at__gte=at - window.closed_within)
    rows = Matter.objects.annotate(kind=Coalesce("procedure", Value(""))).filter(
        recent,
        kind=window.procedure,
        h9__in=cells_around(cell_of(point), STEPS),
        opened_at__gte=at - window.span,
        opened_at__lte=at + _CLOCKS_DIFFER,
    )
    newest = rows.select_related("narrative").order_by("-opened_at")[:CANDIDATES]
    # These are few, and so is the procedure's Coalesce for: a condition on an indexed column
    # would lead a database without statistics away from `matter_near`.
    return [row for row in newest if row.merged_into_id is None and row.county_id is None]


def _compared(
    matter: Matter,
    window: Window,
    point: Point,
    wanted: Category | None,
    at: datetime,
    told: set[str],
) -> Similar | None:
    metres = metres_between(point, matter.point or point)
    age = max(at - matter.opened_at, timedelta(0))
    near, recent = exp(-2 * metres / window.radius), exp(-2 * (age / window.span))
    relation, said = _relation(wanted, matter.category_item)
    score = relation * near * recent
    if metres > window.radius or score < LEAST / 2:  # too unlikely for any words to help
        return None
    alike = _alike(matter, told)
    score = min(1.0, score * (1 + alike))
    reasons = [_distance(metres), said, spans.ago(matter.opened_at, at)]
    if alike >= _ALIKE:
        reasons.append(_("描述相近"))
    return Similar(matter, round(score, 3), round(metres), tuple(filter(None, reasons)))


def _relation(one: Category | None, other: Category | None) -> tuple[float, str]:
    if one is None or other is None:
        return _OTHER, ""
    if one.code == other.code:
        return _SAME, _("同类")
    if one.group.zh == other.group.zh:
        return _RELATED, _("同属“%(group)s”") % {"group": one.group}
    return _OTHER, ""


def _distance(metres: float) -> str:
    if metres <= SAME_SPOT:
        return _("同一地点")
    return _("相距 %(metres)s 米") % {"metres": round(metres / 10) * 10}


def _alike(matter: Matter, told: set[str]) -> float:
    """The share of the shorter text's words that the other has, too; 0 when there are too few."""
    theirs = _words(matter.narrative.words) if told and hasattr(matter, "narrative") else set()
    fewer = min(len(told), len(theirs))
    return len(told & theirs) / fewer if fewer >= 3 else 0.0


def _words(text: str) -> set[str]:
    return {token for token in tokens_of([text[:400]]) if len(token) > 1}
