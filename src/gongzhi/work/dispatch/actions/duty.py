"""Opening units, and taking them on and off duty."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.places.coordinates import Point
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dispatch.events import (
    UNIT_OFF_DUTY,
    UNIT_ON_DUTY,
    UNIT_OPENED,
    UNIT_PAUSED,
    UNIT_RESUMED,
)
from gongzhi.work.dispatch.kept import require_kept
from gongzhi.work.dispatch.models import DutyMember, ResponseUnit
from gongzhi.work.dispatch.permissions import (
    DUTY,
    is_desk,
    require_crew,
    require_keeper,
    require_own_station,
)
from gongzhi.work.dispatch.rows import held_unit, put, require_status, stand, take_place_away
from gongzhi.work.dispatch.states import AT_WORK, Status


@action
def open_response_unit(
    by: Actor,
    *,
    code: str,
    name_zh: str,
    name_en: str,
    station: Unit,
    kind: str,
    people: int = 2,
    skills: Sequence[str] = (),
    **more: Any,
) -> ResponseUnit:
    """Add a unit that can be sent; it begins off duty. `more`: what else is known of it, see
    `kept.KEPT`. Refuses a code already in use."""
    require_keeper(by, station)
    told = {"people": people, "officers": min(people, 1), **more}
    require_kept({"name_zh": name_zh, "name_en": name_en, "kind": kind, "skills": skills, **told})
    if ResponseUnit.every.filter(code=code).exists():
        said = _("编码“%(code)s”已有单位在用。") % {"code": code}
        raise Refused(said, code="taken", status=409, fields={"code": said})
    unit = ResponseUnit.objects.create(
        code=code, name_zh=name_zh, name_en=name_en, station=station, kind=kind,
        skills=list(skills), status_since=now(), **told,
    )  # fmt: skip
    record(UNIT_OPENED, unit, unit=unit.pk, code=code, mode=kind, station=station.pk, skills=skills)
    return unit


@action
def go_on_duty(
    by: Actor, unit: ResponseUnit, *, crew: Sequence[Account] = (), point: Point | None = None
) -> ResponseUnit:
    """Take the unit on duty with this crew; an officer who names nobody is the crew.

    Again on a unit that is on duty: more people join it. Refuses an officer of another station,
    and whoever is on duty with another unit.
    """
    held = held_unit(unit)
    require_own_station(by, held)
    joining = list(crew)
    if not joining and isinstance(by.source, Account) and not is_desk(by):
        joining = [by.source]
    joined = sum(_join(held, account) for account in joining)
    if held.status == Status.OFF_DUTY:
        stand(held, Status.FREE)
    elif not joined:
        raise Refused(_("%(unit)s已经在岗。") % {"unit": held}, code="on_duty_already", status=409)
    if point is not None:
        put(held, point)
    held.save()
    record(UNIT_ON_DUTY, held, unit=held.pk, members=joined)
    return held


@action
def go_off_duty(by: Actor, unit: ResponseUnit) -> ResponseUnit:
    """End the unit's duty: its place is erased, its crew's phones speak for it no more.

    Refuses a unit that has an incident.
    """
    held = held_unit(unit)
    require_crew(by, held, DUTY)
    _require_without_incident(held, _("%(unit)s还有警情没处置完，不能离岗。"))
    stand(held, Status.OFF_DUTY)
    take_place_away(held)
    held.save()
    held.members.filter(ended_at__isnull=True).update(ended_at=now())
    record(UNIT_OFF_DUTY, held, unit=held.pk)
    return held


@action
def pause_unit(by: Actor, unit: ResponseUnit, why: str = "") -> ResponseUnit:
    """Refuelling, a meal: on duty, but not to be sent now. `why`: a status of the catalogue that
    means as much."""
    held = held_unit(unit)
    require_crew(by, held, DUTY)
    stand(held, Status.BUSY, require_status(why, Status.BUSY))
    held.save()
    record(UNIT_PAUSED, held, unit=held.pk, status=why or None)
    return held


@action
def resume_unit(by: Actor, unit: ResponseUnit) -> ResponseUnit:
    """Ready to be sent again."""
    held = held_unit(unit)
    require_crew(by, held, DUTY)
    if held.status != Status.BUSY:
        raise Refused(_("%(unit)s没有暂停接派。") % {"unit": held}, code="not_paused", status=409)
    stand(held, Status.FREE)
    held.save()
    record(UNIT_RESUMED, held, unit=held.pk)
    return held


def _join(unit: ResponseUnit, account: Account) -> bool:
    """Whether the account came to the unit by this; False when it was there already."""
    on = DutyMember.objects.select_related("unit").filter(account=account, ended_at__isnull=True)
    duty = on.first()
    if duty is not None and duty.unit_id == unit.pk:
        return False
    if duty is not None:
        raise Refused(
            _("%(who)s正在%(unit)s执勤，请先离岗。") % {"who": account, "unit": duty.unit},
            code="on_duty_elsewhere",
            status=409,
        )
    DutyMember.objects.create(unit=unit, account=account, began_at=now())
    return True


def _require_without_incident(unit: ResponseUnit, why: str) -> None:
    if unit.status in AT_WORK:
        raise Refused(why % {"unit": unit}, code="has_incident", status=409)
