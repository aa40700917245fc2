"""What was counted: calls of one category by cell, day and shift; and when anybody counted.

A cell, a day, a shift and a number: there is no room for anything else. Cells are H3's, not finer
than `FINEST`, so that none is a house or a yard.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import h3.api.basic_int as h3
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.spatial import cKDTree

from gongzhi.analysis.hotspots.density import metres

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
FINEST, COARSEST = 8, 6
"""Resolutions of H3 that are forecast: 0.74 km² to 36 km²."""
REACH = 3.5
"""Bandwidths after which a neighbour doesn't count."""
SILENT = 3
"""Days on end without a single call, where there are some every day: nobody was counting."""
BUSY = 3.0
"""Calls a day from which a silent day is remarkable."""
MIDWEEK = 3
"""The weekday of 1970-01-01, Monday being 0."""


UNFIT = {
    "resolution": "Forecasts are made for cells of one resolution from {coarsest} to {finest}.",
    "no_calls": "There is no call with a place in the days before the weeks that are held back.",
    "few_days": "{days} whole days are too few: {least} are needed, some to learn from, some to "
    "choose by, and four weeks that are held back.",
    "few_calls": "{calls} calls are too few to judge by: {least} are needed before the weeks that "
    "are held back, and {held} in them.",
    "silent": "On most of the days to {part}, there is no call of any kind.",
}
"""Why nothing can be said, by code."""


class Unfit(ValueError):
    """Nothing can be said of these counts: why, by code and facts; in words as a text."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(UNFIT[code].format(**facts))
        self.code, self.facts = code, facts


@dataclass(frozen=True)
class Area:
    """The cells that are forecast, and how near they are to each other."""

    cells: Whole

    def __post_init__(self) -> None:
        resolutions = {h3.get_resolution(one) for one in self.cells.tolist()}
        if len(resolutions) > 1 or not resolutions <= set(range(COARSEST, FINEST + 1)):
            raise Unfit("resolution", coarsest=COARSEST, finest=FINEST)

    def __len__(self) -> int:
        return len(self.cells)

    @cached_property
    def spots(self) -> Floats:
        """East and north of the cells' centres (m)."""
        lat, lon = np.array([h3.cell_to_latlng(one) for one in self.cells.tolist()]).T
        middle = float(lat.mean()), float(lon.mean())
        return np.stack(metres(lat, lon, middle=middle), axis=1)

    @cached_property
    def spacing(self) -> float:
        """How far neighbouring cells' centres are apart (m)."""
        edge = float(h3.average_hexagon_edge_length(h3.get_resolution(int(self.cells[0])), "m"))
        return edge * 3**0.5

    def kernel(self, bandwidth: float) -> csr_array:
        """How what happened in a cell (column) is shared out among those around it (rows), by a
        Gaussian of this bandwidth (in spacings). Every column's sum is 1: nothing is lost."""
        if bandwidth not in self._kernels:
            self._kernels[bandwidth] = self._gaussian(bandwidth)
        return self._kernels[bandwidth]

    @cached_property
    def _kernels(self) -> dict[float, csr_array]:
        return {}

    def _gaussian(self, bandwidth: float) -> csr_array:
        size, width = len(self), max(bandwidth, 1e-3) * self.spacing
        tree = cKDTree(self.spots)
        near = tree.sparse_distance_matrix(tree, REACH * width, output_type="ndarray")
        weight = np.exp(-0.5 * (near["v"] / width) ** 2)
        total = np.bincount(near["j"], weight, minlength=size)
        shares = (weight / total[near["j"]]).astype(np.float32)
        return csr_array((shares, (near["i"], near["j"])), shape=(size, size))


@dataclass(frozen=True)
class Counts:
    """Calls by cell, day and shift. ``first``: the first day, days since 1970-01-01; ``known``: on
    which days counting went on; ``beyond``: calls in no cell of the area, by day and shift."""

    area: Area
    first: int
    many: NDArray[np.float32]
    beyond: NDArray[np.float32]
    known: NDArray[np.bool_]

    @property
    def days(self) -> int:
        """How many days."""
        return int(self.many.shape[1])

    @property
    def shifts(self) -> int:
        """How many shifts a day has."""
        return int(self.many.shape[2])

    @cached_property
    def daily(self) -> NDArray[np.float32]:
        """By cell and day."""
        found: NDArray[np.float32] = self.many.sum(axis=2)
        return found

    @cached_property
    def county(self) -> NDArray[np.float32]:
        """Of the whole area by day; one row."""
        found: NDArray[np.float32] = self.daily.sum(axis=0)[None]
        return found

    @cached_property
    def weekdays(self) -> Whole:
        """Monday is 0."""
        return (np.arange(self.first, self.first + self.days) + MIDWEEK) % 7

    def of(self, many: NDArray[np.float32], beyond: NDArray[np.float32]) -> Counts:
        """Others of the same area and days."""
        return replace(self, many=many, beyond=beyond)


def area_of(cells: Whole, calls: Floats, margin: int = 0) -> Area:
    """The cells that had a call, and so many rings of neighbours around them."""
    had = np.unique(cells[calls > 0])
    if not len(had):
        raise Unfit("no_calls")
    return Area(np.unique([one for each in had.tolist() for one in h3.grid_disk(each, margin)]))


def counts_of(
    panel: pa.Table, area: Area, days: range, shifts: int, known: NDArray[np.bool_]
) -> Counts:
    """The counts of a panel (``cell``, ``day``, ``shift``, ``n``), categories together."""
    day = panel["day"].to_numpy() - days.start
    inside = (day >= 0) & (day < len(days))
    cell, n = panel["cell"].to_numpy()[inside], panel["n"].to_numpy()[inside]
    day, shift = day[inside], panel["shift"].to_numpy()[inside]
    row = np.searchsorted(area.cells, cell).clip(0, len(area) - 1)
    here = area.cells[row] == cell
    many = np.zeros((len(area), len(days), shifts), np.float32)
    beyond = np.zeros((len(days), shifts), np.float32)
    np.add.at(many, (row[here], day[here], shift[here]), n[here])
    np.add.at(beyond, (day[~here], shift[~here]), n[~here])
    return Counts(area, days.start, many, beyond, known)


def counting(daily: Sequence[float] | Floats | Whole) -> NDArray[np.bool_]:
    """On which days calls were counted at all: a run of silent days is a gap in the file where
    there are calls every day; where calls are rare, silence says nothing."""
    calls = np.asarray(daily, float)
    known = np.ones(len(calls), np.bool_)
    if not (calls > 0).any() or np.median(calls[calls > 0]) < BUSY:
        return known
    edges = np.flatnonzero(np.diff(np.concatenate([[0], (calls == 0).astype(int), [0]])))
    for start, end in edges.reshape(-1, 2):
        if end - start >= SILENT:
            known[start:end] = False
    return known
