"""Ways over water: a grid of the sea around the land, and a router for boats over it.

A boat goes straight where nothing lies between and around what does: steps in sixteen directions
are at most 2.7 % longer than the straight line.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, sqrt

import numpy as np
import shapely
from numpy.typing import NDArray

from gongzhi.analysis.travel.estimate import ASHORE, METRES_A_SECOND, Mode, Spot
from gongzhi.analysis.travel.network import Floats, Network, Plane, Whole
from gongzhi.analysis.travel.router import Router

FINEST = 200.0
"""Metres between two points of the grid, in a county of islands."""
MOST = 20_000
"""Points; a larger sea has a wider grid."""
CLEAR = 30.0
"""Metres that a boat keeps from the land."""
MARGIN = 2_000.0
"""Metres of sea beyond the outermost land."""
ASHORE_REACH = 1_500.0
"""Farther from the water than this (m) nobody is reached by boat."""
ON_FOOT = 1.2
"""Metres a second from the boat to the place."""
STEPS = ((1, 0), (0, 1), (1, 1), (1, -1), (2, 1), (1, 2), (2, -1), (1, -2))
"""In rows and columns; with their opposites sixteen directions."""


def sea_around(lands: Sequence[shapely.Polygon]) -> Network | None:
    """The sea around these lands (lon, lat in degrees, WGS84); None where there is no land, and
    where land is all there is."""
    if not lands:
        return None
    west, south, east, north = shapely.total_bounds(np.array(lands, dtype=object)).tolist()
    plane = Plane((west + east) / 2, (south + north) / 2)
    drawn = shapely.transform(np.array(lands, dtype=object), plane.metres)
    shore = shapely.STRtree(shapely.simplify(drawn, CLEAR / 2))
    corners = plane.metres([(west, south), (east, north)])
    low, high = corners[0] - MARGIN, corners[1] + MARGIN
    gap = max(FINEST, sqrt(float(np.prod(high - low)) / MOST))
    columns, rows = (ceil(float(side) / gap) + 1 for side in high - low)
    places = np.array([low + gap * np.array([i, j]) for i in range(columns) for j in range(rows)])
    afloat = ~_near(shore, places, CLEAR)
    if not afloat.any():
        return None
    number = np.where(afloat, np.cumsum(afloat) - 1, -1).reshape(columns, rows)
    tail, head = _steps(number, shore, places[afloat], _near(shore, places[afloat], 2.3 * gap))
    metres = np.hypot(*(places[afloat][tail] - places[afloat][head]).T)
    lonlat = plane.degrees(places[afloat])
    both = np.concatenate([tail, head]), np.concatenate([head, tail])
    nothing = np.full(2 * len(tail), -1, np.int64)
    return Network(
        lonlat[:, 0], lonlat[:, 1], *both, np.tile(metres, 2), np.zeros(2 * len(tail)), nothing
    )


def _near(shore: shapely.STRtree, places: Floats, metres: float) -> NDArray[np.bool_]:
    """Which places are on land, or so near to it."""
    near = np.zeros(len(places), bool)
    near[shore.query(shapely.points(places), predicate="dwithin", distance=metres)[0]] = True
    return near


def _steps(
    number: Whole, shore: shapely.STRtree, places: Floats, coastal: NDArray[np.bool_]
) -> tuple[Whole, Whole]:
    """From where to where one gets in one step without touching land."""
    tails, heads = [], []
    for right, up in STEPS:
        here = number[: -right or None, max(0, -up) : -up if up > 0 else None]
        there = number[right:, max(0, up) : up if up < 0 else None]
        both = (here >= 0) & (there >= 0)
        tails.append(here[both])
        heads.append(there[both])
    tail, head = np.concatenate(tails), np.concatenate(heads)
    near = np.flatnonzero(coastal[tail] | coastal[head])
    lines = shapely.linestrings(np.stack([places[tail[near]], places[head[near]]], axis=1))
    blocked = np.unique(shore.query(lines, predicate="intersects")[0])
    kept = np.ones(len(tail), bool)
    kept[near[blocked]] = False
    return tail[kept], head[kept]


class SeaRouter(Router):
    """Ways of boats over the grid of a sea; the last bit ashore is on foot."""

    reach = ASHORE_REACH
    beyond = False
    there_as_back = True

    def seconds_of_arcs(self, mode: Mode, hour: int) -> Floats:
        """What each arc takes (s); the hour makes no difference at sea."""
        del hour
        if mode != "boat":
            return np.full(self.network.arcs, np.inf)
        return self.network.metres / METRES_A_SECOND["boat"]

    def _gaps(self, mode: Mode, first: Floats, last: float, target: Spot) -> Floats:
        """From the pier to the open water, and from the boat to a place on land."""
        ashore = 0.0 if target.land is None else ASHORE + last / ON_FOOT
        return first / METRES_A_SECOND["boat"] + ashore

    def _is_open(self, *, wheels: bool) -> NDArray[np.bool_]:
        del wheels
        return np.ones(self.network.arcs, bool)
