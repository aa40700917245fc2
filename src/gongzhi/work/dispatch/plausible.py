"""Whether a unit can be where its phone says it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gongzhi.base.places.coordinates import Point, metres_between

FASTEST = {
    "car": 55.0, "traffic_car": 55.0, "motorcycle": 55.0, "foot": 15.0, "boat": 30.0,
    "other": 55.0,
}  # fmt: skip
"""Metres a second that nobody exceeds: 200 km/h on the road, 58 knots at sea; on foot 54 km/h, as
a pair on foot is sometimes given a lift."""
COARSE = 500.0
"""Metres: with a larger error a position says nothing about which unit is near."""
SLACK = 300.0
"""Metres that two fixes may differ by beside their own errors."""
APART = 5.0
"""Seconds between two fixes before the second is a second opinion."""


@dataclass(frozen=True)
class Fix:
    """A position at a time; ``accuracy`` in metres, as the phone says it."""

    point: Point
    at: datetime
    accuracy: float = 0.0


def jumps(kind: str, before: Fix, after: Fix) -> bool:
    """Whether nobody in a unit of this kind gets from the one to the other in that time."""
    seconds = abs((after.at - before.at).total_seconds())
    reach = FASTEST.get(kind, FASTEST["other"]) * seconds
    return metres_between(before.point, after.point) > (
        SLACK + before.accuracy + after.accuracy + reach
    )


def bears_out(kind: str, doubted: Fix, after: Fix) -> bool:
    """Whether a second fix, a little later, agrees with one that was doubted."""
    later = (after.at - doubted.at).total_seconds() >= APART
    return later and not jumps(kind, doubted, after)
