"""Streets inside towns and lanes inside villages: two bent families of lines that cross."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import shapely
import shapely.ops
from shapely.geometry import LineString, Polygon

from gongzhi.config.demo.geography import plan
from gongzhi.config.demo.geography.contours import polygons
from gongzhi.config.demo.geography.land import Land
from gongzhi.config.demo.geography.names import Namer
from gongzhi.config.demo.geography.roads import RoadPlan
from gongzhi.config.demo.geography.settlements import Settled


@dataclass(frozen=True)
class Street:
    """A street with a name, or a village lane without; its pieces all belong to one town."""

    code: str
    kind: str
    town: str
    name: plan.Name | None
    pieces: tuple[LineString, ...]


def lay_streets(
    land: Land, settled: Settled, roads: RoadPlan, namer: Namer, seed: int
) -> list[Street]:
    """Streets that all hang together with the roads."""
    rng = np.random.default_rng([seed, 5])
    drawn: list[tuple[str, str, int, list[LineString]]] = []
    for town in plan.TOWNS:
        drawn += _town(rng, settled, town)
        drawn += _villages(rng, settled, town)
    joined = _joined([piece for *_, pieces in drawn for piece in pieces], roads)
    streets: list[Street] = []
    number = 0
    for kind, town_code, family, pieces in drawn:
        kept = tuple(piece for i, piece in enumerate(pieces) if joined[number + i])
        number += len(pieces)
        if kept:
            name = _name(namer, kind, town_code, family, kept)
            streets.append(Street(f"s{len(streets) + 1:03d}", kind, town_code, name, kept))
    return streets


def _town(
    rng: np.random.Generator, settled: Settled, town: plan.Town
) -> list[tuple[str, str, int, list[LineString]]]:
    places = [place for place in settled.of(town.code) if place.kind == "community"]
    built = shapely.union_all([settled.built_up[place.code] for place in places])
    drawn: list[tuple[str, str, int, list[LineString]]] = []
    for part in polygons(built.buffer(60).buffer(-60)).geoms:
        angle = _direction(part) + float(rng.normal(0, 0.06))
        for family, apart in ((0, 185.0), (1, 130.0)):
            for line in _family(rng, part, angle + family * np.pi / 2, apart):
                pieces = _inside(rng, line, part, shortest=110, gaps=0.28)
                if pieces:
                    drawn.append(("street", town.code, family, pieces))
    return drawn


def _villages(
    rng: np.random.Generator, settled: Settled, town: plan.Town
) -> list[tuple[str, str, int, list[LineString]]]:
    drawn: list[tuple[str, str, int, list[LineString]]] = []
    for place in settled.of(town.code):
        if place.kind == "village":
            part = settled.built_up[place.code]
            angle = _direction(part) + float(rng.normal(0, 0.3))
            for family in (0, 1):
                for line in _family(rng, part, angle + family * np.pi / 2, 135.0):
                    pieces = _inside(rng, line, part, shortest=60, gaps=0.5)
                    if pieces:
                        drawn.append(("lane", town.code, family, pieces))
    return drawn


def _direction(part: Polygon) -> float:
    """The direction of a shape's long side, in radians from east."""
    corners = np.array(shapely.oriented_envelope(part).exterior.coords)
    sides = np.diff(corners, axis=0)[:2]
    side = sides[int(np.argmax(np.hypot(sides[:, 0], sides[:, 1])))]
    return float(np.arctan2(side[1], side[0]))


def _family(
    rng: np.random.Generator, part: Polygon, angle: float, apart: float
) -> list[LineString]:
    """Nearly parallel lines over a shape, ``apart`` metres from each other, gently bent."""
    middle = np.array([part.centroid.x, part.centroid.y])
    reach = float(np.hypot(*np.ptp(np.array(part.exterior.coords), axis=0))) / 2 + 100
    along = np.array([np.cos(angle), np.sin(angle)])
    across = np.array([-along[1], along[0]])
    wave, phase, bow = rng.uniform(700, 1300), rng.uniform(0, 6.3), rng.uniform(10, 32)
    walk = np.arange(-reach, reach, 45.0)
    lines, offset = [], -reach + float(rng.uniform(0, apart))
    while offset < reach:
        bend = offset + bow * np.sin(walk / wave * 6.3 + phase + offset / 900)
        lines.append(LineString(middle + walk[:, None] * along + bend[:, None] * across))
        offset += apart * float(rng.uniform(0.75, 1.3))
    return lines


def _inside(
    rng: np.random.Generator, line: LineString, part: Polygon, *, shortest: float, gaps: float
) -> list[LineString]:
    """What of a line lies in the built-up ground, now and then with a block left whole."""
    kept = []
    for piece in shapely.get_parts(line.intersection(part.buffer(-14))):
        if piece.geom_type != "LineString" or piece.length < shortest:
            continue
        if rng.random() < gaps and piece.length > 3 * shortest:
            start = float(rng.uniform(0.1, 0.6)) * piece.length
            ends = (
                shapely.ops.substring(piece, 0, start),
                shapely.ops.substring(piece, start + float(rng.uniform(90, 260)), piece.length),
            )
            kept += [end for end in ends if end.length >= shortest]
        else:
            kept.append(piece)
    return [shapely.simplify(piece, 2.0) for piece in kept]


def _joined(pieces: list[LineString], roads: RoadPlan) -> list[bool]:
    """Which pieces can be driven to from a road."""
    ways = [way.line for way in roads.ways]
    lines = [*pieces, *ways]
    one, other = shapely.STRtree(lines).query(lines, predicate="intersects")
    near: dict[int, list[int]] = defaultdict(list)
    for a, b in zip(one.tolist(), other.tolist(), strict=True):
        near[a].append(b)
    seen, todo = set(range(len(pieces), len(lines))), list(range(len(pieces), len(lines)))
    while todo:
        for neighbour in near[todo.pop()]:
            if neighbour not in seen:
                seen.add(neighbour)
                todo.append(neighbour)
    return [i in seen for i in range(len(pieces))]


def _name(
    namer: Namer, kind: str, town: str, family: int, pieces: tuple[LineString, ...]
) -> plan.Name | None:
    if kind == "lane":
        return None
    length = sum(piece.length for piece in pieces)
    if length < 320:
        return namer.street(town, "弄")
    if family == 0 or length > 1500:
        return namer.street(town, "大道" if length > 2400 else "路")
    return namer.street(town, "街")
