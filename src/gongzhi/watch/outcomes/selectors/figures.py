"""Figures summed up by week and by town or unit, and as everybody may see them.

Everybody's are thinned first, as on the maps (`analysis/disclosure`): of each measure and town,
what hits and what doesn't are numbered as they come, and whenever five more are there, five are
counted. So no public number, nor the sum or difference of any, is 1, 2, 3 or 4.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gongzhi.analysis.disclosure import STEP
from gongzhi.base.catalogue.kinds.measure import Measure
from gongzhi.base.catalogue.kinds.measure_formulas import OF_COUNTS, Counted
from gongzhi.base.catalogue.kinds.residents import living_in
from gongzhi.base.catalogue.load import catalogue
from gongzhi.watch.outcomes.models import Figure
from gongzhi.watch.outcomes.selectors.weeks import WEEK, monday

Weekly = Mapping[date, Counted]


@dataclass(frozen=True)
class Row:
    """A figure of one day, as the table has it."""

    day: date
    unit: int | None
    town: str
    kind: str
    n: float
    of: float
    values: Sequence[float]


def rows_of(codes: Iterable[str], since: date, until: date) -> dict[str, list[Row]]:
    """Measure → its figures from `since` up to the day before `until`. One query."""
    found: dict[str, list[Row]] = defaultdict(list)
    figures = Figure.objects.filter(measure__in=list(codes), day__gte=since, day__lt=until)
    columns = ("measure", "day", "unit_id", "town", "kind", "n", "of", "values")
    for code, *rest in figures.order_by("day", "pk").values_list(*columns):
        found[code].append(Row(*rest))
    return found


def residents_of(town: str = "") -> int:
    """Of a town, or of the whole county; 0 where nobody said."""
    living = living_in(catalogue().residents.values())
    return living.get(town, 0) if town else sum(living.values())


def by_week(rows: Iterable[Row], weeks: Sequence[date], *, town: str = "") -> list[Counted]:
    """What was counted in each of these weeks."""
    sums: dict[date, list[Row]] = defaultdict(list)
    for row in rows:
        sums[monday(row.day)].append(row)
    return [together(sums.get(week, ()), residents=residents_of(town)) for week in weeks]


def together(rows: Iterable[Row], *, residents: int = 0) -> Counted:
    """All of them as one."""
    n, of = 0.0, 0.0
    values: list[float] = []
    for row in rows:
        n, of = n + row.n, of + row.of
        values += row.values
    return Counted(n, of, values, residents)


def thinned(rows: Sequence[Row], measure: Measure) -> list[Row]:
    """The same figures for everybody, by town alone: five for every five. Values stay as they are:
    of fewer than a measure's least, no number is told."""
    hits: dict[str, float] = defaultdict(float)
    others: dict[str, float] = defaultdict(float)
    made = []
    for row in rows:
        misses = 0.0 if measure.formula in OF_COUNTS or row.values else row.of - row.n
        hit = row.of if row.values else row.n
        more = _fives(hits, row.town, hit)
        fewer = _fives(others, row.town, misses)
        if more or fewer or row.values:
            n = sum(row.values) if row.values else more
            made.append(Row(row.day, None, row.town, "", n, more + fewer, row.values))
    return made


def _fives(so_far: dict[str, float], town: str, more: float) -> float:
    before = so_far[town] // STEP
    so_far[town] += more
    return (so_far[town] // STEP - before) * STEP


def span_of(weeks: Sequence[date]) -> tuple[date, date]:
    """From the first day of the first week to the day after the last."""
    return weeks[0], weeks[-1] + WEEK
