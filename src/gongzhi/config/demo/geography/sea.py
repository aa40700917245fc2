"""Piers and the ferry routes between them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import LineString, Point

from gongzhi.config.demo.geography import plan
from gongzhi.config.demo.geography.land import Land
from gongzhi.config.demo.geography.lattice import Lattice, Spread
from gongzhi.config.demo.geography.roads import smooth
from gongzhi.config.demo.geography.settlements import Settled

_STRIDE = 5
"""A cell of the sea is so many steps of the relief wide."""
KNOTS = 13.0


@dataclass(frozen=True)
class Pier:
    """Where boats land; ``code`` is that of the town or island it serves."""

    code: str
    name: plan.Name
    town: str
    point: Point


@dataclass(frozen=True)
class Route:
    """A ferry route with its timetable; ``minutes`` under way."""

    code: str
    name: plan.Name
    crossing: plan.Crossing
    line: LineString
    minutes: int


def sail(land: Land, settled: Settled) -> tuple[list[Pier], list[Route]]:
    """Find a pier for every end of the planned crossings, and a way by sea between them."""
    sea = _sea(land)
    offshore = _offshore(sea)
    codes = sorted({end for crossing in plan.CROSSINGS for end in crossing.ends})
    berths = {code: _berth(land, settled, sea, offshore, code) for code in codes}
    piers = [pier for pier, _ in berths.values()]
    water = shapely.difference(_sheet(), shapely.buffer(land.whole, 90))
    shapely.prepare(water)
    spreads: dict[str, Spread] = {}
    routes = []
    for number, crossing in enumerate(plan.CROSSINGS, 1):
        start, end = crossing.ends
        if start not in spreads:
            spreads[start] = sea.spread({berths[start][1]: 0})
        way = spreads[start].way(berths[end][1])[::-1]
        at_sea = smooth(_pulled_straight([sea.place(cell) for cell in way], water), water)
        ends = (berths[start][0].point, berths[end][0].point)
        line = LineString([ends[0].coords[0], *at_sea.coords, ends[1].coords[0]])
        routes.append(_route(f"f{number}", crossing, (berths[start][0], berths[end][0]), line))
    return piers, routes


def _pulled_straight(
    way: list[tuple[float, float]], water: shapely.MultiPolygon
) -> list[tuple[float, float]]:
    """The turns a helmsman would make: always on to the farthest point in sight."""
    kept = [way[0]]
    here = 0
    while here < len(way) - 1:
        there = len(way) - 1
        while there > here + 1 and not water.covers(LineString([way[here], way[there]])):
            there -= max(1, (there - here) // 12)
        here = max(there, here + 1)
        kept.append(way[here])
    return kept


def _sheet() -> shapely.Polygon:
    east, north = plan.HALF_WIDTH * 1000, plan.HALF_HEIGHT * 1000
    return shapely.box(-east, -north, east, north)


def _sea(land: Land) -> Lattice:
    relief = land.relief
    x, y = relief.x[::_STRIDE], relief.y[::_STRIDE]
    shore = shapely.simplify(land.whole, 30)
    east, north = np.meshgrid(x, y)
    shapely.prepare(near := shapely.buffer(shore, 120, quad_segs=2))
    shapely.prepare(coastal := shapely.buffer(shore, 420, quad_segs=2))
    toll = 1.0 + 0.7 * shapely.contains_xy(coastal, east, north)
    free = ~shapely.contains_xy(near, east, north)
    return Lattice(float(x[0]), float(y[0]), float(x[1] - x[0]), free, toll, np.zeros_like(toll))


def _offshore(sea: Lattice) -> np.ndarray:
    """The open sea: water from which boats get out to the edge of the sheet."""
    start = sea.nearest_open(sea.west + 3 * sea.step, sea.south + 3 * sea.step)
    return np.isfinite(sea.spread({start: 0}).cost).reshape(sea.open.shape)


def _berth(
    land: Land, settled: Settled, sea: Lattice, offshore: np.ndarray, code: str
) -> tuple[Pier, int]:
    town = next((town for town in plan.TOWNS if town.code == code), None)
    home = settled.seat(code) if town else next(p for p in settled.places if p.island == code)
    cell = sea.nearest_open(home.x, home.y, within=offshore)
    shore = land.islands[home.island].exterior
    point = shore.interpolate(shore.project(Point(sea.place(cell))))
    if town:
        name = plan.Name(f"{town.short}码头", f"{town.name.en.rsplit(' ', 1)[0]} Pier")
    else:
        island = next(island for island in plan.ISLANDS if island.code == code)
        name = plan.Name(
            island.name.zh.removesuffix("岛") + "码头", island.name.en.split(" ")[0] + " Pier"
        )
    return Pier(code, name, home.town, point), cell


def _route(code: str, crossing: plan.Crossing, piers: tuple[Pier, Pier], line: LineString) -> Route:
    short = [pier.name.zh.removesuffix("码头") for pier in piers]
    english = [pier.name.en.removesuffix(" Pier") for pier in piers]
    rank = ("车客渡", "car ferry") if crossing.vehicles else ("客渡", "passenger ferry")
    name = plan.Name(f"{short[0]}—{short[1]}{rank[0]}", f"{english[0]}–{english[1]} {rank[1]}")
    minutes = 6 + round(line.length / (KNOTS * 1852 / 60))
    return Route(code, name, crossing, line, minutes)
