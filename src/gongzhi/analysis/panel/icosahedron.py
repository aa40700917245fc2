"""The icosahedron under H3's cells: its faces, planes on them, how near a box is to an edge.

Derived from where the `h3` library puts its pentagons, the icosahedron's corners.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import asin, atan2, cos, radians, sin, sqrt

import h3.api.basic_int as h3
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
TURN = asin(sqrt(3 / 28))
"""By how much the grid of an odd resolution is turned (rad)."""


@dataclass(frozen=True)
class Box:
    """Degrees (WGS84) between which all points lie, the bounds included."""

    south: float
    west: float
    north: float
    east: float

    @property
    def middle(self) -> tuple[float, float]:
        """Its latitude and longitude."""
        return (self.south + self.north) / 2, (self.west + self.east) / 2

    def holds(self, lat: float, lon: float) -> bool:
        """Whether the point lies within."""
        return self.south <= lat <= self.north and self.west <= lon <= self.east

    def border(self, steps: int) -> tuple[Floats, Floats]:
        """Points along its four sides."""
        lat, lon = (np.linspace(*ends, steps) for ends in
                    ((self.south, self.north), (self.west, self.east)))  # fmt: skip
        ends = np.ones(steps)
        return (
            np.concatenate([lat, lat, ends * self.south, ends * self.north]),
            np.concatenate([ends * self.west, ends * self.east, lon, lon]),
        )


def points(lat: float | Floats, lon: float | Floats) -> Floats:
    """Unit vectors (last axis) of places in degrees."""
    phi, theta = np.radians(lat), np.radians(lon)
    parts = [np.cos(phi) * np.cos(theta), np.cos(phi) * np.sin(theta), np.sin(phi)]
    found: Floats = np.stack(np.broadcast_arrays(*parts), axis=-1)
    return found


def places(vectors: Floats) -> tuple[Floats, Floats]:
    """Latitude and longitude (degrees) of vectors of any length."""
    x, y, z = np.moveaxis(vectors, -1, 0)
    return np.degrees(np.arctan2(z, np.hypot(x, y))), np.degrees(np.arctan2(y, x))


def plane_at(lat: float, lon: float, res: int) -> Floats:
    """Rows: the centre of the face where the place lies, and the axes of the grid of this
    resolution at it: the first along a row of cells, the second to its left."""
    here = points(lat, lon)
    centre, x, y = max(_triangles(), key=lambda one: float(one[0] @ here))
    turn = TURN if res % 2 else 0.0
    return np.array([centre, x * cos(turn) + y * sin(turn), y * cos(turn) - x * sin(turn)])


def room(box: Box, centre: Floats) -> float:
    """How far (sine of the angle) the box stays inside the face with this centre; negative where
    it crosses an edge. A face is where its centre is the nearest one."""
    others = (one[0] for one in _triangles() if one[0] @ centre < 1 - 1e-9)
    return min(_least(box, _unit(centre - other)) for other in others)


@lru_cache
def _triangles() -> tuple[Floats, ...]:
    """Each face's centre, the direction from it to a corner, and the one to the left of that."""
    lat, lon = np.array([h3.cell_to_latlng(one) for one in h3.get_pentagons(0)]).T
    corners = points(lat, lon)
    joined = np.abs(corners @ corners.T - 1 / sqrt(5)) < 1e-6
    found = []
    for i, j, k in combinations(range(12), 3):
        if joined[i, j] and joined[j, k] and joined[i, k]:
            centre = _unit(corners[i] + corners[j] + corners[k])
            x = _unit(corners[i] - (corners[i] @ centre) * centre)
            found.append(np.array([centre, x, np.cross(centre, x)]))
    return tuple(found)


def _least(box: Box, way: Floats) -> float:
    """The least dot product of the vector with any point of the box. Along a side it is a
    sinusoid, so it is least at an end or where that has its trough; inside, opposite the vector."""
    trough = np.degrees(atan2(-way[1], -way[0]))
    lons = [box.west, box.east]
    lons += [lon for lon in (trough, trough + 360, trough - 360) if box.west <= lon <= box.east]
    candidates = [(lat, lon) for lon in lons for lat in (box.south, box.north)]
    for lon in lons:
        level = way[0] * cos(radians(lon)) + way[1] * sin(radians(lon))
        lat = float(np.degrees(atan2(-way[2], -level)))
        if box.south <= lat <= box.north:
            candidates.append((lat, lon))
    return min(float(points(*one) @ way) for one in candidates)


def _unit(vector: Floats) -> Floats:
    found: Floats = vector / np.linalg.norm(vector)
    return found
