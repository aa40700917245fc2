"""Where units on land go when it isn't to the scene itself: the nearest pier, or the nearest shore,
that somebody on duty can reach."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.utils import timezone

from gongzhi.analysis.dispatching import Cover, Ranked
from gongzhi.analysis.travel import Trip
from gongzhi.base.catalogue.kinds.run_card import Plan
from gongzhi.base.matters.models import Matter
from gongzhi.base.places.coordinates import Point, metres_between
from gongzhi.base.places.models import GazetteerEntry
from gongzhi.work.dispatch.lands import lands_of, shores_near
from gongzhi.work.dispatch.models import Assignment, ResponseUnit
from gongzhi.work.dispatch.network import router
from gongzhi.work.dispatch.selectors.card import PIER, SCENE, place_of_role, places_of
from gongzhi.work.dispatch.selectors.units import arrival_in, ranked, spots_of
from gongzhi.work.dispatch.states import Status

LOOKED = 6
"""Of so many piers or shores, the nearest ones, it is looked which can be reached."""
FARTHEST = 3600.0
"""Seconds: nobody is sent by one key who needs longer; the table and the list have them."""


@dataclass(frozen=True)
class Landing:
    """Where units on land wait. ``name``: the pier's; empty for a stretch of shore."""

    point: Point
    name: str = ""


def landing_of(matter: Matter, place: str) -> Landing | None:
    """The nearest pier or shore to the incident which a unit on duty reaches by land within an
    hour, else the nearest of all; None for the scene itself, and where nobody drew any."""
    if place == SCENE or matter.point is None:
        return None
    found = (_piers(matter.point) if place == PIER else []) or _shores(matter.point)
    if len(found) < 2:
        return next(iter(found), None)
    return found[_first_reached([one.point for one in found])]


def goes_to(matter: Matter, role: str) -> Landing | None:
    """Where the unit that was sent as this goes; None: to the scene."""
    return landing_of(matter, place_of_role(matter, role))


def arrival_of(assignment: Assignment) -> Trip | None:
    """The way of its unit from where it was seen last to where it goes."""
    landing = goes_to(assignment.matter, assignment.role)
    return arrival_in(assignment.unit, assignment.matter, landing.point if landing else None)


def ranked_by_place(
    units: Iterable[ResponseUnit], matter: Matter, plan: Plan, cover: Cover | None
) -> dict[str, list[Ranked]]:
    """The free units that can get there, the best first: to the scene, and to each other place
    to which the card sends somebody."""
    listed = list(units)
    found = {SCENE: ranked(listed, matter, (), cover)}
    ashore = [unit for unit in listed if unit.kind != ResponseUnit.Kind.BOAT]
    for place in places_of(plan):
        landing = landing_of(matter, place)
        if landing is not None:
            found[place] = ranked(ashore, matter, (), cover, at=landing.point)
    return found


def in_reach(ways: Mapping[str, Sequence[Ranked]]) -> dict[str, dict[int, Ranked]]:
    """Of those the ones that are there soon enough to be sent by one key, by place and key."""
    return {
        place: {one.key: one for one in order if one.trip.seconds <= FARTHEST}
        for place, order in ways.items()
    }


def _piers(point: Point) -> list[Landing]:
    piers = GazetteerEntry.objects.filter(county__own=True, kind="pier")
    found = [Landing(Point(one.lat, one.lon), str(one)) for one in piers]
    return sorted(found, key=lambda one: metres_between(point, one.point))[:LOOKED]


def _shores(point: Point) -> list[Landing]:
    if lands_of([point])[0] is not None:
        return [Landing(point)]
    return [Landing(one) for one in shores_near(point, LOOKED)]


def _first_reached(points: Sequence[Point]) -> int:
    """The number of the first that somebody reaches; 0 when nobody reaches any."""
    units = ResponseUnit.objects.exclude(status=Status.OFF_DUTY).filter(lat__isnull=False)
    starts = [at for one in units.exclude(kind=ResponseUnit.Kind.BOAT) if (at := one.point)]
    if not starts:
        return 0
    hour = timezone.localtime().hour
    seconds = router().seconds("car", spots_of(starts), spots_of(list(points)), hour=hour)
    reached = np.flatnonzero((seconds <= FARTHEST).any(axis=0))
    return int(reached[0]) if len(reached) else 0
