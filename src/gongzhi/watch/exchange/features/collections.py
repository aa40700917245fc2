"""What there is on the maps for a program: thin edges on what the pages show, by the same rules."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapely
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongzhi.analysis.disclosure.marks import NOWHERE
from gongzhi.base.places.cells import as_text, outline_of
from gongzhi.base.places.layers import folder_of
from gongzhi.watch.exchange.features.asking import Box, Wanted
from gongzhi.watch.maps.asked import Asked, asked_in
from gongzhi.watch.maps.exporting import as_geojson
from gongzhi.watch.maps.permissions import VIEW
from gongzhi.watch.maps.selectors.fixed import towns
from gongzhi.watch.maps.selectors.happened import happened
from gongzhi.watch.maps.selectors.published import published
from gongzhi.work.prevention.warnings.pages.feed import as_feature
from gongzhi.work.prevention.warnings.selectors import standing

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

Feature = dict[str, Any]
EPOCH, HALF_A_YEAR = date(1970, 1, 1), timedelta(days=180)
"""From when marks count their days; how far back reports are told."""


@dataclass(frozen=True)
class Collection:
    """One of them. ``permission``: what a key needs; "" for everybody's."""

    code: str
    title: _StrOrPromise
    about: _StrOrPromise
    read: Callable[[Wanted], Sequence[Feature]]
    permission: str = ""


def _layer(name: str) -> Callable[[Wanted], Sequence[Feature]]:
    def read(_wanted: Wanted) -> Sequence[Feature]:
        path = folder_of(None) / f"{name}.geojson"
        return _file(path, path.stat().st_mtime_ns) if path.exists() else ()

    return read


@lru_cache(maxsize=8)
def _file(path: Path, _changed: int) -> tuple[Feature, ...]:
    told = json.loads(path.read_text("utf-8"))["features"]
    return tuple(
        {**one, "id": str(one["properties"].get("code", number))} for number, one in enumerate(told)
    )


def _warnings(wanted: Wanted) -> list[Feature]:
    found = [one for one in standing() if _stands_within(one.current, wanted)]
    return [{**as_feature(one), "id": one.number} for one in found]


def _stands_within(message: Any, wanted: Wanted) -> bool:
    late = wanted.until is not None and message.sent > wanted.until
    early = wanted.since is not None and message.ends_at < wanted.since
    return not late and not early


def _reports(_wanted: Wanted) -> list[Feature]:
    """Half a year by cell, by fives, from the maps' marks: exact counts of a window that moves
    would tell by the difference of two days what happened in between."""
    told = published()
    first = (told.latest - HALF_A_YEAR - EPOCH).days
    marks = told.marks.where(kind="request", days=(first, (told.latest - EPOCH).days))
    counted = {cell: many for cell, many in marks.by("cell").items() if cell != NOWHERE}
    return [
        {"type": "Feature", "id": as_text(cell), "geometry": _polygon(cell),
         "properties": {"h3": as_text(cell), "count": many}}
        for cell, many in sorted(counted.items())
    ]  # fmt: skip


def _polygon(cell: int) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [outline_of(cell)]}


def asked_of(code: str, wanted: Wanted) -> Asked:
    """The three maps' own question that this one means: days by the county's calendar."""
    zone = timezone.get_default_timezone()
    days = {"from": wanted.since, "to": wanted.until}
    told = {name: one.astimezone(zone).date().isoformat() for name, one in days.items() if one}
    return asked_in({"kind": COUNTED[code], **told}, published().latest, towns())


COUNTED = {"incidents": "incident", "requests": "request"}
"""Collections that are counted from marks, and what of."""


def _counted(code: str) -> Callable[[Wanted], Sequence[Feature]]:
    def read(wanted: Wanted) -> Sequence[Feature]:
        asked = asked_of(code, wanted)
        told = json.loads(as_geojson(asked, happened(published(), asked), None))
        days = {"from": asked.since.isoformat(), "to": asked.until.isoformat()}
        return [
            {**one, "id": one["properties"]["h3"], "properties": {**one["properties"], **days}}
            for one in told["features"]
        ]

    return read


def within(found: Sequence[Feature], box: Box | None) -> Sequence[Feature]:
    """Those whose shape meets the box; one whose west lies east of its east crosses the date
    line."""
    if box is None or not found:
        return found
    west, south, east, north = box
    parts = [(west, east)] if west <= east else [(west, 180.0), (-180.0, east)]
    whole = shapely.union_all([shapely.box(one, south, other, north) for one, other in parts])
    return [one for one in found if whole.intersects(shape_of(one))]


def shape_of(feature: Feature) -> shapely.Geometry:
    """Its geometry; an empty one where it has none."""
    drawn = feature.get("geometry")
    return shapely.from_geojson(json.dumps(drawn)) if drawn else shapely.Point()


_ALL = (
    Collection("outline", _("县界"), _("本县的边界。"), _layer("outline")),
    Collection("towns", _("乡镇"), _("乡镇和街道。"), _layer("towns")),
    Collection("villages", _("村和社区"), _("村和社区的范围。"), _layer("villages")),
    Collection("beats", _("巡区"), _("派出所的巡区。"), _layer("beats")),
    Collection("places", _("地点"), _("办事、上学、看病、出行的地方。"), _layer("pois")),
    Collection("warnings", _("预警"), _("现在有效的预警和它们的范围。"), _warnings),
    Collection(
        "reports", _("居民反映的问题"),
        _("近半年每格居民反映了多少，每满五件记一次；只到昨天。"), _reports,
    ),
    Collection(
        "incidents", _("警情"),
        _("每格的警情数，每满五起记一次；不给 datetime 就是最近四周。"),
        _counted("incidents"), VIEW,
    ),
    Collection(
        "requests", _("诉求"),
        _("每格的诉求数，每满五起记一次；不给 datetime 就是最近四周。"), _counted("requests"), VIEW,
    ),
)  # fmt: skip
COLLECTIONS = {one.code: one for one in _ALL}
