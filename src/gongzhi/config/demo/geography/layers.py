"""The county's layers as compact GeoJSON for the map, and as rows for the gazetteer.

Every feature has ``code``, ``zh`` and ``en``. On top of that:

=========== ================= ==========================================================
file        shapes            properties
=========== ================= ==========================================================
outline     polygon           the county's border at sea
water       polygons          ``depth`` (m): 22 below 9; shallows, to be drawn first
land        polygons          ``inhabited``
relief      polygons          ``above`` (m): 25, 75, 150, 240, in that order
built_up    polygons          ``kind``: community or village
beaches     polygons
roads       lines             ``rank``: trunk, main, minor, street, lane;
                              ``over``: bridge or causeway
ferries     lines, points     ``kind``: route (``first``, ``last``, ``every`` and ``minutes``
                              in minutes, ``vehicles``) or pier
towns       polygons          ``people``, ``seat`` [lon, lat]
beats       polygons          ``town``, ``people``
villages    polygons          ``kind``, ``town``, ``beat``, ``people``, ``centre``
pois        points            ``kind``, ``town``, ``settlement``, ``address_zh/en``
labels      points            ``kind``: island, islet, peak (``height`` in m)
=========== ================= ==========================================================
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from gongzhi.config.demo.geography.county import County, Feature, Layer

FILES = (
    "outline", "water", "land", "relief", "built_up", "beaches", "roads", "ferries", "towns",
    "beats", "villages", "pois", "labels",
)  # fmt: skip
_COARSE = {"water": 4, "relief": 4, "outline": 4}
"""Decimals where five (about a metre) would only cost bytes."""


def write_layers(county: County, folder: Path) -> dict[str, int]:
    """Write one ``<layer>.geojson`` each into ``folder``; answers their sizes in bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    sizes = {}
    for layer in FILES:
        drawn = getattr(county, layer)
        if layer in {"towns", "beats", "villages"}:
            drawn = _plain(drawn)
        text = json.dumps(geojson(drawn, _COARSE.get(layer, 5)),
                          ensure_ascii=False, separators=(",", ":"))  # fmt: skip
        sizes[layer] = (folder / f"{layer}.geojson").write_text(text, "utf-8")
    return sizes


def _plain(areas: Layer) -> Layer:
    """The areas as the map needs them: still without gaps, but their coasts (which the land layer
    has) plain, and without the smallest islets."""
    parts = [(area, part) for area in areas for part in area.shape.geoms if part.area > 3e-5]
    plain = shapely.coverage_simplify([part for _, part in parts], 5e-4)
    shapes: dict[str, list[BaseGeometry]] = {}
    for (area, _), part in zip(parts, plain, strict=True):
        shapes.setdefault(area.code, []).append(part)
    return tuple(
        replace(area, shape=shapely.MultiPolygon(shapes[area.code]))
        for area in areas
        if area.code in shapes
    )


def geojson(layer: Layer, decimals: int = 5) -> dict[str, Any]:
    """A FeatureCollection with coordinates rounded to ``decimals``."""
    features = [_written(feature, decimals) for feature in layer]
    return {"type": "FeatureCollection", "features": features}


def _written(feature: Feature, decimals: int) -> dict[str, Any]:
    names = {"zh": feature.name.zh, "en": feature.name.en} if feature.name.zh else {}
    return {
        "type": "Feature",
        "geometry": _rounded(shapely.geometry.mapping(feature.shape), decimals),
        "properties": {"code": feature.code, **names, **feature.properties},
    }


def _rounded(shape: Any, decimals: int) -> Any:
    if isinstance(shape, dict):
        return {key: _rounded(part, decimals) for key, part in shape.items()}
    if isinstance(shape, float):
        return round(shape, decimals)
    if isinstance(shape, list | tuple):
        parts = [_rounded(part, decimals) for part in shape]
        if parts and isinstance(parts[0], list) and isinstance(parts[0][0], float):
            return [p for i, p in enumerate(parts) if i == 0 or p != parts[i - 1]]
        return parts
    return shape


@dataclass(frozen=True)
class GazetteerRow:
    """What the address search knows of a place."""

    code: str
    kind: str
    zh: str
    en: str
    address_zh: str
    address_en: str
    lon: float
    lat: float
    town: str


def gazetteer(county: County) -> Iterator[GazetteerRow]:
    """Towns, villages, named roads, places and front doors, the better known first."""
    for feature in county.towns:
        yield _row(feature, "town", feature.properties["seat"], feature.code)
    for feature in county.villages:
        kind, town = feature.properties["kind"], feature.properties["town"]
        yield _row(feature, kind, feature.properties["centre"], town)
    for feature in county.ferries:
        if feature.properties["kind"] == "pier":
            yield _row(feature, "pier", _middle(feature.shape), feature.properties["town"])
    for feature in county.roads:
        if feature.name.zh and feature.properties["rank"] in {"street", "trunk"}:
            town = feature.properties.get("town", "")
            yield _row(feature, "road", _middle(feature.shape), town)
    for feature in county.pois:
        kind, town = feature.properties["kind"], feature.properties["town"]
        yield _row(feature, kind, _middle(feature.shape), town)
    for feature in county.addresses:
        yield _row(feature, "address", _middle(feature.shape), feature.properties["town"])


def _middle(shape: BaseGeometry) -> list[float]:
    spot = shape if shape.geom_type == "Point" else shape.representative_point()
    return [round(spot.x, 6), round(spot.y, 6)]


def _row(feature: Feature, kind: str, at: list[float], town: str) -> GazetteerRow:
    known = feature.properties
    return GazetteerRow(feature.code, kind, feature.name.zh, feature.name.en,
                        known.get("address_zh", ""), known.get("address_en", ""),
                        at[0], at[1], town)  # fmt: skip
