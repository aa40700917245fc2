"""Regions of the world for tests of cells, points in them, and points on the sides of cells."""

from __future__ import annotations

from typing import Any

import h3.api.basic_int as h3
import numpy as np

from gongzhi.analysis.panel import Box

REGIONS = {
    "Zhoushan": Box(29.6, 121.6, 30.4, 122.4),
    "Boston": Box(42.1, -71.4, 42.6, -70.8),
    "Montgomery": Box(39.9, -75.8, 40.5, -75.0),
    "San Francisco": Box(37.6, -122.6, 37.9, -122.3),
    "Sydney": Box(-34.2, 150.6, -33.5, 151.4),
    "Lagos": Box(6.3, 3.1, 6.8, 3.7),
}


def points(box: Box, many: int, seed: int = 1) -> tuple[Any, Any]:
    """Anywhere in the box."""
    dice = np.random.default_rng(seed)
    return dice.uniform(box.south, box.north, many), dice.uniform(box.west, box.east, many)


def on_sides(cells: Any, box: Box) -> tuple[Any, Any]:
    """The corners of these cells, and the middles of their sides: nowhere is it harder."""
    sides = np.array([h3.cell_to_boundary(one) for one in set(cells.tolist())])
    found = np.concatenate([sides, (sides + np.roll(sides, 1, axis=1)) / 2]).reshape(-1, 2)
    return found[[box.holds(*one) for one in found.tolist()]].T


def by_h3(lat: Any, lon: Any, res: int) -> Any:
    """What the library says."""
    pairs = zip(lat.tolist(), lon.tolist(), strict=True)
    return np.array([h3.latlng_to_cell(*one, res) for one in pairs], dtype=np.int64)
