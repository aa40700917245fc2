"""Facts of the lake, as many as a test needs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import count
from typing import Any

import h3.api.basic_int as h3

from gongzhi.watch.exchange.lake.models import Fact, Month
from gongzhi.watch.exchange.lake.writing import write_behind
from gongzhi.watch.maps.selectors.published import forget

HERE = int(h3.latlng_to_cell(28.88, 123.96, 8))
NEIGHBOUR = next(int(one) for one in h3.grid_ring(HERE, 1))
_number = count(1)


def put(
    times: Iterable[datetime], *, cell: int | None = HERE, written: bool = True, **more: Any
) -> None:
    """A fact at each of these times, as the lake keeps and writes it."""
    told: dict[str, Any] = {
        "kind": "incident", "category": "theft", "town": "east", "priority": 3,
        "channel": "phone", "resident": True, "step": "closed", "version": "2026-01", **more,
    }  # fmt: skip
    rows = [_fact(at, cell, told) for at in times]
    Fact.objects.bulk_create(rows)
    for month in {one.month for one in rows}:
        Month.objects.update_or_create(
            month=month, defaults={"changed_seq": next(_number), "written_at": None}
        )
    if written:
        write_behind()
        forget()


def _fact(at: datetime, cell: int | None, told: dict[str, Any]) -> Fact:
    n = next(_number)
    parent = None if cell is None else int(h3.cell_to_parent(cell, 7))
    return Fact(
        matter=n, fact=f"{n * 2654435761 % 2**64:016x}", month=f"{at:%Y-%m}", opened_at=at,
        h8=cell, h7=parent, **told,
    )  # fmt: skip
