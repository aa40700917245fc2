"""Each category before the gate, on the same cells and days; then all of them before the audits."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from gongzhi.analysis.forecast import (
    Area,
    Counts,
    Days,
    Evaluation,
    Split,
    Unfit,
    area_of,
    counting,
    counts_of,
    evaluate,
)
from gongzhi.analysis.forecast.held import WEEK
from gongzhi.work.patrol.forecasts.counting import Panel

Floats = NDArray[np.float64]
Judged = Mapping[str, Evaluation | Unfit]
TOGETHER = 4
"""Categories judged at the same time; each takes some hundred megabytes of a large county."""


@dataclass(frozen=True)
class Judge:
    """Judges the categories of a panel. The area is what had a call of any of them before the
    weeks that are held back."""

    panel: Panel
    cut: Split
    days: Days
    shifts: int
    ahead: int
    seed: int

    @cached_property
    def codes(self) -> list[str]:
        """The categories that are judged."""
        return sorted(set(self.panel.table["category"].to_pylist()))

    @cached_property
    def known(self) -> NDArray[np.bool_]:
        """On which days anybody was counting."""
        return counting(self.panel.daily)

    @property
    def silent(self) -> int:
        """On how many days nobody was."""
        return int((~self.known).sum())

    @cached_property
    def area(self) -> Area:
        """Raises `Unfit` where there was no call."""
        before = pc.less(self.panel.table["day"], self._epoch + self.cut.holdout.start)
        earlier: pa.Table = self.panel.table.filter(before)
        return area_of(earlier["cell"].to_numpy(), earlier["n"].to_numpy())

    @property
    def _epoch(self) -> int:
        return int(np.datetime64(self.panel.first).astype(int))

    def counts(self, code: str) -> Counts:
        """Of one category."""
        rows = self.panel.table.filter(pc.equal(self.panel.table["category"], code))
        days = range(self._epoch, self._epoch + self.panel.days)
        return counts_of(rows, self.area, days, self.shifts, self.known)

    def judge(self, told: Callable[[str], None] = lambda _: None) -> Judged:
        """What the gate says of each category, or why nothing can be said. Raises `Unfit` where
        that is so of all of them."""
        if not len(self.area.spots):  # reckoned, or refused, before threads begin
            return {}
        with ThreadPoolExecutor(min(os.cpu_count() or 1, TOGETHER)) as pool:
            each = pool.map(lambda code: self._one(code, told), self.codes)
            return dict(zip(self.codes, each, strict=True))

    def _one(self, code: str, told: Callable[[str], None]) -> Evaluation | Unfit:
        counts = self.counts(code)
        try:
            return evaluate(counts, self.days, ahead=self.ahead, seed=self.seed, told=told)
        except Unfit as unfit:
            return unfit

    def calls(self, code: str) -> int:
        """How many there are of one category."""
        rows = self.panel.table.filter(pc.equal(self.panel.table["category"], code))
        return int(rows["n"].to_numpy().sum())

    @property
    def present(self) -> Floats:
        """How often police were by themselves in each cell, in the week before each of those held
        back: (cells, weeks)."""
        held = self.cut.holdout
        first = self._epoch + held.start - WEEK
        days = range(first, first + held.stop - held.start)
        known = np.ones(len(days), np.bool_)
        there = counts_of(self.panel.presence, self.area, days, self.shifts, known)
        weekly: Floats = there.daily.reshape(len(self.area), -1, WEEK).sum(axis=2).astype(float)
        return weekly
