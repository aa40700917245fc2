"""Whose matter it is, how urgent, and which other one it is part of."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions.steps import take_step
from gongzhi.base.matters.events import ABSORBED, HANDED_OVER, MERGED, PRIORITY_CHANGED, TAKEN_ON
from gongzhi.base.matters.models import Handover, Matter
from gongzhi.base.matters.permissions import require_owner
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.ui.errors import Refused


@action
def hand_over(
    by: Actor, matter: Matter, taker: Unit, *, reason: str, by_desk: bool = False
) -> Matter:
    """Give the matter to another unit; a return to one that had it counts as a bounce.

    With `by_desk` the caller has checked that this actor may act for any unit.
    """
    held = Matter.objects.select_for_update(of=("self",)).get(pk=matter.pk)
    if not by_desk:
        require_owner(by, held)
    giver = held.owner_unit
    if giver == taker:
        raise Refused(
            _("这件事本来就由%(unit)s负责。") % {"unit": taker}, code="same_unit", status=409
        )
    bounce = held.handovers.filter(giver=taker).exists()
    Handover.objects.create(matter=held, giver=giver, taker=taker, at=now(), reason=reason)
    held.owner_unit, held.owner = taker, None
    held.bounces += bounce
    held.save(update_fields=["owner_unit", "owner", "bounces"])
    record(HANDED_OVER, held, giver=giver.pk, taker=taker.pk, reason=reason, bounce=bounce)
    return held


@action
def take_on(by: Actor, matter: Matter, account: Account) -> Matter:
    """Make one member of the owning unit responsible."""
    held = Matter.objects.select_for_update(of=("self",)).get(pk=matter.pk)
    require_owner(by, held)
    if account.unit_id != held.owner_unit_id:
        raise Refused(_("承办人要在负责的单位里选。"), code="not_in_unit")
    held.owner = account
    held.save(update_fields=["owner"])
    record(TAKEN_ON, held, account=account.pk)
    return held


@action
def change_priority(by: Actor, matter: Matter, priority: int) -> Matter:
    """Make it more or less urgent: 1 (lives at risk) to 4 (when there is time)."""
    held = Matter.objects.select_for_update(of=("self",)).get(pk=matter.pk)
    if priority not in {1, 2, 3, 4}:
        raise Refused(_("紧急程度是 1 到 4。"), code="unknown_priority")
    if held.priority == priority:
        raise Refused(
            _("已经是 P%(priority)s。") % {"priority": priority}, code="same_priority", status=409
        )
    previous, held.priority = held.priority, priority
    held.save(update_fields=["priority"])
    record(PRIORITY_CHANGED, held, priority=priority, previous=previous)
    return held


@action
def merge_into(by: Actor, matter: Matter, into: Matter) -> Matter:
    """Make it part of another open matter of the same kind: it takes the step ``merged``.

    The caller has checked that this actor may do so, and moves what its own app keeps.
    """
    # Locked in one order, so that two people merging crosswise can't wait for each other.
    both = Matter.objects.select_for_update(of=("self",)).order_by("pk")
    rows = {one.pk: one for one in both.filter(pk__in=[matter.pk, into.pk])}
    target = rows[into.pk]
    if matter.pk == into.pk or target.procedure != matter.procedure or target.closed_at:
        raise Refused(_("只能并入另一件还没办结的同类事项。"), code="can_not_merge", status=409)
    held = take_step(by, matter, "merged")
    held.merged_into = target
    held.save(update_fields=["merged_into"])
    record(MERGED, held, into=target.pk)
    record(ABSORBED, target, other=held.pk)
    return target
