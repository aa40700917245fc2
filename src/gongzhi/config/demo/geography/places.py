"""Places where people eat, stay, travel, shop, learn, heal and play, on streets and shores."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
import shapely.ops
from shapely.geometry import Point, Polygon

from gongzhi.config.demo.geography import plan
from gongzhi.config.demo.geography.addresses import Address
from gongzhi.config.demo.geography.land import Land
from gongzhi.config.demo.geography.names import Namer, words
from gongzhi.config.demo.geography.sea import Pier
from gongzhi.config.demo.geography.settlements import Settled, Settlement


@dataclass(frozen=True)
class Poi:
    """A place with a name; ``address`` is empty where no house number fits (beaches, hills)."""

    kind: str
    name: plan.Name
    town: str
    settlement: str
    address: plan.Name
    point: Point


@dataclass(frozen=True)
class Beach:
    """A strip of sand."""

    name: plan.Name
    settlement: str
    sand: Polygon


class Scene:
    """What the places are put on, and who is told their names."""

    def __init__(
        self,
        land: Land,
        settled: Settled,
        addresses: list[Address],
        piers: list[Pier],
        names: dict[str, plan.Name],
        seed: int,
    ) -> None:
        self.rng = np.random.default_rng([seed, 6])
        self.land, self.settled, self.piers, self.names = land, settled, piers, names
        self.taken: set[str] = set()
        self.used: set[int] = set()
        self.by_kind: dict[str, list[int]] = defaultdict(list)
        self.addresses = addresses
        for i, address in enumerate(addresses):
            self.by_kind["town" if address.kind == "street" else "village"].append(i)
        self.tree = shapely.STRtree([Point(place.x, place.y) for place in settled.places])
        self.doors = shapely.STRtree([address.point for address in addresses])

    def home(self, point: Point) -> Settlement:
        """The settlement nearest to a place."""
        return self.settled.places[int(self.tree.nearest(point))]


def find_beaches(land: Land, settled: Settled, namer: Namer, seed: int) -> list[Beach]:
    """Sand where the shore is low, bends inwards and is not a harbour."""
    rng = np.random.default_rng([seed, 7])
    tree = shapely.STRtree([Point(place.x, place.y) for place in settled.places])
    options = []
    for code, island in land.islands.items():
        shore = island.exterior
        for start in np.arange(0, shore.length, 450.0):
            middle = shore.interpolate(start)
            bay = shapely.buffer(middle, 520)
            if 0.55 < bay.intersection(island).area / bay.area < 0.75:
                options.append((float(rng.random()), code, float(start)))
    beaches: list[Beach] = []
    for _, code, start in sorted(options):
        shore = land.islands[code].exterior
        strip = shapely.ops.substring(shore, start, start + float(rng.uniform(380, 800)))
        place = settled.places[int(tree.nearest(strip.centroid))]
        far = strip.distance(Point(place.x, place.y))
        spread_out = all(strip.distance(other.sand) > 2600 for other in beaches)
        if 350 < far < 2200 and spread_out and len(beaches) < 11:
            wide = strip.buffer(float(rng.uniform(38, 60))).intersection(land.islands[code])
            sand = max(shapely.get_parts(wide), key=lambda part: part.area)
            beaches.append(Beach(namer.beach(), place.code, shapely.simplify(sand, 3)))
    return beaches


def open_places(scene: Scene, beaches: list[Beach]) -> list[Poi]:
    """All places of ``words/places.toml``, then what every county has once."""
    pois: list[Poi] = _once(scene)
    for kind in words("places")["kind"]:
        for where in ("town", "village", "harbour", "beach", "hill"):
            pois += [_open(scene, kind, where, beaches) for _ in range(kind.get(where, 0))]
    for beach in beaches:
        spot = beach.sand.representative_point()
        pois.append(Poi("beach", beach.name, _town_of(scene, beach.settlement), beach.settlement,
                        plan.Name("", ""), spot))  # fmt: skip
    for pier in scene.piers:
        inner = _ashore(scene, pier)
        home = scene.home(inner)
        pois.append(Poi("pier", pier.name, pier.town, home.code, plan.Name("", ""), inner))
    return pois


def _town_of(scene: Scene, settlement: str) -> str:
    return next(place.town for place in scene.settled.places if place.code == settlement)


def _ashore(scene: Scene, pier: Pier) -> Point:
    """Where one steps off the pier: dry ground close to it."""
    dry = shapely.buffer(scene.land.islands[scene.home(pier.point).island], -12)
    return shapely.ops.nearest_points(dry, pier.point)[0]


def _open(scene: Scene, kind: dict[str, Any], where: str, beaches: list[Beach]) -> Poi:
    if where == "hill":
        place, point = _on_a_hill(scene)
        return Poi(kind["code"], _call(scene, kind, place), place.town, place.code,
                   plan.Name("", ""), point)  # fmt: skip
    if where in {"town", "village"}:
        door = _free(scene, scene.by_kind[where])
    else:
        spots = [pier.point for pier in scene.piers] if where == "harbour" else [
            beach.sand.centroid for beach in beaches]  # fmt: skip
        spot = spots[int(scene.rng.integers(len(spots)))]
        near = scene.doors.query(spot.buffer(900 if where == "harbour" else 1700))
        door = _free(scene, near.tolist() or scene.by_kind["village"])
    address = scene.addresses[door]
    place = next(p for p in scene.settled.places if p.code == address.settlement)
    return Poi(kind["code"], _call(scene, kind, place), address.town, place.code, address.name,
               address.point)  # fmt: skip


def _free(scene: Scene, doors: list[int]) -> int:
    """A front door nobody has opened a place behind yet; busy streets come first."""
    for _ in range(40):
        door = doors[int(len(doors) * scene.rng.random())]
        if door not in scene.used:
            break
    scene.used.add(door)
    return door


def _on_a_hill(scene: Scene) -> tuple[Settlement, Point]:
    ground = scene.land.ground
    while True:
        place = scene.settled.places[int(scene.rng.integers(len(scene.settled.places)))]
        turn, far = scene.rng.uniform(0, 6.3), scene.rng.uniform(350, 1100)
        x, y = place.x + far * np.cos(turn), place.y + far * np.sin(turn)
        row, column = divmod(ground.cell(x, y), ground.columns)
        high = ground.open[row, column] and ground.height[row, column] > 35
        if high and scene.land.islands[place.island].contains(Point(x, y)):
            return place, Point(x, y)


def _call(scene: Scene, kind: dict[str, Any], place: Settlement) -> plan.Name:
    """A name no other place has; a second one differs by its number or by where it is."""
    heads = kind.get("heads", words("places")["heads"])
    own = scene.names[place.code]
    short = plan.Name(own.zh.removesuffix("社区").removesuffix("村"), own.en.rsplit(" ", 1)[0])
    for attempt in range(60):
        head = heads[int(scene.rng.integers(len(heads)))]
        tail = kind["tails"][int(scene.rng.integers(len(kind["tails"])))]
        name = _spelt(head, tail, short, attempt // 20)
        if name.zh not in scene.taken:
            break
    scene.taken.add(name.zh)
    return name


def _spelt(head: list[str], tail: list[str], place: plan.Name, again: int) -> plan.Name:
    """Head and tail as one name; ``again`` says how many of that name there are already."""
    if "{place}" in head[0]:
        zh = head[0].replace("{place}", place.zh) + ("", "第二", "第三")[again] + tail[0]
        en = head[1].replace("{place}", place.en) + ("", " No. 2", " No. 3")[again]
        return plan.Name(zh, f"{en} {tail[1]}")
    branch = ("", f"（{place.zh}店）", f"（{place.zh}二店）")[again]
    english = ("", f" ({place.en})", f" ({place.en} No. 2)")[again]
    return plan.Name(head[0] + tail[0] + branch, f"{head[1]} {tail[1]}{english}")


ONCE = (
    ("government", "听澜县人民政府", "Tinglan County Government", "lancheng"),
    ("police", "听澜县公安局", "Tinglan County Public Security Bureau", "lancheng"),
    ("court", "听澜县人民法院", "Tinglan County People's Court", "lancheng"),
    ("hospital", "听澜县人民医院", "Tinglan County People's Hospital", "lancheng"),
    ("hospital", "听澜县中医院", "Tinglan Hospital of Chinese Medicine", "wangchao"),
    ("fire_station", "城关消防救援站", "Chengguan Fire Station", "lancheng"),
    ("fire_station", "望潮消防救援站", "Wangchao Fire Station", "wangchao"),
    ("fire_station", "月屿消防救援站", "Yueyu Fire Station", "yueyu"),
    ("museum", "听澜县海岛博物馆", "Tinglan Island Museum", "wangchao"),
    ("bus_station", "听澜客运中心", "Tinglan Bus Station", "lancheng"),
    ("bus_station", "望潮客运站", "Wangchao Bus Station", "wangchao"),
    ("school", "听澜中学", "Tinglan High School", "lancheng"),
    ("stadium", "听澜县体育中心", "Tinglan Sports Centre", "wangchao"),
    ("service_hall", "听澜县政务服务中心", "Tinglan Service Centre", "wangchao"),
    ("police", "交通警察大队", "Traffic Police", "wangchao"),
    ("police", "水上派出所", "Water Police Station", "lancheng"),
)
"""Kind, name and town of what stands once in the county."""


def _once(scene: Scene) -> list[Poi]:
    rows = [*ONCE]
    for town in plan.TOWNS:
        rank = {"道": "办事处", "镇": "人民政府", "乡": "人民政府"}[town.name.zh[-1]]
        rows.append(("government", f"{town.name.zh}{rank}", f"{town.name.en} Office", town.code))
        rows.append(("police", town.station.zh, town.station.en, town.code))
        english = f"{town.name.en.rsplit(' ', 1)[0]} Health Centre"
        rows.append(("hospital", f"{town.short}卫生院", english, town.code))
    pois = []
    for kind, zh, en, town_code in rows:
        seat = scene.settled.seat(town_code)
        near = scene.doors.query(Point(seat.x, seat.y).buffer(900)).tolist()
        if zh == "水上派出所":
            pier = next(pier for pier in scene.piers if pier.code == "lancheng")
            near = scene.doors.query(pier.point.buffer(1200)).tolist() or near
        near = [door for door in near if scene.addresses[door].town == town_code]
        address = scene.addresses[_free(scene, near)]
        scene.taken.add(zh)
        pois.append(Poi(kind, plan.Name(zh, en), town_code, address.settlement, address.name,
                        address.point))  # fmt: skip
    return pois
