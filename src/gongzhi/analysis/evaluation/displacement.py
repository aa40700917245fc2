"""How many fewer there were, with what moved next door taken in.

The weighted displacement difference (A. P. Wheeler and J. H. Ratcliffe, "A Simple Weighted
Displacement Difference Test to Evaluate Place Based Crime Interventions", Crime Science 7:11,
2018): the change in the area less the change in a comparison area, plus the same of the ring
around the area and a comparison for the ring. Sums of counts, so its standard error needs nothing
else: a count's variance is the count itself.

A number of events, where `comparing` tells a ratio: easier to say, and it holds for areas alike in
level. With weeks at hand, `comparing` asks for less.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

from gongzhi.analysis.evaluation.comparing import AFTER, BEFORE, Verdict

FEWEST = 5
"""In all of a phase's counts together: below it nobody can tell."""
Phases = tuple[int, int]
"""Counts before and after."""


@dataclass(frozen=True)
class Displaced:
    """Events more (or, below 0, fewer) than the comparison would have had: in the `area`, in the
    `ring`, and in both (`whole`, with its standard `error` and its interval)."""

    area: float
    ring: float
    whole: float
    error: float
    low: float
    high: float
    could_see: float
    """The least change that would have been told four times in five."""
    verdict: Verdict

    def times(self, factor: float) -> Displaced:
        """The same, as so many times as many."""
        numbers = ("area", "ring", "whole", "error", "low", "high", "could_see")
        return replace(self, **{name: factor * getattr(self, name) for name in numbers})

    @property
    def can_tell(self) -> bool:
        """Whether it can be told at all from chance."""
        return self.verdict in {Verdict.FEWER, Verdict.MORE}


def displaced(
    area: Phases, comparison: Phases, ring: Phases = (0, 0), ring_comparison: Phases = (0, 0), *,
    lengths: tuple[float, float] = (1.0, 1.0), sizes: tuple[float, float] = (1.0, 1.0),
    dispersion: float = 1.0, level: float = 0.95,
) -> Displaced:  # fmt: skip
    """What changed, with the interval at this level.

    ``lengths`` of the phases (weeks, say): the counts after are told as if they were as long as
    before. ``sizes``: how many times as large the comparison of the area is, and that of the ring;
    their counts are divided by it. ``dispersion``: how much wider than Poisson's the counts are
    (`Compared.dispersion`). ValueError for counts, lengths or sizes below 0, or a ring without its
    comparison.
    """
    counts = (*area, *comparison, *ring, *ring_comparison)
    if min(counts) < 0 or min(*lengths, *sizes, dispersion) <= 0 or not 0 < level < 1:
        raise ValueError("a count, a length or a size below 0")
    if sum(ring) and not sum(ring_comparison):
        raise ValueError("a ring needs a comparison of its own")
    after = lengths[0] / lengths[1]
    parts = [
        (area, 1.0), (comparison, -1 / sizes[0]), (ring, 1.0), (ring_comparison, -1 / sizes[1])
    ]  # fmt: skip
    changes = [sign * (late * after - early) for (early, late), sign in parts]
    spread = sum(sign**2 * (late * after**2 + early) for (early, late), sign in parts)
    error = sqrt(dispersion * spread)
    near, whole = changes[0] + changes[1], sum(changes)
    quantile = float(ndtri((1 + level) / 2))
    low, high = whole - quantile * error, whole + quantile * error
    few = min(sum(counts[::2]), sum(counts[1::2])) < FEWEST
    verdict = Verdict.FEWER if high < 0 else Verdict.MORE if low > 0 else Verdict.UNCLEAR
    return Displaced(
        near, whole - near, whole, error, low, high, (quantile + float(ndtri(0.8))) * error,
        Verdict.TOO_FEW if few else verdict,
    )  # fmt: skip


@dataclass(frozen=True)
class Weighed:
    """The difference of the `area`, of the `ring` around it, and of the `whole`, each as events of
    the time after; no ring where nothing came there or there is nothing to compare it with.
    ``sums``: counts before and after of the area, its comparison, the ring and its comparison."""

    area: Displaced
    ring: Displaced | None
    whole: Displaced
    sums: tuple[Phases, Phases, Phases, Phases]


def weighed(
    own: ArrayLike, others: ArrayLike, ring: ArrayLike, around: ArrayLike, phase: ArrayLike, *,
    dispersion: float = 1.0,
) -> Weighed | None:  # fmt: skip
    """From weekly counts of the area, all comparison areas together, the ring, and all their rings.

    A comparison is made as large as what it is compared with by what came before in both, so that a
    season takes the same part of each, not the same number. The area is compared with the areas
    alone; the ring, and both, with areas and rings together: what is busy must not hang on a few
    events elsewhere. None without weeks on either side, or without a comparison.
    """
    when = np.asarray(phase)
    weeks = int((when == BEFORE).sum()), int((when == AFTER).sum())
    area, comparison, near, beyond = sums = (
        _sums(own, when), _sums(others, when), _sums(ring, when), _sums(around, when)
    )  # fmt: skip
    if not all(weeks) or not area[0] or not comparison[0]:
        return None

    def beside(here: Phases, there: Phases) -> Displaced:
        found = displaced(
            here, there, lengths=(float(weeks[0]), float(weeks[1])), dispersion=dispersion,
            sizes=(there[0] / here[0], 1.0),
        )  # fmt: skip
        return found.times(weeks[1] / weeks[0])

    alone = beside(area, comparison)
    if not near[0]:
        return Weighed(alone, None, alone, sums)
    pool = comparison[0] + beyond[0], comparison[1] + beyond[1]
    both = area[0] + near[0], area[1] + near[1]
    return Weighed(alone, beside(near, pool), beside(both, pool), sums)


def _sums(counts: ArrayLike, when: NDArray[np.int64]) -> Phases:
    row = np.asarray(counts, np.int64)
    return int(row[when == BEFORE].sum()), int(row[when == AFTER].sum())
