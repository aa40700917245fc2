"""What was known when a forecast was made: rates of the days up to `ahead` days before.

Nothing here looks at the day that is forecast, or at a day less than `ahead` before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numba
import numpy as np
from numpy.typing import NDArray

from gongzhi.analysis.forecast.counts import Counts

Floats = NDArray[np.float64]
Rates = NDArray[np.float32]
YEAR = 365
FIRM = 50.0
"""Calls of a shift of the week by which it is believed half, against weekday × shift."""


@dataclass(frozen=True)
class Known:
    """The counts, and how many days ahead is forecast."""

    counts: Counts
    ahead: int = 1

    def __post_init__(self) -> None:
        if self.ahead < 1:
            raise ValueError("A forecast is made at least a day ahead.")

    def decayed(self, half_life: float, daily: Rates) -> Rates:
        """The daily rate, (rows, days), older days counting half as much every `half_life` days."""
        rates = np.zeros(daily.shape, np.float32)
        _decay(daily, self.counts.known, 0.5 ** (1 / half_life), self.ahead, rates)
        return rates

    def decayed_days(self, half_life: float) -> NDArray[np.float64]:
        """How many days that rests on, the older ones counting less."""
        keep, over = 0.5 ** (1 / half_life), np.zeros(self.counts.days)
        for day in range(self.ahead, self.counts.days):
            over[day] = over[day - 1] * keep + self.counts.known[day - self.ahead]
        return over

    def window(self, span: int, many: Rates, skip: int = 0) -> Rates:
        """The mean of the `span` days that ended `ahead` + `skip` days before; of what there is
        where history is shorter, 0 where there is none. Of (rows, days) or (rows, days, shifts)."""
        whole = many.reshape(*many.shape[:2], -1)
        rates = np.zeros(whole.shape, np.float32)
        one = np.zeros(self.counts.days, np.int64)
        _slide(whole, self.counts.known, one, span, self.ahead + skip, rates, True)
        return rates.reshape(many.shape)

    def alike(self, span: int, many: Rates, kinds: NDArray[np.int64]) -> Rates:
        """The sum over the days of the same kind (0 or 1) among the `span` days that ended
        `ahead` days before."""
        sums = np.zeros(many.shape, np.float32)
        _slide(many, self.counts.known, kinds, span, self.ahead, sums, False)
        return sums

    @cached_property
    def daily_means(self) -> dict[int, Rates]:
        """`window` of the daily counts, as asked for so far."""
        return {}

    def mean(self, span: int) -> Rates:
        """The mean of a day in the last `span` days by cell."""
        if span not in self.daily_means:
            self.daily_means[span] = self.window(span, self.counts.daily)
        return self.daily_means[span]

    def over(self, span: int) -> Rates:
        """Of how many days `window` is the mean; at least 1."""
        days = np.concatenate([[0], np.cumsum(self.counts.known)])
        end = (np.arange(self.counts.days) + 1 - self.ahead).clip(0)
        found: Rates = np.maximum(days[end] - days[(end - span).clip(0)], 1).astype(np.float32)
        return found

    def before(self, days: int, many: Rates) -> Rates:
        """What was counted so many days before; 0 where there was no such day."""
        moved = np.zeros_like(many)
        if days < many.shape[1]:
            moved[:, days:] = many[:, : many.shape[1] - days]
        return moved


@numba.njit(cache=True, nogil=True)
def _decay(daily, known, keep, ahead, rates):  # type: ignore[no-untyped-def]
    """Fill `rates` (rows, days)."""
    rows, days = daily.shape
    for row in range(rows):
        calls, over = 0.0, 0.0
        for day in range(ahead, days):
            last = day - ahead
            calls, over = calls * keep, over * keep
            if known[last]:
                calls, over = calls + daily[row, last], over + 1.0
            rates[row, day] = calls / over if over > 1e-6 else 0.0


@numba.njit(cache=True, nogil=True)
def _slide(many, known, kinds, span, ahead, found, mean):  # type: ignore[no-untyped-def]
    """Fill `found` (rows, days, shifts) with sums, or means, of a window that slides along."""
    rows, days, shifts = many.shape
    over = np.zeros((days, 2))
    for day in range(days):
        for last in range(max(0, day - ahead - span + 1), day - ahead + 1):
            if known[last]:
                over[day, kinds[last]] += 1.0
    for row in range(rows):
        sums = np.zeros((2, shifts))
        for day in range(days):
            new, old = day - ahead, day - ahead - span
            for shift in range(shifts):
                if new >= 0 and known[new]:
                    sums[kinds[new], shift] += many[row, new, shift]
                if old >= 0 and known[old]:
                    sums[kinds[old], shift] -= many[row, old, shift]
                calls = sums[kinds[day], shift]
                if mean:
                    calls = calls / max(over[day, kinds[day]], 1.0)
                found[row, day, shift] = calls


def profile(counts: Counts, until: int) -> Floats:
    """Which part of a mean day's calls falls into a shift of the week, (7, shifts), from the days
    before `until`: weekday × shift, mended where many calls say otherwise."""
    shifts = counts.shifts
    known = counts.known[:until]
    county = (counts.many[:, :until].sum(axis=0) + counts.beyond[:until])[known].astype(float)
    weekday = counts.weekdays[:until][known]
    calls, days = np.zeros((7, shifts)), np.zeros(7)
    np.add.at(calls, weekday, county)
    np.add.at(days, weekday, 1.0)
    mean = calls.sum() / max(days.sum(), 1.0)
    if not mean:
        return np.full((7, shifts), 1 / shifts)
    by_day = (calls.sum(axis=1) + FIRM) / (days * mean + FIRM)
    by_shift = (calls.sum(axis=0) + FIRM / shifts) / (calls.sum() + FIRM)
    expected = np.outer(by_day * days * mean, by_shift)
    return np.outer(by_day, by_shift) * (calls + FIRM) / (expected + FIRM)
