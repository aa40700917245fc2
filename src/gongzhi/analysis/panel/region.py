"""A region whose cells are hexagons of one plane, and the numbers they have there.

H3 projects each of the icosahedron's twenty faces onto the plane that touches it at its centre
(gnomonic: a point's coordinates are quotients of dot products) and lays hexagons on it; the grids
of odd resolutions are turned. See h3geo.org, "Overview of the H3 Geospatial Indexing System". So
within one face a cell is found by arithmetic alone. Which index a hexagon has is asked of the `h3`
library, once for each hexagon. A region that crosses an edge of a face, or meets one of the twelve
pentagons at the faces' corners, is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import cos, degrees, isfinite, radians, sqrt

import h3.api.basic_int as h3
import numpy as np
from numpy.typing import NDArray

from gongzhi.analysis.panel.icosahedron import Box, Floats, places, plane_at, points, room

Whole = NDArray[np.int64]
Numbers = Whole | NDArray[np.int32]
FINEST = 12
WIDEST = 40.0
"""Degrees of latitude, and of longitude, that a region has at most."""
FARTHEST = 85.0
"""Degrees from the equator at most."""
MARGIN = 3
"""Cells by which a region stays away from the edges of its face."""
MOST = 50_000_000
"""Hexagons that are numbered at most: 0.4 GB for a list of their indexes."""
UNIT = (3 - sqrt(5)) / 2
"""How far neighbouring cells of resolution 0 are apart in the plane."""


class Refused(ValueError):
    """The region has no single plane, or is none; says why, and what to do."""


@dataclass(frozen=True)
class Region:
    """The H3 cells of one resolution within a box. Raises `Refused` where they don't lie within
    one face of the icosahedron."""

    box: Box
    res: int

    def __post_init__(self) -> None:
        self._check_box()
        corners = (h3.cell_to_latlng(one) for one in h3.get_pentagons(self.res))
        if any(self.box.holds(*one) for one in corners):
            raise Refused(f"{self} meets a pentagon of H3's grid: divide it around that.")
        if room(self.box, self.plane[0]) < MARGIN / self.scale:
            raise Refused(
                f"{self} crosses an edge of H3's icosahedron, beyond which cells are no hexagons "
                "of the same plane: divide it there, or take h3.latlng_to_cell."
            )
        if self.spots > MOST:
            raise Refused(f"{self} has too many cells: take a coarser resolution.")

    def __str__(self) -> str:
        box = self.box
        bounds = f"{box.south:g} to {box.north:g} N, {box.west:g} to {box.east:g} E"
        return f"The region {bounds} at resolution {self.res}"

    def _check_box(self) -> None:
        box = self.box
        if not 0 <= self.res <= FINEST:
            raise Refused(f"Resolution {self.res}: 0 to {FINEST} are possible.")
        if not all(map(isfinite, (box.south, box.west, box.north, box.east))):
            raise Refused("A bound of the region is no number.")
        if not (box.south <= box.north and box.west <= box.east):
            raise Refused(f"{self} ends before it begins: south, west, north, east, please.")
        if max(box.north - box.south, box.east - box.west) > WIDEST:
            raise Refused(f"{self} is more than {WIDEST:g} degrees wide: divide it.")
        if max(-box.south, box.north) > FARTHEST or max(-box.west, box.east) > 180:
            raise Refused(f"{self} reaches a pole or across the 180th meridian: divide it there.")

    @cached_property
    def plane(self) -> Floats:
        """Rows: the centre of its face, and the two axes of the grid there; unit vectors."""
        return plane_at(*self.box.middle, self.res)

    @cached_property
    def scale(self) -> float:
        """Cells to a unit of the plane, the radius of the globe."""
        return float(sqrt(7) ** self.res / UNIT)

    @cached_property
    def forms(self) -> Floats:
        """Rows f, g, c: for a point p of the unit sphere, (f·p / c·p, g·p / c·p) is the pair from
        which `hexagon` finds its hexagon."""
        centre, x, y = self.plane
        return np.array([2 * self.scale * x, self.scale * (x + sqrt(3) * y), centre])

    @cached_property
    def columns(self) -> range:
        """Numbers of the columns of hexagons."""
        return self._spans[0]

    @cached_property
    def rows(self) -> range:
        """Numbers of their rows."""
        return self._spans[1]

    @property
    def spots(self) -> int:
        """How many hexagons are numbered; some of them lie outside the box."""
        return len(self.columns) * len(self.rows)

    def numbers(self, column: Whole, row: Whole) -> Whole:
        """The hexagons' numbers, from 0."""
        return (column - self.columns.start) * len(self.rows) + (row - self.rows.start)

    def centres(self, spots: Numbers) -> tuple[Floats, Floats]:
        """Latitude and longitude (degrees) of the hexagons' centres."""
        column, row = np.divmod(np.asarray(spots, dtype=np.int64), len(self.rows))
        column, row = column + self.columns.start, row + self.rows.start
        centre, x, y = self.plane
        across, along = (column - row / 2) / self.scale, row * sqrt(0.75) / self.scale
        return places(centre + np.multiply.outer(across, x) + np.multiply.outer(along, y))

    def cells(self, spots: Numbers) -> Whole:
        """The H3 indexes of the hexagons; each is asked of `h3` once."""
        there = np.zeros(self.spots, dtype=np.bool_)
        there[spots] = True
        once = np.flatnonzero(there)
        lat, lon = self.centres(once)
        pairs = zip(lat.tolist(), lon.tolist(), strict=True)
        found = np.zeros(self.spots, dtype=np.int64)
        found[once] = [h3.latlng_to_cell(*one, self.res) for one in pairs]
        return found[spots]

    def spots_of(self, cells: Whole) -> Whole:
        """The numbers of the cells' hexagons; -1 for a cell that isn't among them."""
        once, back = np.unique(np.asarray(cells, dtype=np.int64), return_inverse=True)
        if not len(once):
            return once
        lat, lon = np.array([h3.cell_to_latlng(one) for one in once.tolist()]).T
        column, row = hexagon(*self.pair(points(lat, lon)))
        known = (column >= self.columns.start) & (column < self.columns.stop)
        known &= (row >= self.rows.start) & (row < self.rows.stop)
        return np.where(known, self.numbers(column, row), -1)[back]

    def pair(self, vectors: Floats) -> tuple[Floats, Floats]:
        """What `hexagon` asks for, of unit vectors."""
        f, g, c = self.forms
        return vectors @ f / (vectors @ c), vectors @ g / (vectors @ c)

    @cached_property
    def near(self) -> Whole:
        """The numbers of all hexagons in which a point of the box can lie, and a few more."""
        spots = np.arange(self.spots)
        lat, lon = self.centres(spots)
        high = degrees(2.0 / self.scale)
        wide = high / cos(radians(max(-self.box.south, self.box.north)))
        inside = (lat > self.box.south - high) & (lat < self.box.north + high)
        return spots[inside & (lon > self.box.west - wide) & (lon < self.box.east + wide)]

    @cached_property
    def _spans(self) -> tuple[range, range]:
        """Of the box's border: nothing inside lies farther out."""
        column, row = hexagon(*self.pair(points(*self.box.border(1025))))
        return _span(column), _span(row)


def hexagon(a: Floats, b: Floats) -> tuple[Whole, Whole]:
    """Column and row of the hexagon around a point (x, y) of the plane, from a = 2 x and
    b = x + sqrt(3) y; neighbouring centres are 1 apart, and (column - row / 2, row * sqrt(3/4)) is
    a centre. Five floors instead of three roundings and a correction (C. Chambers's way, told in
    "Hexagonal Grids", Red Blob Games)."""
    up = np.floor(b + 1)
    column = np.floor((np.floor(a + 1) + up) / 3).astype(np.int64)
    row = np.floor((up + np.floor(b - a + 1)) / 3).astype(np.int64)
    return column, row


def _span(numbers: Whole) -> range:
    return range(int(numbers.min()) - MARGIN, int(numbers.max()) + MARGIN + 1)
