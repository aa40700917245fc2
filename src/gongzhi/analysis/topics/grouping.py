"""Groups around a middle: each message of a topic is alike to the topic's middle message.

Two messages are alike as the cosine of their terms, weighed by rarity, says. A chain of messages,
each a little like the next, is no topic; so a group is a star (J. A. Aslam, E. Pelekhov and D. Rus,
"The Star Clustering Algorithm for Static and Dynamic Information Organization", JGAA 8(1), 2004):
the message with the most like it, with those; then the next among what is left. What a star's
messages have in common says more sharply what it is about than its middle does: each message then
goes to the star that is most like it as a whole, and two stars that are alike are one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Whole = NDArray[np.int64]
Floats = NDArray[np.float64]
COPIED = 0.9
"""Cosine from which one message is a copy of another, with a word changed here and there."""
ALIKE = 0.3
"""Cosine from which two are about the same matter. This and `SAME` are set on one half of the
labelled pairs of `benchmarks/linkage.py`; of the other half, pairs in one topic belong together in
94 of 100 cases, and 63 of 100 that belong together are in one topic."""
BLOCK = 2_000
"""Rows compared with all others at a time: memory grows with messages, not with their square."""
SAME = 0.35
"""Cosine from which two stars are about the same matter."""
OFTEN = 0.5
"""A term that a larger part of different messages has says nothing of any one of them."""


@dataclass(frozen=True, slots=True)
class Telling:
    """``key`` finds the message again. ``terms``: numbers of what it is about, each once.
    ``backing``: how many others said they want the same."""

    key: str
    terms: tuple[int, ...]
    backing: int = 0


@dataclass(frozen=True, slots=True)
class Topic:
    """``keys``: its messages, the middle one first, then the most alike. ``backing``: of all of
    them. ``terms``: what they share and others don't, the strongest first."""

    keys: tuple[str, ...]
    backing: int
    terms: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.keys)


def topics_among(
    tellings: Sequence[Telling], *, least: int = 3, alike: float = ALIKE, terms: int = 12
) -> list[Topic]:
    """Groups of at least ``least`` messages about the same matter, the largest first.

    ``alike``: the cosine to the middle message, 0 to 1. A message is in one topic at most.
    """
    kinds = _kinds(tellings)
    rows, columns = _weighed([tellings[kind[0]].terms for kind in kinds])
    many = np.array([len(kind) for kind in kinds], np.int64)
    stars = _gathered(rows, many, _stars(_like(rows, alike), many, least), alike, least)
    return _told(tellings, kinds, rows, columns, stars, terms)


def copies_among(tellings: Sequence[Telling]) -> list[Topic]:
    """Groups of messages that are the same but for a word: sent again, or by many from one text.

    Every term counts alike: of what ten thousand people copied no term is rare.
    """
    kinds = _kinds(tellings)
    rows, columns = _weighed([tellings[kind[0]].terms for kind in kinds], alike=True)
    many = np.array([len(kind) for kind in kinds], np.int64)
    return _told(tellings, kinds, rows, columns, _stars(_like(rows, COPIED), many, 2), 12)


def _kinds(tellings: Sequence[Telling]) -> list[list[int]]:
    """Positions of messages with the very same terms, of each such kind; those without any are
    left out. A text that was sent ten thousand times is compared, and makes its terms common,
    once."""
    found: dict[frozenset[int], list[int]] = {}
    for at, one in enumerate(tellings):
        if one.terms:
            found.setdefault(frozenset(one.terms), []).append(at)
    return list(found.values())


def _weighed(
    told: Sequence[tuple[int, ...]], *, alike: bool = False
) -> tuple[sparse.csr_array, Whole]:
    """A row of length 1 for each message, and the columns' terms; rarer ones count more, unless
    all count ``alike``."""
    lengths = [len(set(terms)) for terms in told]
    flat = np.array([term for terms in told for term in sorted(set(terms))], np.int64)
    columns, place, times = np.unique(flat, return_inverse=True, return_counts=True)
    often = times > max(2, OFTEN * len(told))
    rarity = np.where(often, 0.0, np.log((1 + len(told)) / times))
    weight = np.ones(len(columns)) if alike else rarity
    ends = np.concatenate([[0], np.cumsum(lengths)])
    rows = sparse.csr_array((weight[place], place, ends), (len(told), len(columns)))
    return _of_length_one(rows), columns


def _of_length_one(rows: sparse.csr_array) -> sparse.csr_array:
    length = np.sqrt(np.asarray((rows * rows).sum(axis=1)).ravel())
    return (sparse.diags_array(1 / np.where(length > 0, length, 1)) @ rows).tocsr()


def _like(rows: sparse.csr_array, alike: float) -> sparse.csr_array:
    """The cosine of each pair that has at least that much, a message with itself, too."""
    met = []
    turned = rows.T.tocsr()
    for begin in range(0, rows.shape[0], BLOCK):
        block = (rows[begin : begin + BLOCK] @ turned).tocsr()
        block.data[block.data < alike] = 0
        block.eliminate_zeros()
        met.append(block)
    return sparse.vstack(met, format="csr") if met else sparse.csr_array((0, 0))


def _stars(like: sparse.csr_array, many: Whole, least: int) -> list[Whole]:
    """Rows of each star, its middle first, then by how alike they are to it. ``many``: how many
    messages each row stands for.

    The middle is the free row with the most free messages like it; how many those are is counted
    anew only when its turn comes, for they can only have become fewer.
    """
    free = np.ones(like.shape[0], bool)
    turns = [(-int(many[_row(like, at)[0]].sum()), at) for at in range(like.shape[0])]
    heapify(turns)
    stars = []
    while turns and -turns[0][0] >= least:
        size, at = heappop(turns)
        if not free[at]:
            continue
        members, cosines = _row(like, at)
        members, cosines = members[free[members]], cosines[free[members]]
        left = int(many[members].sum())
        if left < -size:
            heappush(turns, (-left, at))
            continue
        stars.append(members[np.lexsort((members, -cosines, members != at))])
        free[members] = False
    return stars


def _gathered(
    rows: sparse.csr_array, many: Whole, stars: Sequence[Whole], alike: float, least: int
) -> list[Whole]:
    """The stars with each message where it belongs most, alike stars joined, the message that is
    most like its star first."""
    if not stars:
        return []
    middles = _middles(rows, stars)
    joined = _joined(middles)
    middles = _middles(rows, [np.concatenate([stars[it] for it in group]) for group in joined])
    cosines = (rows @ middles.T).toarray()
    best, most = cosines.argmax(axis=1), cosines.max(axis=1)
    gathered = []
    for star in range(middles.shape[0]):
        members = np.flatnonzero((best == star) & (most >= alike))
        if many[members].sum() >= least:
            gathered.append(members[np.lexsort((members, -most[members]))])
    return gathered


def _middles(rows: sparse.csr_array, stars: Sequence[Whole]) -> sparse.csr_array:
    """What each star's messages have in common: their sum, of length 1."""
    members = np.concatenate(stars)
    ends = np.cumsum([0, *(len(star) for star in stars)])
    chosen = sparse.csr_array((np.ones(len(members)), members, ends), (len(stars), rows.shape[0]))
    return _of_length_one((chosen @ rows).tocsr())


def _joined(middles: sparse.csr_array) -> list[list[int]]:
    """Stars in the order they were found, each with those like it that none before has taken."""
    like = (middles @ middles.T).toarray() >= SAME
    free = np.ones(len(like), bool)
    groups = []
    for star in range(len(like)):
        if free[star]:
            group = np.flatnonzero(like[star] & free)
            free[group] = False
            groups.append(group.tolist())
    return groups


def _row(like: sparse.csr_array, at: int) -> tuple[Whole, Floats]:
    begin, end = like.indptr[at], like.indptr[at + 1]
    return like.indices[begin:end].astype(np.int64), like.data[begin:end]


def _told(
    tellings: Sequence[Telling], kinds: Sequence[Sequence[int]], rows: sparse.csr_array,
    columns: Whole, stars: Sequence[Whole], most: int,
) -> list[Topic]:  # fmt: skip
    """The stars as topics, the largest first."""
    topics = []
    for star in stars:
        weight = np.asarray(rows[star].sum(axis=0)).ravel()
        best = [it for it in np.argsort(-weight, kind="stable")[:most] if weight[it] > 0]
        members = [tellings[at] for row in star for at in kinds[row]]
        topics.append(
            Topic(
                keys=tuple(one.key for one in members),
                backing=sum(one.backing for one in members),
                terms=tuple(int(columns[it]) for it in best),
            )
        )
    return sorted(topics, key=lambda topic: (-len(topic), -topic.backing, topic.keys[0]))
