"""Which land a place lies on, as the county's own map layers draw it; bridged lands are one.

For the first form of travel times: a car that must cross water is marked, never guessed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import shapely
from django.conf import settings
from shapely.geometry.base import BaseGeometry

from gongzhi.base.places.coordinates import Point

SHORE = 0.003
"""Degrees (some 300 m): a place that near to a land is on it: beaches, piers, rounded corners."""
BRIDGE_END = 0.0015


@dataclass(frozen=True)
class _Lands:
    shapes: shapely.STRtree
    numbers: tuple[int, ...]


def lands_of(points: Iterable[Point]) -> list[int | None]:
    """The number of each place's land from 1 on; None at sea; 0 where no lands are drawn."""
    listed = list(points)
    lands = _drawn(settings.HOME.layers)
    if lands is None or not listed:
        return [0] * len(listed)
    spots = shapely.points([(point.lon, point.lat) for point in listed])
    which, near = lands.shapes.query_nearest(spots, max_distance=SHORE, all_matches=False)
    found: list[int | None] = [None] * len(listed)
    for spot, shape in zip(which.tolist(), near.tolist(), strict=True):
        found[spot] = lands.numbers[shape]
    return found


def shores_near(point: Point, most: int) -> list[Point]:
    """The nearest place of each of the nearest lands, the nearest first; none where none is
    drawn."""
    lands = _drawn(settings.HOME.layers)
    if lands is None:
        return []
    spot = shapely.Point(point.lon, point.lat)
    found: dict[int, tuple[float, BaseGeometry]] = {}
    for number, shape in zip(lands.numbers, lands.shapes.geometries, strict=True):
        line = shapely.shortest_line(shape, spot)
        if number not in found or line.length < found[number][0]:
            found[number] = line.length, line
    nearest = sorted(found.values(), key=lambda pair: pair[0])[:most]
    return [Point(line.coords[0][1], line.coords[0][0]) for _length, line in nearest]


def drawn_lands(folder: Path) -> list[BaseGeometry]:
    """The polygons of the county's map of land (lon, lat), in the folder of its layers."""
    drawn = _features(folder / "land.geojson")
    return [part for shape, _ in drawn for part in _polygons(shape)]


def _drawn(folder: Path) -> _Lands | None:
    path = folder / "land.geojson"
    try:
        return _read(folder, path.stat().st_mtime)
    except OSError:
        return None


@lru_cache(maxsize=2)
def _read(folder: Path, edition: float) -> _Lands | None:
    parts = drawn_lands(folder)
    if not parts:
        return None
    tree = shapely.STRtree(parts)
    numbers = list(range(1, len(parts) + 1))
    for shape, properties in _features(folder / "roads.geojson"):
        if properties.get("over"):
            _join(numbers, tree, shape)
    return _Lands(tree, tuple(numbers))


def _join(numbers: list[int], tree: shapely.STRtree, bridge: BaseGeometry) -> None:
    """All lands that the bridge touches get the number of one of them."""
    touched = {numbers[int(at)] for at in tree.query(bridge.buffer(BRIDGE_END), "intersects")}
    if touched:
        numbers[:] = [min(touched) if one in touched else one for one in numbers]


def _features(path: Path) -> list[tuple[BaseGeometry, dict[str, Any]]]:
    try:
        drawn = json.loads(path.read_text("utf-8"))["features"]
    except (OSError, ValueError, KeyError):
        return []
    return [(shapely.geometry.shape(one["geometry"]), one["properties"]) for one in drawn]


def _polygons(shape: BaseGeometry) -> list[BaseGeometry]:
    return list(getattr(shape, "geoms", [shape]))
