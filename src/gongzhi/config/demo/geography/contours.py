"""Polygons of everything above a level of a height grid (marching squares)."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry

from gongzhi.config.demo.geography.relief import Relief

# For each of the 16 patterns of corners above the level (SW=1, SE=2, NE=4, NW=8): the sides a
# line joins (0 south, 1 east, 2 north, 3 west). Saddles (5, 10) are cut the same way each time.
_LINES: dict[int, tuple[tuple[int, int], ...]] = {
    1: ((3, 0),), 2: ((0, 1),), 3: ((3, 1),), 4: ((1, 2),), 5: ((3, 2), (1, 0)), 6: ((0, 2),),
    7: ((3, 2),), 8: ((2, 3),), 9: ((2, 0),), 10: ((0, 3), (2, 1)), 11: ((2, 1),),
    12: ((1, 3),), 13: ((1, 0),), 14: ((0, 3),),
}  # fmt: skip


def above(relief: Relief, level: float) -> MultiPolygon:
    """The ground higher than ``level`` (metres), holes left out."""
    segments = _segments(relief, level)
    if not len(segments):
        return MultiPolygon()
    lines = shapely.linestrings(segments)
    area = shapely.build_area(shapely.GeometryCollection(lines.tolist()))
    return polygons(area)


def polygons(shape: BaseGeometry) -> MultiPolygon:
    """The polygons of any geometry, as one MultiPolygon (points and lines are dropped)."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    if shape.geom_type == "GeometryCollection":
        parts = [p for part in shapely.get_parts(shape) for p in polygons(part).geoms]
    return MultiPolygon([part for part in parts if not part.is_empty])


def _segments(relief: Relief, level: float) -> NDArray[np.float64]:
    high = relief.height.copy()
    high[[0, -1], :] = high[:, [0, -1]] = min(level - 1, high.min())  # land ends inside the sheet
    bits = (high > level).astype(np.int8)
    pattern = bits[:-1, :-1] + 2 * bits[:-1, 1:] + 4 * bits[1:, 1:] + 8 * bits[1:, :-1]
    found: list[NDArray[np.float64]] = []
    for code, lines in _LINES.items():
        rows, columns = np.nonzero(pattern == code)
        for one, other in lines:
            ends = [_crossing(relief, high, level, rows, columns, side) for side in (one, other)]
            found.append(np.stack(ends, axis=1))
    return np.concatenate(found)


def _crossing(
    relief: Relief,
    high: NDArray[np.float64],
    level: float,
    rows: NDArray[np.intp],
    columns: NDArray[np.intp],
    side: int,
) -> NDArray[np.float64]:
    """Where the level cuts one side of each cell; the same numbers from either neighbour."""
    if side in {0, 2}:
        row = rows + (side == 2)
        a, b = high[row, columns], high[row, columns + 1]
        x = relief.x[columns] + (level - a) / (b - a) * (relief.x[1] - relief.x[0])
        return np.stack([x, relief.y[row]], axis=1)
    column = columns + (side == 1)
    a, b = high[rows, column], high[rows + 1, column]
    y = relief.y[rows] + (level - a) / (b - a) * (relief.y[1] - relief.y[0])
    return np.stack([relief.x[column], y], axis=1)
