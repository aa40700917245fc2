"""What of the history is over by now, what still goes on, and whose each matter is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.people.models import Unit
from gongzhi.base.places.coordinates import Point
from gongzhi.config.demo.history.courses import Handling, Response
from gongzhi.config.demo.history.stream import Happening
from gongzhi.config.demo.staff import Staff

RECENT = timedelta(hours=30)
"""What is younger is lived through step by step, so that every clock has run."""
CLOSING = timedelta(minutes=2)
"""Between the end of the work and the closing of the file."""


@dataclass(frozen=True)
class Split:
    """Happenings with those that joined them, in the order of time."""

    over: list[Happening]
    going_on: list[Happening]
    joined: dict[int, list[Happening]]
    """By the number of the happening that they are about."""


def split(happenings: Iterable[Happening], until: datetime) -> Split:
    """Apart: what ended before `RECENT`, and what did not."""
    over, going_on = [], []
    joined: dict[int, list[Happening]] = {}
    for one in happenings:
        if one.joins is not None:
            joined.setdefault(one.joins, []).append(one)
        elif ended_at(one) < until - RECENT:
            over.append(one)
        else:
            going_on.append(one)
    return Split(over, going_on, joined)


def ended_at(one: Happening) -> datetime:
    """When it is closed."""
    course = one.course
    if isinstance(course, Response):
        return course.cleared_at + CLOSING
    if isinstance(course, Handling):
        judged = course.rated_at or course.answered_at + timedelta(days=3)
        return judged + timedelta(days=2) if course.reopened else judged
    return one.at


def owner_of(one: Happening, staff: Staff) -> Unit:
    """The unit that such a matter belongs to: its department, or the station of its place."""
    department = catalogue().categories[one.category].department
    code = f"station_{one.spot.town}" if department == "station" else department
    return staff.units.get(code) or staff.units["bureau"]


def point_of(one: Happening) -> Point:
    """Where it is."""
    return Point(one.spot.lat, one.spot.lon)
