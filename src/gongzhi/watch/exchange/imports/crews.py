"""Units that a source's rows say were sent: each its own times, and its own outcome."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from gongzhi.base.catalogue.kinds.mapping import Dispatches, Mapping
from gongzhi.base.files.tables import Row
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Unit
from gongzhi.base.places.models import County
from gongzhi.watch.exchange.imports.convert import Converter
from gongzhi.watch.exchange.imports.times import Course
from gongzhi.work.dispatch.models import ResponseUnit
from gongzhi.work.dispatch.past import (
    PastAssignment,
    open_past_units,
    record_past_assignments,
)

LONGEST_SIGN = 40
_CLEAN = re.compile(r"[a-z0-9-]{1,20}", re.ASCII)


@dataclass(frozen=True)
class Went:
    """One unit's way to one matter. ``cleared``: it came as far as the scene, or may have."""

    sign: str
    assigned_at: datetime
    ended_at: datetime
    en_route_at: datetime | None
    on_scene_at: datetime | None
    disposition: str


def went(converter: Converter, rows: Sequence[Row], opened: datetime) -> list[Went]:
    """The units of one matter's rows, in the order in which they were sent.

    A unit whose sending or end nobody can tell is left out, and counted.
    """
    units = converter.mapping.units
    if units is None:
        return []
    found = [_went(converter, units, row, opened) for row in rows]
    known = [one for one in found if one is not None]
    return sorted(known, key=lambda one: (one.assigned_at, one.sign))


def send_past(
    by: Actor,
    mapping: Mapping,
    county: County,
    station: Unit,
    sent: Sequence[tuple[Matter, Sequence[Went]]],
) -> None:
    """Write who was sent to these matters; call it in an action, once the matters stand."""
    every = [(matter, one) for matter, crews in sent for one in crews]
    if not every:
        return
    units = _units(by, mapping, county, station, {one.sign for _, one in every})
    past = [
        PastAssignment(
            matter=matter,
            unit=units[unit_code(mapping.code, one.sign)],
            by=by,
            assigned_at=one.assigned_at,
            cleared_at=one.ended_at,
            disposition=one.disposition,
            en_route_at=one.en_route_at,
            on_scene_at=one.on_scene_at,
            called_back=not one.disposition,
        )
        for matter, one in every
    ]
    record_past_assignments(by, past)


def unit_code(source: str, sign: str) -> str:
    """The code of a source's unit: never that of a unit of our own, which has no colon."""
    low = sign.lower()
    digest = hashlib.blake2b(sign.encode(), digest_size=8).hexdigest()
    return f"{source[:18]}:{low if _CLEAN.fullmatch(low) and sign.upper() == sign else digest}"


def _units(
    by: Actor, mapping: Mapping, county: County, station: Unit, signs: Iterable[str]
) -> dict[str, ResponseUnit]:
    wanted = {unit_code(mapping.code, sign): sign for sign in sorted(signs)}
    known = {one.code: one for one in ResponseUnit.every.filter(county=county, code__in=wanted)}
    new = {code: sign for code, sign in wanted.items() if code not in known}
    return {**known, **open_past_units(by, county, station, new)} if new else known


def _went(converter: Converter, units: Dispatches, row: Row, opened: datetime) -> Went | None:
    sign = converter.text(row, units.column)[:LONGEST_SIGN]
    if not sign:
        return None
    # What had to be mended is counted with the matter's steps, which stand on the same columns.
    course = Course(converter.mapping.times, opened, Counter())
    assigned = next(filter(None, (_at(converter, row, c, course) for c in units.assigned)), None)
    en_route = _at(converter, row, units.en_route, course)
    on_scene = _at(converter, row, units.on_scene, course)
    ended = _at(converter, row, units.ended, course)
    if assigned is None or ended is None:
        converter.notes["unit_left_out"] += 1
        return None
    outcome = converter.outcome(row) if on_scene or not units.on_scene else ""
    return Went(sign, assigned, ended, en_route, on_scene, outcome)


def _at(converter: Converter, row: Row, column: str | None, course: Course) -> datetime | None:
    at = converter.moment(row, column) if column else None
    return course.follow(column or "", at) if at else None
