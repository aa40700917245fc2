"""Where and when the members of a series are, drawn: shapes for the map, a strip of days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, radians, sin
from typing import Any

from django.utils import timezone

from gongzhi.base.matters.models import Matter
from gongzhi.base.places.cells import outline_of
from gongzhi.base.places.coordinates import Point
from gongzhi.work.prevention.linking.selectors import Shown

SPOT = 90.0
"""Metres: the radius with which an exact place is drawn."""
_CORNERS = 32
_METRES_A_DEGREE = 111_320.0
WIDTH, HEIGHT, LEFT, EDGE = 360, 150, 30, 12
"""Of the strip, in its own units."""


@dataclass(frozen=True)
class Strip:
    """The days between the first and the last, a dot for each member: x, y (the earlier in the
    day, the higher) as an SVG writes numbers."""

    dots: Sequence[tuple[str, str, Matter]]
    lines: Sequence[tuple[str, int]]
    """y of some hours."""
    width: int = WIDTH
    height: int = HEIGHT


def places_of(matters: Sequence[Matter], *, exact: bool) -> dict[str, Any]:
    """GeoJSON areas: a small circle around each place, or the block of houses that it lies in."""
    rings = [
        _circle(one.point) if exact else outline_of(one.h9)
        for one in matters
        if one.point and one.h9
    ]
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature", "properties": {"level": "Severe"},
                "geometry": {"type": "Polygon", "coordinates": [ring]},
            }
            for ring in rings
        ],
    }  # fmt: skip


def strip_of(told: Shown) -> Strip:
    """Its members along the days; all in the middle when it was one moment."""
    begin, span = told.series.first_at, told.series.last_at - told.series.first_at
    inner = WIDTH - LEFT - EDGE

    def dot(one: Matter) -> tuple[str, str, Matter]:
        local = timezone.localtime(one.opened_at)
        part = (one.opened_at - begin) / span if span else 0.5
        return f"{LEFT + inner * part:.1f}", _y(local.hour + local.minute / 60), one

    return Strip(
        [dot(one) for one in told.matters], [(_y(hour), hour) for hour in (0, 6, 12, 18, 24)]
    )


def _y(hour: float) -> str:
    return f"{EDGE + (HEIGHT - 2 * EDGE) * hour / 24:.1f}"


def _circle(at: Point) -> list[list[float]]:
    up = SPOT / _METRES_A_DEGREE
    across = up / max(cos(radians(at.lat)), 0.01)
    turns = [2 * pi * step / _CORNERS for step in range(_CORNERS + 1)]
    return [[round(at.lon + across * cos(t), 6), round(at.lat + up * sin(t), 6)] for t in turns]
