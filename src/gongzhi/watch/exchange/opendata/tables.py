"""Rows: marks or counts put together by a dataset's columns. No database is asked here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import product
from typing import Any

from gongzhi.analysis.disclosure import Marks
from gongzhi.analysis.disclosure.marks import NOWHERE
from gongzhi.base.catalogue.kinds.open_dataset import KIND_OF, Column, OpenDataset
from gongzhi.base.places.cells import as_text
from gongzhi.watch.exchange.opendata.periods import bounds_of, period_of

Row = dict[str, Any]
"""A value for each column, and ``count``: None where noise left fewer than may be told."""
EPOCH = date(1970, 1, 1)


def rows_of_marks(
    recipe: OpenDataset, marks: Marks, periods: Iterable[str], categories: Sequence[str]
) -> list[Row]:
    """The rows of these periods. Every count is `k` times a number of marks."""
    wanted = set(periods)
    if not wanted or not categories:
        return []
    told = marks.where(kind=KIND_OF[recipe.source], categories=categories).fewer(recipe.k)
    if Column.CELL in recipe.by:
        told = told.coarser(recipe.cell_size)
    columns = [_values(recipe, told, column) for column in recipe.by]
    counted = Counter(zip(*columns, strict=True))
    names = [column.value for column in recipe.by]
    return [
        {**dict(zip(names, key, strict=True)), "count": recipe.k * many}
        for key, many in sorted(counted.items()) if key[0] in wanted
    ]  # fmt: skip


def _values(recipe: OpenDataset, marks: Marks, column: Column) -> list[str]:
    match column:
        case Column.PERIOD:
            days = {
                n: period_of(EPOCH + timedelta(days=n), recipe.period)
                for n in set(marks.day.tolist())
            }
            return [days[n] for n in marks.day.tolist()]
        case Column.CELL:
            return ["" if n == NOWHERE else as_text(n) for n in marks.cell.tolist()]
        case Column.HOURS:
            return [part_of_day(n % 24, recipe.hours) for n in marks.hour.tolist()]
        case _:
            return [str(one) for one in getattr(marks, column.value).tolist()]


def part_of_day(hour: int, hours: int) -> str:
    """``06-12``: the part of the day that this hour lies in."""
    since = hour // hours * hours
    return f"{since:02}-{since + hours:02}"


def grid(
    recipe: OpenDataset, periods: Iterable[str], domain: Mapping[Column, Sequence[str]],
    exact: Mapping[tuple[str, ...], int],
) -> list[Row]:  # fmt: skip
    """A row for every combination of these periods that there could be, with its exact count: what
    noise is added to."""
    names = [column.value for column in recipe.by]
    values = [sorted(periods), *(sorted(domain[column]) for column in recipe.by[1:])]
    return [
        {**dict(zip(names, key, strict=True)), "count": exact.get(key, 0)}
        for key in product(*values)
    ]


def with_noise(recipe: OpenDataset, rows: Sequence[Row], drawn: Sequence[int]) -> list[Row]:
    """The rows with the counts that were drawn; those below `k` stand empty."""
    return [
        {**row, "count": count if count >= recipe.k else None}
        for row, count in zip(rows, drawn, strict=True)
    ]


def in_order(recipe: OpenDataset, rows: Iterable[Row]) -> list[Row]:
    """By period, then by the other columns."""
    names = [column.value for column in recipe.by]
    return sorted(rows, key=lambda row: [row[name] for name in names])


def days_of(recipe: OpenDataset, period: str) -> tuple[date, date]:
    """First and last day of a period."""
    since, after = bounds_of(period, recipe.period)
    return since, after - timedelta(days=1)
