"""The demo county as a whole: drawn from one seed, the same every time, in WGS84."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from gongzhi.config.demo.geography import plan
from gongzhi.config.demo.geography.addresses import number_houses
from gongzhi.config.demo.geography.land import Land, raise_land
from gongzhi.config.demo.geography.names import Namer
from gongzhi.config.demo.geography.places import Beach, Poi, Scene, find_beaches, open_places
from gongzhi.config.demo.geography.relief import draw_relief
from gongzhi.config.demo.geography.roads import RoadPlan, lay_roads
from gongzhi.config.demo.geography.sea import Pier, Route, sail
from gongzhi.config.demo.geography.settlements import Settled, settle
from gongzhi.config.demo.geography.streets import Street, lay_streets
from gongzhi.config.demo.geography.territory import Territory, divide

METRES_NORTH = 110_850.0
METRES_EAST = 97_560.0
"""Metres in a degree at the county's latitude (28.9° N)."""


@dataclass(frozen=True)
class Feature:
    """Something on the map: a shape in WGS84 (longitude, latitude) and what is known of it."""

    code: str
    name: plan.Name
    shape: BaseGeometry
    properties: dict[str, Any] = field(default_factory=dict)


Layer = tuple[Feature, ...]


@dataclass(frozen=True)
class County:
    """All layers of the county; see ``layers.py`` for what the properties mean."""

    seed: int
    name: plan.Name
    outline: Layer
    land: Layer
    relief: Layer
    water: Layer
    built_up: Layer
    beaches: Layer
    towns: Layer
    beats: Layer
    villages: Layer
    roads: Layer
    ferries: Layer
    pois: Layer
    addresses: Layer
    labels: Layer

    def of(self, layer: str, code: str) -> Feature:
        """One feature of a layer by its code. Raises KeyError if there is none."""
        features: Layer = getattr(self, layer)
        found = next((each for each in features if each.code == code), None)
        if found is None:
            raise KeyError(f"{layer}: {code}")
        return found


def draw_county(seed: int = 7) -> County:
    """Draw the county for this seed: coasts, people, roads, boats, places. About six seconds."""
    land = raise_land(draw_relief(seed))
    settled = settle(land, seed)
    namer = Namer(seed)
    names = {
        place.code: namer.community() if place.kind == "community" else namer.village()
        for place in settled.places
    }
    roads = lay_roads(land, settled)
    streets = lay_streets(land, settled, roads, namer, seed)
    piers, routes = sail(land, settled)
    doors = number_houses(settled, streets, names)
    beaches = find_beaches(land, settled, namer, seed)
    pois = open_places(Scene(land, settled, doors, piers, names, seed), beaches)
    territory = divide(land, settled, seed)
    return County(
        seed=seed,
        name=plan.COUNTY,
        outline=_outline(land),
        land=_land(land),
        relief=_relief(land),
        water=_shallows(land),
        built_up=_built_up(settled, names),
        beaches=tuple(_beach(beach, i) for i, beach in enumerate(beaches, 1)),
        towns=_towns(settled, territory),
        beats=_beats(settled, territory),
        villages=_villages(settled, territory, names),
        roads=(*_roads(roads, names), *_streets(streets)),
        ferries=(*_ferries(routes), *_piers(piers)),
        pois=tuple(_poi(poi, i) for i, poi in enumerate(pois, 1)),
        addresses=tuple(
            _feature(f"{door.lot}/{door.number}", door.name, door.point,
                     town=door.town, settlement=door.settlement)
            for door in doors
        ),
        labels=_labels(land, namer),
    )  # fmt: skip


def to_lonlat(metres: NDArray[np.float64]) -> NDArray[np.float64]:
    """Metres east and north of the plan's origin to longitude and latitude."""
    return metres / [METRES_EAST, METRES_NORTH] + plan.ORIGIN


def _feature(code: str, name: plan.Name, shape: BaseGeometry, **properties: Any) -> Feature:
    return Feature(code, name, shapely.transform(shape, to_lonlat), properties)


NOBODY = plan.Name("", "")


def _outline(land: Land) -> Layer:
    """The county's border at sea: six kilometres off its land, rounded."""
    around = [part.convex_hull.buffer(9_000, quad_segs=6) for part in land.whole.geoms]
    sea = shapely.union_all(around).buffer(-3_000, quad_segs=6)
    return (_feature("county", plan.COUNTY, shapely.simplify(sea, 60)),)


def _land(land: Land) -> Layer:
    named = {island.code: island.name for island in plan.ISLANDS}
    inhabited = [_feature(c, named[c], shape, inhabited=True) for c, shape in land.islands.items()]
    islets = [
        _feature(f"islet-{i}", NOBODY, shape, inhabited=False)
        for i, shape in enumerate(land.islets, 1)
    ]
    return (*inhabited, *islets)


def _relief(land: Land) -> Layer:
    return tuple(
        _feature(f"above-{level:.0f}", NOBODY, shape, above=level)
        for level, shape in land.hills
        if not shape.is_empty
    )


def _shallows(land: Land) -> Layer:
    return tuple(
        _feature(f"depth-{-level:.0f}", NOBODY, shape, depth=-level)
        for level, shape in reversed(land.shallows)
    )


def _built_up(settled: Settled, names: dict[str, plan.Name]) -> Layer:
    return tuple(
        _feature(place.code, names[place.code], settled.built_up[place.code], kind=place.kind)
        for place in settled.places
    )


def _beach(beach: Beach, number: int) -> Feature:
    return _feature(f"beach-{number}", beach.name, beach.sand, settlement=beach.settlement)


def _towns(settled: Settled, territory: Territory) -> Layer:
    layer = []
    for town in plan.TOWNS:
        seat = settled.seat(town.code)
        lon, lat = to_lonlat(np.array([seat.x, seat.y]))
        layer.append(
            _feature(town.code, town.name, territory.towns[town.code], people=town.people,
                     seat=[round(float(lon), 5), round(float(lat), 5)], character=town.character)
        )  # fmt: skip
    return tuple(layer)


def _beats(settled: Settled, territory: Territory) -> Layer:
    stations = {town.code: town for town in plan.TOWNS}
    layer = []
    for code in sorted(territory.beats):
        town = stations[code.split("-")[0]]
        number = int(code.split("-b")[1])
        station = plan.Name(town.station.zh.removesuffix("派出所"), town.station.en.split(" ")[0])
        name = plan.Name(f"{station.zh} {number} 号巡区", f"{station.en} Beat {number}")
        people = sum(p.people for p in settled.places if territory.beat_of[p.code] == code)
        layer.append(_feature(code, name, territory.beats[code], town=town.code, people=people))
    return tuple(layer)


def _villages(settled: Settled, territory: Territory, names: dict[str, plan.Name]) -> Layer:
    layer = []
    for place in settled.places:
        lon, lat = to_lonlat(np.array([place.x, place.y]))
        layer.append(
            _feature(place.code, names[place.code], territory.villages[place.code],
                     kind=place.kind, town=place.town, island=place.island, people=place.people,
                     beat=territory.beat_of[place.code],
                     centre=[round(float(lon), 5), round(float(lat), 5)])
        )  # fmt: skip
    return tuple(layer)


def _roads(roads: RoadPlan, names: dict[str, plan.Name]) -> Iterable[Feature]:
    for number, way in enumerate(roads.ways, 1):
        first, second = (names[code] for code in way.ends)
        english = f"{first.en.split(' ')[0]}–{second.en.split(' ')[0]} Road"
        name = plan.Name(f"{first.zh[0]}{second.zh[0]}线", english)
        if way.rank == "trunk":
            name = plan.Name("环岛公路", "Island Ring Road")
        yield _feature(f"r{number:03d}", name, way.line, rank=way.rank)
    for number, bridge in enumerate(roads.crossings, 1):
        rank = "trunk" if bridge.kind == "bridge" else "main"
        yield _feature(f"x{number}", bridge.name, bridge.line, rank=rank, over=bridge.kind)


def _streets(streets: list[Street]) -> Iterable[Feature]:
    for street in streets:
        shape = shapely.MultiLineString(street.pieces)
        name = street.name or NOBODY
        yield _feature(street.code, name, shape, rank=street.kind, town=street.town)


def _ferries(routes: list[Route]) -> Iterable[Feature]:
    for route in routes:
        crossing = route.crossing
        yield _feature(route.code, route.name, route.line, kind="route", ends=list(crossing.ends),
                       first=crossing.first, last=crossing.last, every=crossing.every,
                       vehicles=crossing.vehicles, minutes=route.minutes)  # fmt: skip


def _piers(piers: list[Pier]) -> Iterable[Feature]:
    for pier in piers:
        yield _feature(f"pier-{pier.code}", pier.name, pier.point, kind="pier", town=pier.town)


def _poi(poi: Poi, number: int) -> Feature:
    return _feature(f"p{number:04d}", poi.name, poi.point, kind=poi.kind, town=poi.town,
                    settlement=poi.settlement, address_zh=poi.address.zh,
                    address_en=poi.address.en)  # fmt: skip


def _labels(land: Land, namer: Namer) -> Layer:
    """Names for the map alone: islands, larger islets, hill tops, the sea."""
    named = {island.code: island.name for island in plan.ISLANDS}
    layer = [
        _feature(f"label-{code}", named[code], shape.representative_point(), kind="island",
                 size=round(shape.area / 1e6, 1))
        for code, shape in land.islands.items()
    ]  # fmt: skip
    for i, islet in enumerate(sorted(land.islets, key=lambda islet: -islet.area)[:34], 1):
        layer.append(
            _feature(f"label-islet-{i}", namer.islet(islet.area > 250_000),
                     islet.representative_point(), kind="islet", size=round(islet.area / 1e6, 2))
        )  # fmt: skip
    layer += [_feature(f"label-peak-{i}", namer.peak(), point, kind="peak", height=height)
              for i, (point, height) in enumerate(_peaks(land), 1)]  # fmt: skip
    return tuple(layer)


def _peaks(land: Land) -> list[tuple[Point, int]]:
    """The highest tops, at least three kilometres apart."""
    height = land.ground.height.ravel()
    tops: list[tuple[Point, int]] = []
    for cell in np.argsort(-height)[:4000]:
        point = Point(land.ground.place(int(cell)))
        if all(point.distance(other) > 2800 for other, _ in tops):
            tops.append((point, round(float(height[cell]))))
        if len(tops) == 12:
            break
    return tops
