"""How much likelier two facts are as they are if they belong together than if they don't.

I. P. Fellegi and A. B. Sunter, "A Theory for Record Linkage", JASA 64(328), 1969: for each thing
compared, the logarithm of two probabilities' quotient; they are added. Here a weight is in bits: 3
bits are eight times likelier. How often two facts are so alike by chance is measured on chance
pairs of the same facts, and a rare kind or answer says more than a frequent one. How often those
that belong together are, is assumed, in `Rules`: a county has no list of its series to learn from.
The words' weight is fitted to pairs that were read (`benchmarks/linkage.py`).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gongzhi.analysis.linkage.candidates import Pairs
from gongzhi.analysis.linkage.facts import Corpus, Floats

PARTS = ("distance", "time", "hour", "kind", "answers", "terms")
"""What is compared, a column each."""
CHANCE_PAIRS = 20_000
STRONGEST = 8.0
"""Bits that one part gives or takes at most: none decides alone."""


@dataclass(frozen=True)
class Rules:
    """What is assumed of facts that belong together: ends of bands and which part of the pairs
    lies in each (the last one is beyond all ends)."""

    metres: tuple[float, ...] = (50, 200, 500, 1_000, 3_000, 10_000)
    by_metres: tuple[float, ...] = (0.25, 0.25, 0.2, 0.12, 0.1, 0.05, 0.03)
    days: tuple[float, ...] = (1, 3, 7, 14, 30, 60)
    by_days: tuple[float, ...] = (0.28, 0.2, 0.2, 0.15, 0.11, 0.05, 0.01)
    hours: tuple[float, ...] = (1, 3, 6)
    by_hours: tuple[float, ...] = (0.4, 0.3, 0.2, 0.1)
    same_kind: float = 0.88
    same_group: float = 0.1
    same_answer: float = 0.8
    unlike: float = -1.0
    """Bits that quite different words say at least: a caller tells in few words what happened, so
    different ones say little against."""
    share: float = 0.1
    """Of the facts, how many belong to something at all."""
    near: float = 1_500.0
    """Metres within which facts are compared without a word in common, within ``soon`` days."""
    soon: float = 21.0
    span: float = 60.0
    """Days within which words in common suffice to compare."""


INCIDENTS = Rules()
REQUESTS = Rules(
    by_metres=(0.4, 0.3, 0.15, 0.08, 0.04, 0.02, 0.01), near=800,
    by_hours=(0.22, 0.27, 0.29, 0.22), by_days=(0.2, 0.15, 0.15, 0.17, 0.18, 0.1, 0.05),
    unlike=-3.0,
)  # fmt: skip
"""People write when they have time: the hour says next to nothing, and the same hole in the road is
reported for weeks. They write what it is about: different words speak against."""
_SLOPE, _LEVEL = 21.0, -4.4
"""Of the weight in bits by the cosine of two first sentences: `benchmarks/linkage.py` fits it."""
MOST_BY_TERMS = 7.0
"""Bits that the same words give at most."""


class Weights:
    """Measured once on a corpus, asked for any of its pairs."""

    def __init__(self, corpus: Corpus, rules: Rules = INCIDENTS, *, seed: int = 0) -> None:
        self.corpus, self.rules = corpus, rules
        dice = np.random.default_rng(seed)
        by_chance = dice.integers(0, max(1, len(corpus)), (CHANCE_PAIRS, 2))
        by_chance = by_chance[by_chance[:, 0] != by_chance[:, 1]]
        self._distance = _bands(self._metres(by_chance), rules.metres, rules.by_metres)
        self._time = _bands(self._days(by_chance), rules.days, rules.by_days)
        self._hour = _bands(self._hours(by_chance), rules.hours, rules.by_hours)
        self._kind_share = _shares(corpus.kinds)
        self._group_share = _shares(corpus.groups)
        self._answers = _answer_shares(corpus)

    @property
    def least(self) -> float:
        """The bits from which on two facts belong together more likely than not. Among n facts
        there are n/2 times as many pairs as facts: the more facts, the more it takes."""
        return float(np.log2(max(2, len(self.corpus)) / (2 * self.rules.share)))

    def parts(self, pairs: Pairs) -> Floats:
        """A row for each pair, a column for each of `PARTS`, in bits."""
        told = [self._answered(pairs), self._worded(pairs)]
        return np.column_stack([self._quick(pairs), np.column_stack(told)]).clip(
            -STRONGEST, STRONGEST
        )

    def strong(self, pairs: Pairs) -> tuple[Pairs, Floats]:
        """Those of the pairs that have at least `least` bits, and how many. What is quick to look
        at is looked at first: most pairs are out of reach then, whatever was told."""
        quick = self._quick(pairs).sum(axis=1)
        hopeful = quick >= self.least - STRONGEST - MOST_BY_TERMS
        pairs, quick = pairs[hopeful], quick[hopeful]
        quick += self._worded(pairs)
        pairs = pairs[quick >= self.least - STRONGEST]
        bits = self.parts(pairs).sum(axis=1)
        return pairs[bits >= self.least], bits[bits >= self.least]

    def _quick(self, pairs: Pairs) -> Floats:
        rules = self.rules
        return np.column_stack([
            _looked_up(self._distance, self._metres(pairs), rules.metres),
            _looked_up(self._time, self._days(pairs), rules.days),
            _looked_up(self._hour, self._hours(pairs), rules.hours),
            self._kind(pairs),
        ]).clip(-STRONGEST, STRONGEST)  # fmt: skip

    def cosine(self, pairs: Pairs) -> Floats:
        """How alike the first sentences are, 0 to 1."""
        wording = self.corpus.wording
        product = wording[pairs[:, 0]].multiply(wording[pairs[:, 1]])
        cosine: Floats = np.asarray(product.sum(axis=1), float).ravel()
        return cosine

    def _worded(self, pairs: Pairs) -> Floats:
        """By how alike the first sentences are; 0 where too little was told."""
        told = self.corpus.told[pairs[:, 0]] & self.corpus.told[pairs[:, 1]]
        weight = np.clip(_LEVEL + _SLOPE * self.cosine(pairs), self.rules.unlike, MOST_BY_TERMS)
        return np.asarray(np.where(told, weight, 0.0))

    def _metres(self, pairs: Pairs) -> Floats:
        apart = self.corpus.metres[pairs[:, 0]] - self.corpus.metres[pairs[:, 1]]
        return np.asarray(np.hypot(apart[:, 0], apart[:, 1]))

    def _days(self, pairs: Pairs) -> Floats:
        return np.asarray(np.abs(self.corpus.days[pairs[:, 0]] - self.corpus.days[pairs[:, 1]]))

    def _hours(self, pairs: Pairs) -> Floats:
        apart = np.abs(self.corpus.clocks[pairs[:, 0]] - self.corpus.clocks[pairs[:, 1]])
        return np.asarray(np.minimum(apart, 24 - apart))

    def _kind(self, pairs: Pairs) -> Floats:
        first, second = pairs[:, 0], pairs[:, 1]
        kinds, groups, rules = self.corpus.kinds, self.corpus.groups, self.rules
        kind, group = self._kind_share[kinds[first]], self._group_share[groups[first]]
        same = np.log2(rules.same_kind / kind)
        related = np.log2(rules.same_group / np.maximum(group - kind, 1e-3))
        other = np.log2((1 - rules.same_kind - rules.same_group) / np.maximum(1 - group, 1e-3))
        cousins = np.where(groups[first] == groups[second], np.minimum(related, same), other)
        return np.where(kinds[first] == kinds[second], same, np.minimum(cousins, 0))

    def _answered(self, pairs: Pairs) -> Floats:
        facts = self.corpus.facts
        return np.array([
            sum(_agreement(self._answers, facts[a].kind, facts[a].answers, facts[b].answers,
                           self.rules.same_answer))
            if facts[a].kind == facts[b].kind else 0.0
            for a, b in pairs.tolist()
        ], float)  # fmt: skip


def _bands(apart: Floats, ends: tuple[float, ...], belonging: tuple[float, ...]) -> Floats:
    """The weight of each band: what is assumed of pairs that belong together, by chance."""
    apart = apart[np.isfinite(apart)]
    many = np.bincount(np.searchsorted(ends, apart), minlength=len(ends) + 1)
    by_chance = (many + 0.5) / (many.sum() + 0.5 * len(many))
    return np.asarray(np.log2(np.array(belonging) / by_chance))


def _looked_up(weights: Floats, apart: Floats, ends: tuple[float, ...]) -> Floats:
    found = weights[np.searchsorted(ends, np.nan_to_num(apart))]
    return np.where(np.isfinite(apart), found, 0.0)


def _shares(codes: NDArray[np.int64]) -> Floats:
    many = np.bincount(codes) if len(codes) else np.zeros(1)
    return np.asarray((many + 0.5) / (many.sum() + 1))


def _answer_shares(corpus: Corpus) -> dict[tuple[str, str], float]:
    """By kind and answer: how often the question was answered so."""
    answers = Counter((f.kind, answer) for f in corpus.facts for answer in f.answers)
    asked: Counter[tuple[str, str]] = Counter()
    for (kind, answer), many in answers.items():
        asked[kind, answer.partition("=")[0]] += many
    return {
        (kind, answer): (many + 0.5) / (asked[kind, answer.partition("=")[0]] + 1)
        for (kind, answer), many in answers.items()
    }


def _agreement(
    shares: dict[tuple[str, str], float], kind: str, one: frozenset[str], other: frozenset[str],
    same: float,
) -> list[float]:  # fmt: skip
    theirs = {answer.partition("=")[0]: answer for answer in other}
    weights = []
    for answer in one:
        said = theirs.get(answer.partition("=")[0])
        if said is not None:
            share = min(0.98, shares[kind, answer])
            quotient = same / share if said == answer else (1 - same) / (1 - share)
            weights.append(float(np.log2(quotient)))
    return weights
