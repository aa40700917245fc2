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

from dataclasses import dataclass
from math import sqrt

from scipy.stats import norm

from gongzhi.analysis.evaluation.comparing import Verdict

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
    quantile = float(norm.ppf((1 + level) / 2))
    low, high = whole - quantile * error, whole + quantile * error
    few = min(sum(counts[::2]), sum(counts[1::2])) < FEWEST
    verdict = Verdict.FEWER if high < 0 else Verdict.MORE if low > 0 else Verdict.UNCLEAR
    return Displaced(
        near, whole - near, whole, error, low, high, (quantile + float(norm.ppf(0.8))) * error,
        Verdict.TOO_FEW if few else verdict,
    )  # fmt: skip
