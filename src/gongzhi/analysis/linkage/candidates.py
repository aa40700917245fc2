"""Which pairs are worth comparing, without looking at all of them.

Two ways lead to a pair: facts of one group that are near each other in place and time (a tree of
places and times for each group), and facts that share rare terms (an inverted list of each fact's
rarest). Of 50,000 facts there are 1.25 thousand million pairs; these are some hundred thousand.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.spatial import cKDTree

from gongzhi.analysis.linkage.facts import Corpus, Pairs, Whole, presence, rarity

MOST = 3_000_000
"""Pairs near each other in one group; where there are more, only nearer ones are taken."""
RAREST = 25
"""Terms of a fact under which it is looked up."""
COMMON = (20, 300)
"""A term of more facts than a twentieth of all leads nowhere; at least, and at most, so many."""
SHARED = 2
"""Rare terms that two facts far from each other must share."""


def candidates(corpus: Corpus, *, metres: float, days: float, span: float) -> Pairs:
    """Pairs within ``metres`` and ``days`` of each other, and those that share rare terms within
    ``span`` days; each once, in order."""
    both = np.concatenate([near_pairs(corpus, metres, days), worded_pairs(corpus, span)])
    return _once(both, len(corpus))


def near_pairs(corpus: Corpus, metres: float, days: float) -> Pairs:
    """Of one group, at most so far and so long from each other."""
    placed = np.isfinite(corpus.metres[:, 0])
    scaled = np.column_stack([corpus.metres / metres, corpus.days / days])
    found = [
        _near(np.flatnonzero(placed & (corpus.groups == group)), scaled)
        for group in range(int(corpus.groups.max(initial=-1)) + 1)
    ]
    return np.concatenate([np.empty((0, 2), np.int64), *found])


def _near(members: Whole, scaled: NDArray[np.float64]) -> Pairs:
    tree, reach = cKDTree(scaled[members]), 1.0
    while (int(tree.count_neighbors(tree, reach, p=np.inf)) - len(members)) // 2 > MOST:
        reach /= 2
    within = tree.query_pairs(reach, p=np.inf, output_type="ndarray")
    return np.sort(members[within.reshape(-1, 2)], axis=1)


def worded_pairs(corpus: Corpus, span: float) -> Pairs:
    """That share at least `SHARED` of their rarest terms, at most ``span`` days apart."""
    rare = _rarest(presence([one.terms for one in corpus.facts]))
    together = sparse.triu(rare @ rare.T, k=1).tocoo()
    enough = together.data >= SHARED
    first, second = (one[enough].astype(np.int64) for one in (together.row, together.col))
    soon = np.abs(corpus.days[first] - corpus.days[second]) <= span
    return np.column_stack([first[soon], second[soon]])


def _rarest(present: sparse.csr_array) -> sparse.csr_array:
    """Each row with its `RAREST` rarest columns alone, of those that two facts have at least."""
    count = np.bincount(present.indices, minlength=present.shape[1])
    rare = rarity(present)
    rows = np.repeat(np.arange(present.shape[0]), np.diff(present.indptr))
    most = np.clip(present.shape[0] / 20, *COMMON)
    kept = (count[present.indices] > 1) & (count[present.indices] <= most)
    rows, columns = rows[kept], present.indices[kept]
    order = np.lexsort((columns, -rare[columns], rows))
    rows, columns = rows[order], columns[order]
    place = np.arange(len(rows)) - np.searchsorted(rows, rows)
    rows, columns = rows[place < RAREST], columns[place < RAREST]
    return sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=present.shape)


def _once(pairs: Pairs, many: int) -> Pairs:
    codes = np.sort(pairs[:, 0] * max(1, many) + pairs[:, 1])
    codes = codes[np.diff(codes, prepend=-1) > 0]
    return np.column_stack(np.divmod(codes, max(1, many)))
