"""Kernel density of events, on a grid.

Events are shared out among the four knots around each (linear binning: M. P. Wand, "Fast
Computation of Multivariate Kernel Estimators", JCGS 3(4), 1994), and the grid is smoothed by a
Gaussian along one axis, then along the other, which is the same as in the plane. How far that is
from the exact sum: see `density`.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import numba
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
A_DEGREE = 111_195.0
"""Metres of a degree of latitude, on a globe of 6,371 km."""
REACH = 5.0
"""Bandwidths after which the kernel is cut off."""
MOST = 40_000_000
"""Knots of a grid."""


@dataclass(frozen=True)
class Surface:
    """Events a square metre at the knots of a grid: row `r`, column `c` lies at
    (`west` + `step` c, `south` + `step` r), in metres."""

    values: Floats
    west: float
    south: float
    step: float

    def at(self, x: Floats, y: Floats) -> Floats:
        """The density at places (m), between the knots around each; 0 outside the grid."""
        return np.asarray(_between(self.values, *_on_grid(self, x, y)))

    @property
    def total(self) -> float:
        """How many events are under it: all of them, but for what reaches beyond the grid."""
        return float(self.values.sum() * self.step**2)


def metres(lat: Floats, lon: Floats, *, middle: tuple[float, float]) -> tuple[Floats, Floats]:
    """Metres east and north of a place, for a county's size (0.1 % at 100 km)."""
    east = (np.asarray(lon) - middle[1]) * A_DEGREE * np.cos(np.radians(middle[0]))
    return east, (np.asarray(lat) - middle[0]) * A_DEGREE


def density(
    x: Floats, y: Floats, *, bandwidth: float, step: float = 0.0, weights: Floats | None = None
) -> Surface:
    """The density of the events at (x, y) (m) by a Gaussian of this `bandwidth` (m, its standard
    deviation), on a grid of this `step` (m; a fifth of the bandwidth unless said). Events without
    a place (NaN) are left out; of none, the surface is 0."""
    step = step or bandwidth / 5
    if not (bandwidth > 0 and 0 < step <= bandwidth):
        raise ValueError("A bandwidth is positive, and a step no longer than it.")
    here = np.isfinite(x) & np.isfinite(y)
    x, y = np.asarray(x, float)[here], np.asarray(y, float)[here]
    heed = np.ones(len(x)) if weights is None else np.asarray(weights, float)[here]
    if not len(x):
        return Surface(np.zeros((1, 1)), 0.0, 0.0, step)
    reach = ceil(REACH * bandwidth / step)
    west, south = x.min() - reach * step, y.min() - reach * step
    shape = tuple(ceil((one.max() - one.min()) / step) + 2 * reach + 1 for one in (y, x))
    if shape[0] * shape[1] > MOST:
        raise ValueError(f"{shape[0]} × {shape[1]} knots are too many: take a longer step.")
    grid = np.zeros(shape)
    surface = Surface(grid, float(west), float(south), step)
    _share_out(grid, *_on_grid(surface, x, y), heed)
    return Surface(_smoothed(grid, bandwidth / step, reach) / step**2, *_place(surface))


def _place(surface: Surface) -> tuple[float, float, float]:
    return surface.west, surface.south, surface.step


def _on_grid(surface: Surface, x: Floats, y: Floats) -> tuple[Floats, Floats]:
    across = (np.asarray(x, float) - surface.west) / surface.step
    return (np.asarray(y, float) - surface.south) / surface.step, across


def _smoothed(grid: Floats, width: float, reach: int) -> Floats:
    """By the kernel along the columns, then along the rows. Most knots are far from any event:
    what is 0 is passed over."""
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / width) ** 2)
    kernel /= kernel.sum()
    once = np.zeros_like(grid)
    _spread(grid, kernel, once)
    turned = np.ascontiguousarray(once.T)
    twice = np.zeros_like(turned)
    _spread(turned, kernel, twice)
    return np.ascontiguousarray(twice.T)


@numba.njit(cache=True, nogil=True, fastmath={"contract"})
def _spread(grid, kernel, found):  # type: ignore[no-untyped-def]
    """Each row is added to the rows around it, by the kernel."""
    rows, columns = grid.shape
    reach = len(kernel) // 2
    for row in range(rows):
        first, last = columns, -1
        for column in range(columns):
            if grid[row, column] != 0:
                first, last = min(first, column), column
        for there in range(max(0, row - reach), min(rows, row + reach + 1)):
            part = kernel[there - row + reach]
            for column in range(first, last + 1):
                found[there, column] += part * grid[row, column]


@numba.njit(cache=True, nogil=True)
def _share_out(grid, row, column, heed):  # type: ignore[no-untyped-def]
    for n in range(len(row)):
        r, c = int(row[n]), int(column[n])
        up, along = row[n] - r, column[n] - c
        low, high = heed[n] * (1 - up), heed[n] * up
        grid[r, c] += low * (1 - along)
        grid[r, c + 1] += low * along
        grid[r + 1, c] += high * (1 - along)
        grid[r + 1, c + 1] += high * along


@numba.njit(cache=True, nogil=True)
def _between(grid, row, column):  # type: ignore[no-untyped-def]
    found = np.zeros(len(row))
    for n in range(len(row)):
        if 0 <= row[n] < grid.shape[0] - 1 and 0 <= column[n] < grid.shape[1] - 1:
            r, c = int(row[n]), int(column[n])
            up, along = row[n] - r, column[n] - c
            low = (1 - along) * grid[r, c] + along * grid[r, c + 1]
            high = (1 - along) * grid[r + 1, c] + along * grid[r + 1, c + 1]
            found[n] = (1 - up) * low + up * high
    return found
