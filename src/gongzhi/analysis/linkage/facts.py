"""What linking is given of one incident or request: where, when, of which kind, and numbers.

There is no room for a person, nor for words: `terms` are numbers of what was told, made where the
words are (`base.matters.terms`), after names, telephone and identity numbers were taken out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Pairs = NDArray[np.int64]
"""Two columns: the positions of the one and of the other."""
_METRES_A_DEGREE = 111_320.0


@dataclass(frozen=True, slots=True)
class Fact:
    """``key`` finds it again. ``at``: seconds since 1970; ``clock``: its local hour, 0 to 24.
    ``answers``: codes such as ``entry=window``. ``terms``: of its first sentences,
    where people say what it is about and where."""

    key: int
    at: float
    clock: float
    kind: str
    group: str
    lat: float | None = None
    lon: float | None = None
    answers: frozenset[str] = frozenset()
    terms: tuple[int, ...] = ()


@dataclass(frozen=True)
class Corpus:
    """Facts side by side as columns, and how rare each term is among them."""

    facts: Sequence[Fact]

    def __len__(self) -> int:
        return len(self.facts)

    @cached_property
    def days(self) -> Floats:
        """When, in days since 1970."""
        return np.array([one.at for one in self.facts], float) / 86_400

    @cached_property
    def clocks(self) -> Floats:
        """Local hour of the day."""
        return np.array([one.clock for one in self.facts], float)

    @cached_property
    def metres(self) -> Floats:
        """East and north of the middle, a row each; not a number where the place is not known.
        Flat: right to a thousandth within a county."""
        degrees = np.array(
            [(np.nan, np.nan) if f.lat is None or f.lon is None else (f.lon, f.lat)
             for f in self.facts], float,
        ).reshape(-1, 2)  # fmt: skip
        known = degrees[np.isfinite(degrees[:, 0])]
        if not len(known):
            return degrees
        middle = np.median(known, axis=0)
        east = _METRES_A_DEGREE * np.cos(np.radians(middle[1]))
        return np.asarray((degrees - middle) * np.array([east, _METRES_A_DEGREE]))

    @cached_property
    def kinds(self) -> Whole:
        """A number for each kind."""
        return _numbered([one.kind for one in self.facts])

    @cached_property
    def groups(self) -> Whole:
        """A number for each group of kinds."""
        return _numbered([one.group for one in self.facts])

    @cached_property
    def wording(self) -> sparse.csr_array:
        """A row for each fact: its terms by rarity, of length 1, so that the product of
        two rows is the cosine of the angle between them."""
        return _weighed([one.terms for one in self.facts])

    @cached_property
    def told(self) -> NDArray[np.bool_]:
        """Whether enough was told to be compared."""
        return np.array([len(one.terms) >= FEWEST for one in self.facts], bool)

    def apart(self, pairs: Pairs) -> Floats:
        """Metres between the two of each pair; not a number where a place is not known."""
        apart = self.metres[pairs[:, 0]] - self.metres[pairs[:, 1]]
        return np.asarray(np.hypot(apart[:, 0], apart[:, 1]))

    def days_apart(self, pairs: Pairs) -> Floats:
        """Days between them."""
        return np.asarray(np.abs(self.days[pairs[:, 0]] - self.days[pairs[:, 1]]))

    def hours_apart(self, pairs: Pairs) -> Floats:
        """Hours between them on the clock's face, at most 12."""
        apart = np.abs(self.clocks[pairs[:, 0]] - self.clocks[pairs[:, 1]])
        return np.asarray(np.minimum(apart, 24 - apart))

    def cosine(self, pairs: Pairs) -> Floats:
        """How alike their first sentences are, 0 to 1."""
        product = self.wording[pairs[:, 0]].multiply(self.wording[pairs[:, 1]])
        return np.asarray(product.sum(axis=1), float).ravel()


FEWEST = 5
"""Terms; of fewer nothing can be said."""


def _numbered(codes: Sequence[str]) -> Whole:
    return np.unique(np.array(codes, dtype=str), return_inverse=True)[1].astype(np.int64)


def presence(rows: Sequence[Sequence[int]]) -> sparse.csr_array:
    """A row for each fact, a column for each term there is, 1 where it has it."""
    lengths = np.array([len(row) for row in rows], np.int64)
    flat = np.array([term for row in rows for term in row], np.int64)
    terms, columns = np.unique(flat, return_inverse=True)
    starts = np.concatenate([[0], np.cumsum(lengths)])
    ones = np.ones(len(columns))
    return sparse.csr_array((ones, columns, starts), shape=(len(rows), max(1, len(terms))))


def rarity(present: sparse.csr_array) -> Floats:
    """Of each column: the logarithm of how many times rarer than everywhere it is."""
    count = np.bincount(present.indices, minlength=present.shape[1])
    return np.asarray(np.log((present.shape[0] + 1) / (count + 0.5)))


def _weighed(rows: Sequence[Sequence[int]]) -> sparse.csr_array:
    present = presence(rows)
    weighed = present.multiply(rarity(present)[np.newaxis, :]).tocsr()
    lengths = np.sqrt(np.asarray(weighed.multiply(weighed).sum(axis=1)).ravel())
    return sparse.csr_array(sparse.diags_array(1 / np.maximum(lengths, 1e-12)) @ weighed)
