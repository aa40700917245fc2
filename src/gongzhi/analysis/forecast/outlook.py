"""The days to come, by what the gate let through: expected calls, and between which numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from gongzhi.analysis.forecast.counts import Counts
from gongzhi.analysis.forecast.exciting import Traces
from gongzhi.analysis.forecast.held import Recipe
from gongzhi.analysis.forecast.history import Known
from gongzhi.analysis.forecast.models import foretold, settled
from gongzhi.analysis.forecast.regression import Days

Rates = NDArray[np.float32]
Floats = NDArray[np.float64]
PART = 0.9


@dataclass(frozen=True)
class Bounds:
    """The numbers between which nine of ten counts are."""

    low: Floats
    high: Floats


@dataclass(frozen=True)
class Outlook:
    """By cell, day and shift: calls expected, and their bounds; ``county``: the bounds of all
    cells' sum by day and shift. ``first``: the first day, days since 1970-01-01; ``way``: by which
    model or baseline."""

    first: int
    way: str
    rates: Rates
    cells: Bounds
    county: Bounds


def foresee(counts: Counts, days: Days, by: Recipe, *, ahead: int = 1) -> Outlook:
    """The `ahead` days after the counts end, by the way that is to be used. ``days`` has to
    know them, too. Each rests on all days counted; bounds are those of the evaluation, which
    should have been made for as many days ahead."""
    longer = _longer(counts, ahead)
    made = []
    for lead in range(1, ahead + 1):
        day = slice(counts.days + lead - 1, counts.days + lead)
        traces = Traces(Known(longer, lead))
        every = foretold(traces, days, counts.days, day, (by.chosen.bandwidth,))
        made.append(settled(every, by.chosen)[by.way])
    rates = np.concatenate(made, axis=1)
    whole = rates.sum(axis=0, dtype=np.float64)
    sides = [(1 + side * PART) / 2 for side in (-1, 1)]
    cells = Bounds(*(by.by_cell.quantile(rates, side) for side in sides))
    county = Bounds(*(by.county.quantile(whole, side) for side in sides))
    return Outlook(counts.first + counts.days, by.way, rates, cells, county)


def _longer(counts: Counts, more: int) -> Counts:
    """With so many days at the end on which nobody has counted yet."""

    def padded(many: Rates, axis: int) -> Rates:
        room = [(0, 0)] * many.ndim
        room[axis] = (0, more)
        return np.pad(many, room)

    return replace(
        counts, many=padded(counts.many, 1), beyond=padded(counts.beyond, 0),
        known=np.concatenate([counts.known, np.zeros(more, np.bool_)]),
    )  # fmt: skip
