"""Units: the table, the sum by sign, and which ones to send."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.analysis import dispatching
from gongzhi.analysis.dispatching import Cover, Need, Option, Ranked
from gongzhi.analysis.travel import Mode, Spot, Trip
from gongzhi.base.matters.models import Matter
from gongzhi.base.places.areas import area_of, areas_of
from gongzhi.base.places.coordinates import Point
from gongzhi.base.ui.parts import Tone
from gongzhi.work.dispatch.abilities import ability_words
from gongzhi.work.dispatch.board import Recommendation, UnitRow, UnitSign
from gongzhi.work.dispatch.lands import lands_of
from gongzhi.work.dispatch.models import (
    ACTIVE,
    Assignment,
    PositionDoubt,
    ResponseUnit,
    StandBy,
    UnitShift,
)
from gongzhi.work.dispatch.network import router
from gongzhi.work.dispatch.pace import there_in
from gongzhi.work.dispatch.selectors.limits import stays_of
from gongzhi.work.dispatch.selectors.reasons import cover_in_words, reasons_in_words, rest_of
from gongzhi.work.dispatch.states import Status

STALE = timedelta(minutes=10)
"""A position older than this is doubted."""
SIGNS: Mapping[str, UnitSign] = {
    Status.OFF_DUTY: "off", Status.FREE: "free", Status.DISPATCHED: "enroute",
    Status.EN_ROUTE: "enroute", Status.ON_SCENE: "onscene", Status.BUSY: "busy",
}  # fmt: skip
TONES: Mapping[UnitSign, Tone] = {
    "free": "good", "enroute": "note", "onscene": "note", "busy": "plain", "off": "plain",
}  # fmt: skip
ORDER: tuple[UnitSign, ...] = ("free", "enroute", "onscene", "busy", "off")
MODES: Mapping[str, Mode] = {
    "car": "car", "traffic_car": "traffic_car", "motorcycle": "motorcycle",
    "foot": "foot", "boat": "boat", "other": "car",
}  # fmt: skip


def units_with_tasks() -> QuerySet[ResponseUnit]:
    """All units, each with what it is on, in a fixed number of queries."""
    active = Assignment.objects.filter(ACTIVE).select_related("matter")
    return (
        ResponseUnit.objects.select_related("station", "doubt", "stand_by")
        .prefetch_related(Prefetch("assignments", active, to_attr="at_work"))
        .order_by("code")
    )


def sign_of(unit: ResponseUnit) -> UnitSign:
    """The sign by which map and table show what it is doing."""
    return SIGNS[unit.status]


def doubt_words(unit: ResponseUnit) -> str:
    """What is wrong with the position that its phone said last; empty when nothing is."""
    doubt: PositionDoubt | None = getattr(unit, "doubt", None)
    return str(doubt.get_why_display()) if doubt else ""


def unit_rows(units: Iterable[ResponseUnit], matter: Matter | None = None) -> list[UnitRow]:
    """The table: free ones first, and among equals the nearer to the incident first."""
    listed = list(units)
    ways = _ways(listed, matter)
    towns = _towns(listed)
    coming, priority = comings(listed), matter.priority if matter else 3
    rows = [
        _row(unit, ways.get(unit.pk), towns.get(unit.pk, ""), coming.get(unit.pk), priority)
        for unit in listed
    ]
    return sorted(rows, key=lambda row: (ORDER.index(row.sign), row.eta is None,
                                         row.eta or row.metres or 0, row.name))  # fmt: skip


def ranked(
    units: Iterable[ResponseUnit],
    matter: Matter,
    skills: Sequence[str] = (),
    cover: Cover | None = None,
    at: Point | None = None,
) -> list[Ranked]:
    """The free units that can get to the incident, the best first; `skills`: what it lacks most.
    `at`: where they go instead of the scene."""
    if matter.point is None:
        return []
    free = [unit for unit in units if unit.status == Status.FREE and unit.point]
    need, options = need_of(matter, skills, at), options_of(free, at or matter.point)
    return dispatching.solve(need, options, router=router(), cover=cover, limit=len(free))


def recommendation(one: Ranked, unit: ResponseUnit, priority: int) -> Recommendation:
    """A unit to send, with its reasons in words. When it is there is told as ways really take."""
    return Recommendation(
        unit_id=unit.pk,
        name=str(unit),
        eta=there_in(one.trip.seconds, priority),
        metres=round(one.trip.metres),
        reasons=reasons_in_words(one.reasons),
        cover=cover_in_words(one.reasons),
    )


def arrival_in(unit: ResponseUnit, matter: Matter, at: Point | None = None) -> Trip | None:
    """The way from where the unit was seen last to the incident, or to where it goes instead."""
    if unit.point is None or matter.point is None:
        return None
    return _ways([unit], matter, at)[unit.pk][1]


def sign_counts(rows: Iterable[UnitRow]) -> dict[str, int]:
    """How many units there are of each sign."""
    signs = [row.sign for row in rows]
    return {sign: signs.count(sign) for sign in ORDER}


def comings(units: Iterable[ResponseUnit]) -> dict[int, datetime]:
    """When each unit that is off duty is to come on, by the plan; one query."""
    off = [unit.pk for unit in units if unit.status == Status.OFF_DUTY]
    shifts = UnitShift.objects.filter(unit__in=off, ends_at__gt=timezone.now())
    return dict(shifts.order_by("-begins_at").values_list("unit_id", "begins_at"))


def _row(
    unit: ResponseUnit,
    way: tuple[float, Trip | None] | None,
    town: str,
    coming: datetime | None,
    priority: int,
) -> UnitRow:
    on: Assignment | None = next(iter(getattr(unit, "at_work", ())), None)
    sign = sign_of(unit)
    metres, trip = way or (None, None)
    return UnitRow(
        id=unit.pk,
        name=str(unit),
        sign=sign,
        status=unit.status_words,
        tone=TONES[sign],
        kind=unit.kind,
        kind_words=unit.get_kind_display(),
        task=on.matter.title if on else "",
        task_id=on.matter_id if on else None,
        place=_place(unit, town),
        skills=[ability_words(code) for code in unit.skills],
        since=unit.status_since,
        seen_at=unit.seen_at,
        doubt=doubt_words(unit),
        metres=round(trip.metres if trip else metres) if metres is not None else None,
        eta=there_in(trip.seconds, priority) if trip else None,
        ferry=bool(trip and trip.ferry),
        may_go=sign == "free",
        coming=coming,
        stay=next((stay.short for stay in stays_of(unit, on)), None),
    )


def _place(unit: ResponseUnit, town: str) -> str:
    """Where it is, and where it was asked to stand by."""
    asked: StandBy | None = getattr(unit, "stand_by", None)
    return _("%(town)s → %(place)s") % {"town": town, "place": asked} if asked else town


def _ways(
    units: Iterable[ResponseUnit], matter: Matter | None, at: Point | None = None
) -> dict[int, tuple[float, Trip | None]]:
    if matter is None or matter.point is None:
        return {}
    placed = [unit for unit in units if unit.point]
    options = options_of(placed, at or matter.point)
    return dispatching.distances(need_of(matter, (), at), options, router=router())


def need_of(matter: Matter, skills: Sequence[str] = (), at: Point | None = None) -> Need:
    """What an incident that is on the map asks for, now, at its scene or elsewhere."""
    where = at or matter.point
    assert where is not None  # noqa: S101  (callers have looked)
    return Need(
        spot=spots_of([where])[0],
        skills=tuple(skills),
        priority=matter.priority,
        hour=timezone.localtime().hour,
    )


def options_of(units: Iterable[ResponseUnit], scene: Point | None) -> list[Option]:
    """The units as `analysis` wants them; whose own area the scene is in, goes before."""
    placed = [(unit, unit.point) for unit in units if unit.point]
    spots = spots_of([point for _, point in placed])
    area = area_of(scene, "station_area") if scene else None
    at, rests = timezone.now(), rest_of([unit.pk for unit, _ in placed])
    return [
        Option(
            key=unit.pk,
            mode=MODES[unit.kind],
            spot=spot,
            skills=frozenset(unit.skills),
            own_area=bool(area) and area.code == unit.station.code,  # type: ignore[union-attr]
            old_position=unit.seen_at is not None and unit.seen_at < at - STALE,
            area=unit.station.code,
            kind=unit.kind,
            equipment=frozenset(unit.equipment),
            crew=unit.people,
            officers=unit.officers,
            **rests.get(unit.pk, {}),
        )
        for (unit, _), spot in zip(placed, spots, strict=True)
    ]


def spots_of(points: list[Point]) -> list[Spot]:
    """The places with the lands that they lie on."""
    lands = lands_of(points)
    return [Spot(point.lat, point.lon, land) for point, land in zip(points, lands, strict=True)]


def _towns(units: Iterable[ResponseUnit]) -> dict[int, str]:
    placed = [(unit.pk, unit.point) for unit in units if unit.point]
    towns = areas_of([point for _, point in placed], "town")
    return {
        key: str(town) if town else _("海上")
        for (key, _point), town in zip(placed, towns, strict=True)
    }
