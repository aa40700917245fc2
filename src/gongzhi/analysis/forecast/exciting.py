"""A self-exciting, smoothing model: what happened raises what is expected there, for a while.

The rate of a cell and shift is a sum of traces of earlier calls, by the county's profile of the
week, with weights that are nowhere negative and the likeliest ones before a day:

- traces that decay, each with a half-life and a reach of its own (a Hawkes process on a lattice:
  A. Reinhart, "A Review of Self-Exciting Spatio-Temporal Point Processes", Statistical Science 33,
  2018);
- the cell's own long count, drawn towards its neighbours' the more, the fewer calls it had (the
  gamma-Poisson mean of D. Clayton and J. Kaldor, "Empirical Bayes Estimates of Age-Standardized
  Relative Risks", Biometrics 43, 1987);
- the same again for the parts of the week, since places have their own day.

Nothing is set by hand for one county: what doesn't help gets no weight.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from gongzhi.analysis.forecast.combining import blend, weights
from gongzhi.analysis.forecast.counts import Counts
from gongzhi.analysis.forecast.history import YEAR, Known, profile

Rates = NDArray[np.float32]
Floats = NDArray[np.float64]
HALF_LIVES = (3.0, 14.0, 56.0)
"""Days."""
REACHES = (0.0, 0.75, 2.0)
"""Bandwidths in spacings of cells: the cell itself, its neighbours, some kilometres."""
AROUND = 1.0
"""The bandwidth of the neighbours that a cell's long count is drawn towards."""
FIRMNESS = (0.3, 1.0, 4.0)
"""Calls that the neighbours weigh as much as."""
HABITS = (4.0, 16.0)
"""Calls that the county's profile of the week weighs as much as, against the cell's own."""
SPANS = (84, YEAR)
"""Days of the long counts."""
COUNTY = 0.02
"""What the county's mean weighs among the neighbours: nowhere is it impossible."""
SATURDAY = 5
RUN_IN = 28
"""Days before traces say anything."""
PRIOR = 20.0


@dataclass(frozen=True)
class Traces:
    """What earlier calls say of each cell and day. ``daily``: rates that the county's profile of
    the week shares out among the shifts."""

    known: Known

    @cached_property
    def daily(self) -> dict[str, Rates]:
        """By half-life and reach, and by span and firmness; (cells, days)."""
        known = self.known
        found: dict[str, Rates] = {}
        kernels = {reach: known.counts.area.kernel(reach) for reach in REACHES}
        for half_life in HALF_LIVES:
            own = known.decayed(half_life, known.counts.daily)
            for reach, kernel in kernels.items():
                found[f"{half_life:g} d, {reach:g} cells"] = kernel @ own if reach else own
        for span in SPANS:
            for firm, rate in self._drawn_in(span).items():
                found[f"{span} d, drawn by {firm:g}"] = rate
        found["year, wide"] = kernels[REACHES[-1]] @ known.mean(YEAR)
        return found

    def _drawn_in(self, span: int) -> dict[float, Rates]:
        """The count of `span` days, drawn towards the neighbours' mean."""
        mean, over = self.known.mean(span), self.known.over(span)
        near = np.maximum(self._around(mean), 1e-9)
        found: dict[float, Rates] = {}
        for firm in FIRMNESS:
            found[firm] = ((firm + mean * over) / (firm / near + over)).astype(np.float32)
        return found

    def _around(self, mean: Rates) -> Rates:
        """The mean of the cells around each, without itself."""
        kernel = self.known.counts.area.kernel(AROUND)
        own = kernel.diagonal().astype(np.float32)[:, None]
        total = np.asarray(kernel.sum(axis=1), np.float32).reshape(-1, 1) - own
        near = (kernel @ mean - own * mean) / np.maximum(total, 1e-6)
        rates: Rates = (1 - COUNTY) * near.clip(0) + COUNTY * mean.mean(axis=0)
        return rates

    @cached_property
    def _weekend(self) -> NDArray[np.int64]:
        return (self.known.counts.weekdays >= SATURDAY).astype(np.int64)

    @cached_property
    def _alike(self) -> Rates:
        """Calls in that shift on workdays, or on weekends, of the past year."""
        return self.known.alike(YEAR, self.known.counts.many, self._weekend)

    def habits(self, parts: Rates) -> dict[str, Rates]:
        """The cell's rates in a shift of workdays or weekends, drawn towards its mean by the
        county's profile (`parts` of a day, by day and shift); (cells, days, shifts)."""
        usual = self.daily[f"{YEAR} d, drawn by {FIRMNESS[1]:g}"][:, :, None]
        over = self.known.alike(YEAR, parts[None], self._weekend)
        return {
            f"habits, drawn by {firm:g}": usual
            * parts
            * (firm + self._alike)
            / (firm + usual * over)
            for firm in map(np.float32, HABITS)
        }


def likeliest(
    counts: Counts, rates: tuple[Rates, ...], days: slice, prior: float = PRIOR
) -> Floats:
    """The weights of the rates under which the counts of these days are likeliest."""
    on = _on(counts, days)
    many = counts.many[:, on]
    had = many > 0
    at_calls = np.stack([rate[:, on][had] for rate in rates], axis=1)
    totals = np.array([rate[:, on].sum(dtype=np.float64) for rate in rates])
    return weights(many[had], at_calls, totals, prior=prior)


def _on(counts: Counts, days: slice) -> NDArray[np.int64]:
    found: NDArray[np.int64] = np.arange(counts.days)[days]
    return found[counts.known[found]]


def self_exciting(traces: Traces, until: int) -> Rates:
    """The model's rates for all days, its weights fitted on the days before `until`. What the
    profile shares out need not be laid out shift by shift to be weighed."""
    counts = traces.known.counts
    parts = profile(counts, until)[counts.weekdays].astype(np.float32)
    habits = traces.habits(parts)
    on = _on(counts, slice(min(RUN_IN, until // 2), until))
    cell, day, shift = np.nonzero(counts.many[:, on])
    day = on[day]
    daily = [*traces.daily.values()]
    at_calls = [rate[cell, day] * parts[day, shift] for rate in daily]
    at_calls += [rate[cell, day, shift] for rate in habits.values()]
    share = parts[on].sum(axis=1, dtype=np.float64)
    totals = [float(rate.sum(axis=0, dtype=np.float64)[on] @ share) for rate in daily]
    totals += [float(rate.sum(axis=(0, 2), dtype=np.float64)[on].sum()) for rate in habits.values()]
    shares = weights(counts.many[cell, day, shift], np.stack(at_calls, axis=1), np.array(totals),
                     prior=PRIOR)  # fmt: skip
    shared = blend(daily, shares[: len(daily)])[:, :, None] * parts
    return shared + blend([*habits.values()], shares[len(daily) :])
