"""Where things happen: a front door, a street, a stretch of road, a pier, the water off a beach."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import Point

from gongzhi.config.demo.geography.county import METRES_EAST, METRES_NORTH, County, Feature

HILLS = frozenset({"temple", "scenic"})


@dataclass(frozen=True)
class Spot:
    """A place as people name it, and its address for the record."""

    zh: str
    en: str
    address: str
    lon: float
    lat: float
    town: str
    settlement: str
    kind: str

    def near(self, rng: np.random.Generator, metres: float) -> Spot:
        """The same place, pointed at from about ``metres`` away."""
        shift = rng.normal(0, metres / 1.5, 2) / [METRES_EAST, METRES_NORTH]
        return Spot(**{**vars(self), "lon": self.lon + shift[0], "lat": self.lat + shift[1]})

    def metres_to(self, lon: float, lat: float) -> float:
        """Distance as the gull flies."""
        return float(np.hypot((self.lon - lon) * METRES_EAST, (self.lat - lat) * METRES_NORTH))


class Spots:
    """All places of a county where something can happen, ready to be drawn from."""

    def __init__(self, county: County) -> None:
        self.county = county
        self._towns = {town.code: town.name for town in county.towns}
        self._pois: dict[str, list[Feature]] = defaultdict(list)
        for poi in county.pois:
            self._pois[poi.properties["kind"]].append(poi)
        self._homes: dict[str, list[Feature]] = defaultdict(list)
        for door in county.addresses:
            self._homes[door.properties["settlement"]].append(door)
        lived_in = [village for village in county.villages if self._homes[village.code]]
        heads = np.array([village.properties["people"] for village in lived_in], dtype=float)
        self._lived_in, self._share = lived_in, heads / heads.sum()
        self._villages = [v for v in lived_in if v.properties["kind"] == "village"]
        self._roads = [r for r in county.roads if r.properties["rank"] in {"trunk", "main"}]
        self._tree = shapely.STRtree([Point(v.properties["centre"]) for v in county.villages])
        self._land = shapely.union_all([feature.shape for feature in county.land])
        shapely.prepare(self._land)

    def draw(self, rng: np.random.Generator, places: dict[str, float]) -> Spot:
        """One place of the kinds wanted, each as likely as its number says."""
        weight = np.array(list(places.values()))
        kind = list(places)[int(rng.choice(len(weight), p=weight / weight.sum()))]
        if kind in {"home", "street"}:
            return self._door(rng, kind)
        if kind == "village":
            return self._village(rng)
        if kind == "road":
            return self._road(rng)
        if kind == "sea":
            return self._sea(rng)
        chosen = self._pois["scenic" if kind == "hill" else kind]
        return self._poi(chosen[int(rng.integers(len(chosen)))])

    def within(self, settlement: str, kinds: tuple[str, ...]) -> list[Spot]:
        """The named places of some kinds in one community or village."""
        return [
            self._poi(poi)
            for kind in kinds
            for poi in self._pois[kind]
            if poi.properties["settlement"] == settlement
        ]

    def of_kinds(self, kinds: tuple[str, ...], towns: tuple[str, ...]) -> list[Spot]:
        """The named places of some kinds in some towns."""
        known = [poi for kind in kinds for poi in self._pois[kind]]
        return [self._poi(poi) for poi in known if poi.properties["town"] in towns]

    def _poi(self, poi: Feature) -> Spot:
        known = poi.properties
        address = known["address_zh"] or self._towns[known["town"]].zh
        return Spot(poi.name.zh, poi.name.en, f"{address} {poi.name.zh}", poi.shape.x,
                    poi.shape.y, known["town"], known["settlement"], known["kind"])  # fmt: skip

    def _door(self, rng: np.random.Generator, kind: str) -> Spot:
        """A home by where people live; a street by where streets with names are."""
        village = self._lived_in[int(rng.choice(len(self._share), p=self._share))]
        doors = self._homes[village.code]
        door = doors[int(rng.integers(len(doors)))]
        town = self._towns[door.properties["town"]]
        zh, en = door.name.zh.removeprefix(town.zh), door.name.en.removesuffix(f", {town.en}")
        if kind == "street":
            zh, en = f"{zh}附近", f"near {en}"
        return Spot(zh, en, door.name.zh, door.shape.x, door.shape.y, door.properties["town"],
                    village.code, kind)  # fmt: skip

    def _village(self, rng: np.random.Generator) -> Spot:
        village = self._villages[int(rng.integers(len(self._villages)))]
        doors = self._homes[village.code]
        point = doors[int(rng.integers(len(doors)))].shape
        town = self._towns[village.properties["town"]]
        return Spot(village.name.zh, village.name.en, town.zh + village.name.zh, point.x, point.y,
                    village.properties["town"], village.code, "village")  # fmt: skip

    def _road(self, rng: np.random.Generator) -> Spot:
        length = np.array([road.shape.length for road in self._roads])
        road = self._roads[int(rng.choice(len(length), p=length / length.sum()))]
        point = road.shape.interpolate(float(rng.random()), normalized=True)
        village = self._nearest(point)
        short = village.name.zh.removesuffix("社区").removesuffix("村")
        town = self._towns[village.properties["town"]]
        zh, en = f"{road.name.zh}{short}段", f"{road.name.en} at {village.name.en}"
        return Spot(zh, en, town.zh + zh, point.x, point.y, village.properties["town"],
                    village.code, "road")  # fmt: skip

    def _sea(self, rng: np.random.Generator) -> Spot:
        """Water a few hundred metres to three kilometres off a pier or a beach."""
        shores = [*self._pois["pier"], *self._pois["beach"]]
        while True:
            shore = shores[int(rng.integers(len(shores)))]
            turn, far = rng.uniform(0, 2 * np.pi), rng.uniform(400, 3000)
            lon = shore.shape.x + far * np.cos(turn) / METRES_EAST
            lat = shore.shape.y + far * np.sin(turn) / METRES_NORTH
            if not self._land.contains(Point(lon, lat)):
                known = shore.properties
                return Spot(shore.name.zh, shore.name.en, f"{shore.name.zh}外海", lon, lat,
                            known["town"], known["settlement"], "sea")  # fmt: skip

    def _nearest(self, point: Point) -> Feature:
        return self.county.villages[int(self._tree.nearest(point))]
