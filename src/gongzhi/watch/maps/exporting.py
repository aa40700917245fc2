"""Figures as files. What is in them is what the page shows, made of the same marks."""

from __future__ import annotations

import csv
import io
import json
from math import isfinite
from typing import Any

from django.utils.translation import gettext as _

from gongzhi.analysis.disclosure import STEP
from gongzhi.base.places.cells import middle_of, outline_of
from gongzhi.watch.maps.asked import Asked
from gongzhi.watch.maps.selectors.happened import Cell, Change, Happened

Row = dict[str, Any]
GEOJSON = "application/geo+json"
COLUMNS = ("h3", "lat", "lon", "count", "stands_out", "before", "ratio", "low", "high", "clear")
NOT_COMPARED = ("before", "ratio", "low", "high", "clear")


def rows(found: Happened, changes: list[Change] | None) -> list[Row]:
    """A row for each cell; with the earlier period's figures where two are compared."""
    by_cell = {one.cell: one for one in changes or ()}
    cells = {one.cell: one for one in found.cells}
    every = [*cells, *(cell for cell in by_cell if cell not in cells)]
    return [_row(cell, cells.get(cell), by_cell.get(cell)) for cell in every]


def _row(key: int, cell: Cell | None, change: Change | None) -> Row:
    middle = middle_of(key)
    told: Row = {
        "h3": f"{key:x}", "lat": round(middle.lat, 5), "lon": round(middle.lon, 5),
        "count": cell.count if cell else 0, "stands_out": bool(cell and cell.hot),
    }  # fmt: skip
    if change is not None:
        told |= {"before": change.before, "clear": change.clear}
        told |= {name: _finite(getattr(change, name)) for name in ("ratio", "low", "high")}
    return told


def _finite(value: float) -> float | None:
    return round(value, 3) if isfinite(value) else None


def as_csv(asked: Asked, found: Happened, changes: list[Change] | None) -> bytes:
    """For a spreadsheet: with a byte-order mark, so that Excel reads Chinese."""
    names = [one for one in COLUMNS if changes is not None or one not in NOT_COMPARED]
    out = io.StringIO()
    out.write(f"# {rule()} {asked.query}\r\n")
    sheet = csv.DictWriter(out, names, restval="", lineterminator="\r\n")
    sheet.writeheader()
    sheet.writerows(rows(found, changes))
    return out.getvalue().encode("utf-8-sig")


def as_geojson(asked: Asked, found: Happened, changes: list[Change] | None) -> bytes:
    """Polygons, with the figures as their properties."""
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Polygon", "coordinates": [outline_of(int(one["h3"], 16))]},
            "properties": one,
        }
        for one in rows(found, changes)
    ]
    told = {"type": "FeatureCollection", "rule": rule(), "asked": asked.query,
            "total": found.total, "unplaced": found.unplaced, "features": features}  # fmt: skip
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def rule() -> str:
    """What a reader must know of these figures."""
    return _("每个网格里每满 %(n)s 起记一次；不到 %(n)s 起的不写。") % {"n": STEP}
