"""Files of roads, paths and ferries, as an operator has them: GeoJSON, and OpenStreetMap's own.

OpenStreetMap's tags mean what its wiki says (highway, oneway, maxspeed, bridge, tunnel,
route=ferry, duration, interval). A GeoJSON feature may carry them, or our own plain properties:
``rank``, ``kmh``, ``over``, and for a ferry ``kind`` = route with ``first``, ``last``, ``every``,
``minutes`` and ``vehicles``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import osmium
import shapely
from django.utils.translation import gettext as _

from gongzhi.analysis.travel import Rank, Spot, Timetable, Way, metres_between
from gongzhi.base.places.coordinates import to_wgs84
from gongzhi.base.ui.errors import Refused
from gongzhi.config.geojson import features_of
from gongzhi.config.importing_files import ReadRows, Told

Line = list[tuple[float, float]]
OSM = (".osm", ".xml", ".pbf", ".osm.gz", ".osm.bz2")
OF_HIGHWAY: Mapping[str, Rank] = {
    "motorway": "trunk", "trunk": "trunk", "primary": "main", "secondary": "main",
    "tertiary": "minor", "unclassified": "minor", "road": "street", "residential": "street",
    "living_street": "street", "service": "lane", "track": "lane", "pedestrian": "path",
    "footway": "path", "path": "path", "steps": "path", "cycleway": "path", "bridleway": "path",
}  # fmt: skip
"""How a highway's kind is ranked; a ``_link`` as what it leads to. Others are no ways yet."""
OF_SIGN = 0.75
"""A sign says the most; along a way with bends and stops one makes about so much of it."""
MILE = 1.609344
FERRY_KNOTS = 10.0
"""Where neither a duration nor minutes are given."""
FIRST, LAST, EVERY = 6 * 60, 18 * 60, 60
"""Where a ferry's timetable isn't given: daylight, once an hour."""


@dataclass
class ReadWays(ReadRows[Way]):
    """What a file had; ``passed``: features that are no ways, buildings, coasts, points."""

    passed: int = 0

    @property
    def read(self) -> int:
        """How many features there were."""
        return super().read + self.passed


def read_ways(path: Path, crs: str, tell: Told) -> ReadWays:
    """The ways of a file by its ending. Refuses what can't be read as what it says to be."""
    if path.name.lower().endswith(OSM):
        return _osm(path, tell)
    return _geojson(path, crs, tell)


def _geojson(path: Path, crs: str, tell: Told) -> ReadWays:
    features = features_of(path)
    found = ReadWays()
    for number, feature in enumerate(features, 1):
        said = feature.get("properties") if isinstance(feature, dict) else None
        tags = said if isinstance(said, dict) else {}
        try:
            ways = [way for line in _lines(feature, crs) for way in _ways(line, tags)]
            found.good += ways
            found.passed += not ways
        except ValueError as wrong:
            found.bad.append(
                (number, str(tags.get("code") or tags.get("osm_id") or ""), str(wrong))
            )
        tell(number / len(features))
    return found


def _lines(feature: Any, crs: str) -> Iterator[Line]:
    """The feature's lines in WGS84. Raises ValueError for a shape that can't be read."""
    try:
        shape = shapely.from_geojson(json.dumps(feature["geometry"]))
    except (shapely.errors.ShapelyError, KeyError, TypeError) as wrong:
        raise ValueError(_("看不懂这个图形。")) from wrong
    for part in shapely.get_parts(shape):
        if part.geom_type == "LineString":
            points = shapely.get_coordinates(part).tolist()
            yield [(p.lon, p.lat) for p in (to_wgs84(x, y, crs) for x, y in points)]


def _osm(path: Path, tell: Told) -> ReadWays:
    found = ReadWays()
    try:
        reader = osmium.FileProcessor(str(path)).with_locations()
        for thing in reader:
            if isinstance(thing, osmium.osm.Way):
                tags = {tag.k: tag.v for tag in thing.tags}
                line = [(n.lon, n.lat) for n in thing.nodes if n.location.valid()]
                _take(found, thing.id, line, tags)
        tell(1.0)
    except (RuntimeError, OSError) as wrong:
        said = _("读不了“%(file)s”：%(reason)s。") % {"file": path, "reason": wrong}
        raise Refused(said, code="no_osm") from wrong
    return found


def _take(found: ReadWays, key: int, line: Line, tags: Mapping[str, str]) -> None:
    try:
        ways = list(_ways(line, tags)) if len(line) > 1 else []
        found.good += ways
        found.passed += not ways
    except ValueError as wrong:
        found.bad.append((key, f"way/{key}", str(wrong)))


def _ways(line: Line, tags: Mapping[str, Any]) -> Iterator[Way]:
    """The way that these tags make of a line; none where they make none."""
    if tags.get("route") == "ferry" or tags.get("kind") == "route":
        yield Way(line, "ferry", ferry=_timetable(line, tags))
        return
    rank = tags.get("rank") or OF_HIGHWAY.get(str(tags.get("highway", "")).removesuffix("_link"))
    if not rank or tags.get("access") == "no" or tags.get("area") == "yes":
        return
    oneway = str(tags.get("oneway", "yes" if _turns(tags) else "no"))
    yield Way(
        line[::-1] if oneway == "-1" else line,
        rank,
        kmh=_speed(tags),
        one_way=oneway in ("yes", "1", "true", "True", "-1"),
        over=bool(tags.get("over")) or any(_is(tags, key) for key in ("bridge", "tunnel")),
    )


def _turns(tags: Mapping[str, Any]) -> bool:
    return tags.get("junction") in ("roundabout", "circular") or tags.get("highway") == "motorway"


def _is(tags: Mapping[str, Any], key: str) -> bool:
    return str(tags.get(key) or "no") != "no"


def _speed(tags: Mapping[str, Any]) -> float | None:
    """What one drives (km/h), from our ``kmh`` or a sign; None for a sign nobody can read."""
    if tags.get("kmh") is not None:
        return float(tags["kmh"])
    sign = re.fullmatch(r"\s*(\d{1,3})\s*(km/h|mph)?\s*", str(tags.get("maxspeed") or ""))
    if sign is None or not int(sign[1]):
        return None
    return int(sign[1]) * (MILE if sign[2] == "mph" else 1.0) * OF_SIGN


def _timetable(line: Line, tags: Mapping[str, Any]) -> Timetable:
    crossing = tags.get("minutes") or _minutes(tags.get("duration"))
    if not crossing:
        spots = [Spot(lat, lon) for lon, lat in line]
        metres = sum(metres_between(a, b) for a, b in pairwise(spots))
        crossing = max(1, round(metres / (FERRY_KNOTS * 1852 / 60)))
    vehicles = tags.get("vehicles")
    if vehicles is None:
        vehicles = str(tags.get("motor_vehicle") or tags.get("motorcar") or "yes") != "no"
    return Timetable(
        first=_minutes(tags.get("first")) or FIRST,
        last=_minutes(tags.get("last")) or LAST,
        every=int(tags.get("every") or _minutes(tags.get("interval")) or EVERY),
        crossing=int(crossing),
        vehicles=bool(vehicles),
    )


def _minutes(said: object) -> int:
    """``41``, ``0:41``, ``06:20`` or ``00:41:00`` in minutes; 0 where nothing is said. Raises
    ValueError for what is no time."""
    if said in (None, ""):
        return 0
    parts = str(said).split(":")
    if not all(part.isdecimal() for part in parts) or len(parts) > 3:
        raise ValueError(_("“%(said)s”不是时间。") % {"said": said})
    numbers = [int(part) for part in parts]
    return numbers[0] if len(numbers) == 1 else numbers[0] * 60 + numbers[1]
