"""Learning from messages that a person has put where they belong.

A linear support vector machine for each label, on terms weighed by how much more often the label's
messages have them than others do: S. Wang and C. D. Manning, "Baselines and Bigrams: Simple, Good
Sentiment and Topic Classification", ACL 2012. It needs hundreds of messages, not millions, learns
in seconds on one core, and every score is a sum over terms, so that the reason for a suggestion is
what was really counted. How sure it is comes from messages kept back while learning
(`analysis.routing.odds`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from gongzhi.analysis.routing.messages import Floats, Message, Part, Vocabulary, Whole
from gongzhi.analysis.routing.odds import Odds, fitted

HARD = 10.0
"""What a message on the wrong side costs while learning (C): nearly as hard a margin as there is,
for with a term for every few characters the messages can always be told apart."""
UNSEEN = 1.0
"""Added to every count, so that a term that a label hasn't met yet isn't impossible."""
PARTS = 5
"""In how many parts messages are kept back in turn."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``odds``: how probable the label is, 0 to 1. ``because``: the terms that speak most for it
    against the next likely, the strongest first, each with its part and its share of the score."""

    label: str
    odds: float
    because: tuple[tuple[Part, int, float], ...]


class Router:
    """What was learned."""

    def __init__(
        self, labels: Sequence[str], vocabulary: Vocabulary, weights: Floats, offsets: Floats,
        odds: Odds,
    ) -> None:  # fmt: skip
        self.labels = tuple(labels)
        self._odds = odds
        self._vocabulary = vocabulary
        self._weights, self._offsets = weights, offsets

    @property
    def vocabulary(self) -> Vocabulary:
        """The terms that it knows."""
        return self._vocabulary

    def arrays(self) -> dict[str, NDArray[Any]]:
        """All that was learned, as numbers and the labels: for a file. `opened` makes it again."""
        odds = self._odds
        held: dict[str, NDArray[Any]] = {
            "labels": np.array(self.labels), "weights": self._weights.astype(np.float32),
            "offsets": self._offsets, "odds": np.array([odds.sharpness, odds.slope, odds.level]),
        }  # fmt: skip
        for part in Part:
            held[f"known_{part.name.lower()}"] = self._vocabulary.known[part]
            held[f"rarity_{part.name.lower()}"] = self._vocabulary.rarity[part].astype(np.float32)
        return held

    def odds(self, messages: Sequence[Message]) -> Floats:
        """A row for each message, a column for each of `labels`: probabilities, each row's sum
        is 1."""
        return self._odds.of(self.scores(messages))

    def scores(self, messages: Sequence[Message]) -> Floats:
        """The same before it says how sure: on which side of each label's border, how far."""
        rows = self._vocabulary.rows(messages)
        return np.asarray(rows @ self._weights.T + self._offsets)

    def suggest(self, message: Message, *, most: int = 3, terms: int = 8) -> list[Suggestion]:
        """The likeliest labels, at most ``most``; none for a message that has no known term: it
        would only be told what is most frequent."""
        row = self._vocabulary.rows([message])
        if not row.nnz:
            return []
        scores = np.asarray(row @ self._weights.T + self._offsets)[0]
        odds = self._odds.of(scores[None, :])[0]
        order = np.argsort(-odds, kind="stable")
        return [
            Suggestion(self.labels[it], float(odds[it]), self._because(row, it, order, terms))
            for it in order[:most]
        ]

    def _because(
        self, row: sparse.csr_array, label: int, order: Whole, most: int
    ) -> tuple[tuple[Part, int, float], ...]:
        rival = order[1] if label == order[0] else order[0]
        columns = row.indices
        shares = row.data * (self._weights[label, columns] - self._weights[rival, columns])
        best = np.argsort(-shares, kind="stable")[:most]
        return tuple(
            (*self._vocabulary.term(int(columns[it])), float(shares[it]))
            for it in best
            if shares[it] > 0
        )


def opened(held: Mapping[str, NDArray[Any]]) -> Router:
    """The router whose `arrays` these are."""
    known = [held[f"known_{part.name.lower()}"] for part in Part]
    rarity = [held[f"rarity_{part.name.lower()}"].astype(np.float64) for part in Part]
    return Router(
        [str(label) for label in held["labels"]], Vocabulary.of(known, rarity),
        held["weights"], held["offsets"], Odds(*(float(it) for it in held["odds"])),
    )  # fmt: skip


def learn(messages: Sequence[Message], labels: Sequence[str], *, seed: int = 0) -> Router:
    """Learn from messages and the label that each one has.

    Raises ValueError unless there are as many labels as messages, and two different ones.
    """
    if len(messages) != len(labels):
        raise ValueError(f"{len(messages)} messages, {len(labels)} labels")
    names = sorted(set(labels))
    if len(names) < 2:
        raise ValueError("nothing to tell apart: fewer than two labels")
    said = np.searchsorted(names, labels).astype(np.int64)
    vocabulary = Vocabulary(messages)
    weights, offsets = _borders(vocabulary.rows(messages), said, len(names), seed)
    odds = fitted(*_kept_back(messages, said, len(names), seed))
    return Router(names, vocabulary, weights, offsets, odds)


def parted(said: Whole, parts: int, seed: int) -> Iterator[tuple[Whole, Whole]]:
    """Positions to learn from and positions kept back, in as many parts, each label spread evenly
    over them. A label's only message is always learned from."""
    dice = np.random.default_rng(seed)
    turn = np.empty(len(said), np.int64)
    begin = 0
    for label in np.unique(said):
        members = dice.permutation(np.flatnonzero(said == label))
        turn[members] = -1 if len(members) == 1 else (np.arange(len(members)) + begin) % parts
        begin += len(members)
    for part in range(parts):
        kept = np.flatnonzero(turn == part)
        if len(kept):
            yield np.flatnonzero(turn != part), kept


def _borders(rows: sparse.csr_array, said: Whole, many: int, seed: int) -> tuple[Floats, Floats]:
    from sklearn.svm import LinearSVC  # half a second of every start that has no message to route

    weights, offsets = np.zeros((many, rows.shape[1])), np.zeros(many)
    present = sparse.csr_array((np.ones_like(rows.data), rows.indices, rows.indptr), rows.shape)
    everywhere = np.asarray(present.sum(axis=0)).ravel()
    for label in range(many):
        own = said == label
        scale = np.abs(_leaning(np.asarray(present[own].sum(axis=0)).ravel(), everywhere))
        machine = LinearSVC(C=HARD, random_state=seed, max_iter=5_000)
        machine.fit(sparse.csr_matrix(rows * scale), own)
        weights[label] = machine.coef_[0] * scale
        offsets[label] = machine.intercept_[0]
    return weights, offsets


def _leaning(own: Floats, everywhere: Floats) -> Floats:
    """How much more often the label's messages have each term than all others, a logarithm."""
    ours, others = own + UNSEEN, everywhere - own + UNSEEN
    return np.asarray(np.log(ours / ours.sum()) - np.log(others / others.sum()))


def _kept_back(
    messages: Sequence[Message], said: Whole, many: int, seed: int
) -> tuple[Floats, Whole]:
    """Scores of messages that were not learned from, and which label each one has."""
    scores, truth = [np.zeros((0, many))], [np.zeros(0, np.int64)]
    for learned, kept in parted(said, PARTS, seed):
        if len(np.unique(said[learned])) < many:
            continue
        vocabulary = Vocabulary([messages[it] for it in learned])
        rows = vocabulary.rows([messages[it] for it in learned])
        weights, offsets = _borders(rows, said[learned], many, seed)
        back = vocabulary.rows([messages[it] for it in kept])
        scores.append(np.asarray(back @ weights.T + offsets))
        truth.append(said[kept])
    return np.vstack(scores), np.concatenate(truth)
