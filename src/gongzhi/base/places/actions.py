"""Describing counties, and importing their areas and their gazetteer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.places.areas import forget_areas
from gongzhi.base.places.coordinates import Bounds
from gongzhi.base.places.events import AREAS_IMPORTED, COUNTY_DESCRIBED, GAZETTEER_IMPORTED
from gongzhi.base.places.gazetteer import replace_entries
from gongzhi.base.places.models import Area, County
from gongzhi.base.places.own import remember
from gongzhi.base.places.rows import AreaRow, PlaceRow, geojson_text

_BATCH = 500


@action
def describe_county(
    by: Actor,
    *,
    code: str,
    name_zh: str,
    name_en: str,
    bounds: Bounds,
    time_zone: str = "Asia/Shanghai",
    own: bool = False,
) -> County:
    """Say what the county of this code is called and where it lies; again, to correct it.

    ``own`` makes it the one that the platform serves, in place of any other.
    """
    if own:
        County.objects.exclude(code=code).filter(own=True).update(own=False)
    box = {"south": bounds.south, "west": bounds.west, "north": bounds.north, "east": bounds.east}
    said = {"name_zh": name_zh, "name_en": name_en, "time_zone": time_zone, "own": own, **box}
    county, _ = County.objects.update_or_create(code=code, defaults=said)
    record(COUNTY_DESCRIBED, county, county=code, own=own)
    if own:
        transaction.on_commit(lambda: remember(name_zh, name_en))
    return county


@action
def import_areas(
    by: Actor, county: County, rows: Iterable[AreaRow], *, ending: bool = True
) -> dict[str, int]:
    """Make these the county's areas of the kinds they name; says how many were added, kept, ended.

    An area whose shape or name changed ends the day before the new one begins (today, unless the
    row says from when); one that is not named any more ends yesterday, unless not ``ending``.
    Refuses broken shapes.
    """
    given = [_area(county, row) for row in rows]
    kinds = sorted({area.kind for area in given})
    standing = {
        (area.kind, area.code): area
        for area in county.areas.filter(kind__in=kinds, valid_to__isnull=True)
    }
    fresh = [area for area in given if not _same(standing.get((area.kind, area.code)), area)]
    kept = len(given) - len(fresh)
    named = {(area.kind, area.code) for area in given}
    replaced = {(area.kind, area.code) for area in fresh} & set(standing)
    unnamed = set(standing) - named if ending else set()
    gone = [standing[key] for key in sorted(replaced | unnamed)]
    _end(gone)
    for area in fresh:
        if (area.kind, area.code) in replaced:
            area.valid_from = max(area.valid_from, timezone.localdate(now()))
    Area.objects.bulk_create(fresh, batch_size=_BATCH)
    counts = {"added": len(fresh), "kept": kept, "ended": len(gone)}
    record(AREAS_IMPORTED, county, county=county.code, kinds=kinds, **counts)
    _forget_now_and_after()
    return counts


@action
def import_gazetteer(by: Actor, county: County, rows: Iterable[PlaceRow]) -> dict[str, int]:
    """Make these the county's gazetteer, in place of what it was. 20,000 rows take seconds.

    Streets that only their doors name get an entry of their own. Refuses places off the earth.
    """
    counts = replace_entries(county, rows)
    record(GAZETTEER_IMPORTED, county, county=county.code, **counts)
    return counts


def _area(county: County, row: AreaRow) -> Area:
    shape = row.polygon()
    west, south, east, north = shape.bounds
    return Area(
        county=county, kind=row.kind, code=row.code, parent=row.parent,
        name_zh=row.name_zh, name_en=row.name_en, geometry=geojson_text(shape),
        south=south, west=west, north=north, east=east,
        valid_from=row.valid_from, changed_at=now(),
    )  # fmt: skip


def _same(old: Area | None, new: Area) -> bool:
    told = ("name_zh", "name_en", "parent", "geometry")
    return old is not None and all(getattr(old, name) == getattr(new, name) for name in told)


def _end(areas: list[Area]) -> None:
    """End them yesterday. One that began today never came to be valid, and goes."""
    yesterday = timezone.localdate(now()) - timedelta(days=1)
    for area in areas:
        if area.valid_from > yesterday:
            area.delete()
        else:
            area.valid_to, area.changed_at = yesterday, now()
            area.save(update_fields=["valid_to", "changed_at"])


def _forget_now_and_after() -> None:
    """Now, for this transaction's own reads; after it, for what others read in between."""
    forget_areas()
    transaction.on_commit(forget_areas)
