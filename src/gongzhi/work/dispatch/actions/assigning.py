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
    STANDING,
    end_assignment,
    held_assignment,
    held_incident,
    held_unit,
    require_free,
    require_open,
    stand,
)
from gongzhi.work.dispatch.selectors.card import role_for
from gongzhi.work.dispatch.states import Status


@action
def assign_unit(
    by: Actor, matter: Matter, unit: ResponseUnit, *, role: str | None = None
) -> Assignment:
    """Send a free unit to an open incident; the first one's station becomes its owner.

    `role`: for which want of the run card; the first that it fits and that is open, unless told.

    Several units may go to one incident, a unit to one only: the row is locked, so of two who
    send it at the same moment one is refused.
    """
    require(by, ASSIGN)
    held, sent = held_incident(matter), held_unit(unit)
    require_open(held)
    require_free(sent)
    first = not held.assignments.filter(ACTIVE).exists()
    sent_as = role_for(held, sent) if role is None else role
    stand(sent, Status.DISPATCHED)
    sent.save(update_fields=STANDING)
    assignment = Assignment.objects.create(
        matter=held,
        unit=sent,
        assigned_at=now(),
        assigned_by=by.source if isinstance(by.source, Account) else None,
        role=sent_as,
    )
    if held.step in ("received", "unassigned"):
        take_step(by, held, "dispatched")
    if first and held.owner_unit_id != sent.station_id:
        hand_over(by, held, sent.station, reason="dispatched", by_desk=True)
    record(
        UNIT_ASSIGNED, held, unit=sent.pk, code=sent.code, assignment=assignment.pk,
        first=first, role=sent_as or None,
    )  # fmt: skip
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


def _leave_without_unit(by: Actor, matter: Matter) -> None:
    done = matter.assignments.filter(cleared_at__isnull=False).order_by("-cleared_at").first()
    if done is not None and matter.step == "on_scene":
        take_step(by, matter, "cleared", elements={"disposition": done.disposition})
    else:
        take_step(by, matter, "unassigned")
