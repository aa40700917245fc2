"""What somebody learns who has every figure that was ever told, and knows how they are made.

Each figure says that a sum of unknown counts lies between two bounds. Over all counts that fit all
figures, the least and the most that each one can be are two linear programmes (D. Dobkin, A. K.
Jones and R. J. Lipton, "Secure databases: protection against user inference", ACM TODS 4(1), 1979;
L. Willenborg and T. de Waal, "Elements of Statistical Disclosure Control", 2001, ch. 6, on the
audit of tables). HiGHS solves them (Q. Huangfu and J. Hall, Math. Prog. Comp. 10, 2018).

The counts are taken as real numbers first, then rounded inwards: they are whole. So the attacker
may know less than here, never more than the bounds that all figures together leave.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array, csr_array

NEAR = 1e-6
"""How far a bound may lie beside a whole number for being that number."""


@dataclass(frozen=True)
class Figure:
    """What one figure says: the sum over these counts, each times its factor, lies between two
    bounds (``high`` may be infinite)."""

    counts: Sequence[int]
    low: float
    high: float
    factors: Sequence[float] = ()
    """One for each count; none: all are 1."""


@dataclass(frozen=True)
class Bounds:
    """The least and the most that one count can be."""

    low: int
    high: float

    def tells(self, k: int) -> bool:
        """Whether somebody now knows that a few are there, fewer than `k`: one at least, and no
        more than that. That there may be none is what hides the others."""
        return self.low >= 1 and self.high < k


class Contradiction(ValueError):
    """No counts fit all figures: one was made by other rules than the attacker believes."""


def bounds(many: int, figures: Sequence[Figure], of: Sequence[int]) -> list[Bounds]:
    """The bounds of these counts (`of`) among `many`, none of which is below 0.

    Raises Contradiction when no counts fit."""
    rows, edges = _rows(many, figures)
    return [_bounds(rows, edges, one) for one in of]


def _rows(many: int, figures: Sequence[Figure]) -> tuple[csr_array, np.ndarray]:
    """All figures as sums that are at most so much."""
    at: list[int] = []
    which: list[int] = []
    factor: list[float] = []
    edge: list[float] = []
    for figure in figures:
        factors = figure.factors or [1.0] * len(figure.counts)
        for sign, side in ((1.0, figure.high), (-1.0, -figure.low)):
            if np.isfinite(side):
                at += [len(edge)] * len(figure.counts)
                which += list(figure.counts)
                factor += [sign * one for one in factors]
                edge.append(side)
    return coo_array((factor, (at, which)), shape=(len(edge), many)).tocsr(), np.array(edge)


def _bounds(rows: csr_array, edges: np.ndarray, which: int) -> Bounds:
    wanted = np.zeros(rows.shape[1])
    wanted[which] = 1.0
    least, most = (_solved(sign * wanted, rows, edges) for sign in (1.0, -1.0))
    low = int(np.ceil(least - NEAR))
    return Bounds(low, float(np.floor(-most + NEAR)) if np.isfinite(most) else np.inf)


def _solved(wanted: np.ndarray, rows: csr_array, edges: np.ndarray) -> float:
    found = linprog(wanted, A_ub=rows, b_ub=edges, bounds=(0, None), method="highs")
    if found.status == 3:  # without bound
        return -np.inf
    if found.status != 0:
        raise Contradiction(found.message)
    return float(found.fun)
