"""Circles on the ground, as maps and routers want them."""

from __future__ import annotations

from math import cos, pi, radians, sin

import shapely

from gongzhi.base.places.coordinates import EARTH_RADIUS, Point

_CORNERS = 64


def circle(centre: Point, metres: float) -> shapely.Polygon:
    """A polygon of 64 corners (lon, lat in degrees); good to 1 % below 70° of latitude."""
    up = metres / EARTH_RADIUS * 180 / pi
    across = up / max(cos(radians(centre.lat)), 0.01)
    angles = [2 * pi * step / _CORNERS for step in range(_CORNERS)]
    return shapely.Polygon(
        [(centre.lon + across * cos(at), centre.lat + up * sin(at)) for at in angles]
    )
