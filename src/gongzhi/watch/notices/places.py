"""Where a thing happens, and whether that is at a place that somebody follows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gongzhi.base.matters.models import Matter
from gongzhi.base.places.areas import area_of
from gongzhi.base.places.cells import from_text, middle_of
from gongzhi.base.places.coordinates import Point, metres_between
from gongzhi.watch.notices.models import Subscription
from gongzhi.watch.notices.wishes import Pin
from gongzhi.work.prevention.problems.models import Problem

A_CELL = 200
"""Metres from the middle of a fine cell to its corners, about: what lies in it may be so far."""


@dataclass(frozen=True)
class Where:
    """``everywhere``: it holds for the whole county; otherwise a town, and points in it, if known.
    Of nothing known it happens at no place in particular."""

    everywhere: bool = False
    town: str = ""
    points: tuple[Point, ...] = ()
    slack: float = 0.0


def where_of(topic: str, subject: str) -> Where:
    """Where the thing of this topic happens, as everybody may know it: a proposal by its place, a
    problem by its cells; what the county asks everybody, everywhere."""
    key = int(subject.rpartition(":")[2])
    if topic == "consultations":
        return Where(everywhere=True)
    if topic == "problems":
        problem = Problem.objects.filter(pk=key).first()
        return _of_cells(problem) if problem else Where()
    matter = Matter.objects.filter(pk=key).first()
    if matter is None:
        return Where()
    return Where(town=matter.town, points=(matter.point,) if matter.point else ())


def holds_for(where: Where) -> Callable[[Subscription], bool]:
    """Whether a subscription to a place is about this one. A whole county's takes everything."""

    def holds(one: Subscription) -> bool:
        if where.everywhere or not (one.pin or one.town):
            return True
        if one.town:
            return one.town == where.town
        return _near(where, Pin.read(one.pin))

    return holds


def town_of(one: Subscription) -> str:
    """The town of a place that somebody follows; "" for the whole county, or outside."""
    if not one.pin:
        return one.town
    pin = Pin.read(one.pin)
    found = area_of(Point(pin.lat, pin.lon), "town")
    return found.code if found else ""


def _near(where: Where, pin: Pin) -> bool:
    at = Point(pin.lat, pin.lon)
    if where.points:
        reach = pin.radius + where.slack
        return any(metres_between(at, point) <= reach for point in where.points)
    found = area_of(at, "town") if where.town else None
    return found is not None and found.code == where.town


def _of_cells(problem: Problem) -> Where:
    points = tuple(middle_of(from_text(cell)) for cell in problem.cells)
    return Where(town=problem.town, points=points, slack=A_CELL)
