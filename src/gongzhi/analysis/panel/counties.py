"""Many counties' lakes counted together: sums by county, month, category and town, whichever
engine computes them. One county fits into one process; a province's lakes are Spark's work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from gongzhi.analysis.panel.engines import Engine

if TYPE_CHECKING:
    from ibis.expr.types import Table

BY = ("kind", "category", "channel", "town")
"""What sums may be parted by, beside county and month."""


def count_counties(
    engine: Engine, lakes: Mapping[str, Path], by: Sequence[str] = ("kind", "category")
) -> pa.Table:
    """A row for each county, month (UTC) and group that has facts: ``county``, ``month`` as
    ``2026-11``, those of `by`, ``n``; in that order. What belongs to another fact (``merged``)
    isn't counted again.

    ``lakes``: the folder of each county's facts by the county's name. Raises ValueError for a
    column that isn't one of `BY` or for no lake, FileNotFoundError for a folder without facts.
    """
    if unknown := [one for one in by if one not in BY]:
        raise ValueError(f"no sums by {', '.join(unknown)}; there are: {', '.join(BY)}")
    if not lakes:
        raise ValueError("no lake to count")
    together = reduce(_union, (_of(engine, name, lakes[name], by) for name in sorted(lakes)))
    keys = ["county", "month", *by]
    return engine.run(together.group_by(keys).agg(n=lambda t: t.count().cast("int64")))


def _of(engine: Engine, name: str, lake: Path, by: Sequence[str]) -> Table:
    import ibis

    facts = engine.read(lake)
    facts = facts.filter(~facts.merged)
    month = facts.opened_at.strftime("%Y-%m")
    return facts.select(county=ibis.literal(name), month=month, **{key: facts[key] for key in by})


def _union(one: Table, other: Table) -> Table:
    return one.union(other, distinct=False)
