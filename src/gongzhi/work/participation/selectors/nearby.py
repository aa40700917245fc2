"""What neighbours have reported close by, so that one may join instead of reporting again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count

from gongzhi.base.log.actions import now
from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.similar import Window, similar_matters
from gongzhi.base.places.coordinates import Point
from gongzhi.work.participation.models import Receipt

WINDOW = Window("resident_request", timedelta(days=30), radius=300)
LIKELY = 0.25
"""Below this score it is another matter more often than not."""
MOST = 3


@dataclass(frozen=True)
class Nearby:
    """A neighbour's request, without a word of what they said."""

    matter: Matter
    why: str
    followers: int


def nearby_requests(point: Point, category: str, words: str = "") -> list[Nearby]:
    """Open requests that may be about the same thing, the likeliest first. Two queries."""
    found = similar_matters(WINDOW, point, category, now(), words=words, limit=MOST)
    likely = [one for one in found if one.score >= LIKELY]
    if not likely:
        return []
    counts = _followers([one.matter.pk for one in likely])
    return [Nearby(one.matter, one.why, counts.get(one.matter.pk, 1)) for one in likely]


def _followers(keys: list[int]) -> dict[int, int]:
    rows = Receipt.objects.filter(matter__in=keys).values_list("matter").annotate(Count("pk"))
    return dict(rows)
