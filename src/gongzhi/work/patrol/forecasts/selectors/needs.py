"""What will be wanted where, for whoever plans: expected calls by cell, day and shift."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongzhi.work.patrol.forecasts.counting import CALLS
from gongzhi.work.patrol.forecasts.county import series
from gongzhi.work.patrol.forecasts.models import Judgement, Outlook

LEAST = 0.0005
"""Calls expected below which a cell is left out: one in two thousand such shifts."""


@dataclass(frozen=True)
class Need:
    """Calls of one kind expected in one cell during one shift. Nine of ten counts are from ``low``
    to ``high``. ``by``: the way that foretold it; ``adopted``: whether it is a model that earned
    its place, or else the best simple way."""

    cell: int
    category: str
    expected: float
    low: int
    high: int
    by: str
    adopted: bool


def latest() -> Judgement | None:
    """The judgement that holds."""
    return Judgement.objects.first()


def needs(day: date, shift: int, *, harm_only: bool = True) -> list[Need]:
    """Of this day and shift (from 0, as `county.SHIFTS` begin), every kind, most wanted first. An
    empty list for a day that isn't foreseen. Other calls, all together, only if asked for."""
    listed = {counted for counted in series().values() if not (harm_only and counted == CALLS)}
    rows = Outlook.objects.filter(day=day, shifts__gt=shift, category__in=listed)
    found = [need for row in rows for need in _needs(row, shift)]
    return sorted(found, key=lambda one: (-one.expected, one.cell, one.category))


def _needs(row: Outlook, shift: int) -> list[Need]:
    expected = row.rates[:, shift]
    low, high = (side[:, shift] for side in row.bounds)
    numbers = zip(
        row.cell_numbers.tolist(), expected.tolist(), low.tolist(), high.tolist(), strict=True
    )
    return [
        Need(cell, row.category, rate, least, most, row.way, row.adopted)
        for cell, rate, least, most in numbers
        if rate >= LEAST
    ]
