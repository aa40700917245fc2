"""The rule of small counts: one mark for every five facts, made once, before anything is asked.

In each cell the facts of a kind are numbered as they come, and whenever five more are there, one
mark is set. It has the day on which the fifth came, and the category, town and hour of the week of
one of the five, which one nobody can tell. Every figure that leaves the platform is five times a
number of marks. So

- no figure, nor the sum or difference of any figures, is one of 1, 2, 3 and 4: all are multiples
  of five, whatever is filtered, nested or laid over each other;
- behind every mark there are five facts of that cell, and the hour of none is tied to its day;
- all that can be learnt from all figures together is which marks there are. Facts that set none
  could lie elsewhere, or on other days, without any figure changing; the test builds such another
  county for every small count (`tests/safeguards/test_small_counts.py`);
- what comes later adds marks and moves none, and only days that are over are counted, so that two
  looks at different times tell no more than the later one.

Of a cell's facts on any stretch of days the figure is off by four at most. Where a category, a town
or hours are chosen, the figure is right on average, and off by about twice its root.

Counts that are rounded one by one don't have this: five cells "below 5" whose sum is shown as 20
hold four each. That is why the facts are thinned and not the figures. The price is accuracy where
little happens, and there little can be said anyway.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import h3.api.basic_int as h3
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from gongzhi.analysis.panel.clock import HoursOfWeek, Shifts

if TYPE_CHECKING:
    from ibis.expr.types import Table

STEP = 5
"""Facts behind a mark. Smaller counts are never told."""
WEEK = 168
NOWHERE = 0
"""The cell of what nobody placed."""
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]


def marks_of(facts: Table, days: Shifts, hours: HoursOfWeek) -> Table:
    """The marks of facts with ``at``, ``fact`` (a key that tells nothing), ``kind``, ``category``,
    ``town`` and ``cell``. Facts before ``days.since``, or from ``days.until`` on, set none: give
    the beginning of everything, and a midnight. Columns as in `Marks`."""
    import ibis

    epoch = facts.at.epoch_seconds()
    since, until = (int(one.timestamp()) for one in (days.since, days.until))
    told = facts.filter(epoch >= since, epoch < until)
    epoch = told.at.epoch_seconds()
    told = told.mutate(
        cell=told.cell.fill_null(NOWHERE).cast("int64"),
        day=days.code(epoch).cast("int64"), hour=hours.code(epoch).cast("int64"),
    )  # fmt: skip
    order = ibis.window(group_by=[told.kind, told.cell], order_by=[told.at, told.fact])
    told = told.mutate(five=ibis.row_number().over(order) // STEP)
    # Keys are drawn with the county's secret, so the least of five is any of them.
    marks = told.group_by(["kind", "cell", "five"]).agg(
        n=told.count(), day=told.day.max(), category=told.category.argmin(told.fact),
        town=told.town.argmin(told.fact), hour=told.hour.argmin(told.fact),
    )  # fmt: skip
    return marks.filter(marks.n == STEP).select("kind", "cell", "day", "category", "town", "hour")


@dataclass(frozen=True)
class Marks:
    """Marks as columns. ``cell`` is of H3 (0: nowhere), ``day`` counts from 1970-01-01, ``hour``
    from Monday, 0:00 (to 167)."""

    kind: NDArray[Any]
    cell: Whole
    day: Whole
    category: NDArray[Any]
    town: NDArray[Any]
    hour: Whole

    @classmethod
    def of(cls, found: pa.Table) -> Marks:
        """From the rows of `marks_of`."""
        texts = {name: _texts(found[name]) for name in ("kind", "category", "town")}
        whole = {name: found[name].to_numpy().astype(np.int64) for name in ("cell", "day", "hour")}
        return cls(**texts, **whole)

    def __len__(self) -> int:
        return len(self.cell)

    def only(self, chosen: Flags | Whole) -> Marks:
        """Those that are chosen."""
        return Marks(*(getattr(self, name)[chosen] for name in self.__dataclass_fields__))

    def where(
        self, *, kind: str = "", categories: Iterable[str] = (), town: str = "",
        days: tuple[int, int] | None = None, hours: Iterable[int] = (),
    ) -> Marks:  # fmt: skip
        """The marks of a kind, of some categories, a town, days (first and last) and hours of the
        week; what isn't named is not asked."""
        chosen = np.ones(len(self), np.bool_)
        if kind:
            chosen &= self.kind == kind
        if wanted := list(categories):
            chosen &= np.isin(self.category, wanted)
        if town:
            chosen &= self.town == town
        if days:
            chosen &= (self.day >= days[0]) & (self.day <= days[1])
        if picked := list(hours):
            chosen &= np.isin(self.hour, picked)
        return self.only(chosen)

    @property
    def total(self) -> int:
        """How many facts they stand for."""
        return STEP * len(self)

    def by(self, column: str) -> dict[Any, int]:
        """How many facts they stand for, by a column."""
        keys, times = np.unique(getattr(self, column), return_counts=True)
        return dict(zip(keys.tolist(), (STEP * times).tolist(), strict=True))

    def fewer(self, behind: int) -> Marks:
        """Marks that stand for `behind` facts each (`STEP` times a whole number): as many of each
        kind and cell as there are, put together in their order. The day is that of the last, the
        rest is told of the first: a function of these marks, so that it tells nothing more. Count
        them by their number times `behind`. Raises ValueError for another number."""
        many, rest = divmod(behind, STEP)
        if rest or many < 1:
            raise ValueError(f"a mark stands for {STEP} facts, or a whole number of times as many")
        order = np.lexsort((self.hour, self.town, self.category, self.day, self.cell, self.kind))
        sorted_ = self.only(order)
        start = np.ones(len(self), np.bool_)
        start[1:] = (sorted_.cell[1:] != sorted_.cell[:-1]) | (
            sorted_.kind[1:] != sorted_.kind[:-1]
        )
        first_of = np.maximum.accumulate(np.where(start, np.arange(len(self)), 0))
        place = np.arange(len(self)) - first_of
        last = np.flatnonzero(place % many == many - 1)
        told = sorted_.only(last - (many - 1))
        return Marks(**{**vars(told), "day": sorted_.day[last]})

    def coarser(self, res: int) -> Marks:
        """The same, each in the cell of this resolution that is its cell's parent."""
        each, number = np.unique(self.cell, return_inverse=True)
        parents = [one and h3.cell_to_parent(one, res) for one in each.tolist()]
        columns = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return Marks(**columns | {"cell": np.array(parents, np.int64)[number]})


def _texts(column: pa.ChunkedArray) -> NDArray[Any]:
    return np.array(column.cast(pa.string()).to_pylist(), dtype=str)
