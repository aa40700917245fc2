"""A partner that doesn't answer in time, or doesn't arrive: noticed once, and on record."""

from __future__ import annotations

from datetime import datetime

from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.work.linked.events import ANSWER_OVERDUE
from gongzhi.work.linked.models import LinkedRequest

MOST = 100


@action
def note_overdue(by: Actor, until: datetime) -> int:
    """Note each open request whose time has passed by then; how many. Of two who look at once, one
    notes it."""
    rows = LinkedRequest.objects.select_for_update(of=("self",)).select_related("matter")
    late = rows.filter(ended_at=None, late_at=None, due_at__lte=until).order_by("due_at")[:MOST]
    found = list(late)
    for request in found:
        request.late_at, request.times_late = now(), request.times_late + 1
        request.save(update_fields=["late_at", "times_late"])
        record(
            ANSWER_OVERDUE, request.matter, request=request.pk, partner=request.partner,
            state=request.state, due_at=request.due_at,
        )  # fmt: skip
    return len(found)
