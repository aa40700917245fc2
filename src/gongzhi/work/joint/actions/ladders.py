"""Telling further up that something waits, and that it was seen."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.ui.errors import Refused
from gongzhi.work.joint.events import ESCALATED, ESCALATION_SEEN
from gongzhi.work.joint.models import Escalation
from gongzhi.work.joint.permissions import ESCALATIONS
from gongzhi.work.joint.selectors.ladders import Reached, told_unit


@action
def escalate(by: Actor, reached: Sequence[Reached]) -> int:
    """Tell of these rungs, each once; how many. Of two that look at once, one tells."""
    told = 0
    for one in reached:
        unit: Unit = told_unit(one)
        made, new = Escalation.objects.get_or_create(
            run=one.run, ladder=one.ladder, rung=one.rung,
            defaults={"matter": one.run.matter, "tells": one.tells, "unit": unit, "at": now()},
        )  # fmt: skip
        if new:
            told += 1
            record(
                ESCALATED, one.run.matter, escalation=made.pk, clock=one.run.clock, rung=one.rung,
                tells=one.tells, unit=unit.pk,
            )  # fmt: skip
    return told


@action
def see_escalation(by: Actor, escalation: Escalation) -> Escalation:
    """Say that the unit has seen it: it goes from the list, not from the timeline."""
    require(by, ESCALATIONS)
    held = Escalation.objects.select_for_update(of=("self",)).get(pk=escalation.pk)
    if held.looked_at is not None:
        raise Refused(_("已经有人看过了。"), code="seen_already", status=409)
    held.looked_at = now()
    held.seen_by = by.source if isinstance(by.source, Account) else None
    held.save(update_fields=["looked_at", "seen_by"])
    record(ESCALATION_SEEN, held.matter, escalation=held.pk)
    return held
