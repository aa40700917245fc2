"""What is handed in when areas or names are imported: checked shapes, nothing of the database."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date

import shapely
from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from gongzhi.base.ui.errors import Refused

DAY_ONE = date(1949, 10, 1)
"""From when an area is valid if nobody says."""
_DOOR_ZH = re.compile(r"(?P<street>.*\D)(?P<number>\d{1,5})号")
_DOOR_EN = re.compile(r"(?P<number>\d{1,5}) (?P<street>[^,]*)")


@dataclass(frozen=True)
class AreaRow:
    """One area. ``shape``: a shapely polygon or its GeoJSON, WGS 84, longitude first."""

    kind: str
    code: str
    name_zh: str
    shape: BaseGeometry | str
    name_en: str = ""
    parent: str = ""
    valid_from: date = DAY_ONE

    def polygon(self) -> BaseGeometry:
        """The shape, mended where its ring crosses itself. Refuses what is no polygon on earth."""
        try:
            given = shapely.from_geojson(self.shape) if isinstance(self.shape, str) else self.shape
            # By structure, because by its lines a spike would stay behind as a line of its own.
            shape = shapely.make_valid(
                shapely.force_2d(given), method="structure", keep_collapsed=False
            )
        except shapely.errors.ShapelyError:
            shape = None
        if shape is None or not _is_polygon(shape):
            raise Refused(
                _("区域“%(name)s”的边界不是有效的多边形。") % {"name": self.name_zh},
                code="bad_shape",
            )
        return shape


def _is_polygon(shape: BaseGeometry) -> bool:
    if shape.is_empty or shape.geom_type not in {"Polygon", "MultiPolygon"}:
        return False
    west, south, east, north = shape.bounds
    return bool(-180 <= west <= east <= 180 and -90 <= south <= north <= 90)


def geojson_text(shape: BaseGeometry) -> str:
    """The shape as compact GeoJSON with coordinates to a decimetre (6 decimals)."""
    return json.dumps(
        json.loads(shapely.to_geojson(shapely.set_precision(shape, 1e-6))), separators=(",", ":")
    )


@dataclass(frozen=True)
class PlaceRow:
    """One name of the gazetteer. A front door has ``number`` and the code of its ``street``;
    without them, ``kind`` "address" has them read from its name (“滨海路42号”)."""

    code: str
    kind: str
    name_zh: str
    lat: float
    lon: float
    name_en: str = ""
    address_zh: str = ""
    address_en: str = ""
    area: str = ""
    street: str = ""
    aliases: str = ""
    """Old names and what people of the place say, one a line."""
    number: int | None = None

    @property
    def is_door(self) -> bool:
        """Whether it is a numbered house on a street."""
        return self.number is not None or bool(
            self.kind == "address" and _DOOR_ZH.fullmatch(self.name_zh)
        )

    def house_number(self) -> int:
        """The number of a door. Raises ValueError for what is none."""
        if self.number is not None:
            return self.number
        match = _DOOR_ZH.fullmatch(self.name_zh)
        if match is None:
            raise ValueError(f"{self.name_zh} is no front door")
        return int(match["number"])

    def street_names(self) -> tuple[str, str]:
        """What the street of a door is called, as far as its name tells."""
        zh, en = _DOOR_ZH.fullmatch(self.name_zh), _DOOR_EN.match(self.name_en)
        return (zh["street"] if zh else self.name_zh), (en["street"] if en else "")
