"""Which area a place lies in. The shapes are read once and kept in a tree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from threading import Lock
from time import monotonic

import shapely
from django.db.models import Count, Max, Q
from django.utils import timezone

from gongzhi.base.log.actions import now
from gongzhi.base.places.coordinates import Point
from gongzhi.base.places.models import Area

LOOK_AGAIN = 5.0
"""Seconds after which another process's change of the areas is seen."""


@dataclass(frozen=True)
class _Map:
    """The areas of one kind that are valid on one day."""

    areas: tuple[Area, ...]
    tree: shapely.STRtree
    edition: object
    looked_at: float


_maps: dict[str, _Map] = {}
_lock = Lock()


def area_of(point: Point, kind: str) -> Area | None:
    """The area of this kind that holds the place today; of several (on a border) the smallest."""
    return areas_of([point], kind)[0]


def areas_of(points: Iterable[Point], kind: str) -> list[Area | None]:
    """The area of each place, in one go."""
    places = [(point.lon, point.lat) for point in points]
    if not places:
        return []
    atlas, spots = _current(kind), shapely.points(places)
    found: list[Area | None] = [None] * len(spots)
    if atlas.areas:
        # The tree's areas stand largest first: the last one written is the smallest.
        for spot, area in sorted(atlas.tree.query(spots, predicate="intersects").T.tolist()):
            found[spot] = atlas.areas[area]
    return found


def forget_areas() -> None:
    """Read the areas again at the next question. Called by the action that changes them."""
    with _lock:
        _maps.clear()


def _current(kind: str) -> _Map:
    held = _maps.get(kind)
    if held is not None and monotonic() - held.looked_at < LOOK_AGAIN:
        return held
    with _lock:
        _maps[kind] = fresh = _read(kind, held)
        return fresh


def _read(kind: str, held: _Map | None) -> _Map:
    today = timezone.localdate(now())
    changes = Area.objects.filter(kind=kind).aggregate(Count("pk"), Max("changed_at"))
    edition = (today, *sorted(map(str, changes.values())))
    if held is not None and held.edition == edition:
        return _Map(held.areas, held.tree, edition, monotonic())
    pairs = [(area, shapely.from_geojson(area.geometry)) for area in _valid(kind, today)]
    pairs.sort(key=lambda pair: -pair[1].area)
    for area, _ in pairs:
        area.geometry = ""  # parsed now; kept apart, it would only take memory
    tree = shapely.STRtree([shape for _, shape in pairs])
    return _Map(tuple(area for area, _ in pairs), tree, edition, monotonic())


def _valid(kind: str, day: date) -> Iterable[Area]:
    ended = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    return Area.objects.filter(ended, kind=kind, valid_from__lte=day)
