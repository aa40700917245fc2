"""Looking for rises, one category after another, in what residents told up to the end of a day.

Only categories that the catalogue's forecasts name as harm are looked at; and each look is held to
a chance so small that all of them together are wrong once a year at most.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import h3.api.basic_int as h3
import numpy as np
from django.utils import timezone

from gongzhi.analysis.hotspots import rises
from gongzhi.base.catalogue.kinds.forecast import foreseen
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.matters.residents import told_by_residents
from gongzhi.base.places.cells import as_text

CELL = 8
"""The resolution of a rise's cells: some 0.7 km², the smallest that analysis knows."""
BACK = 366
"""Days that are looked at, so that last year's season is known."""
YEAR = 365.25


@dataclass(frozen=True)
class Seen:
    """A rise of one category, as it was found on one day."""

    about: str
    cells: tuple[str, ...]
    first_day: date
    last_day: date
    count: int
    expected: float
    chance: float


def harms() -> list[str]:
    """The categories that may be looked at, in a fixed order."""
    return sorted(foreseen(catalogue().forecasts, "harm"))


def allowed_chance(categories: int) -> float:
    """How small a chance rings, so that so many looks a day ring once a year at most by chance."""
    return 1 / (YEAR * max(categories, 1))


def begin_of(day: date) -> datetime:
    """The day's first moment in the county."""
    return datetime.combine(day, time(), timezone.get_default_timezone())


def look(about: str, day: date, *, allowed: float) -> list[Seen]:
    """The rises of one category that last until `day` and are less likely than `allowed`."""
    days, cells = facts(about, day - timedelta(days=BACK), day)
    return [
        Seen(
            about, tuple(as_text(cell) for cell in one.cells),
            day - timedelta(days=one.days - 1), day, one.seen, one.expected, one.chance,
        )
        for one in rises(days, cells, today=day.toordinal(), seed=day.toordinal())
        if one.chance <= allowed
    ]  # fmt: skip


def facts(about: str, since: date, until: date) -> tuple[np.ndarray, np.ndarray]:
    """Day (as a number, by the county's calendar) and cell of each, both days included."""
    told = told_by_residents(about).filter(
        opened_at__gte=begin_of(since), opened_at__lt=begin_of(until + timedelta(days=1))
    )
    zone = timezone.get_default_timezone()
    rows = list(told.order_by("pk").values_list("opened_at", "h9"))
    days = [timezone.localtime(at, zone).toordinal() for at, _cell in rows]
    cells = [int(h3.cell_to_parent(cell, CELL)) for _at, cell in rows]
    return np.array(days, np.int64), np.array(cells, np.int64)
