"""Panels: how many facts in each cell, period and category. One definition for every engine.

Facts are a table of places and times, with ``at`` (a timestamp; without a zone it is UTC), whatever
is counted `by`, and where: ``lat`` and ``lon`` (degrees, WGS84) for a `Region`, or a ready-made
``cell`` (H3 as a whole number, as the lake has it) for `Cells`. What has no place, or lies outside
the region or the time, is not counted. Only what occurred is in a panel; `periods` and
`Region.near` say what else there could be.

Nothing is computed here: an Ibis expression is returned, to be run on DuckDB or Spark
(`engines`). It needs no extension and no function of ours inside the engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians, sin
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from gongzhi.analysis.panel.clock import Clock, seconds
from gongzhi.analysis.panel.region import Refused, Region

if TYPE_CHECKING:
    from ibis.expr.types import Column, Table

MOST = 3_000_000
"""Cells whose indexes are asked of `h3` for one panel (2 s a million)."""
RES_BITS = 52
DIGIT_BITS = 3
FINEST_OF_ALL = 15


@dataclass(frozen=True)
class Cells:
    """Count in cells of resolution `res`; the facts' ``cell`` is of resolution `held`."""

    held: int
    res: int

    def __post_init__(self) -> None:
        if not 0 <= self.res <= self.held <= FINEST_OF_ALL:
            raise ValueError(f"A cell of resolution {self.held} lies in none of {self.res}.")


def count(
    facts: Table, place: Region | Cells, clock: Clock, by: Sequence[str] = ("category",)
) -> Table:
    """A row for each cell, period and category with facts: ``cell``, the clock's columns, those
    of `by`, and ``n``, how many."""
    epoch = facts.at.epoch_seconds()
    facts = facts.filter(epoch >= seconds(clock.since), epoch < seconds(clock.until))
    where = _spots(facts, place) if isinstance(place, Region) else _cells(facts, place)
    period = clock.code(where.at.epoch_seconds()).cast("int64")
    counted = (
        where.mutate(period=period).group_by(["where", "period", *by]).agg(n=lambda t: t.count())
    )
    if isinstance(place, Region):
        import ibis

        table = ibis.memtable(lattice(place))
        counted = counted.join(table, counted["where"] == table.spot)
    else:
        counted = counted.mutate(cell=counted["where"])
    parts = {key: one.cast("int64") for key, one in clock.parts(counted.period).items()}
    return counted.select(cell=counted.cell, **parts, **{key: counted[key] for key in by},
                          n=counted.n)  # fmt: skip


@lru_cache(maxsize=16)
def lattice(region: Region) -> pa.Table:
    """Which index each hexagon of the region has: ``spot`` and ``cell``."""
    if region.spots > MOST:
        raise Refused(f"{region} has too many cells to list: take a coarser resolution.")
    return pa.table({"spot": region.near, "cell": region.cells(region.near)})


def spot(region: Region, lat: Column, lon: Column) -> Column:
    """The number of the hexagon of a place within the region's box. The same arithmetic as
    `compiled.spots`; a place within some 1e-9 cells of a side may fall on either side of it, as
    `h3` decides by rounding, too."""
    centre = region.box.middle[1]
    turn = radians(centre)
    f, g, c = (
        (cos(turn) * x + sin(turn) * y, cos(turn) * y - sin(turn) * x, z)
        for x, y, z in region.forms.tolist()
    )
    east = (lon - centre).radians()
    across, along, up = east.cos(), east.sin(), lat.radians().tan()
    under = c[0] * across + c[1] * along + c[2] * up
    a = (f[0] * across + f[1] * along + f[2] * up) / under
    b = (g[0] * across + g[1] * along + g[2] * up) / under
    return _number(region, a, b)


def _number(region: Region, a: Any, b: Any) -> Column:
    """`hexagon` and `Region.numbers`; a third is taken of a half more, and rounds rightly."""
    up = (b + 1).floor() + 0.5
    column = (((a + 1).floor() + up) * (1 / 3)).floor() - region.columns.start
    row = (((b - a + 1).floor() + up) * (1 / 3)).floor() - region.rows.start
    number: Column = (column * len(region.rows) + row).cast("int64")
    return number


def _spots(facts: Table, region: Region) -> Table:
    box, lat, lon = region.box, facts.lat, facts.lon
    inside = facts.filter(
        lat >= box.south, lat <= box.north, lon >= box.west, lon <= box.east,
        # Parquet's statistics pass over NaN, so DuckDB thinks that lat and lon are none, and
        # leaves out bounds that they keep: it has no such thoughts about a sine
        ~(lat.sin() + lon.sin()).isnan(),
    )  # fmt: skip
    return inside.mutate(where=spot(region, inside.lat, inside.lon))


def _cells(facts: Table, place: Cells) -> Table:
    """A cell's parent has its resolution, and sevens for the digits that it hasn't got."""
    held = facts.filter(((facts.cell >> RES_BITS) & FINEST_OF_ALL) == place.held)
    sevens = (1 << DIGIT_BITS * (FINEST_OF_ALL - place.res)) - 1
    coarser = np.int64(place.held - place.res) << RES_BITS
    return held.mutate(where=(held.cell | sevens) - int(coarser))
