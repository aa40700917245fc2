"""How often two facts are so near, so soon after each other and so alike by chance: measured.

Each function gives the share of pairs in each band; one row for all facts, or a row for each,
where chance is not the same everywhere. Never 0: what was not seen is rare, not impossible.
"""

from __future__ import annotations

import numpy as np
from scipy.spatial import cKDTree

from gongzhi.analysis.linkage.facts import Corpus, Floats, Pairs, Whole

PAIRS = 20_000
"""Drawn to measure what all have in common."""
CLOSE = 1_000.0
"""Metres up to which it is counted around each fact itself, how many are near."""
BLOCK = 300.0
"""Metres within which others of one kind are asked how alike their words are."""
OTHER_TIMES = 30.0
"""Days from which on two of one kind are taken to be about different things."""
ENOUGH = 300
"""Pairs, to say anything."""
_QUARTERS = 96


def of_distance(corpus: Corpus, ends: tuple[float, ...], dice: np.random.Generator) -> Floats:
    """A row for each fact: the mean of what holds anywhere and what holds around it."""
    everywhere = _shares(corpus.apart(_pairs(corpus, dice)), ends)
    rows = np.repeat(everywhere[np.newaxis], len(corpus), axis=0)
    placed = np.flatnonzero(np.isfinite(corpus.metres[:, 0]))
    if len(placed) < 2:
        return rows
    tree = cKDTree(corpus.metres[placed])
    before = np.ones(len(placed))
    for band, end in enumerate(ends):
        if end <= CLOSE:
            within = tree.query_ball_point(corpus.metres[placed], end, return_length=True)
            around = (within - before) / (len(placed) - 1)
            rows[placed, band] = (everywhere[band] + around) / 2
            before = within
    return rows


def of_days(corpus: Corpus, ends: tuple[float, ...], dice: np.random.Generator) -> Floats:
    """One row."""
    return _shares(corpus.days_apart(_pairs(corpus, dice)), ends)[np.newaxis]


def of_hours(corpus: Corpus, ends: tuple[float, ...]) -> Floats:
    """A row for each fact: how many others are so near to its hour on the clock's face."""
    quarter = (corpus.clocks * _QUARTERS / 24).astype(np.int64) % _QUARTERS
    many = np.bincount(quarter, minlength=_QUARTERS) + 0.1
    steps = np.abs(np.arange(_QUARTERS)[:, np.newaxis] - np.arange(_QUARTERS))
    apart = np.minimum(steps, _QUARTERS - steps) * 24 / _QUARTERS
    band = np.searchsorted(ends, apart - 1e-9)
    shares = np.stack([(many * (band == one)).sum(axis=1) for one in range(len(ends) + 1)], axis=1)
    return np.asarray((shares / many.sum())[quarter])


def of_terms(corpus: Corpus, ends: tuple[float, ...], dice: np.random.Generator) -> Floats:
    """For all: words of one kind are alike, and more so about one place, which they name. Each
    band's share is the larger one among others of the kind and among those of the same block, both
    at another time."""
    kin = _kin(corpus, dice)
    later = kin[corpus.days_apart(kin) > OTHER_TIMES]
    shares = _shares(corpus.cosine(later if len(later) >= ENOUGH else kin), ends)
    close = _neighbours(corpus, dice)
    if len(close) >= ENOUGH:
        shares = np.maximum(shares, _shares(corpus.cosine(close), ends))
    return shares


def _pairs(corpus: Corpus, dice: np.random.Generator) -> Pairs:
    drawn = dice.integers(0, max(1, len(corpus)), (PAIRS, 2))
    return np.asarray(drawn[drawn[:, 0] != drawn[:, 1]])


def _kin(corpus: Corpus, dice: np.random.Generator) -> Pairs:
    """Pairs of one kind."""
    order = np.argsort(corpus.kinds, kind="stable")
    kinds = corpus.kinds[order]
    first = dice.integers(0, max(1, len(order)), PAIRS)
    begin = np.searchsorted(kinds, kinds[first])
    end = np.searchsorted(kinds, kinds[first], side="right")
    second = begin + (dice.random(PAIRS) * (end - begin)).astype(np.int64)
    apart = first != second
    return np.column_stack([order[first[apart]], order[second[apart]]])


def _neighbours(corpus: Corpus, dice: np.random.Generator) -> Pairs:
    """Some facts, each with one of its kind in the same block at another time."""
    placed = np.flatnonzero(np.isfinite(corpus.metres[:, 0]))
    some: Whole = dice.permutation(placed)[: PAIRS // 10]
    if len(some) < 2:
        return np.empty((0, 2), np.int64)
    within = cKDTree(corpus.metres[placed]).query_ball_point(corpus.metres[some], BLOCK)
    found = []
    for one, around in zip(some.tolist(), within, strict=True):
        others = placed[np.asarray(around)]
        later = np.abs(corpus.days[others] - corpus.days[one]) > OTHER_TIMES
        others = others[(corpus.kinds[others] == corpus.kinds[one]) & later]
        if len(others):
            found.append((one, int(dice.choice(others))))
    return np.array(found, np.int64).reshape(-1, 2)


def _shares(apart: Floats, ends: tuple[float, ...]) -> Floats:
    apart = apart[np.isfinite(apart)]
    many = np.bincount(np.searchsorted(ends, apart), minlength=len(ends) + 1)
    return np.asarray((many + 0.5) / (many.sum() + 0.5 * len(many)))
