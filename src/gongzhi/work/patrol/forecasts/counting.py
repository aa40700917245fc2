"""What is counted, and in which days and shifts. Only cells are kept, no points."""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from gongzhi.analysis.panel import Cells, Shifts, count, engine
from gongzhi.analysis.panel.engines import Name

HELD = 8
"""The resolution of the cells that facts are kept in: 0.74 km²."""
EARLY, LATE = time(2), time(22)
"""A first day counts as whole if its first call came before, a last day if its last came after."""
CALLS = "calls_for_service"
"""What the calls that are no kind of harm are called together."""
UNCOUNTED = ""
PRESENCE = "police_were_there"
"""Where police were by themselves. It is never foreseen: the audit asks whether it feeds calls."""
ONE_DAY = timedelta(days=1)


@dataclass
class Read:
    """The facts of a file: when, which cell, what. ``out``: what isn't among them, and why."""

    at: list[datetime] = field(default_factory=list)
    cells: list[int] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
    out: Counter[str] = field(default_factory=Counter)
    not_listed: Counter[str] = field(default_factory=Counter)
    rows: int = 0

    def add(self, at: datetime, cell: int, category: str) -> None:
        """One more; of no category if it is only to say that somebody was counting."""
        self.at.append(at)
        self.cells.append(cell)
        self.categories.append(category)


@dataclass(frozen=True)
class Panel:
    """Counts by ``cell``, ``day``, ``shift`` and ``category``, over these days; ``daily``: how
    many facts of any kind each day had; ``presence``: where police were by themselves, counted
    in the same way and no part of the ``table``."""

    table: pa.Table
    presence: pa.Table
    first: date
    days: int
    daily: NDArray[np.int64]

    @property
    def counted(self) -> int:
        """How many facts are in it."""
        return int(self.table["n"].to_numpy().sum())


def panel_of(
    found: Read, over: tuple[date, int], zone: str, starts: tuple[int, ...], res: int, name: Name
) -> Panel:
    """The counts of these days (the first, and how many), by the engine, in the county's own
    hours. Raises `Missing` where the engine isn't there."""
    first, days = over
    since, until = _moment(first, zone, starts[0]), _moment(first + days * ONE_DAY, zone, starts[0])
    shifts = Shifts(since, until, zone, starts=starts)
    whole = np.array([one.timestamp() for one in found.at], dtype=np.int64)
    inside = (whole >= since.timestamp()) & (whole < until.timestamp())
    day = shifts.code(whole[inside]) // len(starts) - (first - date(1970, 1, 1)).days
    daily: NDArray[np.int64] = np.bincount(day, minlength=days)[:days].astype(np.int64)
    with tempfile.TemporaryDirectory() as folder, engine(name) as opened:
        file = Path(folder) / "facts.parquet"
        pq.write_table(_facts(found), file)
        table = opened.run(count(opened.read(file), Cells(HELD, res), shifts))
    there = pc.equal(table["category"], PRESENCE)
    return Panel(table.filter(pc.invert(there)), table.filter(there), first, days, daily)


def _facts(found: Read) -> pa.Table:
    kept = [n for n, one in enumerate(found.categories) if one != UNCOUNTED]
    return pa.table({
        "at": pa.array([found.at[n] for n in kept], pa.timestamp("s", tz="UTC")),
        "cell": pa.array([found.cells[n] for n in kept], pa.int64()),
        "category": pa.array([found.categories[n] for n in kept], pa.string()),
    })  # fmt: skip


def whole_days(found: Read, zone: str, starts: tuple[int, ...]) -> tuple[date, int]:
    """The first day that is there from its beginning, and how many are up to the last that is
    there to its end."""
    place, shift = ZoneInfo(zone), timedelta(hours=starts[0])
    ends = min(found.at), max(found.at)
    first, last = (one.astimezone(place).replace(tzinfo=None) - shift for one in ends)
    since = first.date() if first.time() <= EARLY else first.date() + ONE_DAY
    until = last.date() if last.time() >= LATE else last.date() - ONE_DAY
    return since, max((until - since).days + 1, 0)


def _moment(day: date, zone: str, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo(zone)).astimezone(UTC)
