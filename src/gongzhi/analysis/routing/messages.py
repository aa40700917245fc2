"""What routing is given of a message: numbers of its terms, and the columns they become.

There is no room for a person, nor for what was written: terms are numbers, made where the message
is (`base.matters.terms.counted_terms`), after names, telephone and identity numbers were taken out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Whole = NDArray[np.int64]
Floats = NDArray[np.float64]


class Part(IntEnum):
    """Where in a message a term stands. A subject line says in ten characters what it is about: it
    counts as much as all that follows."""

    HEAD = 0
    BODY = 1


@dataclass(frozen=True, slots=True)
class Message:
    """``key`` finds it again. ``head``, ``body``: numbers of the terms of its subject line and of
    what follows, each as often as it occurs."""

    key: str
    head: tuple[int, ...]
    body: tuple[int, ...] = ()

    def of(self, part: Part) -> tuple[int, ...]:
        """The terms that stand there."""
        return self.head if part is Part.HEAD else self.body


class Vocabulary:
    """The terms of the messages that were learned from, and how rare each one is among them."""

    def __init__(self, messages: Sequence[Message]) -> None:
        self._known: list[Whole] = []
        self._rarity: list[Floats] = []
        for part in Part:
            met = [np.unique(np.array(one.of(part), np.int64)) for one in messages]
            known, times = np.unique(np.concatenate([*met, Whole((0,))]), return_counts=True)
            self._known.append(known)
            self._rarity.append(np.log((1 + len(messages)) / (1 + times)) + 1)
        self._begin = np.cumsum([0, *(len(known) for known in self._known)])

    @classmethod
    def of(cls, known: Sequence[Whole], rarity: Sequence[Floats]) -> Vocabulary:
        """The one whose `known` and `rarity` these were."""
        made = cls(())
        made._known, made._rarity = list(known), list(rarity)
        made._begin = np.cumsum([0, *(len(one) for one in known)])
        return made

    def __len__(self) -> int:
        return int(self._begin[-1])

    @property
    def known(self) -> tuple[Whole, ...]:
        """The numbers of the terms of each part, in order."""
        return tuple(self._known)

    @property
    def rarity(self) -> tuple[Floats, ...]:
        """How rare each of them is."""
        return tuple(self._rarity)

    def term(self, column: int) -> tuple[Part, int]:
        """Where the column's term stands, and its number."""
        part = Part(int(np.searchsorted(self._begin, column, side="right")) - 1)
        return part, int(self._known[part][column - self._begin[part]])

    def rows(self, messages: Sequence[Message]) -> sparse.csr_array:
        """A row for each message, a column for each term of each part.

        Rarer terms and repeated ones count more (1 + ln n, times inverse document frequency, as
        G. Salton and C. Buckley, "Term-weighting approaches in automatic text retrieval", 1988,
        have it); each part of a row is of length 1, or empty.
        """
        columns, values, ends = [], [], [0]
        for message in messages:
            for part in Part:
                places, weights = self._weighed(part, message.of(part))
                columns.append(places + self._begin[part])
                values.append(weights)
            ends.append(ends[-1] + len(columns[-1]) + len(columns[-2]))
        # 32 bits: the learner takes no wider ones
        places = np.concatenate([*columns, Whole((0,))]).astype(np.int32)
        held = (np.concatenate([*values, Floats((0,))]), places, np.array(ends, np.int32))
        return sparse.csr_array(held, shape=(len(messages), len(self)))

    def _weighed(self, part: Part, terms: tuple[int, ...]) -> tuple[Whole, Floats]:
        known = self._known[part]
        met, times = np.unique(np.array(terms, np.int64), return_counts=True)
        places = np.searchsorted(known, met)
        there = places < len(known)
        there[there] = known[places[there]] == met[there]
        weights = (1 + np.log(times[there])) * self._rarity[part][places[there]]
        length = np.sqrt(np.sum(weights**2)) or 1.0
        return places[there].astype(np.int64), weights / length
