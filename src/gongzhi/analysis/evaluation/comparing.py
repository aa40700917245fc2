"""Before and after, in an area and in comparison areas, week by week.

The measure is the relative effect size of D. P. Farrington, M. Gill, S. J. Waples and J. Argomaniz,
"The Effects of Closed-Circuit Television on Crime", Journal of Experimental Criminology 3, 2007,
turned round: (after ÷ before in the area) ÷ (after ÷ before in the comparison areas), so that 0.7
is 30 % fewer than it would have been. Counts are not as even as a Poisson process: the interval is
widened by what weeks differ beyond it. That is read off each week's share of the area, so that what
moves all areas alike (season, weather, a holiday) neither widens nor shifts anything; and, with
three comparison areas or more, off how differently those change by themselves.

The ring around the area tells whether it only moved next door: K. J. Bowers and S. D. Johnson,
"Measuring the Geographical Displacement and Diffusion of Benefit Effects of Crime Prevention
Activity", Journal of Quantitative Criminology 19, 2003.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import exp, log, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri, stdtrit

Whole = NDArray[np.int64]
Floats = NDArray[np.float64]
BEFORE, AFTER, LEFT_OUT = 0, 1, -1
FEWEST_WEEKS = 4
"""Of each phase, below which nothing is said."""
FEWEST = 10
"""In the area before, below which nothing is said; in the comparison areas twice as many."""
POWER = float(ndtri(0.8))
"""Standard errors beyond the interval's end, so that a change is seen four times in five."""
ENOUGH_AREAS = 3
"""How many comparison areas tell how differently areas change by themselves."""


class Verdict(StrEnum):
    """What can honestly be said."""

    TOO_FEW = "too_few"
    FEWER = "fewer"
    MORE = "more"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Change:
    """Of what would have been without it, so much came (1: no change), with the 95 % interval.

    ``could_see``: the least part by which it must have fallen to be seen four times in five.
    """

    ratio: float
    low: float
    high: float
    could_see: float
    verdict: Verdict


@dataclass(frozen=True)
class Compared:
    """Counts of the weeks that count, and what they tell. No `change` where they are too few."""

    before: int
    after: int
    others_before: int
    others_after: int
    weeks_before: int
    weeks_after: int
    dispersion: float
    change: Change | None
    ring: Change | None
    quotient: float | None
    """Of the ring to the area: below 0 some moved there, above 0 the ring gained, too. None where
    the area itself has not fallen."""

    @property
    def verdict(self) -> Verdict:
        """In one word."""
        return self.change.verdict if self.change else Verdict.TOO_FEW

    @property
    def expected_after(self) -> float:
        """How many there would have been in the area, had it changed as the others did."""
        return self.before * self.others_after / self.others_before if self.others_before else 0.0


def phases(
    weeks: Sequence[int], *, rise: tuple[int, int] | None, begun: int, until: int
) -> list[int]:
    """Which weeks are before, after, or left out. All numbers are days; `weeks` their first ones.

    Left out are weeks that touch the `rise` that rang (its first and last day): it rang because
    they were high, and what is high by chance falls by itself. So are the week in which the
    measures had `begun` half-way and whatever is not over on the day `until`.
    """
    return [_phase(week, rise, begun, until) for week in weeks]


def _phase(week: int, rise: tuple[int, int] | None, begun: int, until: int) -> int:
    last = week + 6
    if week >= begun:
        return AFTER if last <= until else LEFT_OUT
    if last >= begun or (rise and week <= rise[1] and last >= rise[0]):
        return LEFT_OUT
    return BEFORE


def compare(
    area: ArrayLike, others: ArrayLike, phase: ArrayLike, *, ring: ArrayLike | None = None
) -> Compared:
    """Compare `area` with `others` (counts by week; one row for each comparison area).

    ``phase``: of each week, as `phases` gives it. ValueError for counts that don't fit or are < 0.
    """
    own, rows, when = _checked(area, others, phase)
    near = None if ring is None else np.asarray(ring, np.int64)
    if near is not None and near.shape != own.shape:
        raise ValueError(f"{len(own)} weeks, and {len(near)} of the ring")
    all_others = rows.sum(axis=0)
    table = _table(own, all_others, when)
    weeks = int((when == BEFORE).sum()), int((when == AFTER).sum())
    wide, free = _dispersion(own, rows, when)
    enough = (
        min(weeks) >= FEWEST_WEEKS and table[0, 0] >= FEWEST and table[1, 0] >= 2 * FEWEST
        and table[1, 1] >= FEWEST
    )  # fmt: skip
    change = _change(table, wide, free) if enough else None
    around = _around(near, rows, when) if near is not None and change else None
    return Compared(
        int(table[0, 0]), int(table[0, 1]), int(table[1, 0]), int(table[1, 1]), *weeks, wide,
        change, around, _quotient(table, near, when) if near is not None and change else None,
    )  # fmt: skip


def _checked(area: ArrayLike, others: ArrayLike, phase: ArrayLike) -> tuple[Whole, Whole, Whole]:
    own, when = np.asarray(area, np.int64), np.asarray(phase, np.int64)
    rows = np.asarray(others, np.int64).reshape(-1, len(own)) if np.size(others) else None
    if rows is None:
        rows = np.zeros((0, len(own)), np.int64)
    if len(when) != len(own):
        raise ValueError(f"{len(own)} weeks and {len(when)} phases")
    if (own < 0).any() or (rows < 0).any():
        raise ValueError("a count is below 0")
    return own, rows, when


def _table(own: Whole, other: Whole, when: Whole) -> Whole:
    """Area and others (rows), before and after (columns)."""
    return np.array([[row[when == one].sum() for one in (BEFORE, AFTER)] for row in (own, other)])


def _change(table: Whole, wide: float, free: int) -> Change:
    whole = table.astype(np.float64) + (0.5 if (table == 0).any() else 0.0)
    middle = log(whole[0, 1] * whole[1, 0] / (whole[0, 0] * whole[1, 1]))
    quantile = float(stdtrit(free, 0.975))
    spread = quantile * sqrt(wide * float((1 / whole).sum()))
    low, high = exp(middle - spread), exp(middle + spread)
    verdict = Verdict.FEWER if high < 1 else Verdict.MORE if low > 1 else Verdict.UNCLEAR
    return Change(exp(middle), low, high, _could_see(whole, wide, quantile), verdict)


def _could_see(whole: Floats, wide: float, quantile: float) -> float:
    """The least fall whose own interval would leave 1 out four times in five; 1 where even none at
    all might be chance."""
    expected = whole[0, 0] * whole[1, 1] / whole[1, 0]
    sure = 1 / whole[0, 0] + 1 / whole[1, 0] + 1 / whole[1, 1]
    left = np.arange(0.99, 0.0, -0.01)
    seen = -np.log(left) >= (quantile + POWER) * np.sqrt(wide * (sure + 1 / (expected * left)))
    return float(1 - left[int(seen.argmax())]) if seen.any() else 1.0


def _dispersion(own: Whole, rows: Whole, when: Whole) -> tuple[float, int]:
    """How much wider than Poisson's, never narrower; and of how many weeks that is known."""
    both = np.stack([own, rows.sum(axis=0)]).astype(float)
    square, free = 0.0, 0
    for one in (BEFORE, AFTER):
        chosen = both[:, (when == one) & (both.sum(axis=0) > 0)]
        found, degrees = _pearson(chosen)
        square, free = square + found, free + degrees
    wide = square / free if free else 1.0
    if len(rows) >= ENOUGH_AREAS:
        areas = np.array([[row[when == one].sum() for one in (BEFORE, AFTER)] for row in rows])
        found, degrees = _pearson(areas[areas.sum(axis=1) > 0].T.astype(float))
        wide = max(wide, found / degrees) if degrees >= ENOUGH_AREAS - 1 else wide
    return max(1.0, wide), max(1, free)


def _pearson(table: Floats) -> tuple[float, int]:
    """Of two rows: how far their shares differ by column; and the degrees of freedom."""
    if table.shape[1] < 2 or not table.sum(axis=1).all():
        return 0.0, 0
    expected = table.sum(axis=1, keepdims=True) * table.sum(axis=0) / table.sum()
    return float(((table - expected) ** 2 / expected).sum()), table.shape[1] - 1


def _around(near: Whole, rows: Whole, when: Whole) -> Change | None:
    table = _table(near, rows.sum(axis=0), when)
    if table[0, 0] < FEWEST:
        return None
    return _change(table, *_dispersion(near, rows, when))


def _quotient(table: Whole, near: Whole, when: Whole) -> float | None:
    """Bowers and Johnson's weighted displacement quotient."""
    ring = _table(near, near, when)[0]
    if not table[1].all():
        return None
    gained = table[0, 1] / table[1, 1] - table[0, 0] / table[1, 0]
    moved = ring[1] / table[1, 1] - ring[0] / table[1, 0]
    return float(moved / gained) if gained < 0 else None
