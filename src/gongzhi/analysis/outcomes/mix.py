"""Units beside each other, each against what is to be expected of its own mix of cases.

Indirect standardisation: a unit is expected to do as the whole county does with the same kinds of
cases; observed ÷ expected is its ratio. Which units differ is asked with limits that allow for
more spread between units than chance explains, as with many units some always come first and last
(D. J. Spiegelhalter, Stat. Med. 24, 2005: additive, a tenth of each tail drawn in, so that a few
that really differ don't hide themselves).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal

from scipy.special import ndtri, stdtrit

from gongzhi.analysis.outcomes.intervals import rate_interval, share_interval

TAILS = 0.025, 0.001
"""Of limits that one in 20, and one in 500, are beyond by chance."""
TENTH = 0.1
FEWEST_UNITS = 5
"""Below so many, spread between units can't be told from chance."""


@dataclass(frozen=True)
class Part:
    """What one unit did with one kind of case: `n` of `of`."""

    unit: str
    kind: str
    n: float
    of: float


@dataclass(frozen=True)
class Compared:
    """One unit: observed and expected, their ratio with its bounds, between which limits ratios of
    its size lie by chance (95 % and 99.8 %), and whether it is beyond the wider ones."""

    unit: str
    n: float
    of: float
    expected: float
    ratio: float
    bounds: tuple[float, float]
    near: tuple[float, float]
    far: tuple[float, float]
    stands: Literal["", "above", "below"]


@dataclass(frozen=True)
class _Sum:
    unit: str
    n: float
    of: float
    expected: float
    varies: float


def compare(parts: Iterable[Part], *, shares: bool) -> list[Compared]:
    """Every unit of which anything is expected, by its code. ``shares``: `n` of `of` cases;
    otherwise a count over `of` residents, or whatever it is a rate of."""
    sums = _sums(list(parts), shares=shares)
    spread = _spread(sums)
    reach = [_reach(tail, len(sums), spread) for tail in TAILS]
    return [_compared(one, spread, reach, shares=shares) for one in sums]


def _reach(tail: float, units: int, spread: float) -> float:
    """How many sigmas: more where spread between so few units had to be estimated, too."""
    return float(stdtrit(units - 1, 1 - tail) if spread else ndtri(1 - tail))


def _sums(parts: Sequence[Part], *, shares: bool) -> list[_Sum]:
    county: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    units: dict[str, list[Part]] = defaultdict(list)
    for one in parts:
        county[one.kind][0] += one.n
        county[one.kind][1] += one.of
        units[one.unit].append(one)
    usual = {kind: n / of for kind, (n, of) in county.items() if of > 0}
    found = []
    for unit, own in sorted(units.items()):
        due = [(usual[one.kind], one.of) for one in own if one.kind in usual]
        expected = sum(rate * of for rate, of in due)
        varies = sum(rate * (1 - rate if shares else 1) * of for rate, of in due)
        if expected > 0:
            n, of = sum(one.n for one in own), sum(one.of for one in own)
            found.append(_Sum(unit, n, of, expected, varies))
    return found


def _spread(sums: Sequence[_Sum]) -> float:
    """The variance of ratios between units beyond chance; 0 where there is none to be seen."""
    known = [one for one in sums if one.varies > 0]
    if len(known) < FEWEST_UNITS:
        return 0.0
    apart = sorted((one.n - one.expected) / sqrt(one.varies) for one in known)
    cut = max(1, int(len(apart) * TENTH))
    low, high = apart[cut], apart[-1 - cut]
    beyond = sum(min(max(one, low), high) ** 2 for one in apart) - (len(apart) - 1)
    # What chance does to each, as weights of DerSimonian and Laird's estimate
    sure = [one.expected**2 / one.varies for one in known]
    free = sum(sure) - sum(one * one for one in sure) / sum(sure)
    return max(beyond / free, 0.0) if free > 0 else 0.0


def _compared(one: _Sum, spread: float, reach: Sequence[float], *, shares: bool) -> Compared:
    if shares:
        low, high = (bound * one.of for bound in share_interval(one.n, one.of))
    else:
        low, high = rate_interval(one.n)
    sigma = sqrt(one.varies / one.expected**2 + spread)
    ratio = one.n / one.expected
    off = (ratio - 1) / sigma if sigma else 0.0
    stands: Literal["", "above", "below"] = ""
    if abs(off) > reach[1]:
        stands = "above" if off > 0 else "below"
    return Compared(
        one.unit, one.n, one.of, one.expected, ratio, (low / one.expected, high / one.expected),
        _limits(sigma, reach[0]), _limits(sigma, reach[1]), stands,
    )  # fmt: skip


def _limits(sigma: float, z: float) -> tuple[float, float]:
    return max(1 - z * sigma, 0.0), 1 + z * sigma
