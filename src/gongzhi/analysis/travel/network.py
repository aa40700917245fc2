"""A compact graph of ways: arrays of nodes and arcs, as a router and a file want them.

Ways that cross on the ground are joined where they cross; a bridge or a tunnel only at its ends.
Data with a topology of its own (OpenStreetMap) shares its points already and loses nothing by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from itertools import pairwise
from math import cos, radians
from pathlib import Path
from typing import Any, Self

import numpy as np
import shapely
from numpy.typing import NDArray

from gongzhi.analysis.travel.estimate import EARTH
from gongzhi.analysis.travel.ways import USUAL_KMH, Timetable, Way

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
LONGEST = 80.0
"""No arc is longer (m): a place is at most half of it from the next node along a way."""
SAME = 0.5
"""Points nearer to each other than this (m) are one."""
NEAR = 2.0
"""A way that ends so near to another (m) meets it: coordinates are rounded on their way here."""
LANDING = 1500.0
"""A pier is joined to the nearest road, if there is one within this (m)."""
LANDING_KMH = 20.0
FORMAT = 1


@dataclass(frozen=True)
class Network:
    """Nodes (``lon``, ``lat`` in degrees) and arcs between them, each with its length (m), what a
    vehicle drives on it (km/h; 0: none may) and the number of its ferry in ``timetables``, or -1.
    Each way is two arcs, one in either direction."""

    lon: Floats
    lat: Floats
    tail: Whole
    head: Whole
    metres: Floats
    kmh: Floats
    ferry: Whole
    timetables: tuple[Timetable, ...] = ()

    @property
    def nodes(self) -> int:
        """How many there are."""
        return len(self.lon)

    @property
    def arcs(self) -> int:
        """How many there are."""
        return len(self.tail)

    def parts(self, *, afloat: bool = True) -> Whole:
        """The number of the connected part that each node belongs to, the largest 0; ferries
        connect or, not ``afloat``, don't."""
        label = np.arange(self.nodes)
        kept = (self.ferry < 0) | afloat
        tail, head = self.tail[kept], self.head[kept]
        while True:  # labels sink to the smallest of a part; halving makes it a few rounds
            before = label
            label = label.copy()
            np.minimum.at(label, tail, before[head])
            label = label[label]
            if np.array_equal(label, before):
                break
        _, number, size = np.unique(label, return_inverse=True, return_counts=True)
        order = np.argsort(-size, kind="stable")
        rank = np.empty_like(order)
        rank[order] = np.arange(len(order))
        return rank[number]

    def save(self, path: Path) -> None:
        """Write it as one file of arrays."""
        arrays = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "timetables"}
        boats = [(b.first, b.last, b.every, b.crossing, b.vehicles) for b in self.timetables]
        with path.open("wb") as file:
            np.savez_compressed(
                file, format=FORMAT, timetables=np.array(boats, np.int64).reshape(-1, 5), **arrays
            )

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what `save` wrote. Raises ValueError for another format, OSError as files do."""
        with np.load(path, allow_pickle=False) as file:
            if int(file["format"]) != FORMAT:
                raise ValueError(f"{path.name}: made by another version; import the network again")
            boats = tuple(
                Timetable(first, last, every, crossing, bool(vehicles))
                for first, last, every, crossing, vehicles in file["timetables"].tolist()
            )
            names = [f.name for f in fields(cls) if f.name != "timetables"]
            return cls(**{name: file[name] for name in names}, timetables=boats)


def build(ways: Iterable[Way]) -> Network:
    """The network of these ways. Raises ValueError when there is none."""
    listed = list(ways)
    if not listed:
        raise ValueError("a network needs at least one way")
    plane = Plane.around(listed)
    lines = [plane.metres(way.line) for way in listed]
    shapes = np.array([shapely.LineString(line) for line in lines])
    cuts = _crossings(listed, shapes)
    links = _touches(listed, shapes, cuts) + _landings(listed, lines)
    pieces = [_piece(line, cut) for line, cut in zip(lines, cuts, strict=True)]
    return _Arcs(plane).network(listed, pieces, links)


@dataclass(frozen=True)
class Plane:
    """Metres east and north of a middle: a county is small enough for a flat sheet."""

    lon: float
    lat: float

    @classmethod
    def around(cls, ways: Sequence[Way]) -> Self:
        points = np.array([point for way in ways for point in way.line], float)
        lon, lat = (points.min(axis=0) + points.max(axis=0)) / 2
        return cls(float(lon), float(lat))

    @property
    def scale(self) -> Floats:
        """Metres a degree, to the east and to the north."""
        metres = EARTH * radians(1)
        return np.array([metres * cos(radians(self.lat)), metres])

    def metres(self, line: Sequence[tuple[float, float]] | Floats) -> Floats:
        """From (lon, lat) in degrees."""
        degrees = np.array(line, float)
        found: Floats = (degrees - (self.lon, self.lat)) * self.scale
        return found

    def degrees(self, points: Floats) -> Floats:
        """Back to (lon, lat)."""
        found: Floats = points / self.scale + (self.lon, self.lat)
        return found


def _crossings(ways: Sequence[Way], shapes: NDArray[Any]) -> list[list[float]]:
    """How far along each line (m) it meets another on the ground."""
    cuts: list[list[float]] = [[] for _ in ways]
    ground = [i for i, way in enumerate(ways) if way.rank != "ferry"]
    found = shapely.STRtree(shapes[ground]).query(shapes[ground], predicate="intersects")
    for a, b in np.array(ground)[found].T.tolist():
        if a == b:
            continue
        # Points; of a stretch that both share, its corners.
        for east, north in shapely.get_coordinates(shapely.intersection(shapes[a], shapes[b])):
            at = shapely.Point(east, north)
            if not _may_join(ways[a], shapes[a], at) or not _may_join(ways[b], shapes[b], at):
                continue
            cuts[a].append(float(shapes[a].project(at)))
    return cuts


def _touches(
    ways: Sequence[Way], shapes: NDArray[Any], cuts: list[list[float]]
) -> list[tuple[Floats, Floats]]:
    """Short links from a way's end to another way beside it, which is cut there."""
    ground = [i for i, way in enumerate(ways) if way.rank != "ferry"]
    ends = [(i, shapely.get_point(shapes[i], nth)) for i in ground for nth in (0, -1)]
    tree = shapely.STRtree(shapes[ground])
    found = tree.query([point for _, point in ends], predicate="dwithin", distance=NEAR)
    links = []
    for which, other in zip(*found.tolist(), strict=True):
        (i, end), j = ends[which], ground[other]
        if i == j or not _may_join(ways[j], shapes[j], end):
            continue
        along = float(shapes[j].project(end))
        beside = shapes[j].interpolate(along)
        if beside.distance(end) > SAME / 2:
            cuts[j].append(along)
            links.append((shapely.get_coordinates(end)[0], shapely.get_coordinates(beside)[0]))
    return links


def _may_join(way: Way, shape: Any, at: Any) -> bool:
    if not way.over:
        return True
    along = float(shape.project(at))
    return along < SAME or along > float(shape.length) - SAME


Piece = tuple[Floats, NDArray[np.bool_]]
"""A line's points, and which of them other ways may share."""


def _piece(line: Floats, cuts: Sequence[float]) -> Piece:
    """The line's points, with one at each cut, none farther than `LONGEST` from the next. Those
    in between are the way's own: what passes beneath a bridge may have one at the same place."""
    steps = np.hypot(*np.diff(line, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(steps)])
    marks = np.unique(np.concatenate([along, np.clip(cuts, 0.0, along[-1])]))
    marks = marks[np.concatenate([[True], np.diff(marks) > SAME / 5])]
    own = [
        np.linspace(start, end, int((end - start) // LONGEST) + 2)[1:-1]
        for start, end in pairwise(marks.tolist())
    ]
    every = np.concatenate([marks, *own])
    order = np.argsort(every, kind="stable")
    points = np.column_stack([np.interp(every[order], along, line[:, axis]) for axis in (0, 1)])
    return points, order < len(marks)


def _landings(ways: Sequence[Way], lines: Sequence[Floats]) -> list[tuple[Floats, Floats]]:
    """From each pier, straight to where the nearest road is."""
    roads = [shapely.LineString(line) for way, line in zip(ways, lines, strict=True)
             if way.rank not in ("ferry", "path")]  # fmt: skip
    if not roads:
        return []
    tree = shapely.STRtree(roads)
    ends = {tuple(line[i]) for way, line in zip(ways, lines, strict=True)
            if way.rank == "ferry" for i in (0, -1)}  # fmt: skip
    links = []
    for end in sorted(ends):
        pier = shapely.Point(end)
        for nearest in tree.query_nearest(pier, max_distance=LANDING)[:1]:
            road = roads[int(nearest)]
            points = shapely.get_coordinates(road)
            ashore = points[int(np.argmin(np.hypot(*(points - end).T)))]
            links.append((np.array(end), ashore))
    return links


class _Arcs:
    """Gathers nodes and arcs; points within `SAME` of each other become one node."""

    def __init__(self, plane: Plane) -> None:
        self.plane = plane
        self.number: dict[tuple[int, int], int] = {}
        self.points: list[tuple[float, float]] = []
        self.rows: list[tuple[int, int, float, float, int]] = []

    def network(
        self,
        ways: Sequence[Way],
        pieces: Sequence[Piece],
        links: Sequence[tuple[Floats, Floats]],
    ) -> Network:
        boats: list[Timetable] = []
        for way, piece in zip(ways, pieces, strict=True):
            if way.ferry:
                self._ferry(piece[0], way.ferry, len(boats))
                boats.append(way.ferry)
            else:
                self._road(piece, way.kmh or USUAL_KMH[way.rank], one_way=way.one_way)
        for link in links:
            self._road((np.array(link), np.array([True, True])), LANDING_KMH, one_way=False)
        lonlat = self.plane.degrees(np.array(self.points))
        tail, head, metres, kmh, ferry = (
            np.array(column) for column in zip(*self.rows, strict=True)
        )
        return Network(
            lonlat[:, 0], lonlat[:, 1], tail.astype(np.int64), head.astype(np.int64),
            metres.astype(float), kmh.astype(float), ferry.astype(np.int64), tuple(boats),
        )  # fmt: skip

    def _road(self, piece: Piece, kmh: float, *, one_way: bool) -> None:
        line, shared = piece
        nodes = [
            self._node(point) if may else self._new(point)
            for point, may in zip(line.tolist(), shared.tolist(), strict=True)
        ]
        lengths = np.hypot(*np.diff(line, axis=0).T)
        for (a, b), metres in zip(pairwise(nodes), lengths.tolist(), strict=True):
            if a != b:
                self.rows.append((a, b, metres, kmh, -1))
                self.rows.append((b, a, metres, 0.0 if one_way else kmh, -1))

    def _ferry(self, line: Floats, boat: Timetable, number: int) -> None:
        a, b = self._node(line[0].tolist()), self._node(line[-1].tolist())
        metres = float(np.hypot(*np.diff(line, axis=0).T).sum())
        for one, other in ((a, b), (b, a)):
            self.rows.append((one, other, metres, 1.0 if boat.vehicles else 0.0, number))

    def _node(self, point: Sequence[float]) -> int:
        """The node at a point that ways share: the cells around are asked, so that none splits
        what is one."""
        east, north = point[0], point[1]
        x, y = round(east / SAME), round(north / SAME)
        for cell in ((x + i, y + j) for i in (0, -1, 1) for j in (0, -1, 1)):
            known = self.number.get(cell)
            if known is not None:
                other = self.points[known]
                if abs(other[0] - east) <= SAME and abs(other[1] - north) <= SAME:
                    return known
        return self.number.setdefault((x, y), self._new(point))

    def _new(self, point: Sequence[float]) -> int:
        self.points.append((point[0], point[1]))
        return len(self.points) - 1
