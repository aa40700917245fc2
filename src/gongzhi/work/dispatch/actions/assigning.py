"""Sending units, and calling them back."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import hand_over, take_step
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dispatch.events import UNIT_ASSIGNED, UNIT_RECALLED
from gongzhi.work.dispatch.models import ACTIVE, Assignment, ResponseUnit
from gongzhi.work.dispatch.permissions import ASSIGN
from gongzhi.work.dispatch.rows import (
    end_assignment,
    held_assignment,
    held_incident,
    held_unit,
    stand,
)
from gongzhi.work.dispatch.states import OPEN_TO_UNITS, Status


@action
def assign_unit(by: Actor, matter: Matter, unit: ResponseUnit) -> Assignment:
    """Send a free unit to an open incident; the first one's station becomes its owner.

    Several units may go to one incident, a unit to one only: the row is locked, so of two who
    send it at the same moment one is refused.
    """
    require(by, ASSIGN)
    held, sent = held_incident(matter), held_unit(unit)
    _require_open(held)
    _require_free(sent)
    first = not held.assignments.filter(ACTIVE).exists()
    stand(sent, Status.DISPATCHED)
    sent.save(update_fields=["status", "status_since"])
    assignment = Assignment.objects.create(
        matter=held,
        unit=sent,
        assigned_at=now(),
        assigned_by=by.source if isinstance(by.source, Account) else None,
    )
    if held.step in ("received", "unassigned"):
        take_step(by, held, "dispatched")
    if first and held.owner_unit_id != sent.station_id:
        hand_over(by, held, sent.station, reason="dispatched", by_desk=True)
    record(UNIT_ASSIGNED, held, unit=sent.pk, code=sent.code, assignment=assignment.pk, first=first)
    return assignment


@action
def recall_unit(by: Actor, matter: Matter, unit: ResponseUnit) -> Assignment:
    """Call a unit back from this incident. Without any unit the incident waits to be sent again,
    unless one has dealt with it already."""
    require(by, ASSIGN)
    held, called, assignment = held_assignment(unit)
    if held.pk != matter.pk:
        raise Refused(
            _("%(unit)s不在这件警情上。") % {"unit": called}, code="elsewhere", status=409
        )
    last = end_assignment(called, assignment)
    if last:
        _leave_without_unit(by, held)
    record(
        UNIT_RECALLED, held, unit=called.pk, code=called.code, assignment=assignment.pk, last=last
    )
    return assignment


def _require_open(matter: Matter) -> None:
    if matter.step not in OPEN_TO_UNITS:
        raise Refused(
            _("这件警情已经“%(step)s”，不能再派警。") % {"step": matter.step_item.name},
            code="incident_done",
            status=409,
        )


def _require_free(unit: ResponseUnit) -> None:
    if unit.status == Status.FREE:
        return
    on = unit.assignments.filter(ACTIVE).select_related("matter").first()
    if on is not None:
        said = _("%(unit)s刚被派往 %(number)s，请另选一个单位。")
        raise Refused(said % {"unit": unit, "number": on.matter}, code="unit_taken", status=409)
    said = _("%(unit)s现在“%(status)s”，请另选一个单位。")
    told = {"unit": unit, "status": unit.get_status_display()}
    raise Refused(said % told, code="unit_not_free", status=409)


def _leave_without_unit(by: Actor, matter: Matter) -> None:
    done = matter.assignments.filter(cleared_at__isnull=False).order_by("-cleared_at").first()
    if done is not None and matter.step == "on_scene":
        take_step(by, matter, "cleared", elements={"disposition": done.disposition})
    else:
        take_step(by, matter, "unassigned")
