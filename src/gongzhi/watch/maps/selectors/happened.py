"""What happened: figures by cell, hour, town and category, and cells that stand out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from gongzhi.analysis.disclosure import STEP, Marks, ratios
from gongzhi.analysis.disclosure.marks import NOWHERE, WEEK
from gongzhi.analysis.hotspots import discoveries, getis_ord
from gongzhi.base.places.cells import as_text
from gongzhi.watch.maps.asked import EPOCH, Asked
from gongzhi.watch.maps.selectors.near import near
from gongzhi.watch.maps.selectors.published import Published

DEALS, AT_MOST = 1999, 1_600_000
"""How often counts are dealt out anew to see what chance does, always in the same way; less often
where so many cells times deals would keep somebody waiting."""
FALSE = 0.05
"""Of the cells that are said to stand out, or to have changed, one in 20 at most does so by
chance."""


@dataclass(frozen=True)
class Cell:
    """One cell: how many, how many at each hour of the day, and whether it stands out."""

    cell: int
    count: int
    by_hour: list[int]
    hot: bool

    @property
    def code(self) -> str:
        """As H3 writes it."""
        return as_text(self.cell)


@dataclass(frozen=True)
class Happened:
    """Everything that is said of what was asked."""

    total: int
    unplaced: int
    cells: list[Cell]
    strip: list[int]
    towns: dict[str, int]
    categories: dict[str, int]

    @property
    def hot(self) -> list[Cell]:
        """Cells that stand out, the fullest first."""
        return [one for one in self.cells if one.hot]


def happened(shown: Published, asked: Asked) -> Happened:
    """The figures of what is asked. The strip tells all hours, also those not asked for."""
    every = chosen(shown.marks, asked, all_hours=True)
    marks = every.where(hours=asked.hours)
    coarse = marks.coarser(asked.size) if asked.size < STORED else marks
    strip = np.bincount(every.hour, minlength=WEEK) * STEP
    by_cell = coarse.by("cell")
    return Happened(
        marks.total, by_cell.pop(NOWHERE, 0), _cells(coarse, stage(shown, asked.size)),
        strip.tolist(), _falling(marks.by("town")), _falling(marks.by("category")),
    )  # fmt: skip


STORED = 8
"""The resolution of the marks' cells."""


def chosen(marks: Marks, asked: Asked, *, all_hours: bool = False) -> Marks:
    """The marks that are asked for."""
    return marks.where(
        kind=asked.kind, categories=asked.categories, town=asked.town, days=asked.numbers,
        hours=() if all_hours else asked.hours,
    )  # fmt: skip


def stage(shown: Published, size: int) -> list[int]:
    """Where anything was ever marked: the cells among which one may stand out."""
    marks = shown.marks.coarser(size) if size < STORED else shown.marks
    return [one for one in np.unique(marks.cell).tolist() if one != NOWHERE]


def _cells(marks: Marks, places: list[int]) -> list[Cell]:
    number = {cell: n for n, cell in enumerate(places)}
    placed = marks.only(marks.cell != NOWHERE)
    rows = np.array([number[one] for one in placed.cell.tolist()], np.int64)
    flat = np.bincount(rows * 24 + placed.hour % 24, minlength=24 * len(places))
    table = flat.reshape(-1, 24) * STEP
    counts = table.sum(axis=1)
    hot = _standing_out(counts / STEP, places)
    found = [
        Cell(cell, int(counts[n]), table[n].tolist(), bool(hot[n]))
        for n, cell in enumerate(places) if counts[n]
    ]  # fmt: skip
    return sorted(found, key=lambda one: (-one.count, one.cell))


def _standing_out(counts: Any, places: list[int]) -> Any:
    if not counts.any():
        return np.zeros(len(places), np.bool_)
    deals = min(DEALS, AT_MOST // len(places))
    found = getis_ord(counts, near(places), permutations=deals, seed=1)
    # Only "more" is asked for, so one side of what chance does counts.
    chance = np.where(found.score > 0, found.chance / 2, 1.0)
    return discoveries(chance, FALSE) & (counts > 0)


def _falling(counts: dict[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))


@dataclass(frozen=True)
class Change:
    """One cell, or all (cell 0), then and now. ``clear``: more than chance."""

    cell: int
    before: int
    now: int
    ratio: float
    low: float
    high: float
    clear: bool

    @property
    def code(self) -> str:
        """As H3 writes it; nothing for all."""
        return as_text(self.cell) if self.cell else ""


@dataclass(frozen=True)
class Compared:
    """Two periods beside each other. ``untold``: days of the earlier one before anything was
    told of here; then nothing is compared."""

    all: Change
    cells: list[Change]
    untold: bool

    @property
    def more(self) -> list[Change]:
        """Cells with clearly more than before."""
        return [one for one in self.cells if one.clear and one.ratio > 1]

    @property
    def fewer(self) -> list[Change]:
        """Cells with clearly less than before."""
        return [one for one in self.cells if one.clear and one.ratio < 1]


def compared(shown: Published, asked: Asked) -> Compared:
    """What is asked beside the same of the days before, or of a year ago."""
    first, last = ((day - EPOCH).days for day in asked.other)
    same = shown.marks.where(
        kind=asked.kind, categories=asked.categories, town=asked.town, hours=asked.hours
    )
    then, now = same.where(days=(first, last)), same.where(days=asked.numbers)
    if asked.size < STORED:
        then, now = then.coarser(asked.size), now.coarser(asked.size)
    began = int(shown.marks.day.min()) if len(shown.marks) else last + 1
    counts = [one.by("cell") for one in (then, now)]
    cells = sorted(cell for cell in counts[0] | counts[1] if cell != NOWHERE)
    sums = [
        [one.total, *(each.get(cell, 0) for cell in cells)]
        for one, each in zip((then, now), counts, strict=True)
    ]
    changes = _changes([0, *cells], sums)
    return Compared(changes[0], sorted(changes[1:], key=_moved), first < began)


def _changes(cells: list[int], counts: list[list[int]]) -> list[Change]:
    then, now = counts
    found = ratios(np.array(now) / STEP, np.array(then) / STEP)
    clear = discoveries(found.chance[1:], FALSE) if len(cells) > 1 else found.chance[1:] < 0
    flags = [found.chance[0] < FALSE, *clear.tolist()]
    return [
        Change(cell, then[n], now[n], float(found.ratio[n]), float(found.low[n]),
               float(found.high[n]), bool(flags[n]))
        for n, cell in enumerate(cells)
    ]  # fmt: skip


def _moved(one: Change) -> tuple[bool, int, int]:
    return not one.clear, -abs(one.now - one.before), one.cell
