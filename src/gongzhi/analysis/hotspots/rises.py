"""Sustained rises: where more has come lately than places and days by themselves would explain.

The prospective space-time permutation scan statistic (M. Kulldorff and others, "A Space–Time
Permutation Scan Statistic for Disease Outbreak Detection", PLoS Medicine 2, 2005). A place that
always has many and a month in which everybody has many are no rise: what is expected in some cells
on the last days is the cells' share of all events times the days' share. Every disk of cells and
every number of days up to today is looked at, which would find something on any day; how good the
best of them is by chance is seen by dealing the events' days out anew. Small chances are read off
a Gumbel distribution (A. M. Abrams and others, "Gumbel Based p-Value Approximations for Spatial
Scan Statistics", International Journal of Health Geographics 9, 2010).

It can't tell a place that fills each summer from a rise, unless the days reach back to the last.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, expm1, pi, sqrt

import h3.api.basic_int as h3
import numba
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
FEWEST_DAYS = 56
"""Days below which nothing is said: eight of every day of the week."""
RANKED = 10
"""A chance is counted while that many deals were as good, and read off the distribution beyond."""
EULER = 0.5772156649015329
SURE = 1e-6
"""No chance is told to be smaller: nobody knows a distribution's end that well."""
MARGIN = 1e-9
"""Of statistics that are the same but for their last digits."""


@dataclass(frozen=True)
class Rise:
    """In `cells` (the first one in the middle) on the last `days` days, today included: how many
    were `seen`, how many `expected`, and how likely the best find of a day is as good by `chance`.
    """

    cells: tuple[int, ...]
    days: int
    seen: int
    expected: float
    statistic: float
    chance: float

    @property
    def ratio(self) -> float:
        """Of what was seen to what was expected."""
        return self.seen / self.expected

    @property
    def false_alarm_days(self) -> float:
        """Looking once a day, how many days it takes until chance shows one as good."""
        return 1 / self.chance


def rises(
    day: Whole, cell: Whole, *, today: int, spans: tuple[int, int] = (3, 28), rings: int = 3,
    fewest: int = 5, most: int = 5, permutations: int = 999, seed: int = 0,
) -> list[Rise]:  # fmt: skip
    """The rises that last until `today`, the least likely first, none in another's cells.

    ``day``: of each event, whole numbers, of which the first and `today` bound what is looked at.
    ``cell``: its H3 cell, all of one resolution. ``spans``: the least and the most days; ``rings``:
    of the largest disk; ``fewest`` events make a rise, and half of all events no place. Nothing
    where there are fewer than `FEWEST_DAYS` days. ValueError where days come after `today`.
    """
    day, cell = np.asarray(day, np.int64), np.asarray(cell, np.int64)
    if len(day) != len(cell):
        raise ValueError(f"{len(day)} days and {len(cell)} cells")
    if len(day) and day.max() > today:
        raise ValueError("events after today")
    if not len(day) or today - day.min() + 1 < FEWEST_DAYS:
        return []
    cells, number = np.unique(cell, return_inverse=True)
    disks = _disks(cells, rings)
    ago = today - day
    best, found = _looked(number, ago, disks, spans, fewest)
    if best[0] <= 0:
        return []
    dealt, _last = _looked(number, ago, disks, spans, fewest, seed=seed, deals=permutations)
    chances = _Chances(dealt)
    return [
        _rise([int(cells[one]) for one in _members(disks, *disk)], found[:, *disk], chances)
        for disk in _apart(found, disks, most)
    ]


def _rise(cells: list[int], told: Floats, chances: _Chances) -> Rise:
    score = float(told[SCORE])
    span, seen = int(told[SPAN]), int(told[SEEN])
    return Rise(tuple(cells), span, seen, float(told[EXPECTED]), score, chances.of(score))


@dataclass(frozen=True)
class _Disks:
    """Ring r around cell n is ``others[starts[n * rings + r]:starts[n * rings + r + 1]]``."""

    rings: int
    starts: Whole
    others: Whole


def _disks(cells: Whole, rings: int) -> _Disks:
    number = {int(one): n for n, one in enumerate(cells)}
    lists = [
        [number[one] for one in sorted(h3.grid_ring(int(cell), ring)) if one in number]
        for cell in cells
        for ring in range(rings + 1)
    ]
    starts = np.cumsum([0, *(len(one) for one in lists)])
    flat = [one for each in lists for one in each]
    return _Disks(rings + 1, starts, np.array(flat, np.int64))


def _members(disks: _Disks, middle: int, ring: int) -> Whole:
    first = middle * disks.rings
    return disks.others[disks.starts[first] : disks.starts[first + ring + 1]]


SCORE, SPAN, SEEN, EXPECTED = range(4)
"""Of each disk (its middle and ring) for its best span: the layers of what is looked at."""


def _looked(
    number: Whole, ago: Whole, disks: _Disks, spans: tuple[int, int], fewest: int,
    *, seed: int = 0, deals: int = 0,
) -> tuple[Floats, Floats]:  # fmt: skip
    """Look at every disk and span; at what was seen (no `deals`), or at so many deals.

    The best statistic of each deal, and what the last one has in each disk.
    """
    order = np.argsort(ago, kind="stable")
    own, ago = number[order], ago[order]
    found = np.zeros((4, len(disks.starts) // disks.rings, disks.rings))
    best = np.zeros(max(deals, 1))
    late = ago[ago < spans[1]]
    days = np.bincount(late, minlength=spans[1]).cumsum().astype(float)
    whole = np.bincount(number, minlength=found.shape[1]).astype(float)
    _look(own, late, days, whole, disks.starts, disks.others, spans[0], fewest, deals > 0, seed,
          best, found)  # fmt: skip
    return best, found


@numba.njit(cache=True, nogil=True)
def _look(own, late, days, whole, starts, others, least, fewest, deals, seed, best, found):  # type: ignore[no-untyped-def]
    """``own``: the cell of each event, the late ones first; ``late``: how many days ago they were;
    ``days`` and ``whole``: how many on the last so many days, and in each cell."""
    np.random.seed(seed)
    for deal in range(len(best)):
        if deals:
            _deal(own, len(late))
        counts = np.zeros((found.shape[1], len(days)))
        for n in range(len(late)):
            counts[own[n], late[n]] += 1
        found[:] = 0
        for cell in range(found.shape[1]):
            _look_around(cell, counts, days, whole, starts, others, least, fewest, len(own), found)
        best[deal] = found[0].max()


@numba.njit(cache=True, nogil=True)
def _deal(own, recent):  # type: ignore[no-untyped-def]
    """Who of all events comes on each of the late days."""
    for n in range(recent):
        other = n + np.random.randint(len(own) - n)
        own[n], own[other] = own[other], own[n]


@numba.njit(cache=True, nogil=True)
def _look_around(cell, counts, days, whole, starts, others, least, fewest, many, found):  # type: ignore[no-untyped-def]
    """At the disks around one cell, up to half of all events."""
    here, total = np.zeros(len(days)), 0.0
    for ring in range(found.shape[2]):
        k = cell * found.shape[2] + ring
        for at in range(starts[k], starts[k + 1]):
            here += counts[others[at]]
            total += whole[others[at]]
        if total > many / 2:
            return
        seen = 0.0
        for back in range(len(days)):
            seen += here[back]
            normal = total * days[back] / many
            if back + 1 < least or seen < fewest or seen <= normal:
                continue
            value = _statistic(seen, normal, many)
            if value > found[0, cell, ring]:
                found[0, cell, ring], found[1, cell, ring] = value, back + 1
                found[2, cell, ring], found[3, cell, ring] = seen, normal


@numba.njit(cache=True, nogil=True)
def _statistic(seen, normal, many):  # type: ignore[no-untyped-def]
    """Poisson's log likelihood ratio of a rise."""
    rest = many - seen
    value = seen * np.log(seen / normal)
    return value + rest * np.log(rest / (many - normal)) if rest > 0 else value


def _apart(found: Floats, disks: _Disks, most: int) -> list[tuple[int, int]]:
    """The best disks of which none shares a cell with a better one; the smallest of equals."""
    score = found[SCORE].ravel()
    order = np.lexsort((np.arange(score.size) % disks.rings, -score))
    taken: set[int] = set()
    kept: list[tuple[int, int]] = []
    for place in order[score[order] > 0]:
        middle, ring = divmod(int(place), disks.rings)
        members = set(_members(disks, middle, ring).tolist())
        if len(kept) < most and not members & taken:
            taken |= members
            kept.append((middle, ring))
    return kept


class _Chances:
    """How often a day's best find is as good, by the best of each deal."""

    def __init__(self, best: Floats) -> None:
        self.best = np.sort(best)
        self.wide = float(best.std(ddof=1)) * sqrt(6) / pi if len(best) > 1 else 0.0
        self.middle = float(best.mean()) - EULER * self.wide

    def of(self, score: float) -> float:
        """The part of the deals, this one included; beyond what they tell, by Gumbel."""
        as_good = len(self.best) - int(np.searchsorted(self.best, score - MARGIN))
        if as_good >= RANKED or self.wide <= 0:
            return (1 + as_good) / (1 + len(self.best))
        beyond = -expm1(-exp(-(score - self.middle) / self.wide))
        return min(max(beyond, SURE), RANKED / len(self.best))
