"""The simple ways to forecast that any model has to beat.

Each is the mean number of calls by cell, day and shift, from nothing but earlier counts. Two of
them are what many agencies use: the count of the past year, and a density map of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from gongzhi.analysis.forecast.history import YEAR, Known, profile

Rates = NDArray[np.float32]
MONTH, QUARTER = 28, 84
WEEK = 7
SAME_WEEK = 364
BANDWIDTHS = (0.5, 0.75, 1.0, 1.5, 2.0, 3.0)
"""Of the density map, in spacings of cells; the best one on the validation is taken."""


def last_week(known: Known, _until: int) -> Rates:
    """The same shift of the last week that was known."""
    return known.before(WEEK * -(-known.ahead // WEEK), known.counts.many)


def same_week_last_year(known: Known, until: int) -> Rates:
    """The mean of that shift in the same week a year before; where there was no such week, the
    past year's mean."""
    counts, half = known.counts, WEEK // 2
    rates = past_year(known, until)
    first = SAME_WEEK - half + WEEK
    if counts.days > first:
        week = known.window(WEEK, counts.many, skip=SAME_WEEK - half - known.ahead)
        rates[:, first:] = week[:, first:]
    return rates


def past_year(known: Known, _until: int) -> Rates:
    """The cell's mean in that shift over the past year, or as much of it as there is."""
    return known.window(YEAR, known.counts.many)


def month(known: Known, _until: int) -> Rates:
    """The moving average of four weeks."""
    return known.window(MONTH, known.counts.many)


def quarter(known: Known, _until: int) -> Rates:
    """The moving average of twelve weeks."""
    return known.window(QUARTER, known.counts.many)


def climatology(known: Known, until: int) -> Rates:
    """The cell's mean before `until`, by the county's profile of the week: it never moves."""
    counts = known.counts
    over = max(int(counts.known[:until].sum()), 1)
    mean = counts.daily[:, :until][:, counts.known[:until]].sum(axis=1) / over
    return by_profile(np.broadcast_to(mean[:, None], counts.daily.shape), known, until)


def density(known: Known, until: int, bandwidth: float, over: slice) -> Rates:
    """The past year as a density map, by the county's profile of the week, for these days."""
    near = known.counts.area.kernel(bandwidth) @ known.mean(YEAR)[:, over]
    return by_profile(near, known, until, over)


def by_profile(
    daily: NDArray[np.float32], known: Known, until: int, over: slice = slice(None)
) -> Rates:
    """Daily rates of these days (cells, days) shared out among the shifts."""
    parts = profile(known.counts, until)[known.counts.weekdays[over]].astype(np.float32)
    rates: Rates = np.asarray(daily, np.float32)[:, :, None] * parts[None]
    return rates


BASELINES: Mapping[str, Callable[[Known, int], Rates]] = {
    "last_week": last_week,
    "past_year": past_year,
    "same_week_last_year": same_week_last_year,
    "moving_4_weeks": month,
    "moving_12_weeks": quarter,
    "climatology": climatology,
}
"""By the names that reports use; the density map ("kde") has a bandwidth and stands apart."""
