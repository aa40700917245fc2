"""Whose matter it is, how urgent, and which other one it is part of."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions.steps import take_step
from gongzhi.base.matters.actions.talk import add_words
from gongzhi.base.matters.clocks import move_clocks
from gongzhi.base.matters.course import require_member, require_other_priority, require_other_unit
from gongzhi.base.matters.events import ABSORBED, HANDED_OVER, MERGED, PRIORITY_CHANGED, TAKEN_ON
from gongzhi.base.matters.models import Handover, Matter, Message
from gongzhi.base.matters.permissions import require_owner
from gongzhi.base.matters.telling import tell_handover
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.ui.errors import Refused


@action
def hand_over(
    by: Actor, matter: Matter, taker: Unit, *, reason: str, words: str = "", by_desk: bool = False
) -> Matter:
    """Give the matter to another unit; a return to one that had it counts as a bounce. `words` for
    whoever takes it stand on its timeline, as a note.

    With `by_desk` the caller has checked that this actor may act for any unit.
    """
    held = Matter.objects.select_for_update(of=("self",)).get(pk=matter.pk)
    if not by_desk:
        require_owner(by, held)
    require_other_unit(held, taker)
    if words.strip():
        add_words(by, held, Message.Kind.NOTE, words)
    giver = held.owner_unit
    # Who takes back what nobody had accepted yet was not refused by anybody.
    bounce = reason != "taken_back" and held.handovers.filter(giver=taker).exists()
    handover = Handover.objects.create(
        matter=held, giver=giver, taker=taker, at=now(), reason=reason
    )
    held.owner_unit, held.owner = taker, None
    held.bounces += bounce
    held.save(update_fields=["owner_unit", "owner", "bounces"])
    tell_handover(handover, bounce=bounce)
    move_clocks(held, HANDED_OVER.kind, facts={"reason": reason, "bounce": bounce})
    return held


@action
def take_on(by: Actor, matter: Matter, account: Account) -> Matter:
    """Make one member of the owning unit responsible."""
    held = Matter.objects.select_for_update(of=("self",)).get(pk=matter.pk)
    require_owner(by, held)
    require_member(held, account.unit_id)
    held.owner = account
    held.save(update_fields=["owner"])
    record(TAKEN_ON, held, account=account.pk)
    move_clocks(held, TAKEN_ON.kind)
    return held


@action
def change_priority(by: Actor, matter: Matter, priority: int) -> Matter:
    """Make it more or less urgent: 1 (lives at risk) to 4 (when there is time)."""
    held = Matter.objects.select_for_update(of=("self",)).get(pk=matter.pk)
    require_other_priority(held, priority)
    previous, held.priority = held.priority, priority
    held.save(update_fields=["priority"])
    record(PRIORITY_CHANGED, held, priority=priority, previous=previous)
    move_clocks(held, PRIORITY_CHANGED.kind, facts={"previous": previous})
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
    move_clocks(target, ABSORBED.kind)
    return target
