"""Sustained rises: where more has come lately than places and days by themselves would explain.

The prospective space-time permutation scan statistic (M. Kulldorff and others, "A Space-Time
Permutation Scan Statistic for Disease Outbreak Detection", PLoS Medicine 2(3), 2005). A place that
always has many and a month in which everybody has many are no rise: what is expected in some cells
on the last days is the cells' share of all events times the days' share. Every disk of cells and
every number of days up to today is looked at, which would find something on any day; how good the
best of them is by chance is seen by dealing the events' days out anew. Small chances are read off
a Gumbel distribution (A. M. Abrams and others, "Gumbel Based p-Value Approximations for Spatial
Scan Statistics", International Journal of Health Geographics 9, 2010).

What it can't tell from a rise: places that fill each summer, unless the days reach back to the last.
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
    found = _looked(number, ago, disks, spans, fewest, seed=0, deals=0)
    if found.best[0] <= 0:
        return []
    chances = _Chances(_looked(number, ago, disks, spans, fewest, seed=seed, deals=permutations).best)
    return [
        Rise(
            tuple(int(cells[one]) for one in _members(disks, middle, ring)), span, seen,
            expected, score, chances.of(score),
        )
        for score, middle, ring, span, seen, expected in _apart(found, disks, most)
    ]  # fmt: skip


@dataclass(frozen=True)
class _Disks:
    """Ring number r around cell n is ``others[starts[n * rings + r]:starts[n * rings + r + 1]]``."""

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


@dataclass(frozen=True)
class _Looked:
    """The best statistic of each deal; of what was seen, the best span of each disk."""

    best: Floats
    score: Floats
    span: Whole
    seen: Whole
    expected: Floats


def _looked(
    number: Whole, ago: Whole, disks: _Disks, spans: tuple[int, int], fewest: int,
    *, seed: int, deals: int,
) -> _Looked:  # fmt: skip
    """Look at every disk and span; at what was seen (no `deals`), or at so many deals."""
    shape = (len(disks.starts) // disks.rings, disks.rings)
    score, expected = np.zeros(shape), np.zeros(shape)
    span, seen = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    best = np.zeros(max(deals, 1))
    late = np.sort(ago[ago < spans[1]])
    own = np.concatenate([number[ago < spans[1]][np.argsort(ago[ago < spans[1]], kind="stable")],
                          number[ago >= spans[1]]])  # fmt: skip
    _look(own, late, disks.starts, disks.others, spans[0], spans[1], fewest, deals, seed,
          best, score, span, seen, expected)  # fmt: skip
    return _Looked(best, score, span, seen, expected)


@numba.njit(cache=True, nogil=True)
def _look(own, late, starts, others, least, longest, fewest, deals, seed,
          best, score, span, seen, expected):  # type: ignore[no-untyped-def]  # fmt: skip
    """``own``: the cell of each event, the late ones first; ``late``: how many days ago they were."""
    cells, rings = score.shape
    many, recent = len(own), len(late)
    all_of = np.zeros(cells)
    for one in own:
        all_of[one] += 1
    on_days = np.zeros(longest)
    for one in late:
        on_days[one] += 1
    for n in range(1, longest):
        on_days[n] += on_days[n - 1]
    own = own.copy()
    np.random.seed(seed)
    for deal in range(max(deals, 1)):
        counts = np.zeros((cells, longest))
        for n in range(recent):
            if deals:  # who of all events comes on this late day
                other = n + np.random.randint(many - n)
                own[n], own[other] = own[other], own[n]
            counts[own[n], late[n]] += 1
        for one in range(cells):
            here, total = np.zeros(longest), 0.0
            for ring in range(rings):
                k = one * rings + ring
                for at in range(starts[k], starts[k + 1]):
                    here += counts[others[at]]
                    total += all_of[others[at]]
                if total > many / 2:
                    break
                so_far = 0.0
                for back in range(longest):
                    so_far += here[back]
                    normal = total * on_days[back] / many
                    if back + 1 < least or so_far < fewest or so_far <= normal:
                        continue
                    rest = many - so_far
                    value = so_far * np.log(so_far / normal)
                    if rest > 0:
                        value += rest * np.log(rest / (many - normal))
                    if value > best[deal]:
                        best[deal] = value
                    if not deals and value > score[one, ring]:
                        score[one, ring], span[one, ring] = value, back + 1
                        seen[one, ring], expected[one, ring] = np.int64(so_far), normal


def _apart(
    found: _Looked, disks: _Disks, most: int
) -> list[tuple[float, int, int, int, int, float]]:
    """The best disks of which none shares a cell with a better one; the smallest of equals."""
    order = np.lexsort((np.arange(found.score.size) % disks.rings, -found.score.ravel()))
    taken: set[int] = set()
    kept = []
    for place in order:
        middle, ring = divmod(int(place), disks.rings)
        if len(kept) == most or found.score[middle, ring] <= 0:
            break
        members = set(_members(disks, middle, ring).tolist())
        if members & taken:
            continue
        taken |= members
        kept.append((
            float(found.score[middle, ring]), middle, ring, int(found.span[middle, ring]),
            int(found.seen[middle, ring]), float(found.expected[middle, ring]),
        ))  # fmt: skip
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
