"""Sending units, and calling them back."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import add_words, hand_over, take_step
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dispatch.events import CHOICE_EXPLAINED, UNIT_ASSIGNED, UNIT_RECALLED
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
from gongzhi.work.dispatch.states import ChoiceReason, Status


@dataclass(frozen=True)
class Offer:
    """What the platform proposed when a unit was sent: the first of its list (``unit``) with the
    seconds it would take, the seconds of the one that was sent, and whether the first was clearly
    better. ``joint``: part of a proposal for several incidents."""

    unit: int
    eta: int
    chosen_eta: int | None = None
    clearly: bool = False
    joint: bool = False


@action
def assign_unit(
    by: Actor,
    matter: Matter,
    unit: ResponseUnit,
    *,
    role: str | None = None,
    offer: Offer | None = None,
) -> Assignment:
    """Send a free unit to an open incident; the first one's station becomes its owner.

    `role`: for which want of the run card; the first that it fits and that is open, unless told.

    Several units may go to one incident, a unit to one only: the row is locked, so of two who
    send it at the same moment one is refused. The log keeps what was proposed beside what was
    chosen.
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
        passed_over_id=offer.unit if offer and offer.clearly and offer.unit != sent.pk else None,
    )
    if held.step in ("received", "unassigned"):
        take_step(by, held, "dispatched")
    if first and held.owner_unit_id != sent.station_id:
        hand_over(by, held, sent.station, reason="dispatched", by_desk=True)
    record(
        UNIT_ASSIGNED, held, unit=sent.pk, code=sent.code, assignment=assignment.pk,
        first=first, role=sent_as or None,
        **_proposed(offer),
    )  # fmt: skip
    return assignment


@action
def explain_choice(by: Actor, assignment: Assignment, reason: str, words: str = "") -> Assignment:
    """Say why another unit was sent than the one that was clearly better; said again, the last one
    holds. What is added in words becomes a note on the incident.

    Refuses where nothing was passed over, an unknown reason, and “other” without words.
    """
    require(by, ASSIGN)
    rows = Assignment.objects.select_for_update(of=("self",)).select_related("unit", "matter")
    held = rows.get(pk=assignment.pk)
    if held.passed_over is None:
        raise Refused(_("派的就是首选，不用说明。"), code="nothing_passed_over", status=409)
    if reason not in ChoiceReason.values:
        raise Refused(_("请选一个理由。"), code="no_reason", fields={"reason": _("请选一个理由。")})
    if reason == ChoiceReason.OTHER and not words.strip():
        wrong = _("请写一句是什么理由。")
        raise Refused(wrong, code="no_words", status=422, fields={"words": wrong})
    held.choice_reason = reason
    held.save(update_fields=["choice_reason"])
    if words.strip():
        told = _("派%(unit)s：%(words)s") % {"unit": held.unit, "words": words.strip()}
        add_words(by, held.matter, "note", told)
    record(
        CHOICE_EXPLAINED, held.matter, assignment=held.pk, unit=held.unit_id,
        code=held.unit.code, recommended=held.passed_over_id, reason=reason,
    )  # fmt: skip
    return held


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


def _proposed(offer: Offer | None) -> dict[str, int | bool | None]:
    if offer is None:
        return {}
    told = {"eta": offer.chosen_eta, "recommended": offer.unit, "recommended_eta": offer.eta}
    return {**told, "joint": offer.joint or None}


def _leave_without_unit(by: Actor, matter: Matter) -> None:
    done = matter.assignments.filter(cleared_at__isnull=False).order_by("-cleared_at").first()
    if done is not None and matter.step == "on_scene":
        take_step(by, matter, "cleared", elements={"disposition": done.disposition})
    else:
        take_step(by, matter, "unassigned")
