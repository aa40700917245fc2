"""The same counts without an engine, compiled, a group of rows of a Parquet file after another.

For what comes in bulk: imports, the lake's first filling. Of each fact only one number is kept, so
little is in memory; the numbers are sorted, and equal ones lie together. Equal to `panels.count`,
as a test says.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

import numba
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from gongzhi.analysis.panel.clock import Clock, codes, seconds
from gongzhi.analysis.panel.compiled import spots
from gongzhi.analysis.panel.region import Region

Whole = NDArray[np.int64]
A_SECOND = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}


MOST_CATEGORIES = 1 << 12


@dataclass
class _Known:
    """The categories met so far, in the order of meeting."""

    numbers: dict[str | None, int] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def of(self, column: pa.ChunkedArray) -> Whole:
        """Each row's number."""
        coded = pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], pa.string())
        if not pa.types.is_dictionary(coded.type):
            coded = coded.dictionary_encode()
        words = [*coded.dictionary.to_pylist(), None]
        with self.lock:
            here = [self.numbers.setdefault(word, len(self.numbers)) for word in words]
        if len(self.numbers) > MOST_CATEGORIES:
            raise ValueError(f"more than {MOST_CATEGORIES} categories: is this the right column?")
        rows = coded.indices.fill_null(len(words) - 1).to_numpy(zero_copy_only=False)
        found: Whole = np.array(here, dtype=np.int64)[rows]
        return found


def count(files: Sequence[Path], region: Region, clock: Clock, by: str = "category") -> pa.Table:
    """What `panels.count` returns for Parquet files with ``lat``, ``lon``, ``at`` and `by`."""
    known = _Known()
    groups = [(one, n) for one in files for n in range(pq.ParquetFile(one).num_row_groups)]

    def keys(group: tuple[Path, int]) -> Whole:
        file = pq.ParquetFile(group[0], read_dictionary=[by])
        rows = file.read_row_group(group[1], columns=["lat", "lon", "at", by], use_threads=False)
        return _keys(rows, region, clock, known.of(rows[by]))

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        parts = list(pool.map(keys, groups))
    return _table(np.concatenate([np.empty(0, np.int64), *parts]), region, clock, known, by)


def _keys(rows: pa.Table, region: Region, clock: Clock, category: Whole) -> Whole:
    """A number for each fact that counts: hexagon, period, category."""
    where = spots(region, rows["lat"].to_numpy(), rows["lon"].to_numpy())
    at = rows["at"].cast(pa.int64()).fill_null(-1).to_numpy()
    epoch = at // A_SECOND[rows.schema.field("at").type.unit]
    low, high = codes(clock)
    period = clock.code(epoch) - low
    since, until = seconds(clock.since), seconds(clock.until)
    keys = np.empty(len(where), np.int64)
    kept = _join(where, epoch, period, category, (since, until), high - low, keys)
    return keys[:kept]


def _table(keys: Whole, region: Region, clock: Clock, known: _Known, by: str) -> pa.Table:
    keys.sort()
    low, high = codes(clock)
    where, category = np.empty((2, len(keys)), np.int32)
    period, many = np.empty((2, len(keys)), np.int64)
    rows = slice(_runs(keys, high - low, where, period, category, many))
    words = pa.array(known.numbers, pa.string())
    return pa.table({
        "cell": region.cells(where[rows]),
        **clock.parts(period[rows] + low),
        by: pa.DictionaryArray.from_arrays(category[rows], words),
        "n": many[rows],
    })  # fmt: skip


@numba.njit(cache=True, nogil=True)
def _join(where, epoch, period, category, times, many, keys):  # type: ignore[no-untyped-def]
    """Fill `keys`; how many facts count."""
    kept = 0
    for n in range(len(where)):
        keys[kept] = (where[n] * many + period[n]) * MOST_CATEGORIES + category[n]
        kept += where[n] >= 0 and times[0] <= epoch[n] < times[1]
    return kept


@numba.njit(cache=True, nogil=True)
def _runs(keys, periods, where, period, category, many):  # type: ignore[no-untyped-def]
    """Fill the columns with what each key says, once, and how often it is there; how many."""
    row, last = -1, -1
    for key in keys:
        if key != last:
            row, last = row + 1, key
            category[row] = key % MOST_CATEGORIES
            rest = key // MOST_CATEGORIES
            where[row] = rest // periods
            period[row] = rest - where[row] * periods
            many[row] = 0
        many[row] += 1
    return row + 1
