"""``gongzhi import areas`` and ``gongzhi import gazetteer``: a county gets its own geography."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _
from rich.console import Console

from gongzhi.base.log.actor import Actor
from gongzhi.base.places.actions import describe_county, import_areas, import_gazetteer
from gongzhi.base.places.coordinates import Bounds, known_system
from gongzhi.base.places.drawing import draw_areas, draw_places
from gongzhi.base.places.models import County
from gongzhi.base.places.rows import AreaRow, PlaceRow
from gongzhi.base.ui.errors import Refused
from gongzhi.config.importing import bar, spoken
from gongzhi.config.place_files import ReadRows, Told, read_areas, read_places

AnyRows = ReadRows[AreaRow] | ReadRows[PlaceRow]
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

    def work(tell: Told) -> AnyRows:
        _require_system(crs)
        found = read_areas(path, crs, kind, tell)
        _require_some(found)
        if not dry:
            county = _county(names, found.good)
            # A row that can't be read may be any area: then none is taken for gone.
            counts = import_areas(BY, county, found.good, ending=not found.bad)
            draw_areas(county)
            print(_("新增 %(added)s 个，不变 %(kept)s 个，结束 %(ended)s 个。") % counts)
        return found

    return _run(path, work, dry=dry)


def gazetteer_from(path: Path, *, crs: str, dry: bool) -> int:
    """Import place names and addresses in place of those there are; the exit code."""

    def work(tell: Told) -> AnyRows:
        _require_system(crs)
        county = County.objects.filter(own=True).first()
        if county is None:
            raise Refused(
                _("还没有本县的区域。请先用 gongzhi import areas 导入。"), code="no_county"
            )
        found = read_places(path, crs, county.bounds, tell)
        _require_some(found)
        if not dry:
            import_gazetteer(BY, county, found.good)
            draw_places(county)
        return found

    return _run(path, work, dry=dry)


def _run(path: Path, work: Callable[[Told], AnyRows], *, dry: bool) -> int:
    with translation.override(spoken()):
        try:
            with bar() as progress:
                task = progress.add_task(path.name, total=1.0, counts="")
                found = work(lambda share: progress.update(task, completed=share))
                progress.update(task, completed=1.0)
        except Refused as refused:
            Console(stderr=True).print(str(refused), style="red", highlight=False, soft_wrap=True)
            return 2
        _tell(path, found, dry=dry)
    return 0


def _tell(path: Path, found: AnyRows, *, dry: bool) -> None:
    rejected = Path(f"{path.name}.rejected.csv")
    rejected.unlink(missing_ok=True)
    if found.bad:
        _write_rejected(rejected, found)
        print(_("未导入的行和原因：%(file)s") % {"file": rejected})
    if dry:
        print(_("这是试运行，什么都没有写入。"))
    print(f"{found.read} read, {len(found.good)} usable, {len(found.bad)} rejected", flush=True)


def _write_rejected(to: Path, found: AnyRows) -> None:
    with to.open("w", encoding="utf-8-sig", newline="") as out:
        table = csv.writer(out)
        table.writerow(["row", "code", "reason"])
        table.writerows(found.bad)


def _require_system(crs: str) -> None:
    if not known_system(crs):
        raise Refused(_("没有叫“%(crs)s”的坐标系。") % {"crs": crs}, code="crs")


def _require_some(found: AnyRows) -> None:
    """A file without one usable row is a mistake, not an empty county."""
    if found.good:
        return
    number, _code, reason = found.bad[0] if found.bad else (0, "", "")
    said = _("文件里没有能用的行，什么都没有改。")
    if number:
        said += _("第 %(n)s 行：%(reason)s") % {"n": number, "reason": reason}
    raise Refused(said, code="nothing_usable")


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
