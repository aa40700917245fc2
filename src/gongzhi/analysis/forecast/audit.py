"""Two questions to forecasts: does any area get more attention than its calls, and do police who
were somewhere make calls come that call for police?

Both look at the weeks that were held back, at what was foretold and what came. Counts of areas and
weeks scatter more than by chance alone, so intervals are those of C. J. Clopper and E. S. Pearson,
Biometrika 26, 1934, for counts divided by their dispersion (R. W. M. Wedderburn, Biometrika 61,
1974). Whether presence feeds calls is asked within each cell alone, week against week, and with the
county's week taken out (conditional Poisson regression: B. G. Armstrong, A. Gasparrini and A.
Tobias, BMC Medical Research Methodology 14, 2014): a cell that is always busier than foretold, and
has more police for that, says nothing. An area is a place; nothing is known of who lives there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, chdtri

from gongzhi.analysis.forecast.held import Floats, Held

Whole = NDArray[np.int64]
SURE = 0.95
LEAST = 30
"""Calls below which nothing is said."""
WORTH = 1.25
"""A rise by a quarter would matter: if it can be ruled out, there is no sign of one."""
FAR, STEPS = 3.0, 1201
"""Ratios that are tried: up to e³ either way, each half a per cent from the next."""
Sign = Literal["more", "none", "unclear"]


@dataclass(frozen=True)
class Fair:
    """One area, as parts of the county's: ``seen`` of the calls, with bounds that hold in all areas
    together; ``foretold`` of what was foreseen; ``first`` of the places in the first twentieth."""

    area: int
    calls: int
    seen: float
    low: float
    high: float
    foretold: float
    first: float

    @property
    def over(self) -> bool:
        """Whether more was foreseen there than chance explains."""
        return self.foretold > self.high

    @property
    def under(self) -> bool:
        """Whether less was."""
        return self.foretold < self.low


@dataclass(frozen=True)
class Feedback:
    """How many times as many calls came, against what was foretold, in the weeks after police had
    been in a cell as in the same cell's weeks after they hadn't. ``calls``: of the former.
    ``told``: more, none (a rise by a quarter can be ruled out), or unclear."""

    told: Sign
    calls: int
    weeks: int
    """Cells and weeks after police had been there."""
    ratio: float
    low: float
    high: float


def together(held: Sequence[Held]) -> Held:
    """Several categories of the same cells and weeks as one."""
    parts = ([getattr(one, name) for one in held] for name in ("seen", "foretold", "first"))
    return Held(*(np.sum(each, axis=0) for each in parts))


def fairness(held: Held, areas: Whole) -> list[Fair]:
    """For each area, numbered by cell; most calls first. Nothing (an empty list) of a single area,
    or of too few calls."""
    found = np.unique(areas)
    total = float(held.seen.sum())
    if len(found) < 2 or total < LEAST or not held.foretold.sum():
        return []
    summed = Held(*(_by(one, areas, found) for one in (held.seen, held.foretold, held.first)))
    scatter = _scatter(summed)
    parts = [
        one.sum(axis=1) / max(float(one.sum()), 1.0) for one in (summed.foretold, summed.first)
    ]
    each = []
    for n, area in enumerate(found.tolist()):
        calls = float(summed.seen[n].sum())
        low, high = _share(calls / scatter, total / scatter, (1 - SURE) / len(found))
        foretold, first = (float(part[n]) for part in parts)
        each.append(Fair(area, round(calls), calls / total, low, high, foretold, first))
    return sorted(each, key=lambda one: (-one.calls, one.area))


def feedback(held: Held, present: Floats) -> Feedback:
    """``present``: how often police were in the cell in the week before, by cell and week. Only
    cells that had weeks of both sorts, and calls, tell anything."""
    there = present > 0
    level = held.seen.sum(axis=0) / np.maximum(held.foretold.sum(axis=0), 1e-9)
    usual = held.foretold * level
    sums = _Cells(*(np.where(on, one, 0).sum(axis=1)
                    for one in (held.seen, usual) for on in (there, ~there)))  # fmt: skip
    told = sums.of((sums.usual > 0) & (sums.usual_else > 0) & (sums.seen + sums.seen_else > 0))
    calls, others = float(told.seen.sum()), float(told.seen_else.sum())
    weeks = int(there.sum())
    if min(calls, others) < LEAST:
        return Feedback("unclear", round(calls), weeks, float("nan"), 0.0, float("inf"))
    best, low, high = _interval(told)
    sign: Sign = "more" if low > 1 else "none" if high < WORTH else "unclear"
    return Feedback(sign, round(calls), weeks, best, low, high)


@dataclass(frozen=True)
class _Cells:
    """By cell: calls after presence and else, and what was usual then."""

    seen: Floats
    seen_else: Floats
    usual: Floats
    usual_else: Floats

    def of(self, some: NDArray[np.bool_]) -> _Cells:
        return _Cells(
            self.seen[some], self.seen_else[some], self.usual[some], self.usual_else[some]
        )

    def part(self, ratio: float) -> Floats:
        """Which part of a cell's calls should come after presence."""
        found: Floats = ratio * self.usual / (ratio * self.usual + self.usual_else)
        return found

    def likely(self, ratio: float) -> float:
        part = self.part(ratio)
        return float((self.seen * np.log(part) + self.seen_else * np.log1p(-part)).sum())

    def scatter(self, ratio: float) -> float:
        """How much more calls scatter than by chance alone."""
        part, many = self.part(ratio), self.seen + self.seen_else
        chance = float((many * part * (1 - part)).sum())
        return max(1.0, float(((self.seen - many * part) ** 2).sum()) / max(chance, 1e-9))


def _interval(cells: _Cells) -> tuple[float, float, float]:
    """The likeliest ratio, and those that are likely enough (profile likelihood)."""
    tried = np.exp(np.linspace(-FAR, FAR, STEPS))
    likely = np.array([cells.likely(one) for one in tried.tolist()])
    best = float(tried[int(likely.argmax())])
    enough = likely.max() - chdtri(1, 1 - SURE) / 2 * cells.scatter(best)
    good = tried[likely >= enough]
    return best, float(good[0]), float(good[-1])


def _by(many: Floats, areas: Whole, found: Whole) -> Floats:
    summed = np.zeros((len(found), many.shape[1]))
    np.add.at(summed, np.searchsorted(found, areas), many)
    return summed


def _scatter(held: Held) -> float:
    """How much more counts scatter around what was foretold than Poisson's; each row by its own
    level, as a wrong level is what is asked for."""
    level = held.seen.sum(axis=1) / np.maximum(held.foretold.sum(axis=1), 1e-9)
    mean = held.foretold * level[:, None]
    free = 1 - 1 / max(held.seen.shape[1], 2)
    return max(1.0, float(((held.seen - mean) ** 2).sum() / max(free * mean.sum(), 1e-9)))


def _share(some: float, of: float, wrong: float) -> tuple[float, float]:
    """Between which parts the true one is."""
    low = float(betaincinv(some, of - some + 1, wrong / 2)) if some > 0 else 0.0
    high = float(betaincinv(some + 1, of - some, 1 - wrong / 2)) if some < of else 1.0
    return low, high
