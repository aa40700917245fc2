"""What a point is called, so that a pin has words: the nearest door or place, village, town."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongzhi.base.places.areas import area_of
from gongzhi.base.places.cells import cell_of, cells_around
from gongzhi.base.places.coordinates import Point, metres_between
from gongzhi.base.places.models import Area, County, GazetteerEntry
from gongzhi.base.places.selectors import own_county

AT, BY = 25.0, 250.0
"""Metres within which a point is at a place, or near it."""
_RINGS = 2
"""Cells around the point's own that are looked at: some 500 m each way."""


@dataclass(frozen=True)
class Naming:
    """``words``: as a person would say it; "" where nothing near has a name."""

    words: str
    entry: GazetteerEntry | None
    metres: float | None
    town: Area | None
    village: Area | None
    inside: bool
    """Whether it lies in the county's bounds."""


def name_point(point: Point) -> Naming:
    """What people would call this point of the own county."""
    county = own_county()
    inside = county is not None and county.bounds.holds(point)
    town, village = (area_of(point, kind) for kind in (Area.Kind.TOWN, Area.Kind.VILLAGE))
    entry, metres = _nearest(point, county) if county else (None, None)
    return Naming(_words(entry, metres, town, village), entry, metres, town, village, inside)


def _nearest(point: Point, county: County) -> tuple[GazetteerEntry | None, float | None]:
    """The nearest place or door; streets and areas are no points, whatever their row says."""
    near = GazetteerEntry.objects.filter(
        county=county, h9__in=cells_around(cell_of(point), _RINGS)
    ).exclude(kind__in=["town", "village", "community", "road", "county"])
    found = [(metres_between(point, entry.point), entry.pk) for entry in near.only("lat", "lon")]
    if not found or min(found)[0] > BY:
        return None, None
    metres, key = min(found)
    return GazetteerEntry.objects.defer("tokens").get(pk=key), metres


def _words(
    entry: GazetteerEntry | None, metres: float | None, town: Area | None, village: Area | None
) -> str:
    if entry is not None and metres is not None:
        name = _full(entry, town)
        return name if metres <= AT else _("%(place)s附近") % {"place": name}
    return " ".join(str(area) for area in (town, village) if area)


def _full(entry: GazetteerEntry, town: Area | None) -> str:
    """A place with its address in front; where that is only the town, with that. A door's name
    has its town in it."""
    english = (get_language() or "").startswith("en")
    address = (english and entry.address_en) or entry.address_zh
    if any(char.isdigit() for char in address):
        return _("%(address)s（%(place)s）") % {"address": address, "place": entry}
    if town is None or entry.kind == "address":
        return str(entry)
    return _("%(town)s%(place)s") % {"town": town, "place": entry}
