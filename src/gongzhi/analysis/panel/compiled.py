"""Latitude and longitude to the number of a hexagon, compiled: some nanoseconds a point.

Sines and cosines are the series around the region's middle (exact to the last digits within 20
degrees of it), so that the loop has no calls and the processor does several points at once. A
point nearer than `CLOSE` to a side of its hexagon is asked of `h3` itself: so ties, too, fall as
they do there.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from math import cos, radians, sin

import h3.api.basic_int as h3
import numba
import numpy as np
from numpy.typing import NDArray

from gongzhi.analysis.panel.icosahedron import Floats
from gongzhi.analysis.panel.region import Region, Whole

CLOSE = 1e-6
"""Cells; the error of either way is far below (1e-10, and near a face's centre 1e-7)."""
OUTSIDE, TIE = -1, -2
LEAST = 100_000
"""Points worth a thread."""
Numbers = NDArray[np.int32]


def spots(region: Region, lat: Floats, lon: Floats) -> Numbers:
    """The number of each point's hexagon (`Region.cells` gives its index), -1 for a point outside
    the region's box or without a place (NaN). Equal to `h3.latlng_to_cell` for every point."""
    lat, lon = (np.ascontiguousarray(one, dtype=np.float64) for one in (lat, lon))
    found = np.empty(len(lat), dtype=np.int32)
    constants = _constants(region)

    def part(of: slice) -> None:
        _number(lat[of], lon[of], *constants, found[of])

    in_parts(part, len(lat))
    _ask(region, lat, lon, found)
    return found


def in_parts(work: Callable[[slice], object], length: int) -> None:
    """Do the work on as many slices as there are processors, on threads of our own: numba's may
    be used from one thread only, and pages run on several."""
    many = max(1, min(os.cpu_count() or 1, length // LEAST))
    ends = np.linspace(0, length, many + 1).astype(int).tolist()
    slices = [slice(*ends) for ends in pairwise(ends)]
    if many == 1:
        work(slices[0])
        return
    with ThreadPoolExecutor(many) as pool:
        list(pool.map(work, slices))


def _constants(region: Region) -> tuple[Floats, Floats, Whole]:
    """The box and its middle (rad), the forms turned to that meridian, and the numbers' bounds."""
    box = region.box
    middle = [radians(one) for one in box.middle]
    turned = np.array([[cos(middle[1]), -sin(middle[1]), 0], [sin(middle[1]), cos(middle[1]), 0],
                       [0, 0, 1]])  # fmt: skip
    where = np.array([*box.middle, cos(middle[0]), sin(middle[0]),
                      box.south, box.west, box.north, box.east])  # fmt: skip
    bounds = np.array([region.columns.start, region.rows.start, len(region.rows)])
    return where, region.forms @ turned, bounds


def _ask(region: Region, lat: Floats, lon: Floats, found: Numbers) -> None:
    ties = np.flatnonzero(found == TIE)
    pairs = zip(lat[ties].tolist(), lon[ties].tolist(), strict=True)
    cells = [h3.latlng_to_cell(*one, region.res) for one in pairs]
    found[ties] = region.spots_of(np.array(cells, dtype=np.int64))


@numba.njit(cache=True, inline="always")
def _sine(x: float) -> float:
    z = x * x
    odd = -1 / 1307674368000 + z / 355687428096000
    for term in (1 / 6227020800, -1 / 39916800, 1 / 362880, -1 / 5040, 1 / 120, -1 / 6, 1.0):
        odd = term + z * odd
    return x * odd


@numba.njit(cache=True, inline="always")
def _cosine(x: float) -> float:
    z = x * x
    even = -1 / 87178291200 + z / 20922789888000
    for term in (1 / 479001600, -1 / 3628800, 1 / 40320, -1 / 720, 1 / 24, -1 / 2, 1.0):
        even = term + z * even
    return even


@numba.njit(cache=True, nogil=True, error_model="numpy", fastmath={"contract"})
def _number(lat, lon, where, forms, bounds, found):  # type: ignore[no-untyped-def]
    """Fill `found`; whether there are ties among them."""
    degree, third, edge, ties = np.pi / 180, 1 / 3, 0.5 - CLOSE, 0
    for n in range(len(lat)):
        phi, theta = (lat[n] - where[0]) * degree, (lon[n] - where[1]) * degree
        s, c = _sine(phi), _cosine(phi)
        up, out = s * where[2] + c * where[3], c * where[2] - s * where[3]
        x, y = out * _cosine(theta), out * _sine(theta)
        under = 1.0 / (forms[2, 0] * x + forms[2, 1] * y + forms[2, 2] * up)
        a = (forms[0, 0] * x + forms[0, 1] * y + forms[0, 2] * up) * under + 1
        b = (forms[1, 0] * x + forms[1, 1] * y + forms[1, 2] * up) * under + 1
        d = b - a + 1
        a_down, b_down, d_down = np.floor(a), np.floor(b), np.floor(d)
        column = np.floor((a_down + b_down + 0.5) * third)  # a half: exact in spite of the third
        row = np.floor((b_down + d_down + 0.5) * third)
        off = max(abs(a - a_down - 0.5), abs(b - b_down - 0.5), abs(d - d_down - 0.5))
        inside = (lat[n] >= where[4]) & (lon[n] >= where[5]) & (lat[n] <= where[6])
        inside &= lon[n] <= where[7]
        number = (column - bounds[0]) * bounds[2] + (row - bounds[1])
        number = TIE if off > edge else number
        number = number if inside else OUTSIDE
        ties += number == TIE
        found[n] = np.int32(number)
    return ties
