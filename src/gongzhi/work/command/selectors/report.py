"""The after-action report (事后总结): what the lane's own record says, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from gongzhi.base.matters.models import Matter
from gongzhi.base.ui.spans import span
from gongzhi.work.command.models import Lane, LogLine, PostHolder
from gongzhi.work.command.selectors.lanes import (
    RollView,
    Went,
    lane_of,
    matters_of,
    rolls_with_answers,
    seen_roll,
    title_of,
    went_to,
)
from gongzhi.work.linked.models import LinkedRequest
from gongzhi.work.linked.selectors.partners import name_of, offers_of


@dataclass(frozen=True)
class Asked:
    """A partner: when it was asked, and how long it took to say yes or no and to be there, in
    words; empty where it didn't."""

    name: str
    offers: str
    asked_at: datetime
    answered_at: datetime | None
    there_at: datetime | None
    ended_at: datetime | None
    state: str
    answered: str
    arrived: str
    late: bool


@dataclass(frozen=True)
class Report:
    """Everything that the report says."""

    lane: Lane
    title: str
    began: datetime
    ended: datetime
    lasted: str
    matters: Sequence[Matter]
    holders: Sequence[PostHolder]
    went: Sequence[Went]
    asked: Sequence[Asked]
    rolls: Sequence[RollView]
    lines: Sequence[LogLine]

    @property
    def first_call(self) -> datetime:
        """When the first of its incidents was reported."""
        return min([one.opened_at for one in self.matters] or [self.began])


def report_of(key: int, now: datetime) -> Report:
    """The report on this lane; up to now while it goes on."""
    lane = lane_of(key)
    matters = matters_of(lane)
    ended, rolls = lane.closed_at or now, rolls_with_answers().filter(lane=lane)
    return Report(
        lane=lane,
        title=title_of(lane),
        began=lane.opened_at,
        ended=ended,
        lasted=span((ended - lane.opened_at).total_seconds()),
        matters=matters,
        holders=list(
            lane.holders.select_related("account__unit", "unit").order_by("taken_at", "pk")
        ),
        went=went_to(lane),
        asked=_asked(matters),
        rolls=[seen_roll(one) for one in rolls.order_by("started_at", "pk")],
        lines=list(lane.lines.select_related("author").order_by("at", "pk")),
    )


def _asked(matters: Sequence[Matter]) -> list[Asked]:
    found = LinkedRequest.objects.filter(matter__in=[one.pk for one in matters])
    rows = found.exclude(state="told").select_related("unit", "matter")
    return [_one(request) for request in rows.order_by("asked_at", "pk")]


def _one(request: LinkedRequest) -> Asked:
    answered = request.accepted_at or (request.ended_at if request.state == "refused" else None)
    return Asked(
        name=name_of(request),
        offers=offers_of(request),
        asked_at=request.asked_at,
        answered_at=answered,
        there_at=request.there_at,
        ended_at=request.ended_at,
        state=request.get_state_display(),
        answered=_took(request.asked_at, answered),
        arrived=_took(request.asked_at, request.there_at),
        late=request.times_late > 0,
    )


def _took(since: datetime, until: datetime | None) -> str:
    return span((until - since).total_seconds()) if until else _("—")
