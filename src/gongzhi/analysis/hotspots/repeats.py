"""Near repeats: whether events follow each other closer in space and time than chance has it.

E. G. Knox, "The Detection of Space-Time Interactions", Applied Statistics 13(1), 1964, by bands of
distance and time. Under chance, times are dealt out anew to the places. Pairs that are near in
space don't change by that: they are found once, by joining a grid with itself, and only their
times are looked at again in each deal. The counts are those of `pointpats.Knox`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numba
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
MOST = 100_000_000
"""Pairs near in space that are looked at."""


@dataclass(frozen=True)
class Repeats:
    """A row for each band of distance, a column for each of time: how many `pairs` there are, how
    many there were on `average` in the deals, in which part of them, this one included, there
    were at least as many (`chance`). `ratio` 2: twice as many as by chance."""

    metres: tuple[float, ...]
    spans: tuple[float, ...]
    pairs: Whole
    average: Floats
    chance: Floats

    @property
    def ratio(self) -> Floats:
        """Of pairs to their average; 0 where there are none of either."""
        return np.where(self.average > 0, self.pairs / np.maximum(self.average, 1e-12), 0.0)


def near_repeats(
    x: Floats, y: Floats, at: Floats, *,
    metres: Sequence[float], spans: Sequence[float], permutations: int = 99, seed: int = 0,
) -> Repeats:  # fmt: skip
    """`metres` and `spans`: where the bands end, going up; a band holds its end, the first one 0,
    too. ``at`` in any unit, `spans` in the same. Events without a place or a time are left out."""
    known = np.isfinite(x) & np.isfinite(y) & np.isfinite(at)
    x, y, at = (np.asarray(one, float)[known] for one in (x, y, at))
    far, late = _bands(metres), _bands(spans)
    deals = np.zeros((permutations + 1, len(far), len(late)), np.int64)
    if len(x) > 1:
        first, second, band = _pairs(x, y, far)
        dice = np.random.default_rng(seed)
        times = np.stack([at, *(dice.permutation(at) for _ in range(permutations))])
        _count(first, second, band, times, late, deals)
    found, others = deals[0], deals[1:]
    return Repeats(
        tuple(far.tolist()), tuple(late.tolist()), found,
        others.mean(axis=0) if permutations else np.full(found.shape, np.nan),
        (1 + (others >= found).sum(axis=0)) / (permutations + 1),
    )  # fmt: skip


def _bands(ends: Sequence[float]) -> Floats:
    bands = np.asarray(ends, dtype=float)
    if (
        not len(bands)
        or bands[0] < 0
        or (np.diff(bands) <= 0).any()
        or not np.isfinite(bands).all()
    ):
        raise ValueError(f"Bands end one after another: {list(ends)} don't.")
    return bands


def _pairs(x: Floats, y: Floats, far: Floats) -> tuple[Whole, Whole, Whole]:
    """Every pair within the last band once, and its band."""
    side = max(float(far[-1]), 1e-9)
    column = np.floor((x - x.min()) / side).astype(np.int64)
    row = np.floor((y - y.min()) / side).astype(np.int64)
    wide = int(column.max()) + 2
    square = row * wide + column
    order = np.argsort(square, kind="stable")
    squares = square[order]
    many = _join(x[order], y[order], squares, wide, far, np.empty((3, 0), np.int64))
    if many > MOST:
        raise ValueError(f"{many} pairs lie within {far[-1]:g} m: take shorter distances.")
    pairs = np.empty((3, many), np.int64)
    _join(x[order], y[order], squares, wide, far, pairs)
    return order[pairs[0]], order[pairs[1]], pairs[2]


@numba.njit(cache=True, nogil=True)
def _band(far, away):  # type: ignore[no-untyped-def]
    """The band of a square distance."""
    band = 0
    while away > far[band] ** 2:
        band += 1
    return band


@numba.njit(cache=True, nogil=True)
def _join(x, y, squares, wide, far, pairs):  # type: ignore[no-untyped-def]
    """Fill `pairs`, if there is room; how many there are. Each event is compared with those
    behind it in its square, in the next one, and in the three of the next row."""
    many, room, reach = 0, pairs.shape[1], far[-1] ** 2
    for one in range(len(x)):
        here = squares[one]
        last = np.searchsorted(squares, here + 1, side="right")
        below = np.searchsorted(squares, here + wide - 1, side="left")
        end = np.searchsorted(squares, here + wide + 1, side="right")
        for first, stop in ((one + 1, last), (below, end)):
            for other in range(first, stop):
                away = (x[one] - x[other]) ** 2 + (y[one] - y[other]) ** 2
                if away <= reach:
                    if many < room:
                        pairs[0, many], pairs[1, many] = one, other
                        pairs[2, many] = _band(far, away)
                    many += 1
    return many


@numba.njit(cache=True, nogil=True)
def _count(first, second, band, times, late, deals):  # type: ignore[no-untyped-def]
    for deal in range(len(times)):
        for pair in range(len(first)):
            apart = abs(times[deal, first[pair]] - times[deal, second[pair]])
            if apart <= late[-1]:
                span = 0
                while apart > late[span]:
                    span += 1
                deals[deal, band[pair], span] += 1
