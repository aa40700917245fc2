"""The county's relief: a height for every point of a grid, drawn from noise.

The islands' spines give the land its plan; noise bends the plane they are laid on, so that bays
and capes come out, and adds hills. Heights are metres above the sea, negative below it.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gongzhi.config.demo.geography import plan

Grid = NDArray[np.float64]
STEP = 60.0
"""Metres between neighbouring points of the grid."""


@dataclass(frozen=True)
class Relief:
    """Heights in metres; row 0 is the south, column 0 the west; ``x``, ``y`` in metres, too."""

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    height: Grid

    def cell(self, x: float, y: float) -> tuple[int, int]:
        """Row and column nearest to a place, held inside the sheet."""
        column = int(np.clip(round((x - self.x[0]) / STEP), 0, len(self.x) - 1))
        row = int(np.clip(round((y - self.y[0]) / STEP), 0, len(self.y) - 1))
        return row, column

    def at(self, x: float, y: float) -> float:
        """Height at a place, in metres."""
        return float(self.height[self.cell(x, y)])


def draw_relief(seed: int) -> Relief:
    """Heights of the whole sheet for this seed."""
    rng = np.random.default_rng([seed, 1])
    x = np.arange(-plan.HALF_WIDTH * 1000, plan.HALF_WIDTH * 1000 + STEP, STEP)
    y = np.arange(-plan.HALF_HEIGHT * 1000, plan.HALF_HEIGHT * 1000 + STEP, STEP)
    east, north = np.meshgrid(x, y)
    shape = (len(y), len(x))
    bend_east = east + 950 * noise(rng, shape, 5200, 3.6) + 210 * noise(rng, shape, 1300, 3.0)
    bend_north = north + 950 * noise(rng, shape, 5200, 3.6) + 210 * noise(rng, shape, 1300, 3.0)
    rough = noise(rng, shape, 2600, 3.35)
    ridges = 1 - 1.25 * np.abs(noise(rng, shape, 2600, 3.7))
    land = _spines(bend_east, bend_north, rough, ridges)
    land = np.maximum(land, _islets(rng, bend_east, bend_north, rough))
    return Relief(x, y, land - _straits(east, north, land))


def noise(rng: np.random.Generator, shape: tuple[int, int], longest: float, slope: float) -> Grid:
    """Smooth random ground of mean 0 and deviation 1: ``longest`` wave in metres, and how fast
    shorter waves fade (``slope``, the exponent of the power spectrum)."""
    rows, columns = (-(-side // 128) * 128 for side in shape)  # sizes that the FFT is quick at
    fy = np.fft.fftfreq(rows, STEP)[:, None]
    fx = np.fft.rfftfreq(columns, STEP)[None, :]
    gain = (fx**2 + fy**2 + (1 / longest) ** 2) ** (-slope / 4)
    gain[0, 0] = 0
    white = np.fft.rfft2(rng.standard_normal((rows, columns)))
    field = np.fft.irfft2(white * gain, s=(rows, columns))[: shape[0], : shape[1]]
    return np.asarray((field - field.mean()) / field.std(), dtype=np.float64)


def _spines(east: Grid, north: Grid, rough: Grid, ridges: Grid) -> Grid:
    best = np.full(east.shape, -60.0)
    for island in plan.ISLANDS:
        away = _distance(east, north, island.spine)
        slope = 1 - away / (island.breadth * 1000) + 0.21 * rough
        np.clip(slope, -1.0, 1.0, out=slope)
        relief = 0.36 + 0.64 * np.clip(ridges, 0, 1)
        height = _profile(slope, island.height * relief, 1.6) + 9 * slope
        best = np.maximum(best, height)
    return best


def _islets(rng: np.random.Generator, east: Grid, north: Grid, rough: Grid) -> Grid:
    """Rocks and islets, in strings that lie off the larger islands."""
    best = np.full(east.shape, -60.0)
    for island in plan.ISLANDS:
        for _ in range(3 + int(island.breadth * 2.2)):
            anchor = island.spine[rng.integers(len(island.spine))]
            turn, far = rng.uniform(0, 2 * np.pi), island.breadth * rng.uniform(1.5, 3.4) + 0.8
            x, y = anchor[0] + far * np.cos(turn), anchor[1] + far * np.sin(turn)
            along = rng.uniform(0, np.pi)
            for _ in range(rng.integers(1, 5)):
                size = min(float(rng.lognormal(-1.35, 0.55)), 1.1)
                _islet(best, east, north, rough, (x, y), size, along)
                x += rng.uniform(0.5, 1.5) * np.cos(along) + rng.normal(0, 0.25)
                y += rng.uniform(0.5, 1.5) * np.sin(along) + rng.normal(0, 0.25)
    return best


def _islet(
    best: Grid,
    east: Grid,
    north: Grid,
    rough: Grid,
    at: tuple[float, float],
    size: float,
    along: float,
) -> None:
    """Raise one islet of ``size`` (about km) out of ``best``, in the window around it."""
    reach = 4000 / STEP  # bent ground can lie three kilometres from where it was planned
    row = round((at[1] + plan.HALF_HEIGHT) * 1000 / STEP)
    column = round((at[0] + plan.HALF_WIDTH) * 1000 / STEP)
    rows = slice(max(0, int(row - reach)), max(0, int(row + reach)))
    columns = slice(max(0, int(column - reach)), max(0, int(column + reach)))
    if best[rows, columns].size == 0:
        return
    dx, dy = size * 0.8 * np.cos(along), size * 0.8 * np.sin(along)
    away = _distance(
        east[rows, columns],
        north[rows, columns],
        ((at[0] - dx, at[1] - dy), (at[0] + dx, at[1] + dy)),
    )
    slope = np.clip(1 - away / (size * 640) + 0.2 * rough[rows, columns], -1.0, 1.0)
    best[rows, columns] = np.maximum(
        best[rows, columns], _profile(slope, np.asarray(35 + 75 * size), 1.2)
    )


def _profile(slope: Grid, top: Grid, power: float) -> Grid:
    """From how far inland (0 at the shore, 1 at the spine) to metres; the sea falls off evenly."""
    return np.where(slope > 0, top * np.maximum(slope, 0) ** power, 42 * slope)


def _straits(east: Grid, north: Grid, land: Grid) -> Grid:
    """How far the channels cut down: nothing a kilometre away, all of it in the middle."""
    cut = np.zeros_like(land)
    for line in plan.STRAITS:
        near = np.exp(-((_distance(east, north, line) / 480.0) ** 4))
        cut = np.maximum(cut, near * (np.maximum(land, 0) + 22))
    return cut


def _distance(east: Grid, north: Grid, line: tuple[tuple[float, float], ...]) -> Grid:
    """Metres from every point to a polyline given in kilometres."""
    best = np.full(east.shape, np.inf)
    for (ax, ay), (bx, by) in itertools.pairwise(line):
        dx, dy = (bx - ax) * 1000, (by - ay) * 1000
        along = ((east - ax * 1000) * dx + (north - ay * 1000) * dy) / (dx * dx + dy * dy)
        np.clip(along, 0, 1, out=along)
        np.minimum(
            best, np.hypot(east - ax * 1000 - along * dx, north - ay * 1000 - along * dy), out=best
        )
    return best
