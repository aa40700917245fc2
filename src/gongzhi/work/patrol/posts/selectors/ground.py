"""What is asked of `analysis.siting`: calls by cell, places to stand, units and their ways."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import h3.api.basic_int as h3
import numpy as np

from gongzhi.analysis.siting import Fleet, Problem
from gongzhi.analysis.siting.placing import Aim
from gongzhi.analysis.travel import Mode
from gongzhi.base.places.cells import cell_of
from gongzhi.base.places.coordinates import Point
from gongzhi.base.places.models import GazetteerEntry
from gongzhi.work.dispatch.models import ResponseUnit
from gongzhi.work.dispatch.network import router
from gongzhi.work.dispatch.selectors.ground import (
    RESOLUTION,
    CountyGround,
    county_ground,
    promise,
)
from gongzhi.work.dispatch.selectors.units import MODES, spots_of
from gongzhi.work.patrol.forecasts.county import SHIFTS
from gongzhi.work.patrol.forecasts.selectors.needs import needs
from gongzhi.work.patrol.plans.selectors.shifts import posts_of

NAMED = ("police", "government", "hospital", "bus_station", "school", "market", "fire_station")
"""Kinds of places at which a car can stand and be found."""
MOST = 40
"""Places on land that are looked at: of the cells with most calls, one each."""
KNOWN = 0.2
"""The part of the calls that is spread as they always were, wherever any are foreseen."""
WORTH: Mapping[Aim, float] = {"cover": 0.002, "seconds": 3.0}
"""What a moved unit has to bring, of all calls or of a call's seconds: nobody moves for nothing."""
ROOM = 4
"""Units at one place, at most, or as many as stand there now."""
HOURS = 24 // len(SHIFTS)


@dataclass(frozen=True)
class Place:
    """Where a unit may stand, and at what kind of place. ``code``: of the gazetteer's entry."""

    name_zh: str
    name_en: str
    kind: str
    point: Point
    code: str = ""


@dataclass(frozen=True)
class Asked:
    """A problem with what its numbers stand for. ``units``: of each fleet, in the order of its
    posts; ``foreseen``: whether calls were foreseen for this day, or are those of the past."""

    problem: Problem
    places: tuple[Place, ...]
    units: tuple[tuple[ResponseUnit, ...], ...]
    foreseen: bool
    edition: tuple[object, ...]


def asked_of(units: Sequence[ResponseUnit], day: date, shift: int, aim: Aim) -> Asked | None:
    """What to solve for these units in this shift (its number of the day); None where the county
    knows no ground or has no unit."""
    known = county_ground()
    if known is None or not units:
        return None
    homes = posts_of(units)
    places = _places(known, [homes[one.pk] for one in units], boats=_boats(units))
    number = {(one.point.lat, one.point.lon): n for n, one in enumerate(places)}
    fleets, crews = [], []
    for mode in dict.fromkeys(MODES[one.kind] for one in units):
        own = tuple(one for one in units if MODES[one.kind] == mode)
        posts = tuple(number[homes[one.pk].lat, homes[one.pk].lon] for one in own)
        fleets.append(Fleet(mode, posts))
        crews.append(own)
    hour = (SHIFTS[shift] + HOURS // 2) % 24
    demand, foreseen = _demand(known, day, shift)
    seconds = {one.kind: _seconds(known, places, one, hour) for one in fleets}
    problem = Problem(
        seconds, demand, tuple(fleets), busy=_busy(known, len(units), shift),
        promise=promise().seconds, room=max(ROOM, _fullest(fleets)), worth_moving=WORTH[aim],
    )  # fmt: skip
    standing = tuple((one.kind, one.posts) for one in fleets)
    edition = (known.edition, day, shift, standing, demand.tobytes())
    return Asked(problem, tuple(places), tuple(crews), foreseen, edition)


def _boats(units: Iterable[ResponseUnit]) -> bool:
    return any(one.kind == ResponseUnit.Kind.BOAT for one in units)


def _fullest(fleets: Iterable[Fleet]) -> int:
    posts = [post for one in fleets for post in one.posts]
    return max(map(posts.count, posts), default=1)


def _places(known: CountyGround, homes: Sequence[Point], *, boats: bool) -> list[Place]:
    """Where units stand now, then named places in the cells with most calls, and piers."""
    kinds = (*NAMED, "pier") if boats else NAMED
    rows = GazetteerEntry.objects.filter(county__own=True, kind__in=kinds, street=None)
    entries = [
        Place(one.name_zh, one.name_en, one.kind, one.point, one.code)
        for one in rows.order_by("pk")
    ]
    at = {(one.point.lat, one.point.lon): one for one in entries}
    found = {key: at.get(key) or Place("", "", "", Point(*key)) for key in
             ((one.lat, one.lon) for one in homes)}  # fmt: skip
    cells = dict.fromkeys(known.cells[n] for n in np.argsort(-known.ground.demand, kind="stable"))
    by_cell: dict[int, Place] = {}
    for one in sorted(entries, key=lambda one: kinds.index(one.kind)):
        if one.kind != "pier":
            by_cell.setdefault(_cell(one.point), one)
    for one in [by_cell[cell] for cell in cells if cell in by_cell][:MOST]:
        found.setdefault((one.point.lat, one.point.lon), one)
    for one in entries:
        if one.kind == "pier":
            found.setdefault((one.point.lat, one.point.lon), one)
    return list(found.values())


def _cell(point: Point) -> int:
    """As the ground counts: what holds the place's block of houses (H3 isn't quite nested)."""
    return int(h3.cell_to_parent(cell_of(point), RESOLUTION))


def _demand(known: CountyGround, day: date, shift: int) -> tuple[np.ndarray, bool]:
    """Each cell's part of the calls of this shift, and whether they were foreseen."""
    number = {cell: n for n, cell in enumerate(known.cells)}
    ahead = np.zeros(len(known.cells))
    for one in needs(day, shift):
        if one.cell in number:
            ahead[number[one.cell]] += one.expected
    if not ahead.sum():
        return np.asarray(known.ground.demand, float), False
    return (1 - KNOWN) * ahead / ahead.sum() + KNOWN * known.ground.demand, True


def _busy(known: CountyGround, units: int, shift: int) -> float:
    """The part of its time that a unit has a call, over the shift."""
    hours = [(SHIFTS[shift] + n) % 24 for n in range(HOURS)]
    loads = [known.loads[one] for one in hours]
    work = sum(one.calls_an_hour * one.seconds_a_call for one in loads) / 3600 / len(loads)
    return min(work / units, 0.95)


def _seconds(known: CountyGround, places: Sequence[Place], fleet: Fleet, hour: int) -> np.ndarray:
    """From each place to each cell; infinite where such a unit can't stand: a boat lies at a pier,
    nobody else does, unless they do so today."""
    mode: Mode = fleet.kind  # type: ignore[assignment]
    allowed = [
        n for n, one in enumerate(places)
        if n in fleet.posts or (one.kind == "pier") == (mode == "boat")
    ]  # fmt: skip
    spots = spots_of([places[n].point for n in allowed])
    found = np.full((len(places), len(known.cells)), np.inf)
    found[allowed] = router().seconds(mode, spots, known.spots, hour=hour)
    return found
