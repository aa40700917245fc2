"""Runs of happenings that are alike: the first are shown, the rest can be opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from gongzhi.base.ui.parts import Happening

SHOWN, LEAST = 2, 6
"""Of a run of so many alike, so many are shown: folding two would hide more than it saves."""


@dataclass(frozen=True)
class Run:
    """Happenings that stand one after the other; ``folded`` come after the shown ones."""

    shown: Sequence[Happening]
    folded: Sequence[Happening] = ()


def runs_of(happenings: Sequence[Happening]) -> list[Run]:
    """In their order, those of one `fold` that follow each other together."""
    runs: list[Run] = []
    for fold, group in groupby(happenings, key=lambda one: one.fold):
        told = list(group)
        at = SHOWN if fold and len(told) >= LEAST else len(told)
        runs.append(Run(told[:at], told[at:]))
    return runs
