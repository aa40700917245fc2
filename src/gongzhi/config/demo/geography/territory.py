"""Who is responsible for which ground: communities and villages, beats, towns, without a gap."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Point, Polygon

from gongzhi.config.demo.geography import plan
from gongzhi.config.demo.geography.contours import polygons
from gongzhi.config.demo.geography.land import Land
from gongzhi.config.demo.geography.settlements import Settled, Settlement

BEATS = {
    "lancheng": 6, "wangchao": 4, "luao": 4, "chaotang": 3, "yueyu": 4, "oushan": 3, "qingluo": 2,
    "dengzhan": 1,
}  # fmt: skip


@dataclass(frozen=True)
class Territory:
    """Areas by code; ``beat_of`` says in which beat a settlement lies."""

    villages: dict[str, MultiPolygon]
    beats: dict[str, MultiPolygon]
    towns: dict[str, MultiPolygon]
    beat_of: dict[str, str]


def divide(land: Land, settled: Settled, seed: int) -> Territory:
    """Give every piece of land to the settlement that reaches it with least effort."""
    villages: dict[str, list[Polygon]] = defaultdict(list)
    for code, island in land.islands.items():
        for owner, piece in _share(land, settled, code, island, seed).items():
            villages[owner].append(piece)
    owners = [place.code for place in settled.places]
    tree = shapely.STRtree([Point(place.x, place.y) for place in settled.places])
    for islet, nearest in zip(land.islets, tree.nearest(list(land.islets)), strict=True):
        villages[owners[int(nearest)]].append(islet)
    whole = {code: polygons(shapely.union_all(villages[code])) for code in owners}
    beat_of = _beats(settled)
    beats: dict[str, list[MultiPolygon]] = defaultdict(list)
    towns: dict[str, list[MultiPolygon]] = defaultdict(list)
    for place in settled.places:
        beats[beat_of[place.code]].append(whole[place.code])
        towns[place.town].append(whole[place.code])
    return Territory(whole, _joined(beats), _joined(towns), beat_of)


def _joined(parts: dict[str, list[MultiPolygon]]) -> dict[str, MultiPolygon]:
    return {code: polygons(shapely.union_all(each)) for code, each in parts.items()}


def _share(
    land: Land, settled: Settled, code: str, island: Polygon, seed: int
) -> dict[str, Polygon]:
    """Cut one island along the lines where two settlements are equally near."""
    rng = np.random.default_rng([seed, 3, sum(code.encode())])
    source = np.array(settled.spread.source).reshape(land.ground.open.shape)
    rows, columns = np.nonzero(land.cells[code] & (source >= 0))
    keep = (rows + columns) % 2 == 0
    rows, columns = rows[keep], columns[keep]
    jitter = rng.uniform(-35, 35, (len(rows), 2))
    x = land.ground.west + columns * land.ground.step + jitter[:, 0]
    y = land.ground.south + rows * land.ground.step + jitter[:, 1]
    points = shapely.MultiPoint(np.stack([x, y], axis=1))
    cells = shapely.get_parts(
        shapely.voronoi_polygons(points, extend_to=island.buffer(500), ordered=True)
    )
    labels = source[rows, columns]
    found = sorted({int(label) for label in labels})
    joined = [shapely.coverage_union_all(cells[labels == label]) for label in found]
    smooth = shapely.coverage_simplify(joined, 130.0)
    return {
        settled.places[label].code: polygons(shapely.intersection(piece, island))
        for label, piece in zip(found, smooth, strict=True)
    }


def _beats(settled: Settled) -> dict[str, str]:
    """Group each town's settlements into beats that have about the same number of people."""
    beat_of = {}
    for town in plan.TOWNS:
        places = settled.of(town.code)
        middles = _middles(places, BEATS[town.code])
        for place in places:
            away = [(place.x - x) ** 2 + (place.y - y) ** 2 for x, y in middles]
            beat_of[place.code] = f"{town.code}-b{int(np.argmin(away)) + 1}"
    return beat_of


def _middles(places: list[Settlement], count: int) -> list[tuple[float, float]]:
    """Middles of groups by people (k-means, started at the seat and then ever farthest away)."""
    spots = np.array([(place.x, place.y) for place in places])
    heads = np.array([place.people**0.5 for place in places])
    middles = spots[:1]
    while len(middles) < count:
        away = np.min(np.linalg.norm(spots[:, None] - middles[None], axis=2), axis=1) * heads
        middles = np.concatenate([middles, spots[[int(np.argmax(away))]]])
    for _ in range(12):
        nearest = np.argmin(np.linalg.norm(spots[:, None] - middles[None], axis=2), axis=1)
        middles = np.array(
            [
                np.average(spots[nearest == k], axis=0, weights=heads[nearest == k])
                if (nearest == k).any()
                else middles[k]
                for k in range(count)
            ]
        )
    return [(float(x), float(y)) for x, y in middles]
