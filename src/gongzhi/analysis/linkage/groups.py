"""From pairs to groups: what hangs together on average, the strongest first.

A chain of pairs isn't a series: A like B and B like C says nothing of A and C. So groups are
joined by the average of all their pairs' weights (average linkage).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse.csgraph import connected_components

from gongzhi.analysis.linkage.candidates import candidates
from gongzhi.analysis.linkage.facts import Corpus, Fact, Floats, Pairs, Whole
from gongzhi.analysis.linkage.weights import INCIDENTS, PARTS, Rules, Weights

LARGEST = 250
"""Facts whose pairs are all compared; a larger crowd is first parted by stronger bonds."""
SLACK = 4.0
"""Bits by which the average of a group may lie below what a single pair needs: its ends are
farther from each other than its neighbours."""
_FAR = 100.0


@dataclass(frozen=True)
class Series:
    """``keys``: in the order of time. ``bits``: the average weight of its pairs; ``parts``: of each
    of `PARTS`. ``above``: by how many bits its strongest bonds exceed what is needed."""

    keys: tuple[int, ...]
    bits: float
    above: float
    parts: dict[str, float]


def series_among(
    facts: Sequence[Fact], rules: Rules = INCIDENTS, *, smallest: int = 2, seed: int = 0
) -> list[Series]:
    """The groups of at least ``smallest`` facts that look like one series or one cause, the
    likeliest first. The same facts in any order give the same groups."""
    corpus = Corpus(sorted(facts, key=lambda one: one.key))
    if len(corpus) < 2:
        return []
    weights = Weights(corpus, rules, seed=seed)
    pairs = candidates(corpus, metres=rules.near, days=rules.soon, span=rules.span)
    strong, bits = weights.strong(pairs)
    found: list[Series] = []
    for members in _together(strong, bits, len(corpus), weights.least):
        found += _parted(weights, members, smallest)
    return sorted(found, key=lambda one: (-(one.above + np.log2(len(one.keys))), one.keys))


def _together(pairs: Pairs, bits: Floats, many: int, least: float) -> list[Whole]:
    """What strong pairs connect; a crowd is parted by asking for more."""
    graph = sparse.coo_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(many, many))
    _count, label = connected_components(graph, directed=False)
    order = np.argsort(label, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(label[order])) + 1)
    found: list[Whole] = []
    for members in groups:
        if len(members) > LARGEST and least < _FAR:
            inside = np.isin(pairs[:, 0], members) & (bits >= least + 1)
            found += _together(pairs[inside], bits[inside], many, least + 1)
        elif len(members) > 1:
            found.append(members)
    return found


def _parted(weights: Weights, members: Whole, smallest: int) -> list[Series]:
    """Average linkage within what hangs together somehow."""
    if len(members) < smallest:
        return []
    first, second = np.triu_indices(len(members), k=1)
    parts = weights.parts(np.column_stack([members[first], members[second]]))
    bits = parts.sum(axis=1)
    if len(members) == 2:
        labels = np.array([1, 1])
    else:
        tree = linkage(_FAR - bits, "average")
        labels = fcluster(tree, _FAR - (weights.least - SLACK), "distance")
    found = []
    for label in np.unique(labels):
        inside = (labels[first] == label) & (labels[second] == label)
        chosen = members[labels == label]
        if len(chosen) >= smallest and bits[inside].max() >= weights.least:
            found.append(_one(weights, chosen, bits[inside], parts[inside]))
    return found


def _one(weights: Weights, chosen: Whole, bits: Floats, parts: Floats) -> Series:
    facts = sorted((weights.corpus.facts[i] for i in chosen), key=lambda one: (one.at, one.key))
    strongest = np.sort(bits)[::-1][: len(chosen) - 1]
    means = parts.mean(axis=0)
    return Series(
        tuple(one.key for one in facts),
        round(float(bits.mean()), 2),
        round(float(strongest.mean() - weights.least), 2),
        {name: round(float(mean), 2) for name, mean in zip(PARTS, means, strict=True)},
    )
