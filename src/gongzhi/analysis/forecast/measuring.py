"""What one way to forecast was worth on the days that were held back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gongzhi.analysis.forecast.calibration import Calibration, rolling
from gongzhi.analysis.forecast.distribution import crps, surprise
from gongzhi.analysis.forecast.history import Known
from gongzhi.analysis.forecast.scores import PARTS, Hits, hits, mase, pinball, weekly

Rates = NDArray[np.float32]
Floats = NDArray[np.float64]
WEEK = 7
BUSY = 0.1
"""Calls expected in a cell and shift."""
BOUNDS = (0.05, 0.5, 0.95)


@dataclass(frozen=True)
class Scores:
    """Of one way to forecast, on the holdout. By cell and shift unless it says county; `busy`:
    cells and shifts where at least a call in ten shifts was expected."""

    crps: float
    surprise: float
    mase: float
    mase_county: float
    crps_county: float
    pinball: Mapping[str, float]
    coverage: float
    coverage_busy: float
    coverage_county: float
    level: float
    """Calls foretold over calls that came."""
    hits: tuple[Hits, ...]


@dataclass(frozen=True)
class Bench:
    """The counts of the days held back, and how a way to forecast is measured on them."""

    known: Known
    held: slice
    seed: int

    @property
    def seen(self) -> Floats:
        """What came, by cell, day and shift."""
        return self.known.counts.many[:, self.held].astype(float)

    @property
    def on(self) -> NDArray[np.bool_]:
        """On which of these days counting went on."""
        return self.known.counts.known[self.held]

    @property
    def _naive(self) -> Floats:
        """The same shift of the last week that was known."""
        days = WEEK * -(-self.known.ahead // WEEK)
        return self.known.before(days, self.known.counts.many)[:, self.held].astype(float)

    def weeks(self, rates: Rates, by_cell: Calibration) -> Floats:
        """The scores of each week."""
        scores = crps(self.seen, rates, by_cell.spread) * self.on[None, :, None]
        return weekly(scores, self.on)

    def scores(self, rates: Rates, by_cell: Calibration, before: tuple[Floats, Floats]) -> Scores:
        """All of them. ``before``: the county's counts by shift on the validation days, and what
        had been foretold of them."""
        on = self.on
        y, mean, naive = self.seen[:, on], rates[:, on].astype(float), self._naive[:, on]
        total, whole = y.sum(axis=0), mean.sum(axis=0)
        busy = mean >= BUSY
        middle = by_cell.quantile(mean, 0.5)
        county = rolling(before, (total, whole), self.known.ahead)
        in_all = county.quantile(whole, 0.5)
        return Scores(
            crps=float(crps(y, mean, by_cell.spread).mean()),
            surprise=float(surprise(y, mean, by_cell.spread).mean()),
            mase=mase(y, middle, naive),
            mase_county=mase(total, in_all, naive.sum(axis=0)),
            crps_county=float(county.crps(total, whole).mean()),
            pinball={f"{p:g}": pinball(total, county.quantile(whole, p), p) for p in BOUNDS},
            coverage=by_cell.covered(y, mean),
            coverage_busy=by_cell.covered(y[busy], mean[busy]) if busy.any() else float("nan"),
            coverage_county=county.covered(total, whole),
            level=float(whole.sum() / max(total.sum(), 1)),
            hits=self._hits(y, mean),
        )

    def _hits(self, y: Floats, mean: Floats) -> tuple[Hits, ...]:
        beyond = float(self.known.counts.beyond[self.held][self.on].sum())
        flat = y.reshape(len(y), -1), mean.reshape(len(mean), -1)
        return tuple(hits(*flat, beyond, part, self.seed) for part in PARTS)
