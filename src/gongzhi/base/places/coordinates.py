"""Coordinates with their reference system: checked, and stored as WGS 84.

Systems are named ``WGS84``, ``CGCS2000``, ``GCJ-02``, ``BD-09``, or by an authority's code such as
``EPSG:4326`` or ``ESRI:102697``. CGCS2000 and WGS 84 differ by centimetres: they are one to us.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import asin, cos, isfinite, radians, sin, sqrt
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from gongzhi.base.places import shift
from gongzhi.base.ui.errors import Refused

EARTH_RADIUS = 6_371_008.8
"""Metres; the mean radius of GRS 80 (IUGG)."""
SAME_AS_WGS84 = ("WGS84", "CGCS2000", "EPSG:4326", "EPSG:4490", "CRS84")
_NEARLY_NOTHING = 1e-4
"""Degrees (11 m) around 0/0 that no place of ours lies in, but many a missing coordinate."""

MISSING = _("没有位置。请在地图上点一下，或者填写地址。")
NOT_NUMBERS = _("位置不是有效的数字。请在地图上重新点一下。")
NOWHERE = _("位置是 0, 0，说明没有定位成功。请在地图上重新点一下。")
OUT_OF_RANGE = _("位置不在地球上：纬度应在 -90 到 90 之间，经度应在 -180 到 180 之间。")
OUTSIDE = _("这个位置不在本县范围内。请检查地图上的位置；外地的事情请联系当地。")


class Point(NamedTuple):
    """A place in WGS 84, in degrees."""

    lat: float
    lon: float


@dataclass(frozen=True)
class Bounds:
    """A box in WGS 84, in degrees. It never crosses the 180th meridian."""

    south: float
    west: float
    north: float
    east: float

    @classmethod
    def around(cls, points: Iterable[Point]) -> Bounds:
        """The smallest box that holds all points. Raises ValueError when there is none."""
        lats, lons = zip(*points, strict=True)
        return cls(min(lats), min(lons), max(lats), max(lons))

    @property
    def centre(self) -> Point:
        """The middle of the box."""
        return Point((self.south + self.north) / 2, (self.west + self.east) / 2)

    def holds(self, point: Point) -> bool:
        """Whether the point is inside or on the edge."""
        return self.south <= point.lat <= self.north and self.west <= point.lon <= self.east

    def wider(self, share: float) -> Bounds:
        """The box with ``share`` of its height and width added on each side."""
        up, across = (self.north - self.south) * share, (self.east - self.west) * share
        return Bounds(self.south - up, self.west - across, self.north + up, self.east + across)


def checked(lat: object, lon: object, *, within: Bounds | None = None) -> Point:
    """A place in WGS 84 that can be one, from numbers or their text.

    Raises Refused with the reason as code: ``place_missing``, ``place_not_numbers``,
    ``place_zero``, ``place_out_of_range``, ``place_outside``.
    """
    point = Point(_degrees(lat), _degrees(lon))
    if abs(point.lat) < _NEARLY_NOTHING and abs(point.lon) < _NEARLY_NOTHING:
        raise Refused(NOWHERE, code="place_zero")
    if not (-90 <= point.lat <= 90 and -180 <= point.lon <= 180):
        raise Refused(OUT_OF_RANGE, code="place_out_of_range")
    if within is not None and not within.holds(point):
        raise Refused(OUTSIDE, code="place_outside")
    return point


def to_wgs84(x: float, y: float, crs: str) -> Point:
    """A place given in ``crs`` as WGS 84.

    ``x`` is the longitude or easting, ``y`` the latitude or northing, in the system's own unit.
    Raises UnknownSystem for a name nobody knows, Refused (``place_out_of_range``) for numbers
    that the system cannot mean.
    """
    if crs in SAME_AS_WGS84:
        return Point(y, x)
    if crs == "GCJ-02":
        lon, lat = shift.gcj02_to_wgs84(x, y)
    elif crs == "BD-09":
        lon, lat = shift.gcj02_to_wgs84(*shift.bd09_to_gcj02(x, y))
    else:
        lon, lat = _transformer(crs, "EPSG:4326").transform(x, y)
    if not (isfinite(lon) and isfinite(lat)):
        raise Refused(OUT_OF_RANGE, code="place_out_of_range")
    return Point(lat, lon)


def from_wgs84(point: Point, crs: str) -> tuple[float, float]:
    """The place in another system, as (x, y): longitude or easting first. To show, not to store."""
    lat, lon = point
    if crs in SAME_AS_WGS84:
        return lon, lat
    if crs == "GCJ-02":
        return shift.wgs84_to_gcj02(lon, lat)
    if crs == "BD-09":
        return shift.gcj02_to_bd09(*shift.wgs84_to_gcj02(lon, lat))
    x, y = _transformer("EPSG:4326", crs).transform(lon, lat)
    return float(x), float(y)


def known_system(crs: str) -> bool:
    """Whether we can read coordinates in the system of this name."""
    try:
        return crs in {*SAME_AS_WGS84, "GCJ-02", "BD-09"} or bool(_transformer(crs, "EPSG:4326"))
    except UnknownSystem:
        return False


def metres_between(a: Point, b: Point) -> float:
    """Great-circle distance (haversine): within 0.6 % of the distance on the ellipsoid."""
    up, across = radians(b.lat - a.lat), radians(b.lon - a.lon)
    chord = sin(up / 2) ** 2 + cos(radians(a.lat)) * cos(radians(b.lat)) * sin(across / 2) ** 2
    return 2 * EARTH_RADIUS * asin(min(1.0, sqrt(chord)))


class UnknownSystem(ValueError):
    """No coordinate system has this name."""


@lru_cache(maxsize=32)
def _transformer(source: str, target: str) -> Transformer:
    try:
        pair = CRS.from_user_input(source), CRS.from_user_input(target)
    except CRSError as unknown:
        raise UnknownSystem(f"no coordinate system is called {source} or {target}") from unknown
    return Transformer.from_crs(*pair, always_xy=True)


def _degrees(value: object) -> float:
    if value is None or value == "":
        raise Refused(MISSING, code="place_missing")
    try:
        number = float(value)  # type: ignore[arg-type]  # whatever can't be a number raises
    except (TypeError, ValueError, OverflowError):
        number = float("nan")
    if not isfinite(number):
        raise Refused(NOT_NUMBERS, code="place_not_numbers")
    return number
