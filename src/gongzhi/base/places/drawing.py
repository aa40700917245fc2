"""Drawing a county's areas and places for the map, for an operator who has no drawn layers."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import shapely
from django.db.models import QuerySet

from gongzhi.base.places.layers import compress, folder_of
from gongzhi.base.places.models import Area, County, GazetteerEntry

LAYERS = {Area.Kind.TOWN: "towns", Area.Kind.BEAT: "beats", Area.Kind.VILLAGE: "villages"}
"""Which layer shows areas of which kind."""
_LABELLED = ("town", "village", "community", "road", "address")
"""Kinds of the gazetteer that are no spots of their own: other layers show them, or none does."""
_METRE = 1e-5


def draw_areas(county: County) -> list[str]:
    """Write a layer for each kind of area that stands today, and the outline around them."""
    standing = county.areas.filter(valid_to__isnull=True)
    shapes: dict[str, list[shapely.Geometry]] = {}
    drawn = []
    for kind, layer in LAYERS.items():
        areas = list(standing.filter(kind=kind).order_by("code"))
        if areas:
            shapes[kind] = [shapely.from_geojson(area.geometry) for area in areas]
            pairs = zip(areas, shapes[kind], strict=True)
            drawn.append(_write(county, layer, [_area(area, shape) for area, shape in pairs]))
    ground = shapes.get(Area.Kind.TOWN) or [shape for kind in shapes.values() for shape in kind]
    if ground:
        names = {"code": county.code, "zh": county.name_zh, "en": county.name_en or county.name_zh}
        drawn.append(_write(county, "outline", [_feature(shapely.union_all(ground), names)]))
    compress(folder_of(county))
    return drawn


def draw_places(county: County) -> list[str]:
    """Write the layer of places from the gazetteer."""
    found: QuerySet[GazetteerEntry] = county.gazetteer.exclude(kind__in=_LABELLED)
    spots = [_spot(entry) for entry in found.order_by("code")]
    drawn = [_write(county, "pois", spots)]
    compress(folder_of(county))
    return drawn


def _area(area: Area, shape: shapely.Geometry) -> dict[str, Any]:
    return _feature(shape, {**_names(area), "town": area.parent})


def _spot(entry: GazetteerEntry) -> dict[str, Any]:
    return _feature(
        shapely.Point(entry.lon, entry.lat),
        {**_names(entry), "kind": entry.kind, "town": entry.area},
    )


def _names(named: Area | GazetteerEntry) -> dict[str, str]:
    return {"code": named.code, "zh": named.name_zh, "en": named.name_en or named.name_zh}


def _feature(shape: shapely.Geometry, said: dict[str, str]) -> dict[str, Any]:
    plain = shapely.set_precision(shape, _METRE)
    geometry = json.loads(shapely.to_geojson(plain))
    return {"type": "Feature", "geometry": geometry, "properties": said}


def _write(county: County, layer: str, features: Iterable[dict[str, Any]]) -> str:
    folder = folder_of(county)
    folder.mkdir(parents=True, exist_ok=True)
    found = {"type": "FeatureCollection", "features": list(features)}
    part = folder / f"{layer}.part"
    part.write_text(json.dumps(found, ensure_ascii=False, separators=(",", ":")), "utf-8")
    part.replace(folder / f"{layer}.geojson")
    return layer
