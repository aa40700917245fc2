"""How long a unit takes from one place to another where no network of ways is known.

Great-circle distance × a factor for how much longer roads are, ÷ a speed by what one rides in
and the hour of the day. A water between two lands without a bridge costs a ferry.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import Literal

Mode = Literal["car", "traffic_car", "motorcycle", "foot", "boat"]
EARTH = 6_371_008.8
"""Mean radius (m)."""

ROAD_FACTOR: dict[Mode, float] = {
    "car": 1.38, "traffic_car": 1.38, "motorcycle": 1.32, "foot": 1.25, "boat": 1.2,
}  # fmt: skip
METRES_A_SECOND: dict[Mode, float] = {
    "car": 12.5, "traffic_car": 12.5, "motorcycle": 11.5, "foot": 1.4, "boat": 13.0,
}  # fmt: skip
TURNOUT = 40.0
"""Seconds from the order until one moves."""
FERRY = 35 * 60.0
"""Waiting for a ferry and crossing, beyond the way itself."""
ASHORE = 6 * 60.0
"""From a boat to a place on land: mooring and going on."""
RUSH_HOURS = frozenset({7, 8, 17, 18})
NIGHT_HOURS = frozenset({22, 23, 0, 1, 2, 3, 4, 5})


@dataclass(frozen=True)
class Spot:
    """A place. ``land``: the number of the land it lies on, bridged ones counted as one; None at
    sea, and 0 where nobody has drawn the lands."""

    lat: float
    lon: float
    land: int | None = 0


@dataclass(frozen=True)
class Trip:
    """A way: how far by road or water (m), how long (s), and whether a ferry has to be taken."""

    metres: float
    seconds: float
    ferry: bool = False


def metres_between(start: Spot, end: Spot) -> float:
    """Along the great circle."""
    lat1, lat2 = radians(start.lat), radians(end.lat)
    half = sin((lat2 - lat1) / 2) ** 2
    half += cos(lat1) * cos(lat2) * sin(radians(end.lon - start.lon) / 2) ** 2
    return 2 * EARTH * asin(sqrt(half))


def trip(mode: Mode, start: Spot, end: Spot, *, hour: int) -> Trip | None:
    """The way from one place to the other at this hour; None where nothing gets there."""
    metres = metres_between(start, end) * ROAD_FACTOR[mode]
    seconds = TURNOUT + metres / (METRES_A_SECOND[mode] * flow(mode, hour))
    if mode == "boat":
        return Trip(metres, seconds if end.land is None else seconds + ASHORE)
    if end.land is None:
        return None
    ferry = _apart(start, end)
    return Trip(metres, seconds + FERRY if ferry else seconds, ferry)


def flow(mode: Mode, hour: int) -> float:
    """What the hour makes of the speed."""
    if mode in ("foot", "boat"):
        return 1.0
    if hour in RUSH_HOURS:
        return 0.9 if mode == "motorcycle" else 0.75
    return 1.12 if hour in NIGHT_HOURS else 1.0


def _apart(start: Spot, end: Spot) -> bool:
    return bool(start.land and end.land and start.land != end.land)
