"""Where a warning holds: areas of the county, circles and outlines, put together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import shapely
from django.utils.translation import gettext as _
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from gongzhi.base.places.circles import circle
from gongzhi.base.places.coordinates import Point, checked
from gongzhi.base.places.models import Area as CountyArea
from gongzhi.base.places.rows import geojson_text
from gongzhi.base.ui.errors import Refused
from gongzhi.work.prevention.warnings.cap.message import Area, Circle, LatLon, Named

CODES_OF = "gongzhi:town"
"""Under which name a town's code stands in CAP's ``geocode``."""
WIDEST_KM = 300.0
MOST_POINTS = 400
_WIDER, _PLAIN = 0.002, 0.001
"""Degrees by which a town's border is drawn wider, and how much of its detail then goes."""
_COMMA = re.compile("，")
_EARTH = Geod(ellps="WGS84")


@dataclass(frozen=True)
class Place:
    """Codes of towns, circles, and closed outlines; latitude first, as CAP has it."""

    areas: tuple[str, ...] = ()
    circles: tuple[Circle, ...] = ()
    outlines: tuple[tuple[LatLon, ...], ...] = ()

    @classmethod
    def read(cls, parts: Mapping[str, Any]) -> Place:
        """From a message's column ``parts``."""
        return cls(
            tuple(parts.get("areas", ())),
            tuple(Circle(*one) for one in parts.get("circles", ())),
            tuple(tuple((lat, lon) for lat, lon in ring) for ring in parts.get("outlines", ())),
        )

    def parts(self) -> dict[str, Any]:
        """As the column keeps it."""
        rings = [[list(spot) for spot in ring] for ring in self.outlines]
        found = {"areas": list(self.areas), "circles": [list(c) for c in self.circles]}
        return {**found, "outlines": rings}

    @cached_property
    def towns(self) -> list[CountyArea]:
        """The rows of the areas."""
        if not self.areas:
            return []
        found = CountyArea.objects.filter(
            kind=CountyArea.Kind.TOWN, code__in=self.areas, valid_to__isnull=True, county__own=True
        )
        return list(found.order_by("code"))

    def drawn(self) -> BaseGeometry:
        """Circles and outlines as one geometry (longitude first)."""
        pieces: list[BaseGeometry] = [
            circle(Point(one.lat, one.lon), one.km * 1000) for one in self.circles
        ]
        pieces += [shapely.Polygon([(lon, lat) for lat, lon in ring]) for ring in self.outlines]
        return shapely.union_all([shapely.make_valid(piece) for piece in pieces])

    def shape(self) -> BaseGeometry:
        """All of it, as maps draw it; empty where nothing is chosen."""
        return shapely.union_all([self.drawn(), *(border_of(town.geometry) for town in self.towns)])

    def geojson(self) -> str:
        """The shape as text; "" where nothing is chosen."""
        shape = self.shape()
        return "" if shape.is_empty else geojson_text(shape)

    def cap(self, description: str) -> Area:
        """As a CAP area. Holes are left out, for CAP has none: what lies in one is warned, too."""
        rings = [ring for town in self.towns for ring in _rings(border_of(town.geometry))]
        codes = tuple(Named(CODES_OF, code) for code in self.areas)
        return Area(description, (*rings, *self.outlines), self.circles, codes)


@lru_cache(maxsize=64)
def border_of(geometry: str) -> BaseGeometry:
    """A town's border as a message carries it: some 200 m wider, islets taken in, so plain that a
    phone reads it at once. Nobody of the town stands outside."""
    wider = shapely.buffer(shapely.from_geojson(geometry), _WIDER, quad_segs=2)
    return shapely.simplify(wider, _PLAIN)


def place_of(areas: Iterable[Area]) -> Place:
    """The place of areas that came from outside; their geocodes mean nothing to us."""
    found = list(areas)
    return Place(
        circles=tuple(circle for area in found for circle in area.circles),
        outlines=tuple(ring for area in found for ring in area.polygons),
    )


def square_km(shape: BaseGeometry) -> float:
    """Its area on the ellipsoid, in km²."""
    return abs(float(_EARTH.geometry_area_perimeter(shapely.orient_polygons(shape))[0])) / 1e6


def outline_from(text: str) -> tuple[LatLon, ...]:
    """The ring typed or drawn as one ``latitude, longitude`` a line; closed, if it was not.

    Refuses what is no area: fewer than three points, no numbers, lines that cross.
    """
    lines = [_COMMA.sub(",", line).strip() for line in text.strip().splitlines()]
    spots = [_spot(line) for line in lines if line]
    if not spots:
        return ()
    if spots[0] == spots[-1]:
        spots.pop()
    if len(set(spots)) < 3 or len(spots) > MOST_POINTS:
        raise _bad(_("边界至少要三个点，最多 %(most)s 个。") % {"most": MOST_POINTS})
    if not shapely.Polygon([(lon, lat) for lat, lon in spots]).is_valid:
        raise _bad(_("边界的线互相交叉了，请按顺序绕一圈。"))
    return (*spots, spots[0])


def _spot(line: str) -> LatLon:
    lat, comma, lon = line.partition(",")
    if not comma:
        raise _bad(_("每行写一个点：纬度, 经度。看不懂这一行：%(line)s") % {"line": line[:40]})
    point: Point = checked(lat.strip(), lon.strip())
    return round(point.lat, 5), round(point.lon, 5)


def outline_text(ring: Iterable[LatLon]) -> str:
    """A ring as the form shows it, without the closing point."""
    spots = list(ring)[:-1]
    return "\n".join(f"{lat}, {lon}" for lat, lon in spots)


def _rings(shape: BaseGeometry) -> list[tuple[LatLon, ...]]:
    polygons = shape.geoms if hasattr(shape, "geoms") else [shape]
    return [
        tuple((round(lat, 5), round(lon, 5)) for lon, lat in polygon.exterior.coords)
        for polygon in polygons
        if polygon.geom_type == "Polygon" and not polygon.is_empty
    ]


def _bad(words: str) -> Refused:
    return Refused(words, code="bad_outline", status=422, fields={"outline": words})
