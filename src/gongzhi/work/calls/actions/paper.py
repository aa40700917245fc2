"""Entering what was taken on paper while the platform was away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import take_step
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account
from gongzhi.base.places.coordinates import Point
from gongzhi.base.ui.errors import Refused
from gongzhi.work.calls.actions.receiving import NewCall, receive_call
from gongzhi.work.calls.events import PAPER_ENTERED
from gongzhi.work.calls.models import Call, PaperSlip
from gongzhi.work.calls.permissions import ENTER_PAPER
from gongzhi.work.calls.selectors import call_of_key

MOST = 10
"""Slips of one batch: all are entered, or none."""
TIMES = ("received_at", "answered_at", "dispatched_at", "on_scene_at", "cleared_at")


@dataclass(frozen=True)
class Slip:
    """One paper slip, as it was written. Times are the paper's own."""

    number: str
    received_at: datetime
    category: str
    words: str
    place: str = ""
    point: Point | None = None
    priority: int | None = None
    caller: Mapping[str, str] = field(default_factory=dict)
    answered_at: datetime | None = None
    dispatched_at: datetime | None = None
    on_scene_at: datetime | None = None
    cleared_at: datetime | None = None
    sent: str = ""
    disposition: str = ""
    """Code of the outcome, once it was dealt with."""

    @property
    def key(self) -> str:
        """Two entries of one slip are one call."""
        return f"paper:{timezone.localdate(self.received_at)}:{self.number}"[:64]


@action
def enter_slips(by: Actor, slips: Sequence[Slip]) -> list[Call]:
    """Enter a batch: every slip, or none of them. One that was entered before is left as it is.

    The log has who entered them and when, and beside it the times that the paper tells. What was
    dealt with is over; the rest waits at the desk like any other call.
    """
    require(by, ENTER_PAPER)
    if not 1 <= len(slips) <= MOST:
        raise Refused(_("一次补录 1 到 %(n)s 张。") % {"n": MOST}, code="too_many", status=422)
    return [call_of_key(slip.key) or _entered(by, slip) for slip in slips]


def _entered(by: Actor, slip: Slip) -> Call:
    call = receive_call(
        by,
        NewCall(
            category=slip.category, words=slip.words, place=slip.place, point=slip.point,
            priority=slip.priority, caller=slip.caller, received_at=slip.received_at,
            answered_at=slip.answered_at, idempotency_key=slip.key,
        ),
    )  # fmt: skip
    # When it happened, not when it was typed: lists and forecasts go by the day and hour.
    Matter.objects.filter(pk=call.matter_id).update(opened_at=slip.received_at)
    Call.objects.filter(pk=call.pk).update(taken_by=None)  # whoever wrote the paper
    call.matter.opened_at = slip.received_at
    _keep(by, slip, call)
    if slip.cleared_at is not None:
        take_step(by, call.matter, "recorded", elements={"disposition": slip.disposition})
    return call


def _keep(by: Actor, slip: Slip, call: Call) -> None:
    PaperSlip.objects.create(
        call=call, number=slip.number, dispatched_at=slip.dispatched_at,
        on_scene_at=slip.on_scene_at, cleared_at=slip.cleared_at, sent=slip.sent,
        entered_by=by.source if isinstance(by.source, Account) else None, entered_at=now(),
    )  # fmt: skip
    told = {name: getattr(slip, name) for name in TIMES}
    record(PAPER_ENTERED, call.matter, call=call.pk, **told)
