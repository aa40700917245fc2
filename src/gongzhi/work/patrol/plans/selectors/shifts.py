"""The shifts of a day, as units are planned to be on duty, and where each unit sets out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.places.coordinates import Point, metres_between
from gongzhi.base.places.models import GazetteerEntry
from gongzhi.base.places.selectors import own_bounds
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dispatch.models import ResponseUnit, UnitShift

USUAL = ((time(8), time(20)), (time(20), time(8)))
"""Where nobody has planned units: the two halves of a day."""
LEAST = timedelta(minutes=60)
"""A unit that is on duty for less of a shift has no time to patrol in it."""


@dataclass(frozen=True)
class Shift:
    """From when to when a plan is for. ``units``: how many are planned for just these hours."""

    begins: datetime
    ends: datetime
    units: int = 0

    @property
    def code(self) -> str:
        """``0800-2000``, by which an address and a command name it."""
        begins, ends = timezone.localtime(self.begins), timezone.localtime(self.ends)
        return f"{begins:%H%M}-{ends:%H%M}"

    @property
    def day(self) -> date:
        """The day on which it begins."""
        return timezone.localdate(self.begins)

    def __str__(self) -> str:
        begins, ends = timezone.localtime(self.begins), timezone.localtime(self.ends)
        return f"{begins:%H:%M}–{ends:%H:%M}"


@dataclass(frozen=True)
class OnDuty:
    """A unit that can patrol in a shift, when, and where it sets out."""

    unit: ResponseUnit
    begins: datetime
    ends: datetime
    post: Point


def shifts_on(day: date) -> list[Shift]:
    """The shifts that begin on this day, as units' duty is planned; the usual two where none is."""
    zone = timezone.get_default_timezone()
    first = datetime.combine(day, time(), zone)
    rows = UnitShift.objects.filter(
        begins_at__gte=first, begins_at__lt=first + timedelta(days=1), unit__retired_at=None
    )
    counts = Counter(rows.values_list("begins_at", "ends_at"))
    found = [Shift(begins, ends, many) for (begins, ends), many in counts.items()]
    if not found:
        found = [_usual(first, *hours) for hours in USUAL]
    return sorted(found, key=lambda one: (one.begins, one.ends))


def shift_called(day: date, code: str = "") -> Shift:
    """The shift of this code; without one, that with most units. Refuses (404) a code that isn't
    there."""
    listed = shifts_on(day)
    if not code:
        return max(listed, key=lambda one: one.units)
    found = next((one for one in listed if one.code == code), None)
    if found is None:
        words = _("这一天没有 %(code)s 这个班次。") % {"code": code[:20]}
        raise Refused(words, code="no_such_shift", status=404)
    return found


def shift_at(at: datetime) -> Shift:
    """The shift that is on at this moment, of those the one with most units; else the day's."""
    today = timezone.localdate(at)
    listed = [*shifts_on(today - timedelta(days=1)), *shifts_on(today)]
    running = [one for one in listed if one.begins <= at < one.ends]
    return max(running, key=lambda one: one.units) if running else shift_called(today)


def on_duty_in(begins: datetime, ends: datetime) -> list[OnDuty]:
    """The units that are planned to be on duty then, by code. Three queries."""
    rows = UnitShift.objects.filter(
        begins_at__lt=ends, ends_at__gt=begins, unit__retired_at=None, unit__county=None
    ).select_related("unit__station")
    spans: dict[int, tuple[ResponseUnit, datetime, datetime]] = {}
    for row in rows.order_by("unit__code", "begins_at"):
        start, end = max(row.begins_at, begins), min(row.ends_at, ends)
        known = spans.get(row.unit_id)
        if known is None or end - start > known[2] - known[1]:
            spans[row.unit_id] = (row.unit, start, end)
    fit = [one for one in spans.values() if one[2] - one[1] >= LEAST]
    posts = posts_of([unit for unit, _start, _end in fit])
    return [OnDuty(unit, start, end, posts[unit.pk]) for unit, start, end in fit]


def posts_of(units: Sequence[ResponseUnit]) -> Mapping[int, Point]:
    """Where each sets out: its station as the gazetteer knows it by name, for boats the pier next
    to it. Two queries."""
    names = {one.station.name_zh for one in units}
    known = GazetteerEntry.objects.filter(county__own=True)
    stations = {one.name_zh: one.point for one in known.filter(kind="police", name_zh__in=names)}
    boats = any(one.kind == ResponseUnit.Kind.BOAT for one in units)
    piers = [one.point for one in known.filter(kind="pier")] if boats else []
    middle = _middle(stations.values())
    return {
        one.pk: _post(one, stations.get(one.station.name_zh, middle), piers) for one in units
    }  # fmt: skip


def _post(unit: ResponseUnit, station: Point, piers: Sequence[Point]) -> Point:
    if unit.kind != ResponseUnit.Kind.BOAT or not piers:
        return station
    return min(piers, key=lambda pier: metres_between(pier, station))


def _middle(stations: Iterable[Point]) -> Point:
    """For a unit whose station nobody has put on the map."""
    first = next(iter(stations), None)
    if first is not None:
        return first
    box = own_bounds()
    return Point((box.south + box.north) / 2, (box.west + box.east) / 2) if box else Point(0, 0)


def _usual(midnight: datetime, begins: time, ends: time) -> Shift:
    """Hours of the day that begins at this midnight."""
    day, zone = midnight.date(), midnight.tzinfo
    last = day if ends > begins else day + timedelta(days=1)
    return Shift(datetime.combine(day, begins, zone), datetime.combine(last, ends, zone))
