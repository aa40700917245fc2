"""What the console's map shows: open incidents, units on duty, how often where."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import Any

from django.db.models import Count, Max
from django.utils.translation import gettext as _

from gongzhi.base.matters.clocks.showing import running_clocks
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account
from gongzhi.base.places.cells import as_text
from gongzhi.base.places.coordinates import Bounds
from gongzhi.base.places.models import County
from gongzhi.base.places.selectors import own_bounds
from gongzhi.base.ui.templatetags.ui import PRIORITIES
from gongzhi.work.dispatch.models import ResponseUnit
from gongzhi.work.dispatch.selectors.ground import cover_classes
from gongzhi.work.dispatch.selectors.queue import incidents, listed, place_of
from gongzhi.work.dispatch.selectors.reasons import minutes
from gongzhi.work.dispatch.selectors.units import doubt_words, sign_of
from gongzhi.work.dispatch.states import Status

MOST = 500
FEW = 50
"""Fewer than that, and none of them is far out."""
HEAT_DAYS = 30


def map_incidents(who: Account, county: County | None) -> list[dict[str, Any]]:
    """Open incidents; of an imported source, where nothing is open, the latest."""
    found = listed(who, county).filter(lat__isnull=False)
    if county is None:
        found = found.filter(closed_at__isnull=True).order_by("priority", "opened_at")
    else:
        found = found.order_by("-opened_at")
    drawn = list(found.select_related("narrative")[:MOST])
    clocks = running_clocks([matter.pk for matter in drawn])
    late = {key for key, running in clocks.items() if any(one.state == "late" for one in running)}
    return [_incident(matter, late=matter.pk in late) for matter in drawn]


def map_units() -> list[dict[str, Any]]:
    """Units on duty that have said where they are."""
    on_duty = ResponseUnit.objects.exclude(status=Status.OFF_DUTY).filter(lat__isnull=False)
    return [
        {
            "id": unit.pk,
            "lat": unit.lat,
            "lon": unit.lon,
            "name": str(unit),
            "status": sign_of(unit),
            "status_words": _doing(unit),
        }
        for unit in on_duty.select_related("doubt").order_by("code")
    ]


def _doing(unit: ResponseUnit) -> str:
    status = unit.status_words
    return _("%(status)s，位置存疑") % {"status": status} if doubt_words(unit) else status


def map_cells(county: County | None) -> list[dict[str, Any]]:
    """How many incidents in each cell in the last days of what is known: places and times only."""
    last = incidents(county).aggregate(last=Max("opened_at"))["last"]
    if last is None:
        return []
    recent = incidents(county).filter(
        opened_at__gte=last - timedelta(days=HEAT_DAYS), h9__isnull=False
    )
    counted = recent.values_list("h9").annotate(n=Count("pk")).order_by()
    return [{"cell": as_text(cell), "value": n} for cell, n in counted]


def bounds_of(county: County | None, who: Account | None = None) -> str:
    """``west,south,east,north`` of what the map shows at first; empty while nobody knows.

    Of an imported source where nearly all lies that is drawn for this person: one far out must
    not make everything else small.
    """
    box: Bounds | None = own_bounds()
    if county is not None:
        box = (who and _where_most_lie(who, county)) or county.bounds
    return f"{box.west},{box.south},{box.east},{box.north}" if box else ""


def _where_most_lie(who: Account, county: County) -> Bounds | None:
    latest = listed(who, county).filter(lat__isnull=False).order_by("-opened_at")[:MOST]
    spots = [point for one in latest.only("lat", "lon") if (point := one.point)]
    if len(spots) < FEW:
        return None
    south, north = _span([spot.lat for spot in spots])
    west, east = _span([spot.lon for spot in spots])
    return Bounds(south, west, north, east)


def _span(values: list[float]) -> tuple[float, float]:
    """Between which two nearly all lie, with some room around them."""
    ordered, out = sorted(values), len(values) // 100
    low, high = ordered[out], ordered[-1 - out]
    room = max(high - low, 0.01) * 0.08
    return low - room, high + room


def map_words() -> dict[str, Any]:
    """The legend's words."""
    return {
        "priorities": {level: f"P{level} {words}" for level, words in PRIORITIES.items()},
        "statuses": {
            "free": _("空闲"),
            "enroute": _("已派、途中"),
            "onscene": _("到场"),
            "busy": _("暂停接派"),
        },
        "heat": _("近 30 天警情"),
        "cover": _cover_words(),
    }


def _cover_words() -> dict[str, Any]:
    """The layer of cover: what it shows, the borders between its classes (s), the words of each,
    and how many of them are within the promise."""
    borders = cover_classes()
    first, last = minutes(borders[0]), minutes(borders[-1])
    between = [
        _("%(a)s–%(b)s 分钟") % {"a": minutes(a), "b": minutes(b)} for a, b in pairwise(borders)
    ]
    return {
        "title": _("下一起警情多久有人到"),
        "about": _("约 %(m)s 分钟"),
        "nobody": _("没有空闲单位能到"),
        "borders": borders,
        "within": 3,
        "classes": [
            _("%(b)s 分钟内") % {"b": first}, *between, _("%(a)s 分钟以上") % {"a": last},
        ],
    }  # fmt: skip


def _incident(matter: Matter, *, late: bool) -> dict[str, Any]:
    return {
        "id": matter.pk,
        "lat": matter.lat,
        "lon": matter.lon,
        "priority": matter.priority,
        "words": matter.title,
        "place": place_of(matter),
        "late": late,
    }
