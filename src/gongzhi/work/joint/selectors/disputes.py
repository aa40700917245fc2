"""Requests of which units don't agree whose they are: each hand-over with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Min, Q, QuerySet

from gongzhi.base.matters.models import Handover, Matter
from gongzhi.base.matters.reasons import REASONS
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.permissions import oversees
from gongzhi.work.participation.selectors import deciding_unit


@dataclass(frozen=True)
class Side:
    """One hand-over: who gave it away, to whom, and why."""

    giver: str
    taker: str
    why: str
    handover: Handover


def disputes_for(account: Account) -> QuerySet[Matter]:
    """What the deciding unit has to decide, those first whose time runs out first; nothing for any
    other unit, all for whoever watches over requests."""
    try:
        decides = deciding_unit()
    except Refused:
        return Matter.objects.none()
    if account.unit_id != decides.pk and not oversees(account):
        return Matter.objects.none()
    found = Matter.objects.filter(
        procedure="resident_request", county=None, closed_at=None, owner_unit=decides,
        handovers__reason="undecided", handovers__taker=decides,
    ).distinct()  # fmt: skip
    running = Q(clocks__stopped_at__isnull=True)
    found = found.annotate(due=Min("clocks__due_at", filter=running))
    return found.select_related("narrative", "owner_unit").order_by(F("due").asc(nulls_last=True))


def sides_of(matters: Sequence[Matter]) -> dict[int, list[Side]]:
    """By matter, the hand-overs in their order. One query."""
    rows = Handover.objects.filter(matter__in=matters).select_related("giver", "taker")
    found: dict[int, list[Side]] = {one.pk: [] for one in matters}
    for row in rows.order_by("pk"):
        why = str(REASONS.get(row.reason, row.reason))
        found[row.matter_id].append(Side(str(row.giver), str(row.taker), why, row))
    return found
