"""Counts with noise: whether any one fact was there can't be told, by a stated bound.

The mechanism is the two-sided geometric one, also called discrete Laplace (A. Ghosh, T. Roughgarden
and M. Sundararajan, "Universally utility-maximizing privacy mechanisms", SIAM J. Comput. 41(6),
2012), which gives epsilon-differential privacy (C. Dwork, F. McSherry, K. Nissim and A. Smith,
"Calibrating noise to sensitivity in private data analysis", TCC 2006). It is drawn by the OpenDP
Library (https://docs.opendp.org, MIT), whose sampling is exact: noise that is made of floating
point numbers tells of what it hides (I. Mironov, "On significance of the least significant bits for
differential privacy", CCS 2012).

A fact stands in one count, so that with it or without it all counts differ by one in all. That is
the unit that is protected: one matter, not a person with many. What is asked of the counts
afterwards (sums, parts, leaving out the small ones) costs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log

ONE_FACT = 1
"""How much all counts together change with one fact more or fewer."""


class NoLibrary(RuntimeError):
    """OpenDP is not installed: the extra ``privacy`` brings it."""


def noisy(counts: Sequence[int], epsilon: float) -> list[int]:
    """The counts with noise of their own each, drawn now: keep it, for whoever draws twice gives
    away twice as much. Raises NoLibrary, and ValueError for an epsilon that isn't above 0."""
    if epsilon <= 0:
        raise ValueError("epsilon: expected more than 0")
    try:
        import opendp.prelude as dp
    except ImportError as lacking:
        raise NoLibrary("pip install 'gongzhi[privacy]'") from lacking
    dp.enable_features("contrib")
    space = dp.vector_domain(dp.atom_domain(T=int)), dp.l1_distance(T=int)
    drawing = dp.m.make_laplace(*space, scale=ONE_FACT / epsilon)
    spends: float = drawing.map(d_in=ONE_FACT)  # type: ignore[no-untyped-call]  # its own proof
    if spends > epsilon * (1 + 1e-9):
        raise ValueError(f"epsilon: {epsilon} can't be kept")
    return [int(one) for one in drawing(list(counts))]


def off_by(epsilon: float, part: float = 0.95) -> int:
    """By how much a count with such noise is off at most, in `part` of all cases."""
    keep = exp(-epsilon)
    # P(|noise| > t) = 2 keep^(t+1) / (1 + keep)
    most = log((1 - part) * (1 + keep) / 2) / -epsilon - 1
    return max(0, int(-(-most // 1)))
