"""Where units are while on duty: the last place that can be believed, and nothing before it."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.places.coordinates import Point
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dispatch.events import POSITION_DOUBTED, POSITION_DROPPED, POSITION_REPORTED
from gongzhi.work.dispatch.models import PositionDoubt, ResponseUnit
from gongzhi.work.dispatch.permissions import DUTY, require_crew
from gongzhi.work.dispatch.plausible import COARSE, Fix, bears_out, jumps
from gongzhi.work.dispatch.rows import held_unit, put, take_place_away
from gongzhi.work.dispatch.states import Status

Why = PositionDoubt.Why


@action
def report_position(
    by: Actor, unit: ResponseUnit, point: Point, *, accuracy: float = 0.0
) -> ResponseUnit:
    """Say where the unit is now. Refused off duty; only the last place is kept, and not logged.

    `accuracy` in metres. A place that the unit can't have reached, or that is too vague, is held
    as doubtful; the last good one stays until a second report agrees with the new one.
    """
    held = _on_duty(by, unit)
    fix = Fix(point, now(), accuracy)
    why = _doubt_about(held, fix)
    if why:
        return _doubt(held, why, fix)
    put(held, point)
    held.save(update_fields=["lat", "lon", "h9", "seen_at"])
    record(POSITION_REPORTED, held, unit=held.pk)
    return held


@action
def doubt_position(by: Actor, unit: ResponseUnit, why: str) -> ResponseUnit:
    """Note that the unit's phone said something that is no place at all: 0/0, elsewhere, no number.
    The last good place stays."""
    return _doubt(_on_duty(by, unit), Why(why), None)


@action
def drop_positions(by: Actor, units: Sequence[int]) -> int:
    """Let the places of these units go, as nobody has heard of them for long; how many."""
    rows = ResponseUnit.objects.select_for_update(of=("self",)).filter(pk__in=units)
    held = list(rows.filter(lat__isnull=False).order_by("pk"))
    for unit in held:
        take_place_away(unit)
        unit.save(update_fields=["lat", "lon", "h9", "seen_at"])
        record(POSITION_DROPPED, unit, unit=unit.pk)
    return len(held)


def _on_duty(by: Actor, unit: ResponseUnit) -> ResponseUnit:
    held = held_unit(unit)
    require_crew(by, held, DUTY)
    if held.status == Status.OFF_DUTY:
        raise Refused(_("离岗后不记录位置。"), code="off_duty", status=409)
    return held


def _doubt_about(unit: ResponseUnit, fix: Fix) -> str:
    if fix.accuracy > COARSE:
        return Why.COARSE
    if unit.point is None or unit.seen_at is None:
        return ""
    if not jumps(unit.kind, Fix(unit.point, unit.seen_at), fix):
        return ""
    before = PositionDoubt.objects.filter(unit=unit, why=Why.JUMP).first()
    if before is not None and before.point is not None:
        doubted = Fix(before.point, before.at, before.accuracy or 0.0)
        if bears_out(unit.kind, doubted, fix):
            return ""
    return Why.JUMP


def _doubt(unit: ResponseUnit, why: str, fix: Fix | None) -> ResponseUnit:
    where = {
        "lat": round(fix.point.lat, 5) if fix else None,
        "lon": round(fix.point.lon, 5) if fix else None,
        "accuracy": fix.accuracy if fix else None,
    }
    PositionDoubt.objects.update_or_create(unit=unit, defaults={"why": why, "at": now(), **where})
    record(POSITION_DOUBTED, unit, unit=unit.pk, why=str(why))
    return unit
