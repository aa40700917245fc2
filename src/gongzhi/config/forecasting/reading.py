"""From a file and its mapping to counts by cell, day and shift. Only cells are kept, no points."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import h3.api.basic_int as h3
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from gongzhi.analysis.panel import Cells, Shifts, count, engine
from gongzhi.analysis.panel.engines import Name
from gongzhi.base.catalogue.kinds.forecast import Treats, foreseen
from gongzhi.base.catalogue.kinds.mapping import Mapping
from gongzhi.base.catalogue.load import Catalogue
from gongzhi.watch.exchange.imports.convert import Fact
from gongzhi.watch.exchange.imports.run import Facts

HELD = 8
"""The resolution of the cells that facts are kept in: 0.74 km²."""
EARLY, LATE = time(2), time(22)
"""A first day counts as whole if its first call came before, a last day if its last came after."""
CALLS = "calls_for_service"
"""What the calls that are no kind of harm are called together."""
UNCOUNTED = ""
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


def series_of(mapping: Mapping, whole: Catalogue) -> dict[str, str]:
    """Category → what it is counted as: itself where it is harm, `CALLS` where it is a call for
    service. Whatever isn't here may not be foreseen."""
    said = mapping.forecast
    harm = foreseen(whole.forecasts, "harm")
    if said.harm is not None:
        harm &= set(said.harm)
    found = {code: code for code in harm}
    calls = mapping.procedure == "incident" if said.calls is None else said.calls
    if calls:
        others: Iterable[Treats] = ("harm", "demand")
        listed = {code for treats in others for code in foreseen(whole.forecasts, treats)}
        found |= dict.fromkeys(listed - harm, CALLS)
    return found


def read(path: Path, mapping: Mapping, whole: Catalogue, watch: Callable[[float], None]) -> Read:
    """Refuses a file that can't be read as the mapping says."""
    series, found = series_of(mapping, whole), Read()
    facts = Facts(path, mapping, watch)
    for fact in facts:
        _keep(found, fact, series)
    found.rows = facts.read
    found.out.update(rejected=facts.rejected, repeated=facts.repeated)
    return found


def _keep(found: Read, fact: Fact, series: dict[str, str]) -> None:
    """Days are counted by what is left out, too: they say when anybody was counting."""
    category = series.get(fact.category, UNCOUNTED)
    if category == UNCOUNTED:
        found.not_listed[fact.category] += 1
    if fact.own:
        found.out["own_work"] += 1
        category = UNCOUNTED
    elif fact.point is None and category != UNCOUNTED:
        found.out["no_place"] += 1
        category = UNCOUNTED
    found.add(fact.at, h3.latlng_to_cell(*fact.point, HELD) if fact.point else 0, category)


@dataclass(frozen=True)
class Panel:
    """Counts by ``cell``, ``day``, ``shift`` and ``category``, over these days; ``daily``: how
    many facts of any kind each day had."""

    table: pa.Table
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
    return Panel(table, first, days, daily)


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
