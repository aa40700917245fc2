"""A day that an imported source went through, played into the county of the drill.

The other county lies elsewhere: each of its places is set down at the county's place of the same
rank, from west to east and from south to north, so that what lay together stays together.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.matters.models import Matter
from gongzhi.base.places.models import County
from gongzhi.config.exercise.plan import Planned
from gongzhi.config.exercise.storm import TOLD, Spot

OTHER = "police_other"
"""What a call becomes whose category the county hasn't got."""

FIRST = timedelta(seconds=20)
"""Until the day's first call comes."""


def day_of(source: County, day: date, spots: Sequence[Spot]) -> list[Planned]:
    """The incidents of that day by the source's own clock, the first of them at once, the others
    after it as they came then."""
    begin = datetime.combine(day, time(), ZoneInfo(source.time_zone))
    found = Matter.objects.filter(
        procedure="incident", county=source, opened_at__gte=begin,
        opened_at__lt=begin + timedelta(days=1),
    ).order_by("opened_at", "pk")  # fmt: skip
    matters = list(found)
    places = _places(matters, spots)
    first = matters[0].opened_at - FIRST if matters else begin
    return [
        _planned(one, (one.opened_at - first).total_seconds(), places.get(one.pk))
        for one in matters
    ]


def _planned(one: Matter, after: float, spot: Spot | None) -> Planned:
    category = one.category if one.category in catalogue().categories else OTHER
    words = TOLD["imported"].format(one.county, one.title)
    planned = Planned(round(after, 1), category, words, "", priority=one.priority)
    if spot is None:
        return planned
    return replace(planned, place=spot.name, lat=spot.lat, lon=spot.lon)


def _places(matters: Sequence[Matter], spots: Sequence[Spot]) -> dict[int, Spot]:
    """For each incident with a place, the county's place of the same rank."""
    placed = [one for one in matters if one.lat is not None and one.lon is not None]
    if not placed or not spots:
        return {}
    lons, lats = sorted(one.lon or 0 for one in placed), sorted(one.lat or 0 for one in placed)
    eastward = sorted(spots, key=lambda spot: spot.lon)
    found = {}
    for one in placed:
        east = bisect_left(lons, one.lon or 0) / len(lons)
        north = bisect_left(lats, one.lat or 0) / len(lats)
        column = _part(eastward, east, 20)
        found[one.pk] = _part(sorted(column, key=lambda spot: spot.lat), north, len(column))[0]
    return found


def _part(spots: Sequence[Spot], share: float, parts: int) -> Sequence[Spot]:
    """The slice of this share, of so many slices; never empty."""
    parts = max(1, min(parts, len(spots)))
    nth = min(int(share * parts), parts - 1)
    size = len(spots) / parts
    return spots[int(nth * size) : max(int((nth + 1) * size), int(nth * size) + 1)]
