"""How well suggestions go with messages that were not learned from, and whether odds are true."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gongzhi.analysis.routing.learning import learn, parted
from gongzhi.analysis.routing.messages import Floats, Message, Whole

BANDS = 10
"""Of odds, equally wide, within which what was said is held against what was right."""


@dataclass(frozen=True)
class Judged:
    """``odds``: a row for each message, from a router that had not seen it; ``said``: each one's
    true label, its position in ``labels``; ``seconds``: for suggesting all, after learning."""

    labels: tuple[str, ...]
    said: Whole
    odds: Floats
    seconds: float

    @property
    def suggested(self) -> Whole:
        """The likeliest label of each message, its position."""
        return np.asarray(self.odds.argmax(axis=1))

    @property
    def macro_f1(self) -> float:
        """The mean of the labels' F1, each label counting alike."""
        return float(np.mean([row[3] for row in self.by_label]))

    @property
    def right(self) -> float:
        """The part of the messages whose first suggestion is true."""
        return float(np.mean(self.suggested == self.said))

    @property
    def in_two(self) -> float:
        """The part of the messages whose true label is among the first two suggestions."""
        rank = (self.odds > self.odds[np.arange(len(self.said)), self.said][:, None]).sum(axis=1)
        return float(np.mean(rank < 2))

    @property
    def by_label(self) -> list[tuple[str, float, float, float, int]]:
        """Of each label: precision, recall, F1, and how many messages have it."""
        met = []
        for place, label in enumerate(self.labels):
            told, true = self.suggested == place, self.said == place
            both = int((told & true).sum())
            precision, recall = both / max(1, told.sum()), both / max(1, true.sum())
            f1 = 2 * precision * recall / ((precision + recall) or 1)
            met.append((label, float(precision), float(recall), float(f1), int(true.sum())))
        return met

    @property
    def calibration_error(self) -> float:
        """See `calibration_error`, of the first suggestions."""
        return calibration_error(self.odds.max(axis=1), self.suggested == self.said)

    @property
    def calibration_error_by_chance(self) -> float:
        """What that error is, on the mean, of odds that are exactly true: with few messages it
        isn't 0. A hundred draws."""
        odds = self.odds.max(axis=1)
        dice = np.random.default_rng(0)
        draws = [calibration_error(odds, dice.random(len(odds)) < odds) for _ in range(100)]
        return float(np.mean(draws))


def judge(
    messages: Sequence[Message], labels: Sequence[str], *, seed: int = 0, parts: int = 5
) -> Judged:
    """Cross-validation: learn from all parts but one, suggest for that one, in turn.

    Raises ValueError as `learn` does. A label's only message can't be judged, and is left out.
    """
    names = sorted(set(labels))
    if len(names) < 2 or len(set(labels)) == len(labels):
        raise ValueError("nothing to judge: fewer than two labels, or each message has its own")
    said = np.searchsorted(names, labels).astype(np.int64)
    odds, seconds = np.full((len(messages), len(names)), np.nan), 0.0
    for learned, kept in parted(said, parts, seed):
        router = learn([messages[it] for it in learned], [labels[it] for it in learned], seed=seed)
        columns = np.searchsorted(names, router.labels)
        began = time.perf_counter()
        met = router.odds([messages[it] for it in kept])
        seconds += time.perf_counter() - began
        odds[np.ix_(kept, columns)] = met
    met_at_all = ~np.isnan(odds).all(axis=1)
    return Judged(tuple(names), said[met_at_all], np.nan_to_num(odds[met_at_all]), seconds)


def calibration_error(odds: Floats, right: NDArray[np.bool_]) -> float:
    """The expected calibration error: in bands of odds, how far what was said lies from the part
    that was right, the mean over messages. 0: of suggestions that say 80 %, 80 % are right.

    M. P. Naeini and others, "Obtaining Well Calibrated Probabilities Using Bayesian Binning",
    AAAI 2015.
    """
    band = np.clip(np.ceil(odds * BANDS).astype(int) - 1, 0, BANDS - 1)
    return float(sum(
        abs(np.sum(odds[band == it]) - np.sum(right[band == it])) for it in range(BANDS)
    ) / max(1, len(odds)))  # fmt: skip
