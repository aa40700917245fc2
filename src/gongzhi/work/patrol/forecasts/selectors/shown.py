"""What a page shows of one kind: shifts that are over and to come, foreseen and come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import h3.api.basic_int as h3
import numpy as np
from django.utils import timezone
from numpy.typing import NDArray

from gongzhi.base.log.actions import now
from gongzhi.base.matters.residents import RESIDENTS, own_incidents
from gongzhi.base.places.cells import as_text
from gongzhi.work.patrol.forecasts.counting import HELD
from gongzhi.work.patrol.forecasts.county import SHIFTS, begin_of, series
from gongzhi.work.patrol.forecasts.models import Outlook
from gongzhi.work.patrol.forecasts.selectors.needs import LEAST

BACK, ON = 7, 6
"""Days before and after today whose shifts are shown."""
WEEKS = timedelta(weeks=4)
"""Of which it is said whether the foretold ranges held."""
TENTH = 10
Place = tuple[date, int]
"""A day and a shift."""


@dataclass(frozen=True)
class Stop:
    """One shift: calls expected in the whole county, nine of ten counts from ``low`` to ``high``;
    ``came``: how many there were, ``first``: how many of them in the tenth of the cells that was
    ranked first. None while it isn't over."""

    day: date
    shift: int
    expected: float
    low: int
    high: int
    way: str
    adopted: bool
    came: int | None
    first: int | None

    @property
    def key(self) -> str:
        """As an address names it."""
        return f"{self.day:%Y-%m-%d}.{self.shift}"

    @property
    def held(self) -> bool:
        """Whether what came lies within what was foretold."""
        return self.came is not None and self.low <= self.came <= self.high


@dataclass(frozen=True)
class Cell:
    """One cell in one shift."""

    cell: int
    expected: float
    low: int
    high: int


@dataclass(frozen=True)
class Record:
    """How the ranges did over the past weeks."""

    shifts: int
    held: int
    expected: float
    came: int


def today() -> date:
    """The county's."""
    return timezone.localdate(now(), timezone.get_default_timezone())


def stops_of(category: str, since: date, until: date) -> list[Stop]:
    """Every shift of these days that was foreseen, in order."""
    rows = list(
        Outlook.objects.filter(category=category, day__range=(since, until)).order_by("day")
    )
    counted = _counted(category, since, until) if rows else {}
    return [stop for row in rows for stop in _stops(row, counted)]


def record_of(stops: Sequence[Stop]) -> Record:
    """Of those that are over."""
    over = [one for one in stops if one.came is not None]
    return Record(
        len(over), sum(one.held for one in over), sum(one.expected for one in over),
        sum(one.came or 0 for one in over),
    )  # fmt: skip


def cells_of(category: str, stop: Stop | None) -> list[Cell]:
    """The cells of one shift, most wanted first."""
    row = stop and Outlook.objects.filter(category=category, day=stop.day).first()
    if not row or not stop:
        return []
    low, high = (side[:, stop.shift].tolist() for side in row.bounds)
    rates = row.rates[:, stop.shift].tolist()
    every = map(Cell, row.cell_numbers.tolist(), rates, low, high)
    return sorted((one for one in every if one.expected >= LEAST),
                  key=lambda one: (-one.expected, one.cell))  # fmt: skip


def drawn(category: str, since: date, until: date) -> dict[str, Any]:
    """What the map draws: cells by their text, and of each shift [cell, expected, low, high]."""
    rows = Outlook.objects.filter(category=category, day__range=(since, until)).order_by("day")
    numbers: dict[int, int] = {}
    shifts = {}
    for row in rows:
        places = [numbers.setdefault(cell, len(numbers)) for cell in row.cell_numbers.tolist()]
        for shift in range(row.shifts):
            shifts[f"{row.day:%Y-%m-%d}.{shift}"] = _numbers(row, shift, places)
    return {"cells": [as_text(cell) for cell in numbers], "shifts": shifts}


def _numbers(row: Outlook, shift: int, places: list[int]) -> list[list[float]]:
    low, high = (side[:, shift].tolist() for side in row.bounds)
    rates = row.rates[:, shift].tolist()
    return [
        [place, round(rate, 3), least, most]
        for place, rate, least, most in zip(places, rates, low, high, strict=True)
        if rate >= LEAST
    ]


def _stops(row: Outlook, counted: Mapping[Place, Mapping[int, int]]) -> list[Stop]:
    cells, rates = row.cell_numbers, row.rates
    found = []
    for shift, (expected, low, high) in enumerate(row.county):
        over = _ended(row.day, shift) <= now()
        came = counted.get((row.day, shift), {}) if over else None
        first = None if came is None else _in_first(came, cells, rates[:, shift])
        total = None if came is None else sum(came.values())
        found.append(Stop(row.day, shift, expected, int(low), int(high), row.way, row.adopted,
                          total, first))  # fmt: skip
    return found


def _ended(day: date, shift: int) -> datetime:
    last = shift + 1 == len(SHIFTS)
    if last:
        return begin_of(day + timedelta(days=1)) + timedelta(hours=SHIFTS[0])
    return begin_of(day) + timedelta(hours=SHIFTS[shift + 1])


def _in_first(came: Mapping[int, int], cells: NDArray[np.int64], rates: NDArray[np.float32]) -> int:
    many = max(1, round(len(cells) / TENTH))
    first = set(cells[np.argsort(-rates, kind="stable")[:many]].tolist())
    return sum(n for cell, n in came.items() if cell in first)


def _counted(category: str, since: date, until: date) -> dict[Place, dict[int, int]]:
    """Calls that residents made, by shift and cell."""
    codes = [code for code, counted in series().items() if counted == category]
    told = own_incidents().filter(
        category__in=codes, channel__in=RESIDENTS, h9__isnull=False,
        opened_at__gte=begin_of(since), opened_at__lt=begin_of(until + timedelta(days=1)),
    )  # fmt: skip
    zone = timezone.get_default_timezone()
    found: dict[Place, dict[int, int]] = {}
    for at, fine in told.values_list("opened_at", "h9"):
        place, cell = _place(timezone.localtime(at, zone)), int(h3.cell_to_parent(fine, HELD))
        cells = found.setdefault(place, {})
        cells[cell] = cells.get(cell, 0) + 1
    return found


def _place(at: datetime) -> Place:
    """SHIFTS begin at midnight, so that a day's shifts lie in it."""
    return at.date(), sum(at.hour >= one for one in SHIFTS) - 1
