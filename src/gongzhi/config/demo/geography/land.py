"""The land: islands as polygons, hills and shallows, and the lattice roads are laid on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import LineString, MultiPolygon, Polygon

from gongzhi.config.demo.geography import plan
from gongzhi.config.demo.geography.contours import above, polygons
from gongzhi.config.demo.geography.lattice import Lattice, Mask, inland
from gongzhi.config.demo.geography.relief import STEP, Relief

SMALLEST = 14_000.0
"""Square metres; rocks below that are left out."""
LEVELS = (25.0, 75.0, 150.0, 240.0)
"""Heights (metres) at which the map changes its shade."""


@dataclass(frozen=True)
class Land:
    """Everything above water, and how one walks over the inhabited part of it."""

    relief: Relief
    islands: dict[str, Polygon]
    islets: tuple[Polygon, ...]
    whole: MultiPolygon
    hills: tuple[tuple[float, MultiPolygon], ...]
    shallows: tuple[tuple[float, MultiPolygon], ...]
    ground: Lattice
    cells: dict[str, Mask]
    shore: np.ndarray
    """Cells from the sea, for every cell of ``ground``."""


def raise_land(relief: Relief) -> Land:
    """Make polygons of the relief, smooth where people see them, and the lattice."""
    parts = [_trim(part) for part in above(relief, 0.0).geoms if part.area >= SMALLEST]
    islands = _inhabited(parts)
    taken = {id(part) for part in islands.values()}
    islets = tuple(part for part in parts if id(part) not in taken)
    whole = MultiPolygon([*islands.values(), *islets])
    ground, shore = _lattice(relief, whole)
    cells = {code: _inside(ground, island) for code, island in islands.items()}
    coarse = Relief(relief.x[::2], relief.y[::2], relief.height[::2, ::2])
    hills = tuple((level, _band(coarse, level, 90_000)) for level in LEVELS)
    shallows = tuple((level, _band(coarse, level, 220_000)) for level in (-9.0, -22.0))
    return Land(relief, islands, islets, whole, hills, shallows, ground, cells, shore)


def _trim(part: Polygon) -> Polygon:
    """Fill ponds that only noise made, and take out vertices nobody would see."""
    kept = [hole for hole in part.interiors if Polygon(hole).area > 400_000]
    return _soft(Polygon(part.exterior, kept), 26.0)


def _soft(part: Polygon, tolerance: float) -> Polygon:
    """Fewer vertices, and every corner cut once, as water and wind would."""
    plain = shapely.simplify(part, tolerance)
    rings = []
    for ring in (plain.exterior, *plain.interiors):
        here = np.array(ring.coords)[:-1]
        ahead = np.roll(here, -1, axis=0)
        cut = np.stack([0.78 * here + 0.22 * ahead, 0.22 * here + 0.78 * ahead], axis=1)
        rings.append(cut.reshape(-1, 2))
    soft = shapely.make_valid(Polygon(rings[0], rings[1:]))
    return max(polygons(soft).geoms, key=lambda whole: whole.area)


def _inhabited(parts: list[Polygon]) -> dict[str, Polygon]:
    """For each planned island the polygon that most of its spine lies on."""
    found = {}
    for island in plan.ISLANDS:
        spine = LineString([(x * 1000, y * 1000) for x, y in island.spine])
        reach = spine.buffer(island.breadth * 800)
        found[island.code] = max(parts, key=lambda part: part.intersection(reach).area)
    return found


def _band(relief: Relief, level: float, smallest: float) -> MultiPolygon:
    parts = [
        Polygon(part.exterior, [h for h in part.interiors if Polygon(h).area > smallest])
        for part in above(relief, level).geoms
        if part.area > smallest
    ]
    return polygons(shapely.union_all([_soft(part, 42.0) for part in parts]))


def _lattice(relief: Relief, whole: MultiPolygon) -> tuple[Lattice, np.ndarray]:
    x, y, height = relief.x[::2], relief.y[::2], relief.height[::2, ::2]
    firm = shapely.buffer(whole, -55)
    shapely.prepare(firm)
    east, north = np.meshgrid(x, y)
    walkable = shapely.contains_xy(firm, east, north)
    shore = inland(height > 0, 16)
    toll = 1 + 0.5 * (shore <= 1) + np.clip(height - 40, 0, 200) / 60
    return Lattice(float(x[0]), float(y[0]), STEP * 2, walkable, toll, height, climb=14.0), shore


def _inside(ground: Lattice, island: Polygon) -> Mask:
    shapely.prepare(island)
    rows, columns = ground.open.shape
    east, north = np.meshgrid(
        ground.west + np.arange(columns) * ground.step,
        ground.south + np.arange(rows) * ground.step,
    )
    return np.asarray(shapely.contains_xy(island, east, north)) & ground.open
