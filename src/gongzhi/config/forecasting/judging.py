"""Each category before the gate, on the same cells and days."""

from __future__ import annotations

from collections.abc import Callable
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
    Split,
    Unfit,
    area_of,
    counting,
    counts_of,
    evaluate,
)
from gongzhi.config.forecasting.reading import Panel
from gongzhi.config.forecasting.report import Json, judged, unjudged


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

    def judge(self, code: str, told: Callable[[str], None]) -> Json:
        """What the gate says of one category, or why nothing can be said."""
        counts = self.counts(code)
        try:
            found = evaluate(counts, self.days, ahead=self.ahead, seed=self.seed, told=told)
        except Unfit as unfit:
            return unjudged(unfit, int(counts.many.sum() + counts.beyond.sum()))
        return judged(found)
