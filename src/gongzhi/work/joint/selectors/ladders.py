"""Which running clocks have reached a rung that nobody was told of, and what a unit was told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from gongzhi.base.catalogue.kinds.ladder import Ladder
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.matters.models import ClockRun
from gongzhi.base.people.models import Account, Unit
from gongzhi.work.joint.models import Escalation
from gongzhi.work.participation.selectors import deciding_unit

LONG_AGO = timedelta(days=60)
"""What is later than that was told of, or nobody was there to be told."""


@dataclass(frozen=True)
class Reached:
    """A rung that a run of a clock has reached."""

    run: ClockRun
    ladder: str
    rung: int
    tells: str


def reached_now(at: datetime, most: int) -> list[Reached]:
    """The rungs that are reached and untold, at most so many. Of one run only the highest is told:
    a county that was switched off for a week is not told three times of each."""
    found: list[Reached] = []
    for ladder in catalogue().ladders.values():
        found.extend(_untold(ladder, at))
        if len(found) >= most:
            break
    return found[:most]


def told_unit(one: Reached) -> Unit:
    """The unit that is told: the owner, whoever decides between units, or the bureau."""
    if one.tells == "unit":
        return one.run.matter.owner_unit
    if one.tells == "bureau":
        bureau = Unit.objects.filter(kind=Unit.Kind.BUREAU).order_by("pk").first()
        return bureau or deciding_unit()
    return deciding_unit()


def escalations_for(account: Account) -> QuerySet[Escalation]:
    """What this account's unit was told and nobody has seen yet, of what is still open and still
    waits; the latest first."""
    rows = Escalation.objects.filter(unit=account.unit, looked_at=None, run__stopped_at=None)
    rows = rows.filter(matter__closed_at=None)
    related = rows.select_related("matter__owner_unit", "matter__narrative", "run")
    return related.order_by("-at", "-pk")


def _untold(ladder: Ladder, at: datetime) -> Iterator[Reached]:
    runs = ClockRun.objects.filter(
        clock__in=ladder.clocks, stopped_at=None, due_at__gt=at - LONG_AGO,
        matter__closed_at=None, matter__county=None,
    ).filter(_may_have(ladder, at))  # fmt: skip
    told = Escalation.objects.filter(ladder=ladder.code, run__in=runs.values("pk"))
    highest: dict[int, int] = {}
    for key, before in told.values_list("run", "rung"):
        highest[key] = max(before, highest.get(key, 0))
    for run in runs.select_related("matter__owner_unit").order_by("due_at"):
        rung = ladder.reached(run.started_at, run.due_at, at) if run.due_at else 0
        if rung > highest.get(run.pk, 0):
            yield Reached(run, ladder.code, rung, ladder.rungs[rung - 1].tells)


def _may_have(ladder: Ladder, at: datetime) -> Q:
    """Those that can have reached a rung: late, or not if any rung comes before that."""
    return Q() if ladder.rungs[0].share is not None else Q(due_at__lte=at)
