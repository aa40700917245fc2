"""Small areas that stand high in forecasts which earned their place, and that nobody has drawn: for
a person to look at. Nothing is drawn by itself."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import h3.api.basic_int as h3

from gongzhi.base.places.areas import areas_of
from gongzhi.base.places.cells import from_text, middle_of
from gongzhi.base.places.coordinates import Point
from gongzhi.base.places.models import Area
from gongzhi.work.patrol.forecasts.county import SHIFTS
from gongzhi.work.patrol.forecasts.selectors.needs import needs
from gongzhi.work.patrol.nodes.models import Node

DAYS = 7
MOST = 5
COARSE = 8
"""The forecasts' cells: 0.74 km²."""
LEAST = 0.2
"""Calls about harm expected in the days ahead below which nobody is bothered."""


@dataclass(frozen=True)
class Foreseen:
    """An area by its cell. ``expected``: calls about harm in the days ahead, all adopted kinds
    together; ``begins``, ``ends``: the hours with most of them, as a form's fields have them."""

    place: str
    point: Point
    expected: float
    begins: str
    ends: str


def foreseen(today: date, standing: Iterable[Node]) -> list[Foreseen]:
    """The cells with most, those left out of which somebody has drawn a part."""
    by_cell: Counter[int] = Counter()
    by_shift: dict[int, Counter[int]] = defaultdict(Counter)
    for shift in range(len(SHIFTS)):
        for day in range(DAYS):
            for one in needs(today + timedelta(days=day), shift):
                if one.adopted:
                    by_cell[one.cell] += one.expected  # type: ignore[assignment]
                    by_shift[one.cell][shift] += one.expected  # type: ignore[assignment]
    drawn = {int(h3.cell_to_parent(from_text(c), COARSE)) for one in standing for c in one.cells}
    found = [
        (cell, many) for cell, many in by_cell.most_common() if many >= LEAST and cell not in drawn
    ][:MOST]
    points = [middle_of(cell) for cell, _many in found]
    places = areas_of(points, Area.Kind.VILLAGE)
    return [
        Foreseen(str(place or ""), point, many, *_hours(by_shift[cell]))
        for (cell, many), point, place in zip(found, points, places, strict=True)
    ]


def _hours(counts: Counter[int]) -> tuple[str, str]:
    """The hours of the shift with most."""
    [(shift, _many)] = counts.most_common(1)
    ends = [*SHIFTS[1:], SHIFTS[0] + 24][shift] % 24
    return f"{SHIFTS[shift]:02}:00", f"{ends:02}:00"
