"""Files of areas and place names, as an operator has them: each row checked, none fatal."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import shapely
from django.utils.translation import gettext as _

from gongzhi.base.files.tables import REASONS, opened
from gongzhi.base.places.coordinates import Bounds, checked, to_wgs84
from gongzhi.base.places.models import Area
from gongzhi.base.places.rows import DAY_ONE, AreaRow, PlaceRow
from gongzhi.base.ui.errors import Refused
from gongzhi.config.geojson import features_of
from gongzhi.config.importing_files import ReadRows, Told

K = TypeVar("K")
LONGEST_CODE = {"area": 40, "place": 80}
LONGEST_NAME, LONGEST_KIND = 200, 20
ALIASES = ("aliases", "alt_name", "old_name", "loc_name", "short_name")
COLUMNS = ("code", "kind", "name_zh", "lat", "lon")
"""What a table of place names must have; name_en, aliases, address_zh, address_en, area, street and
number may stand beside them."""
Said = Mapping[str, object]


def read_areas(path: Path, crs: str, kind: str, tell: Told) -> ReadRows[AreaRow]:
    """The areas of a GeoJSON file. `kind` is for features that don't say theirs."""
    features = features_of(path)
    found: ReadRows[AreaRow] = ReadRows()
    seen: set[tuple[str, str]] = set()
    for number, feature in enumerate(features, 1):
        said = _properties(feature)
        try:
            row = _area(feature, said, crs, kind)
            _require_new((row.kind, row.code), seen)
            found.good.append(row)
        except Refused as wrong:
            found.bad.append((number, str(said.get("code") or ""), str(wrong)))
        tell(number / len(features))
    return found


def read_places(path: Path, crs: str, within: Bounds, tell: Told) -> ReadRows[PlaceRow]:
    """The place names of a GeoJSON file or a table (CSV, also gzipped, or Excel)."""
    found: ReadRows[PlaceRow] = ReadRows()
    seen: set[str] = set()
    for number, said, wrong, share in _place_rows(path):
        try:
            if wrong:
                raise Refused(str(REASONS[wrong]), code=wrong)
            row = _place(said, crs, within)
            _require_new(row.code, seen)
            found.good.append(row)
        except Refused as refused:
            found.bad.append((number, str(said.get("code") or ""), str(refused)))
        tell(share)
    return found


def _place_rows(path: Path) -> Iterator[tuple[int, Said, str, float]]:
    if path.suffix.lower() in {".geojson", ".json"}:
        features = features_of(path)
        for number, feature in enumerate(features, 1):
            yield number, _spot(feature), "", number / len(features)
        return
    with opened(path, COLUMNS, "utf-8") as source:
        for row in source.rows:
            cells = {} if row.wrong else dict(zip(source.headings, row.cells, strict=True))
            yield row.number, cells, row.wrong, source.share


def _properties(feature: object) -> Said:
    said = feature.get("properties") if isinstance(feature, dict) else None
    return said if isinstance(said, dict) else {}


def _spot(feature: object) -> Said:
    """The properties, with the middle of what the feature draws as lon and lat."""
    try:
        shape = shapely.from_geojson(json.dumps(feature["geometry"]))  # type: ignore[index]
        spot = shape if shape.geom_type == "Point" else shape.representative_point()
        return {**_properties(feature), "lon": spot.x, "lat": spot.y}
    except (shapely.errors.ShapelyError, KeyError, TypeError):
        return {**_properties(feature), "lon": None, "lat": None}


def _area(feature: Any, said: Said, crs: str, otherwise: str) -> AreaRow:
    kind = _text(said, "kind", LONGEST_KIND) or otherwise
    if kind not in Area.Kind.values:
        known = ", ".join(Area.Kind.values)
        raise Refused(_("kind 应是 %(known)s 之一。") % {"known": known}, code="kind")
    name_zh, name_en = _names(said)
    row = AreaRow(
        kind, _code(said, "area"), name_zh, _shape(feature, crs, name_zh), name_en,
        _text(said, "parent", LONGEST_CODE["area"]), _day(said),
    )  # fmt: skip
    row.polygon()  # refuses what is none
    return row


def _shape(feature: Any, crs: str, name: str) -> Any:
    try:
        given = shapely.from_geojson(json.dumps(feature["geometry"]))
        return shapely.transform(shapely.force_2d(given), lambda ring: _converted(ring, crs))
    except (shapely.errors.ShapelyError, KeyError, TypeError, ValueError):
        raise Refused(
            _("区域“%(name)s”的边界不是有效的多边形。") % {"name": name}, code="bad_shape"
        ) from None


def _converted(ring: Any, crs: str) -> list[tuple[float, float]]:
    points = (to_wgs84(float(x), float(y), crs) for x, y in ring)
    return [(point.lon, point.lat) for point in points]


def _place(said: Said, crs: str, within: Bounds) -> PlaceRow:
    kind = _text(said, "kind", LONGEST_KIND)
    if not kind:
        raise Refused(_("缺少 kind（例如 village、school、address）。"), code="kind")
    code = _code(said, "place")
    name_zh, name_en = _names(said)
    given = checked(said.get("lat"), said.get("lon")) if crs == "WGS84" else None
    x, y = (given.lon, given.lat) if given else (_number(said, "lon"), _number(said, "lat"))
    point = to_wgs84(x, y, crs)
    checked(point.lat, point.lon, within=within)
    number = _text(said, "number", 12)
    if number and not (number.isascii() and number.isdigit() and 0 < int(number) < 100_000):
        raise Refused(_("number 应是 1 到 99999 的门牌号，也可以空着。"), code="number")
    return PlaceRow(
        code, kind, name_zh, point.lat, point.lon, name_en,
        _text(said, "address_zh", LONGEST_NAME), _text(said, "address_en", LONGEST_NAME),
        area=_text(said, "area", LONGEST_CODE["area"]),
        street=_text(said, "street", LONGEST_CODE["place"]),
        number=int(number) if number else None,
        aliases=_aliases(said),
    )  # fmt: skip


def _aliases(said: Said) -> str:
    """Other names, one a line: `ALIASES` of the row, parted by semicolons or marks of a list."""
    told = [_text(said, name, 4 * LONGEST_NAME) for name in ALIASES]
    names = [one.strip() for text in told for one in re.split(r"[;\uff1b\u3001|\n]", text)]
    return "\n".join(dict.fromkeys(name[:LONGEST_NAME] for name in names if name))


def _number(said: Said, name: str) -> float:
    """A coordinate in another system: any number; what it means is seen after the conversion."""
    try:
        return float(str(said.get(name)))
    except ValueError:
        wrong = _("%(name)s 不是有效的数字。") % {"name": name}
        raise Refused(wrong, code="place_not_numbers") from None


def _code(said: Said, what: str) -> str:
    code = _text(said, "code", LONGEST_CODE[what])
    if not code:
        raise Refused(_("缺少 code（代码）。"), code="code")
    return code


def _names(said: Said) -> tuple[str, str]:
    """Both names; ``zh`` and ``en``, or ``name``, do as well."""
    zh = next((t for n in ("name_zh", "zh", "name") if (t := _text(said, n, LONGEST_NAME))), "")
    en = next((t for n in ("name_en", "en") if (t := _text(said, n, LONGEST_NAME))), "")
    if not zh:
        raise Refused(_("缺少 name_zh（名称）。"), code="name")
    return zh, en


def _text(said: Said, name: str, longest: int) -> str:
    given = said.get(name)
    text = "" if given is None else str(given).strip()
    if "\x00" in text or len(text) > longest:
        wrong = _("%(name)s 太长（最多 %(n)s 个字）或者有不能用的字符。")
        raise Refused(wrong % {"name": name, "n": longest}, code=name)
    return text


def _day(said: Said) -> date:
    given = _text(said, "valid_from", 40)
    try:
        return date.fromisoformat(given) if given else DAY_ONE
    except ValueError:
        wrong = _("valid_from 应写成 2026-01-31 这样。")
        raise Refused(wrong, code="valid_from") from None


def _require_new(key: K, seen: set[K]) -> None:
    if key in seen:
        raise Refused(_("这个 code 在文件里出现过了。"), code="repeated")
    seen.add(key)
