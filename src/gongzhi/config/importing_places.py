"""``gongzhi import areas`` and ``gongzhi import gazetteer``: a county gets its own geography."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from gongzhi.base.log.actor import Actor
from gongzhi.base.places.actions import describe_county, import_areas, import_gazetteer
from gongzhi.base.places.coordinates import Bounds
from gongzhi.base.places.drawing import draw_areas, draw_places
from gongzhi.base.places.models import County
from gongzhi.base.places.rows import AreaRow, PlaceRow
from gongzhi.base.ui.errors import Refused
from gongzhi.config.importing_files import ReadRows, Told, require_some, require_system, run
from gongzhi.config.place_files import read_areas, read_places

BY = Actor.system("import")
_CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


@dataclass(frozen=True)
class CountyNames:
    """What the operator says of the county: needed once, later only to change it."""

    code: str = ""
    zh: str = ""
    en: str = ""


def areas_from(path: Path, names: CountyNames, *, kind: str, crs: str, dry: bool) -> int:
    """Import towns, villages, beats and stations' areas; the exit code."""

    def work(tell: Told) -> ReadRows[AreaRow]:
        require_system(crs)
        found = read_areas(path, crs, kind, tell)
        require_some(found)
        if not dry:
            county = _county(names, found.good)
            # A row that can't be read may be any area: then none is taken for gone.
            counts = import_areas(BY, county, found.good, ending=not found.bad)
            draw_areas(county)
            print(_("新增 %(added)s 个，不变 %(kept)s 个，结束 %(ended)s 个。") % counts)
        return found

    return run(path, work, dry=dry)


def gazetteer_from(path: Path, *, crs: str, dry: bool) -> int:
    """Import place names and addresses in place of those there are; the exit code."""

    def work(tell: Told) -> ReadRows[PlaceRow]:
        require_system(crs)
        county = County.objects.filter(own=True).first()
        if county is None:
            raise Refused(
                _("还没有本县的区域。请先用 gongzhi import areas 导入。"), code="no_county"
            )
        found = read_places(path, crs, county.bounds, tell)
        require_some(found)
        if not dry:
            import_gazetteer(BY, county, found.good)
            draw_places(county)
        return found

    return run(path, work, dry=dry)


def _county(names: CountyNames, rows: list[AreaRow]) -> County:
    """The own county: described where it isn't yet, wider where the new areas reach beyond it."""
    own = County.objects.filter(own=True).first()
    code = names.code or (own.code if own else "")
    zh, en = names.zh or (own.name_zh if own else ""), names.en or (own.name_en if own else "")
    if not zh or not _CODE.fullmatch(code):
        raise Refused(
            _("还没有本县。请加上 --county 代码（小写字母、数字）和 --name 县名，例如"
              " --county tinglan --name 汀澜县。"),
            code="no_county",
        )  # fmt: skip
    box = _box([row.polygon().bounds for row in rows], own)
    if own and (own.code, own.name_zh, own.name_en, own.bounds) == (code, zh, en, box):
        return own
    zone = own.time_zone if own else "Asia/Shanghai"
    return describe_county(
        BY, code=code, name_zh=zh, name_en=en, bounds=box, time_zone=zone, own=True
    )


def _box(boxes: list[tuple[float, float, float, float]], own: County | None) -> Bounds:
    if own:
        boxes = [*boxes, (own.west, own.south, own.east, own.north)]
    west, south, east, north = zip(*boxes, strict=True)
    return Bounds(min(south), min(west), max(north), max(east))
