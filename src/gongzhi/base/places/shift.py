"""The two shifted coordinate systems of Chinese maps, GCJ-02 and BD-09, in both directions.

GCJ-02 moves WGS 84 by a few hundred metres inside a box around China; the formulas have been
public since 2010 and describe no projection but a displacement. BD-09 moves GCJ-02 once more.
Neither has a closed inverse, so we walk back to the place that the shift would have moved here.

All functions take and give (longitude, latitude) in degrees.
"""

from __future__ import annotations

from collections.abc import Callable
from math import atan2, cos, hypot, pi, radians, sin, sqrt

LonLat = tuple[float, float]

# The ellipsoid of Krasovsky (1940), on which the shift is computed.
_AXIS = 6_378_245.0
_ECCENTRICITY_2 = 0.006_693_421_622_965_943
# Outside this box the shift is not applied.
_WEST, _SOUTH, _EAST, _NORTH = 72.004, 0.8293, 137.8347, 55.8271
_BD_TURNS = pi * 3000 / 180

CLOSE = 1e-9
"""Degrees (a tenth of a millimetre) at which the way back has arrived."""
_STEPS = 30


def shifted_here(lon: float, lat: float) -> bool:
    """Whether the place lies in the box in which GCJ-02 differs from WGS 84."""
    return _WEST <= lon <= _EAST and _SOUTH <= lat <= _NORTH


def wgs84_to_gcj02(lon: float, lat: float) -> LonLat:
    """Shift a place; unchanged outside the box."""
    if not shifted_here(lon, lat):
        return lon, lat
    east, north = _displacement(lon - 105.0, lat - 35.0)
    flat = 1 - _ECCENTRICITY_2 * sin(radians(lat)) ** 2
    metres_north = _AXIS * (1 - _ECCENTRICITY_2) / (flat * sqrt(flat)) * pi / 180
    metres_east = _AXIS / sqrt(flat) * cos(radians(lat)) * pi / 180
    return lon + east / metres_east, lat + north / metres_north


def gcj02_to_wgs84(lon: float, lat: float) -> LonLat:
    """The place that GCJ-02 shows here (to 1e-9°)."""
    return _back(wgs84_to_gcj02, lon, lat)


def gcj02_to_bd09(lon: float, lat: float) -> LonLat:
    """The second shift."""
    far = hypot(lon, lat) + 0.000_02 * sin(lat * _BD_TURNS)
    turn = atan2(lat, lon) + 0.000_003 * cos(lon * _BD_TURNS)
    return far * cos(turn) + 0.0065, far * sin(turn) + 0.006


def bd09_to_gcj02(lon: float, lat: float) -> LonLat:
    """The second shift undone (to 1e-9°)."""
    return _back(gcj02_to_bd09, lon, lat)


def _displacement(x: float, y: float) -> LonLat:
    """Metres east and north, from degrees east of 105° and north of 35°."""
    root = sqrt(abs(x))
    ripple = 20 * sin(6 * pi * x) + 20 * sin(2 * pi * x)
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    east += 2 / 3 * (ripple + _waves(x, 20, 40, 150, 300))
    north += 2 / 3 * (ripple + _waves(y, 20, 40, 160, 320))
    return east, north


def _waves(t: float, *heights: float) -> float:
    """Four sines of growing length: 2, 6, 24 and 60 degrees."""
    return sum(
        height * sin(pi * t / part) for height, part in zip(heights, (1, 3, 12, 30), strict=True)
    )


def _back(shift: Callable[[float, float], LonLat], lon: float, lat: float) -> LonLat:
    """Step by the error that remains; the shift hardly changes nearby, so this contracts fast."""
    x, y = lon, lat
    for _ in range(_STEPS):
        there = shift(x, y)
        off_x, off_y = lon - there[0], lat - there[1]
        x, y = x + off_x, y + off_y
        if abs(off_x) < CLOSE and abs(off_y) < CLOSE:
            break
    return x, y
