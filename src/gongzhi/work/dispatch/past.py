"""Assignments that are past when the platform hears of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gongzhi.base.log.actions import action, now, recalling, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.events import Event
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.places.models import County
from gongzhi.work.dispatch.events import (
    UNIT_ARRIVED,
    UNIT_ASSIGNED,
    UNIT_CLEARED,
    UNIT_OPENED,
    UNIT_RECALLED,
    UNIT_SET_OFF,
)
from gongzhi.work.dispatch.models import Assignment, ResponseUnit

_ROWS = 2000


@dataclass(frozen=True)
class PastAssignment:
    """A unit went to an incident and was done. What the incident itself went through, its own
    course says (`matters.past`)."""

    matter: Matter
    unit: ResponseUnit
    by: Actor
    assigned_at: datetime
    cleared_at: datetime
    disposition: str
    en_route_at: datetime | None = None
    on_scene_at: datetime | None = None
    called_back: bool = False
    """It was recalled then, and reported no outcome."""


@action
def open_past_units(
    by: Actor, county: County, station: Unit, signs: Mapping[str, str]
) -> dict[str, ResponseUnit]:
    """Units of an imported source, by code; `signs` has the call sign to each code. They stand
    for what went there once and can never be sent. None of the codes is in use."""
    opened = ResponseUnit.every.bulk_create(
        ResponseUnit(
            code=code, name_zh=sign, name_en=sign, station=station, county=county,
            kind=ResponseUnit.Kind.OTHER, people=0, status_since=now(),
        )
        for code, sign in signs.items()
    )  # fmt: skip
    for unit in opened:
        record(
            UNIT_OPENED, unit, unit=unit.pk, code=unit.code, mode=unit.kind, station=station.pk,
            skills=[],
        )  # fmt: skip
    return {unit.code: unit for unit in opened}


@action
def record_past_assignments(by: Actor, past: Sequence[PastAssignment]) -> list[Assignment]:
    """Write assignments in bulk, with the entries that the single actions would have recorded."""
    assignments = Assignment.objects.bulk_create(map(_assignment, past), batch_size=_ROWS)
    firsts, lasts = _ends(past, min), _ends(past, max)
    told = [
        (at, one.by, event, one.matter, fields)
        for one, row in zip(past, assignments, strict=True)
        for at, event, fields in _tellings(
            one, row, first=firsts[one.matter.pk] is one, last=lasts[one.matter.pk] is one
        )
    ]
    for at, teller, event, matter, fields in sorted(told, key=lambda each: each[0]):
        with recalling(teller, at):
            record(event, matter, **fields)
    return assignments


def _assignment(past: PastAssignment) -> Assignment:
    return Assignment(
        matter=past.matter,
        unit=past.unit,
        assigned_at=past.assigned_at,
        assigned_by=past.by.source if isinstance(past.by.source, Account) else None,
        en_route_at=past.en_route_at,
        on_scene_at=past.on_scene_at,
        cleared_at=None if past.called_back else past.cleared_at,
        recalled_at=past.cleared_at if past.called_back else None,
        disposition=past.disposition,
    )


def _ends(past: Sequence[PastAssignment], chosen: Any) -> dict[int, PastAssignment]:
    """The first (``min``) or last (``max``) to be cleared of each incident's."""
    found: dict[int, PastAssignment] = {}
    for one in past:
        held = found.get(one.matter.pk, one)
        found[one.matter.pk] = chosen(held, one, key=lambda each: each.cleared_at)
    return found


def _tellings(
    past: PastAssignment, row: Assignment, *, first: bool, last: bool
) -> Iterator[tuple[datetime, Event, dict[str, object]]]:
    told = {"unit": past.unit.pk, "code": past.unit.code, "assignment": row.pk}
    yield past.assigned_at, UNIT_ASSIGNED, {**told, "first": first}
    if past.en_route_at:
        yield past.en_route_at, UNIT_SET_OFF, {**told, "first": first}
    if past.on_scene_at:
        yield past.on_scene_at, UNIT_ARRIVED, {**told, "first": first}
    if past.called_back:
        yield past.cleared_at, UNIT_RECALLED, {**told, "last": last}
    else:
        outcome = {"disposition": past.disposition, "last": last}
        yield past.cleared_at, UNIT_CLEARED, {**told, **outcome}
