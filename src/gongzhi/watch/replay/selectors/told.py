"""A shift as the page plays it: an outline with its units, and its incidents in pieces of an hour.

No name, no phone, no words, no account: ids of incidents and units, codes, times and places.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.db.models import Count

from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Unit
from gongzhi.base.places.cells import middle_of
from gongzhi.base.places.models import Area, GazetteerEntry
from gongzhi.watch.replay.selectors.courses import Span
from gongzhi.watch.replay.selectors.shift import Shift
from gongzhi.watch.replay.selectors.strip import strip_of
from gongzhi.work.calls.models import Call

PIECE = 3600
"""Seconds of a shift that one request brings."""

Place = list[float] | None


def outline(shift: Shift, *, exact: bool) -> dict[str, Any]:
    """Units with their courses, where they went, and the strip."""
    posts = posts_of(shift)
    courses = shift.unit_courses
    length = shift.window.seconds
    came = [span.since for spans in shift.incident_courses.values() for span in spans[:1]]
    return {
        "seconds": length,
        "piece": PIECE,
        "known": min(length, max(0, shift.window.at(shift.now) or 0)),
        "units": [
            {
                "id": unit.pk,
                "name": str(unit),
                "kind": unit.get_kind_display(),
                "post": posts.get(unit.station_id),
                "spans": _spans(courses[unit.pk]),
            }
            for unit in shift.units
        ],
        "scenes": places_of(shift, exact=exact),
        "strip": asdict(
            strip_of(length, came, [*shift.incident_courses.values()], [*courses.values()])
        ),
    }


def places_of(shift: Shift, *, exact: bool) -> dict[int, tuple[float, float]]:
    """Where units went, by incident; those that nobody placed are left out."""
    went = {leg.incident for legs in shift.legs.values() for leg in legs}
    placed = ((one.pk, _place(one, exact=exact)) for one in shift.matters if one.pk in went)
    return {key: (place[0], place[1]) for key, place in placed if place}


def piece(shift: Shift, number: int, *, exact: bool) -> dict[str, Any]:
    """The incidents of the hour of this number; those that were open before come with the first."""
    first, last = number * PIECE, (number + 1) * PIECE
    came = {one.pk: shift.incident_courses[one.pk][0].since for one in shift.matters}
    chosen = [
        one for one in shift.matters
        if first <= came[one.pk] < last or (number == 0 and came[one.pk] < 0)
    ]  # fmt: skip
    calls, towns = _calls(chosen), _towns(shift)
    return {
        "incidents": [
            {
                "id": one.pk,
                "number": one.number,
                "title": one.title,
                "priority": one.priority,
                "town": towns.get(one.town, ""),
                "at": _place(one, exact=exact),
                "calls": calls.get(one.pk, 1),
                "spans": _spans(shift.incident_courses[one.pk]),
                "legs": [
                    [leg.unit, leg.sent, leg.off, leg.there, leg.end, leg.back]
                    for leg in shift.legs.get(one.pk, ())
                ],
            }
            for one in chosen
        ]
    }


def _spans(spans: Sequence[Span]) -> list[list[Any]]:
    return [
        [one.since, one.state] if one.incident is None else [one.since, one.state, one.incident]
        for one in spans
    ]


def _place(one: Matter, *, exact: bool) -> Place:
    """Where it was; for those who needn't know the house, the middle of its block."""
    if one.lat is None or one.lon is None or one.h9 is None:
        return None
    if exact:
        return [round(one.lat, 5), round(one.lon, 5)]
    middle = middle_of(one.h9)
    return [round(middle.lat, 5), round(middle.lon, 5)]


def _calls(chosen: Sequence[Matter]) -> dict[int, int]:
    counted = Call.objects.filter(matter__in=[one.pk for one in chosen]).values("matter")
    return {row["matter"]: row["n"] for row in counted.annotate(n=Count("pk"))}


def _towns(shift: Shift) -> dict[str, str]:
    county = shift.window.county
    towns = Area.objects.filter(kind=Area.Kind.TOWN)
    towns = towns.filter(county=county) if county else towns.filter(county__own=True)
    return {town.code: str(town) for town in towns.only("code", "name_zh", "name_en")}


def posts_of(shift: Shift) -> Mapping[int, list[float]]:
    """Where the units of a station stand when nothing is known of them: at the station, by its
    name in the gazetteer, else in the middle of its area."""
    if shift.window.county is not None:
        return {}
    stations = {unit.station_id: unit.station for unit in shift.units}
    names = {station.name_zh for station in stations.values()}
    found = GazetteerEntry.objects.filter(county__own=True, name_zh__in=names)
    by_name = {one.name_zh: [round(one.lat, 5), round(one.lon, 5)] for one in found}
    by_code = _middles(stations.values())
    posts = {
        key: by_name.get(station.name_zh) or by_code.get(station.code)
        for key, station in stations.items()
    }
    return {key: post for key, post in posts.items() if post}


def _middles(stations: Any) -> dict[str, list[float]]:
    codes = [station.code for station in stations if isinstance(station, Unit)]
    areas = Area.objects.filter(county__own=True, kind=Area.Kind.STATION, code__in=codes)
    return {
        area.code: [round((area.south + area.north) / 2, 5), round((area.west + area.east) / 2, 5)]
        for area in areas.order_by("valid_from").defer("geometry")
    }
