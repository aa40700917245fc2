"""Where rows lie: the county's towns and hexagons, drawn as GeoJSON."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet

from gongzhi.base.catalogue.kinds.open_dataset import Column, OpenDataset
from gongzhi.base.places.cells import from_text, outline_of
from gongzhi.base.places.models import Area
from gongzhi.watch.exchange.opendata.columns import Said
from gongzhi.watch.exchange.opendata.tables import Row


def town_names() -> dict[str, Said]:
    """The own county's towns by code: one query."""
    found = _towns().defer("geometry")
    return {one.code: (one.name_zh, one.name_en or one.name_zh) for one in found}


def town_shapes() -> dict[str, Any]:
    """The same, drawn."""
    return {code: json.loads(drawn) for code, drawn in _towns().values_list("code", "geometry")}


def _towns() -> QuerySet[Area]:
    return Area.objects.filter(kind=Area.Kind.TOWN, county__own=True).order_by("valid_from")


def place_column(recipe: OpenDataset) -> Column | None:
    """The column that says where; None where none does."""
    return next((one for one in (Column.CELL, Column.TOWN) if one in recipe.by), None)


def by_place(recipe: OpenDataset, rows: Iterable[Row]) -> Mapping[str, Mapping[str, int]]:
    """Place → period → how many, of all rows that say where."""
    column, found = place_column(recipe), defaultdict[str, dict[str, int]](dict)
    if column is None:
        return {}
    for row in rows:
        place, period = row[column.value], row["period"]
        if place and row["count"] is not None:
            found[place][period] = found[place].get(period, 0) + row["count"]
    return dict(sorted(found.items()))


def as_geojson(recipe: OpenDataset, rows: Iterable[Row], version: int) -> bytes:
    """A feature for each place: how many in all, and in each period."""
    cells = place_column(recipe) == Column.CELL
    shapes, names = ({}, {}) if cells else (town_shapes(), town_names())
    features = []
    for place, periods in by_place(recipe, rows).items():
        shape = _hexagon(place) if cells else shapes.get(place)
        zh, en = names.get(place, (place, place))
        told = {"cell": place} if cells else {"town": place, "town_zh": zh, "town_en": en}
        features.append({
            "type": "Feature", "id": place, "geometry": shape,
            "properties": {**told, "count": sum(periods.values()), "periods": periods},
        })  # fmt: skip
    whole = {"type": "FeatureCollection", "dataset": recipe.code, "version": version,
             "licence": recipe.licence_url, "k": recipe.k, "features": features}  # fmt: skip
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def _hexagon(text: str) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [outline_of(from_text(text))]}
