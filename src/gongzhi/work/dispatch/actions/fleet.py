"""Looking after units: what they are, when they are to be on duty, and when they are no more."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dispatch.actions.duty import (
    go_off_duty,
    go_on_duty,
    pause_unit,
    resume_unit,
)
from gongzhi.work.dispatch.events import (
    SHIFT_DROPPED,
    SHIFT_PLANNED,
    UNIT_CHANGED,
    UNIT_RETIRED,
    UNIT_STATED,
)
from gongzhi.work.dispatch.kept import require_kept
from gongzhi.work.dispatch.models import ACTIVE, ResponseUnit, UnitShift
from gongzhi.work.dispatch.permissions import DUTY, require_crew, require_keeper
from gongzhi.work.dispatch.rows import STANDING, held_unit, require_status
from gongzhi.work.dispatch.states import Status, status_words

BY_HAND = (Status.FREE, Status.BUSY, Status.OFF_DUTY)
"""What a unit can be said to do without an incident."""
LONGEST_SHIFT = timedelta(hours=24)


@action
def change_unit(by: Actor, unit: ResponseUnit, **told: Any) -> ResponseUnit:
    """Change what a unit is (`kept.KEPT`); its code stays. Refuses when nothing differs."""
    held = held_unit(unit)
    require_keeper(by, held.station)
    if "station" in told:
        require_keeper(by, told["station"])
    whole = {name: getattr(held, name) for name in ("people", "officers", "kind", "sea_limit")}
    require_kept({**whole, **told})
    changed = sorted(name for name, value in told.items() if getattr(held, name) != value)
    if not changed:
        raise Refused(_("没有改动。"), code="nothing_changed", status=409)
    for name in changed:
        setattr(held, name, told[name])
    held.save(update_fields=changed)
    record(
        UNIT_CHANGED, held, unit=held.pk, code=held.code, mode=held.kind, station=held.station_id,
        skills=held.skills, fields=changed,
    )  # fmt: skip
    return held


@action
def retire_unit(by: Actor, unit: ResponseUnit) -> ResponseUnit:
    """Let the unit be no more; what it did stays. Refuses one that is on duty."""
    held = held_unit(unit)
    require_keeper(by, held.station)
    if held.status != Status.OFF_DUTY:
        said = _("%(unit)s现在“%(status)s”，离岗以后才能撤销。")
        told = {"unit": held, "status": held.status_words}
        raise Refused(said % told, code="on_duty", status=409)
    held.retired_at = now()
    held.save(update_fields=["retired_at"])
    held.shifts.filter(ends_at__gt=now()).delete()
    record(UNIT_RETIRED, held, unit=held.pk, code=held.code)
    return held


@action
def plan_shift(
    by: Actor,
    unit: ResponseUnit,
    *,
    begins: datetime,
    ends: datetime,
    lead: Account | None = None,
    days: int = 1,
) -> list[UnitShift]:
    """Plan when the unit is on duty and who leads it then, for so many days running at these
    hours. Refuses what overlaps, for the unit and for who leads."""
    held = held_unit(unit)
    require_keeper(by, held.station)
    _require_span(begins, ends, days)
    spans = [(begins + timedelta(days=n), ends + timedelta(days=n)) for n in range(days)]
    for one in spans:
        _require_apart(held, lead, *one)
    shifts = [UnitShift(unit=held, begins_at=b, ends_at=e, lead=lead) for b, e in spans]
    for shift in UnitShift.objects.bulk_create(shifts):
        record(
            SHIFT_PLANNED, held, unit=held.pk, code=held.code, shift=shift.pk,
            begins=shift.begins_at, ends=shift.ends_at, lead=lead.pk if lead else None,
        )  # fmt: skip
    return shifts


@action
def drop_shift(by: Actor, shift: UnitShift) -> None:
    """Take a planned shift away. Refuses one that is over: what was, was."""
    held = held_unit(shift.unit)
    require_keeper(by, held.station)
    found = UnitShift.objects.filter(pk=shift.pk, ends_at__gt=now()).first()
    if found is None:
        raise Refused(_("这个班次已经结束或者已经取消。"), code="shift_over", status=409)
    record(SHIFT_DROPPED, held, unit=held.pk, code=held.code, shift=found.pk)
    found.delete()


@action
def state_unit(by: Actor, unit: ResponseUnit, code: str) -> ResponseUnit:
    """Say more exactly what the unit is doing, without changing what that means; empty: no more
    than that. How long it has been at it counts on."""
    held = held_unit(unit)
    require_crew(by, held, DUTY)
    require_status(code, held.status)
    if held.sub_status == code:
        said = _("%(unit)s已经是“%(status)s”。")
        told = {"unit": held, "status": status_words(held.status, code)}
        raise Refused(said % told, code="status_already", status=409)
    held.sub_status = code
    held.save(update_fields=STANDING)
    on = held.assignments.filter(ACTIVE).select_related("matter").first()
    record(
        UNIT_STATED, on.matter if on else held,
        unit=held.pk, code=held.code, status=code or held.status, meaning=held.status,
    )  # fmt: skip
    return held


@action
def set_status(by: Actor, unit: ResponseUnit, code: str) -> ResponseUnit:
    """Let the unit do what this status means: on duty, paused, ready again, off duty; or say more
    exactly what it does. Incidents move by their own reports. `code`: of the catalogue, or what it
    means."""
    unit = held_unit(unit)
    known = catalogue().unit_statuses.get(code)
    meaning = known.meaning if known else code
    finer = code if known and code != meaning else ""
    if meaning not in (*BY_HAND, unit.status):
        said = _("现在不能选这个状态。")
        raise Refused(said, code="no_such_status", fields={"status": said})
    if meaning == unit.status:
        return state_unit(by, unit, finer)
    if meaning == Status.OFF_DUTY:
        return go_off_duty(by, unit)
    if meaning == Status.BUSY:
        return pause_unit(by, unit, finer)
    ready = go_on_duty(by, unit) if unit.status == Status.OFF_DUTY else resume_unit(by, unit)
    return state_unit(by, ready, finer) if finer else ready


def _require_span(begins: datetime, ends: datetime, days: int) -> None:
    wrong = {}
    if ends <= begins:
        wrong["ends"] = _("下班要在上班之后。")
    elif ends - begins > LONGEST_SHIFT:
        wrong["ends"] = _("一个班最长 24 小时。")
    elif ends <= now():
        wrong["begins"] = _("这个班次已经过去了。")
    if not 1 <= days <= 31:
        wrong["days"] = _("一次可以排 1 到 31 天。")
    if wrong:
        raise Refused(next(iter(wrong.values())), code="shift_unfit", status=422, fields=wrong)


def _require_apart(
    unit: ResponseUnit, lead: Account | None, begins: datetime, ends: datetime
) -> None:
    """At that time the unit has no other shift, and who leads leads no other unit."""
    meanwhile = UnitShift.objects.filter(begins_at__lt=ends, ends_at__gt=begins)
    if meanwhile.filter(unit=unit).exists():
        said = _("%(unit)s那段时间已经排了班。") % {"unit": unit}
        raise Refused(said, code="shift_overlaps", status=409, fields={"begins": said})
    other = meanwhile.filter(lead=lead).select_related("unit").first() if lead else None
    if other is not None:
        said = _("%(who)s那段时间带%(unit)s。") % {"who": lead, "unit": other.unit}
        raise Refused(said, code="lead_elsewhere", status=409, fields={"lead": said})
