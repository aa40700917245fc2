"""A county's map layers: GeoJSON files in its home, drawn by `frontend/js/map`.

The own county's lie in ``layers/``, another one's in ``layers/<its code>/``. Whoever writes them
calls `compress` at the end, so that a phone gets a third of the bytes.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from pathlib import Path

import shapely
from django.conf import settings

from gongzhi.base.places.coordinates import Bounds, Point
from gongzhi.base.places.models import County

NAMES = (
    "outline", "water", "land", "relief", "built_up", "beaches", "roads", "ferries", "towns",
    "beats", "villages", "pois", "labels",
)  # fmt: skip
"""All that the map knows how to draw, from the ground up."""
_ROOM = 0.04
"""Share of a hull's size that is left around it."""


def folder_of(county: County | None) -> Path:
    """Where a county's layers lie; the own one's for None."""
    root: Path = settings.HOME.layers
    return root if county is None or county.own else root / county.code


def layers_of(county: County | None) -> list[str]:
    """The layers that a county has, from the ground up. Any county has an outline."""
    folder = folder_of(county)
    found = [name for name in NAMES if (folder / f"{name}.geojson").exists()]
    return found if "outline" in found or county is None else ["outline", *found]


def compress(folder: Path) -> None:
    """Put a gzipped copy beside each layer."""
    for path in folder.glob("*.geojson"):
        part = path.with_suffix(".part")
        part.write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))
        part.replace(path.with_suffix(".geojson.gz"))


def write_outline(county: County, points: Iterable[Point]) -> None:
    """Draw the county around what is known to lie in it, for one whose border nobody gave."""
    folder = folder_of(county)
    folder.mkdir(parents=True, exist_ok=True)
    spots = shapely.MultiPoint([(point.lon, point.lat) for point in points])
    text = _outline(county, _around(spots) if not spots.is_empty else _box(county.bounds))
    (folder / "outline.geojson").write_text(text, "utf-8")
    compress(folder)


def plain_outline(county: County) -> str:
    """The outline of a county of which nothing but its bounds is known."""
    return _outline(county, _box(county.bounds))


def _around(spots: shapely.MultiPoint) -> shapely.Polygon:
    hull = shapely.concave_hull(spots, ratio=0.35)
    west, south, east, north = hull.bounds
    room = max(east - west, north - south, 0.01) * _ROOM
    return shapely.simplify(hull.buffer(room, quad_segs=4), room / 10)


def _box(bounds: Bounds) -> shapely.Polygon:
    """With rounded corners, as nobody's border is a box."""
    box = shapely.box(bounds.west, bounds.south, bounds.east, bounds.north)
    room = max(min(bounds.east - bounds.west, bounds.north - bounds.south), 0.01) * 0.1
    return box.buffer(-room).buffer(room, quad_segs=6) if box.area else box.buffer(room)


def _outline(county: County, shape: shapely.Polygon) -> str:
    west, south, east, north = (round(side, 5) for side in shape.bounds)
    ring = json.loads(shapely.to_geojson(shapely.set_precision(shape, 1e-5)))
    names = {"code": county.code, "zh": county.name_zh, "en": county.name_en or county.name_zh}
    feature = {"type": "Feature", "geometry": ring, "properties": names}
    found = {"type": "FeatureCollection", "bbox": [west, south, east, north], "features": [feature]}
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))
