"""H3 cells as whole numbers: the one spatial index, the same in every database and engine.

A cell's number is H3's own 64-bit index. Its highest bit is always 0, so it fits a signed
BIGINT unchanged. Resolution 9 (about 0.1 km²) is a block of houses, 7 (5 km²) a neighbourhood.
"""

from __future__ import annotations

from typing import Any

import h3.api.basic_int as h3

from gongzhi.base.places.coordinates import Point

COARSE, FINE = 7, 9
"""The two resolutions kept with every place, in the columns ``h7`` and ``h9``."""


def cell_of(point: Point, resolution: int = FINE) -> int:
    """The cell that holds the place."""
    return int(h3.latlng_to_cell(point.lat, point.lon, resolution))


def cells_of(point: Point) -> tuple[int, int]:
    """The coarse and the fine cell of a place: its columns ``h7`` and ``h9``.

    H3's hierarchy is not quite nested; the coarse one is the fine one's parent, so that counting
    by ``h9`` and then by parent gives the same sums as counting by ``h7``.
    """
    fine = cell_of(point, FINE)
    return int(h3.cell_to_parent(fine, COARSE)), fine


def cells_around(cell: int, steps: int = 1) -> list[int]:
    """The cell and all within ``steps`` of it, the nearest first."""
    rings = h3.grid_disk(cell, steps)
    return sorted((int(one) for one in rings), key=lambda one: h3.grid_distance(cell, one))


def middle_of(cell: int) -> Point:
    """The middle of the cell."""
    return Point(*h3.cell_to_latlng(cell))


def outline_of(cell: int) -> list[list[float]]:
    """The cell's corners as a closed GeoJSON ring (longitude, latitude), to 5 decimals."""
    ring = [[round(lon, 5), round(lat, 5)] for lat, lon in h3.cell_to_boundary(cell)]
    return [*ring, ring[0]]


def as_text(cell: int) -> str:
    """The cell as H3 writes it: 15 hexadecimal digits."""
    return str(h3.int_to_str(cell))


def from_text(text: str) -> int:
    """The cell of its hexadecimal text. Raises ValueError for what is no cell."""
    try:
        cell = int(h3.str_to_int(text))
    except (ValueError, TypeError, OverflowError) as wrong:
        raise ValueError(f"not an H3 cell: {text!r:.40}") from wrong
    return known(cell)


def known(cell: Any) -> int:
    """The number itself when it is a cell. Raises ValueError otherwise."""
    if not isinstance(cell, int) or not 0 < cell < 1 << 63 or not h3.is_valid_cell(cell):
        raise ValueError(f"not an H3 cell: {cell!r:.40}")
    return cell
