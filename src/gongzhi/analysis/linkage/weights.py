"""How much likelier two facts are as they are if they belong together than if they don't.

I. P. Fellegi and A. B. Sunter, "A Theory for Record Linkage", JASA 64(328), 1969: for each thing
compared, the logarithm of two probabilities' quotient; they are added. Here a weight is in bits: 3
bits are eight times likelier. How often two facts are so alike by chance is measured on the same
facts (`chance`): in a busy square nearness says little, at three in the night the hour says much,
and words are held against those of others of the same kind and place. How often those that
belong together are so alike, is assumed, in `Rules`: a county has no list of its series.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gongzhi.analysis.linkage import chance
from gongzhi.analysis.linkage.facts import Corpus, Floats, Pairs

PARTS = ("distance", "time", "hour", "kind", "answers", "terms")
"""What is compared, a column each."""
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
    """Empty: the hour of the day says nothing."""
    cosines: tuple[float, ...] = (0.03, 0.08, 0.13, 0.2, 0.3, 0.45, 0.6)
    by_cosines: tuple[float, ...] = (0.1, 0.15, 0.2, 0.2, 0.15, 0.1, 0.05, 0.05)
    """Of first sentences, by rarity of their terms."""
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
    by_hours=(), by_days=(0.2, 0.15, 0.15, 0.17, 0.18, 0.1, 0.05),
    by_cosines=(0.005, 0.015, 0.05, 0.19, 0.33, 0.22, 0.06, 0.13), unlike=-3.0,
)  # fmt: skip
"""People write when they have time: the hour says nothing, and the same hole in the road is
reported for weeks. They write what it is about: different words speak against. How alike those
are that belong together comes from one half of the labelled pairs of `benchmarks/linkage.py`."""
MOST_BY_TERMS = 7.0
"""Bits that the same words give at most."""


class Weights:
    """Measured once on a corpus, asked for any of its pairs."""

    def __init__(self, corpus: Corpus, rules: Rules = INCIDENTS, *, seed: int = 0) -> None:
        self.corpus, self.rules = corpus, rules
        dice = np.random.default_rng(seed)
        self._distance = chance.of_distance(corpus, rules.metres, dice)
        self._hour = chance.of_hours(corpus, rules.hours)
        self._days = chance.of_days(corpus, rules.days, dice)
        by_chance = chance.of_terms(corpus, rules.cosines, dice)
        self._by_band = rising(np.array(rules.by_cosines), by_chance)
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
        rules, corpus = self.rules, self.corpus
        return np.column_stack([
            _banded(corpus.apart(pairs), pairs, rules.metres, rules.by_metres, self._distance),
            _banded(corpus.days_apart(pairs), pairs, rules.days, rules.by_days, self._days),
            _banded(corpus.hours_apart(pairs), pairs, rules.hours, rules.by_hours, self._hour),
            self._kind(pairs),
        ]).clip(-STRONGEST, STRONGEST)  # fmt: skip

    def _worded(self, pairs: Pairs) -> Floats:
        """By how alike the first sentences are; 0 where too little was told."""
        rules, told = self.rules, self.corpus.told
        cosine = np.where(told[pairs[:, 0]] & told[pairs[:, 1]], self.corpus.cosine(pairs), np.nan)
        band = np.searchsorted(rules.cosines, np.nan_to_num(cosine))
        weight = np.where(np.isfinite(cosine), self._by_band[band], 0.0)
        return np.asarray(weight.clip(rules.unlike, MOST_BY_TERMS))

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


def rising(belonging: Floats, by_chance: Floats) -> Floats:
    """The weight of each band so that more alike never says less: where texts are copied from each
    other, equal ones are more frequent than those that are nearly so, and the bands count as one
    (pool adjacent violators)."""
    pools = [(float(m), float(u), 1) for m, u in zip(belonging, by_chance, strict=True)]
    here = 0
    while here + 1 < len(pools):
        (m, u, n), (more, often, others) = pools[here], pools[here + 1]
        if m / u <= more / often:
            here += 1
            continue
        pools[here : here + 2] = [(m + more, u + often, n + others)]
        here = max(0, here - 1)
    return np.array([np.log2(m / u) for m, u, n in pools for _ in range(n)])


def _banded(
    apart: Floats, pairs: Pairs, ends: tuple[float, ...], belonging: tuple[float, ...],
    by_chance: Floats,
) -> Floats:  # fmt: skip
    """The weight of each pair's band: what is assumed of pairs that belong together, by chance. A
    row of ``by_chance`` for each fact, or one for all. 0 for what is not known."""
    if not belonging:
        return np.zeros(len(pairs))
    band = np.searchsorted(ends, np.nan_to_num(apart))
    if len(by_chance) > 1:
        share = (by_chance[pairs[:, 0], band] + by_chance[pairs[:, 1], band]) / 2
    else:
        share = by_chance[0, band]
    weight = np.log2(np.array(belonging)[band] / share)
    return np.asarray(np.where(np.isfinite(apart), weight, 0.0))


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
