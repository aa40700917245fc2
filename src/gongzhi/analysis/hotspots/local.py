"""Which cells stand out with their neighbours: Getis and Ord's Gi*, and local Moran.

Both compare what is around a cell with what one would find there if the counts had been dealt out
at random. With thousands of cells some stand out by chance; `discoveries` holds the part of those
among all that are shown below a bound.

J. K. Ord and A. Getis, "Local Spatial Autocorrelation Statistics", Geographical Analysis 27(4),
1995; L. Anselin, "Local Indicators of Spatial Association", ibid. 27(2), 1995; moments of local
Moran by R. R. Sokal and others, ibid. 30(4), 1998, A7 and A8. The numbers are those of `esda`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import h3.api.basic_int as h3
import numba
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.special import ndtr

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]
FEWEST = 3
"""Cells below which nothing can be said."""


@dataclass(frozen=True)
class Neighbours:
    """The neighbours of cell number n are `others[starts[n]:starts[n + 1]]`, without itself."""

    starts: Whole
    others: Whole

    @classmethod
    def of(cls, lists: Iterable[Sequence[int]]) -> Neighbours:
        """From a list of neighbours for each cell."""
        each = [np.asarray(one, dtype=np.int64) for one in lists]
        starts = np.cumsum([0, *(len(one) for one in each)])
        return cls(starts, np.concatenate([np.empty(0, np.int64), *each]))

    @property
    def many(self) -> Whole:
        """How many each has."""
        return np.diff(self.starts)

    def around(self, values: Floats) -> Floats:
        """The sum over each cell's neighbours."""
        size = len(self.starts) - 1
        ones = np.ones(len(self.others))
        found: Floats = csr_array((ones, self.others, self.starts), shape=(size, size)) @ values
        return found


@dataclass(frozen=True)
class Local:
    """For each cell: the statistic, its standard score, and how likely a score at least as far
    from what is expected is by chance (on both sides). Where nothing can be said (no neighbours,
    or all cells alike) the score is 0 and the chance 1."""

    statistic: Floats
    score: Floats
    chance: Floats


def rings(cells: Sequence[int], many: int = 1) -> Neighbours:
    """H3 cells within so many rings of each other, of those that are given. Cells across water
    are neighbours here; where ways are known, give `Neighbours.of` who can be reached."""
    number = {cell: n for n, cell in enumerate(cells)}
    around = (h3.grid_disk(cell, many) for cell in cells)
    return Neighbours.of(
        sorted(number[one] for one in disk if one in number and one != cell)
        for cell, disk in zip(cells, around, strict=True)
    )


def getis_ord(counts: Floats, near: Neighbours, *, permutations: int = 0, seed: int = 0) -> Local:
    """Gi*: the part of all that lies in each cell and its neighbours. High scores are hot, low
    ones cold. With `permutations` the chance is counted on counts dealt out anew that often
    instead of read from the normal curve, which is too sure where counts are few. Such a chance
    is 2 / (permutations + 1) at least."""
    y = _checked(counts, near)
    size, of = len(y), near.many + 1
    if size < FEWEST:
        return _nothing(size)
    total, spread = y.sum(), y.var()
    part = (near.around(y) + y) / total if total else np.zeros(size)
    mean = y.mean()
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = of * (size - of) / (size - 1) / size**2 * spread / mean**2
        score = (part - of / size) / np.sqrt(variance)
    if not permutations:
        return _local(part, score)
    sums = _dealt(y, near, permutations, seed)
    return _local(part, score, _counted(near.around(y), sums))


def local_moran(counts: Floats, near: Neighbours, *, permutations: int = 0, seed: int = 0) -> Local:
    """Local Moran: positive where a cell and its neighbours are alike (both high or both low),
    negative where it differs from them. Neighbours weigh one together."""
    y = _checked(counts, near)
    size, many = len(y), np.maximum(near.many, 1)
    if size < FEWEST:
        return _nothing(size)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = (y - y.mean()) / y.std()
        found = (size - 1) * z * near.around(z) / many / (z**2).sum()
        expected = -(z**2) * (near.many > 0) / (size - 1)
        weight = 1 / many - 1 / (size - 1)
        variance = z**2 * size / (size - 2) * weight * (1 - z**2 / (size - 1))
        score = (found - expected) / np.sqrt(variance)
    score = np.where(near.many > 0, score, 0.0)
    if not permutations:
        return _local(found, score)
    return _local(found, score, _counted(near.around(z), _dealt(z, near, permutations, seed)))


def discoveries(chance: Floats, part: float = 0.05) -> Flags:
    """Which stand out, so that on average at most this `part` of them does so by chance (Y.
    Benjamini and Y. Hochberg, JRSS B 57(1), 1995; it holds when neighbours go together)."""
    p = np.asarray(chance, dtype=float)
    if not 0 < part < 1:
        raise ValueError("A part lies between 0 and 1.")
    order = np.sort(p)
    below = np.flatnonzero(order <= part * np.arange(1, len(p) + 1) / max(len(p), 1))
    return p <= order[below[-1]] if len(below) else np.zeros(len(p), dtype=np.bool_)


def _checked(counts: Floats, near: Neighbours) -> Floats:
    y = np.asarray(counts, dtype=float)
    if len(y) != len(near.starts) - 1:
        raise ValueError(f"{len(y)} counts, but neighbours of {len(near.starts) - 1} cells.")
    if not np.isfinite(y).all():
        raise ValueError("A count is missing: cells without facts have 0.")
    return y


def _local(statistic: Floats, score: Floats, chance: Floats | None = None) -> Local:
    told = np.isfinite(score)
    score = np.where(told, score, 0.0)
    chance = 2 * ndtr(-np.abs(score)) if chance is None else chance
    return Local(np.nan_to_num(statistic), score, np.where(told, chance, 1.0))


def _nothing(size: int) -> Local:
    return Local(np.zeros(size), np.zeros(size), np.ones(size))


def _counted(found: Floats, sums: Floats) -> Floats:
    """On both sides, and never 0: what was found is one of the deals."""
    rounds = sums.shape[1]
    edge = 1e-9 * np.maximum(np.abs(found), 1)
    above = (sums >= (found - edge)[:, None]).sum(axis=1)
    below = (sums <= (found + edge)[:, None]).sum(axis=1)
    fewer: Floats = np.minimum(above, below)
    chance: Floats = np.minimum(2 * (fewer + 1) / (rounds + 1), 1.0)
    return chance


def _dealt(y: Floats, near: Neighbours, rounds: int, seed: int) -> Floats:
    """What would be around each cell, itself held, in each of `rounds` random deals."""
    most = int(near.many.max(initial=0))
    draws = np.random.default_rng(seed).random((rounds, most))
    sums = np.zeros((len(y), rounds))
    _deal(y, near.many, draws, sums)
    return sums


@numba.njit(cache=True, nogil=True)
def _deal(y, many, draws, sums):  # type: ignore[no-untyped-def]
    """The same draws for each cell, from those before and behind it, none twice (the first steps
    of a shuffle, undone afterwards)."""
    rest = np.arange(len(y) - 1)
    taken = np.empty(draws.shape[1], np.int64)
    for turn in range(len(draws)):
        for step in range(draws.shape[1]):
            if step < len(rest):
                there = step + int(draws[turn, step] * (len(rest) - step))
                taken[step] = there
                rest[step], rest[there] = rest[there], rest[step]
        for cell in range(len(y)):
            for step in range(many[cell]):
                one = rest[step]
                sums[cell, turn] += y[one + 1 if one >= cell else one]
        for step in range(min(draws.shape[1], len(rest)) - 1, -1, -1):
            there = taken[step]
            rest[step], rest[there] = rest[there], rest[step]
