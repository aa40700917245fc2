"""Where free units could stand by, so that the next calls are reached as promised."""

from __future__ import annotations

from collections.abc import Iterable
from math import floor

import numpy as np
from django.utils import timezone

from gongzhi.analysis.dispatching import Cover, moves
from gongzhi.analysis.dispatching.moves import Move, Post
from gongzhi.analysis.travel import Spot, metres_between
from gongzhi.base.places.areas import area_of
from gongzhi.base.places.cells import cell_of
from gongzhi.base.places.coordinates import Point
from gongzhi.base.places.models import GazetteerEntry
from gongzhi.work.dispatch.board import MoveRow, StandByRow
from gongzhi.work.dispatch.models import ResponseUnit, StandBy
from gongzhi.work.dispatch.selectors.cover import seconds_to_cells
from gongzhi.work.dispatch.selectors.ground import CountyGround, county_ground
from gongzhi.work.dispatch.selectors.reasons import minutes
from gongzhi.work.dispatch.selectors.units import MODES, spots_of
from gongzhi.work.dispatch.states import Status

POSTS = 16
"""Cells looked at as places to stand by: of each area the one with most calls, then the others."""
NEAR = 0.006
"""Degrees around a cell's middle in which a place with a name is looked for."""
APART = 2000.0
"""Metres between two places where units stand by."""
NAMED = ("police", "government", "hospital", "pier", "bus_station", "school", "market", "bank")
"""Kinds of places that a crew finds without being told the way."""


def proposed_moves(cover: Cover | None, units: Iterable[ResponseUnit]) -> list[MoveRow]:
    """At most three moves, in the order in which they should be asked for. Those already asked
    count as being where they were asked to be."""
    known = county_ground()
    if cover is None or known is None or not cover.units:
        return []
    hour = timezone.localtime().hour
    by_key = {one.pk: one for one in units if one.pk in cover.units}
    asked = list(StandBy.objects.filter(unit__in=by_key))
    for one in asked:
        mode, spot = MODES[by_key[one.unit_id].kind], spots_of([one.point])[0]
        there = seconds_to_cells(known, mode, spot, cell_of(one.point), hour)
        cover = cover.with_unit_at(one.unit_id, there)
    standing = {one.unit_id for one in asked}
    movable = {
        key: MODES[one.kind]
        for key, one in by_key.items()
        if key not in standing and one.kind not in ("boat", "foot")
    }
    posts = _posts(known, spots_of([one.point for one in asked]))
    reach = {
        (key, cell): float(cover.seconds[cell, cover.units[key]])
        for key in movable
        for cell in posts
    }
    problem = moves.Problem(
        cover,
        tuple(_post(known, cell, set(movable.values()), hour) for cell in posts),
        dict(movable),
        reach,
    )
    return [_row(known, one, by_key[one.unit]) for one in moves.solve(problem)]


def standing_by(cover: Cover | None, units: Iterable[ResponseUnit]) -> list[StandByRow]:
    """Whom the desk has asked, in the order of their codes; of one that was asked to where another
    already goes, what its going there adds."""
    rows = list(StandBy.objects.select_related("unit").order_by("unit__code"))
    adds = _added(cover, units, rows)
    return [
        StandByRow(
            one.unit_id, str(one.unit), str(one), one.accepted_at is not None,
            *adds.get(one.unit_id, ("", 0)),
        )
        for one in rows
    ]  # fmt: skip


def _added(
    cover: Cover | None, units: Iterable[ResponseUnit], asked: Iterable[StandBy]
) -> dict[int, tuple[str, int]]:
    """Of each unit that was asked to where another one was asked before: which, and by how many
    percentage points more calls are reached in time than if it stayed where it is."""
    known = county_ground()
    if cover is None or known is None:
        return {}
    kinds = {one.pk: one.kind for one in units if one.pk in cover.units}
    hour, found, before = timezone.localtime().hour, {}, list[tuple[Spot, str]]()
    for one in sorted(asked, key=lambda one: (one.asked_at, one.unit_id)):
        if one.unit_id not in kinds:
            continue
        mode, spot = MODES[kinds[one.unit_id]], spots_of([one.point])[0]
        without = cover.county().within
        there = seconds_to_cells(known, mode, spot, cell_of(one.point), hour)
        cover = cover.with_unit_at(one.unit_id, there)
        near = [name for other, name in before if metres_between(spot, other) <= APART]
        if near:
            gain = floor(100 * cover.county().within) - floor(100 * without)
            found[one.unit_id] = (near[0], gain)
        before.append((spot, str(one.unit)))
    return found


def free_unit(key: int) -> ResponseUnit | None:
    """The unit of this id, while it is free."""
    return ResponseUnit.objects.filter(pk=key, status=Status.FREE).first()


def _posts(known: CountyGround, taken: list[Spot]) -> list[int]:
    """Numbers of cells on land: where most calls come from in each area, and in the county; where
    nobody was asked to stand by already."""
    demand, area = known.ground.demand, known.ground.area
    land = [
        n
        for n, spot in enumerate(known.spots)
        if spot.land is not None and all(metres_between(spot, one) > APART for one in taken)
    ]
    by_demand = sorted(land, key=lambda n: (-demand[n], n))
    firsts = {int(area[n]): n for n in reversed(by_demand)}
    return list(dict.fromkeys([*firsts.values(), *by_demand]))[:POSTS]


def _post(known: CountyGround, cell: int, modes: set[str], hour: int) -> Post:
    spot = known.spots[cell]
    h9 = cell_of(Point(spot.lat, spot.lon))
    seconds = {mode: seconds_to_cells(known, mode, spot, h9, hour) for mode in modes}  # type: ignore[arg-type]
    return Post(cell, {mode: np.asarray(row) for mode, row in seconds.items()})


def _row(known: CountyGround, move: Move, unit: ResponseUnit) -> MoveRow:
    spot = known.spots[move.post]
    place_zh, place_en, point = _named(Point(spot.lat, spot.lon))
    shown = StandBy(place_zh=place_zh, place_en=place_en)
    return MoveRow(
        unit_id=unit.pk,
        unit=str(unit),
        place=str(shown),
        place_zh=place_zh,
        place_en=place_en,
        lat=point.lat,
        lon=point.lon,
        eta=round(move.seconds),
        before=floor(100 * move.before.within),
        after=floor(100 * move.after.within),
        minutes_before=minutes(move.before.seconds),
        minutes_after=minutes(move.after.seconds),
    )


def _named(point: Point) -> tuple[str, str, Point]:
    """A place near by that has a name, best one that everybody knows; else the area's."""
    near = GazetteerEntry.objects.filter(
        county__own=True,
        lat__range=(point.lat - NEAR, point.lat + NEAR),
        lon__range=(point.lon - NEAR, point.lon + NEAR),
    )
    for found in (near.filter(kind__in=NAMED), near.exclude(kind="address")):
        one = found.order_by("pk").first()
        if one is not None:
            return one.name_zh, one.name_en, Point(one.lat, one.lon)
    area = area_of(point, "village") or area_of(point, "town")
    words = f"{point.lat:.4f}, {point.lon:.4f}"
    return (area.name_zh, area.name_en, point) if area else (words, words, point)
