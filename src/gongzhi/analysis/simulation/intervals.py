"""From repeats to figures with intervals, and what a change does, repeat against repeat.

The interval is Student's over the repeats: it says how sure the figure is *of this model*; more
repeats make it narrower. How far the model is from the county, it can't say. It is one of 99 %: a
page shows some fifty figures, and with 95 % two or three of them would seem to have changed when
nothing did.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from gongzhi.analysis.simulation.laws import Floats
from gongzhi.analysis.simulation.tallies import (
    MEASURES,
    OF_QUEUE,
    OF_STOPS,
    OF_UNITS,
    QUANTILES,
    Shape,
    Tally,
)

SURE = 0.99


@dataclass(frozen=True)
class Estimate:
    """A figure, and between which bounds it lies; NaN where there is nothing to say."""

    value: float
    low: float
    high: float

    @property
    def clear(self) -> bool:
        """Of a difference: whether it isn't chance."""
        return self.low > 0 or self.high < 0

    @property
    def known(self) -> bool:
        """Whether there is anything to say."""
        return bool(np.isfinite(self.value))


def estimated(values: Floats, sure: float = SURE) -> Estimate:
    """The mean over repeats. Repeats in which there was nothing to measure are left out; with
    fewer than two there are no bounds."""
    known = values[np.isfinite(values)]
    n = len(known)
    if not n:
        return Estimate(np.nan, np.nan, np.nan)
    mean = float(known.mean())
    if n < 2:
        return Estimate(mean, -np.inf, np.inf)
    off = float(stdtrit(n - 1, 0.5 + sure / 2) * known.std(ddof=1) / np.sqrt(n))
    return Estimate(mean, mean - off, mean + off)


@dataclass(frozen=True)
class Outcome:
    """What all repeats of a scenario came to."""

    shape: Shape
    tallies: tuple[Tally, ...]
    sure: float = SURE

    @property
    def repeats(self) -> int:
        """How many there are."""
        return len(self.tallies)

    def of(self, measure: str, *, area: str = "", priority: int = 0) -> Estimate:
        """One of `MEASURES`; of an area ("": all), of a priority (0: all)."""
        return self._said(self.each(measure, area=area, priority=priority))

    def each(self, measure: str, *, area: str = "", priority: int = 0) -> Floats:
        """The same in each repeat."""
        row, column = self.shape.row(area, priority), MEASURES.index(measure)
        return self._each(lambda one: one.groups[row, column])

    def curve(self, priority: int = 0) -> list[Estimate]:
        """The quantiles of responses (s), as in `QUANTILES`."""
        row = (0, *self.shape.priorities).index(priority)
        return [
            self._said(self._each(lambda one, nth=nth: one.curves[row, nth]))  # type: ignore[misc]
            for nth in range(len(QUANTILES))
        ]

    def unit(self, code: str, measure: str = "busy") -> Estimate:
        """One of `OF_UNITS`."""
        return self._said(self.each_unit(code, measure))

    def each_unit(self, code: str, measure: str = "busy") -> Floats:
        """The same in each repeat."""
        row, column = self.shape.units.index(code), OF_UNITS.index(measure)
        return self._each(lambda one: one.units[row, column])

    def stop(self, number: int, measure: str = "spent") -> Estimate:
        """One of `OF_STOPS`, of the stop with this number in `shape`."""
        column = OF_STOPS.index(measure)
        return self._said(self._each(lambda one: one.stops[number, column]))

    def each_lost(self) -> Floats:
        """The part of the planned time of all patrols that calls took, in each repeat."""
        return self._each(_lost)

    def queue(self, measure: str = "waiting") -> Estimate:
        """One of `OF_QUEUE`: how many wait, on average or at most."""
        column = OF_QUEUE.index(measure)
        return self._said(self._each(lambda one: one.queue[0, column]))

    def said(self, values: Floats) -> Estimate:
        """Values of each repeat as one figure."""
        return self._said(values)

    def _said(self, values: Floats) -> Estimate:
        return estimated(values, self.sure)

    def _each(self, value: Callable[[Tally], float]) -> Floats:
        return np.array([value(one) for one in self.tallies], np.float64)


@dataclass(frozen=True)
class Comparison:
    """Today and the change, repeat by repeat with the same calls."""

    base: Outcome
    other: Outcome

    @property
    def repeats(self) -> int:
        """How many there are of both."""
        return min(self.base.repeats, self.other.repeats)

    def of(self, measure: str, *, area: str = "", priority: int = 0) -> Estimate:
        """How much more with the change: one of `MEASURES`."""
        return self.more(
            self.base.each(measure, area=area, priority=priority),
            self.other.each(measure, area=area, priority=priority),
        )

    def unit(self, code: str, measure: str = "busy") -> Estimate:
        """How much more; of a unit that both have."""
        return self.more(self.base.each_unit(code, measure), self.other.each_unit(code, measure))

    def lost(self) -> Estimate:
        """How much more of the planned patrol is lost."""
        return self.more(self.base.each_lost(), self.other.each_lost())

    def more(self, before: Floats, after: Floats) -> Estimate:
        """The difference of what was measured in each repeat."""
        n = min(len(before), len(after))
        return estimated(after[:n] - before[:n], self.base.sure)


def _lost(one: Tally) -> float:
    planned, spent = float(one.stops[:, 0].sum()), float(one.stops[:, 1].sum())
    return 1 - spent / planned if planned > 0 else np.nan


def outcome(shape: Shape, tallies: Sequence[Tally]) -> Outcome:
    """Of the repeats that there are."""
    return Outcome(shape, tuple(tallies))
