"""Help for a crew: called for, acknowledged by a person, and stood down by one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Model
from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.crews.events import (
    EMERGENCY_ACKNOWLEDGED,
    EMERGENCY_RAISED,
    EMERGENCY_STOOD_DOWN,
    EMERGENCY_UNANSWERED,
)
from gongzhi.work.crews.models import Emergency
from gongzhi.work.crews.permissions import ACKNOWLEDGE
from gongzhi.work.crews.states import Reason
from gongzhi.work.dispatch.models import ACTIVE, Assignment, ResponseUnit
from gongzhi.work.dispatch.rows import held_unit


@action
def raise_emergency(
    by: Actor, unit: ResponseUnit, *, told_at: datetime | None = None, uncertain: bool = False
) -> Emergency:
    """A unit calls for help, on an incident or not. While one is open another press is refused:
    it is the same. The caller has checked who speaks for the unit."""
    matter, held = _incident_and_unit(unit)
    if Emergency.objects.filter(unit=held, stood_down_at__isnull=True).exists():
        raise Refused(_("已经在求助。"), code="raised_already", status=409)
    emergency = Emergency.objects.create(
        unit=held,
        matter=matter,
        raised_at=now(),
        raised_by=by.source if isinstance(by.source, Account) else None,
        told_at=told_at or now(),
    )
    record(
        EMERGENCY_RAISED, _about(emergency),
        unit=held.pk, emergency=emergency.pk, uncertain=uncertain,
    )  # fmt: skip
    return emergency


@action
def acknowledge_emergency(by: Actor, emergency: Emergency) -> Emergency:
    """Somebody at the desk has it in hand. Of two who do so at once the second is refused."""
    require(by, ACKNOWLEDGE)
    held = _held(emergency)
    if held.acknowledged_at is not None:
        raise Refused(
            _("%(who)s已经确认了。") % {"who": held.acknowledged_by}, code="taken", status=409
        )
    held.acknowledged_at, held.acknowledged_by = now(), by.source
    held.save(update_fields=["acknowledged_at", "acknowledged_by"])
    record(EMERGENCY_ACKNOWLEDGED, _about(held), unit=held.unit_id, emergency=held.pk)
    return held


@action
def stand_down_emergency(by: Actor, emergency: Emergency, *, reason: str) -> Emergency:
    """The danger is over: why, from a short list. Refuses one that nobody has acknowledged."""
    require(by, ACKNOWLEDGE)
    held = _held(emergency)
    if held.stood_down_at is not None:
        raise Refused(_("已经解除了。"), code="stood_down", status=409)
    if held.acknowledged_at is None:
        raise Refused(_("先确认，再解除。"), code="not_acknowledged", status=409)
    if reason not in Reason.values:
        wrong = _("请选解除的原因。")
        raise Refused(wrong, code="no_reason", status=422, fields={"reason": wrong})
    held.stood_down_at, held.stood_down_by, held.reason = now(), by.source, reason
    held.save(update_fields=["stood_down_at", "stood_down_by", "reason"])
    record(EMERGENCY_STOOD_DOWN, _about(held), unit=held.unit_id, emergency=held.pk, reason=reason)
    return held


@action
def note_unanswered(by: Actor, emergencies: Sequence[int]) -> int:
    """Say on the log, once, which of these nobody has acknowledged in time; how many."""
    rows = Emergency.objects.select_for_update(of=("self",)).select_related("unit", "matter")
    waiting = rows.filter(acknowledged_at__isnull=True, unanswered_at__isnull=True)
    held = list(waiting.filter(pk__in=emergencies).order_by("pk"))
    for one in held:
        one.unanswered_at = now()
        one.save(update_fields=["unanswered_at"])
        record(EMERGENCY_UNANSWERED, _about(one), unit=one.unit_id, emergency=one.pk)
    return len(held)


def _incident_and_unit(unit: ResponseUnit) -> tuple[Matter | None, ResponseUnit]:
    """What the unit is on, and the unit: locked in the order in which everybody locks them."""
    on = Assignment.objects.filter(ACTIVE, unit=unit).values_list("matter_id", flat=True).first()
    rows = Matter.objects.select_for_update(of=("self",))
    matter = rows.filter(pk=on).first() if on is not None else None
    return matter, held_unit(unit)


def _held(emergency: Emergency) -> Emergency:
    rows = Emergency.objects.select_for_update(of=("self",)).select_related("unit", "matter")
    return rows.get(pk=emergency.pk)


def _about(emergency: Emergency) -> Model:
    return emergency.matter or emergency.unit
