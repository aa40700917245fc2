"""A square lattice to walk or sail over: who is nearest by effort, and along which way."""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Cell = tuple[int, int]


@dataclass(frozen=True)
class Spread:
    """How dearly each cell is reached (metres of effort), from which source, over which cell."""

    columns: int
    cost: list[float]
    source: list[int]
    before: list[int]

    def way(self, cell: int) -> list[int]:
        """The cells from ``cell`` back to its source, both included."""
        way = [cell]
        while self.before[way[-1]] >= 0:
            way.append(self.before[way[-1]])
        return way


@dataclass(frozen=True)
class Lattice:
    """Open cells of a square grid; a step costs its length times the cells' toll, and its climb.

    Cells are numbered row by row from the south-west. ``climb``: metres of effort for a metre up
    or down.
    """

    west: float
    south: float
    step: float
    open: Mask
    toll: NDArray[np.float64]
    height: NDArray[np.float64]
    climb: float = 0.0
    _moves: list[tuple[int, int, float]] = field(init=False)

    def __post_init__(self) -> None:
        moves = [
            (r, c, self.step * (r * r + c * c) ** 0.5)
            for r in (-1, 0, 1)
            for c in (-1, 0, 1)
            if r or c
        ]
        object.__setattr__(self, "_moves", moves)

    @property
    def columns(self) -> int:
        """Cells in a row."""
        return int(self.open.shape[1])

    def place(self, cell: int) -> tuple[float, float]:
        """Metres east and north of the middle of a cell."""
        row, column = divmod(cell, self.columns)
        return self.west + column * self.step, self.south + row * self.step

    def cell(self, x: float, y: float) -> int:
        """The cell a place lies in, open or not."""
        row = min(max(round((y - self.south) / self.step), 0), self.open.shape[0] - 1)
        column = min(max(round((x - self.west) / self.step), 0), self.columns - 1)
        return int(row * self.columns + column)

    def nearest_open(self, x: float, y: float, within: Mask | None = None) -> int:
        """The open cell nearest to a place (of those in ``within``, if given)."""
        rows, columns = np.nonzero(self.open if within is None else self.open & within)
        away = (self.west + columns * self.step - x) ** 2 + (self.south + rows * self.step - y) ** 2
        best = int(np.argmin(away))
        return int(rows[best]) * self.columns + int(columns[best])

    def spread(self, sources: Mapping[int, int], allowed: Mask | None = None) -> Spread:
        """From source cells (cell -> label) over all open cells that can be reached (Dijkstra)."""
        size = self.open.size
        cost, label, before = [float("inf")] * size, [-1] * size, [-1] * size
        free = (self.open if allowed is None else self.open & allowed).copy()
        free[[0, -1], :] = free[:, [0, -1]] = False  # so that no step leaves the sheet
        free_cells = free.ravel().tolist()
        toll, height = self.toll.ravel().tolist(), self.height.ravel().tolist()
        moves = [(r * self.columns + c, far) for r, c, far in self._moves]
        heap = [(0.0, cell) for cell in sources]
        for cell, name in sources.items():
            cost[cell], label[cell] = 0.0, name
        heapq.heapify(heap)
        while heap:
            sofar, cell = heapq.heappop(heap)
            if sofar > cost[cell]:
                continue
            for shift, far in moves:
                other = cell + shift
                if not free_cells[other]:
                    continue
                effort = far * (toll[cell] + toll[other]) / 2
                total = sofar + effort + self.climb * abs(height[cell] - height[other])
                if total < cost[other]:
                    cost[other], label[other], before[other] = total, label[cell], cell
                    heapq.heappush(heap, (total, other))
        return Spread(self.columns, cost, label, before)


def inland(mask: Mask, most: int) -> NDArray[np.int64]:
    """How many cells each cell of ``mask`` lies from its edge (1 at the edge, ``most`` or more)."""
    depth = np.zeros(mask.shape, dtype=np.int64)
    left = mask.copy()
    for _ in range(most):
        depth += left
        shrunk = left.copy()
        shrunk[1:, :] &= left[:-1, :]
        shrunk[:-1, :] &= left[1:, :]
        shrunk[:, 1:] &= left[:, :-1]
        shrunk[:, :-1] &= left[:, 1:]
        left = shrunk
    return depth


def around(field_: NDArray[np.float64], reach: int) -> NDArray[np.float64]:
    """The mean over the square of ``2 * reach + 1`` cells around each cell."""
    padded = np.pad(field_, reach + 1, mode="edge").cumsum(axis=0).cumsum(axis=1)
    side = 2 * reach + 1
    low, high = slice(0, field_.shape[0]), slice(side, side + field_.shape[0])
    left, right = slice(0, field_.shape[1]), slice(side, side + field_.shape[1])
    total = padded[high, right] - padded[low, right] - padded[high, left] + padded[low, left]
    return np.asarray(total / side**2)
