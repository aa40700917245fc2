"""The sweep: time passes, and what it passed is said on the log, once.

Two indexed queries find the runs. They are locked and looked at again inside the action, so two
sweeps at once never tell the same thing twice.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from gongzhi.base.calendar.due import Due, reckon
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import NothingRecorded, moment, now
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions.clocks import count_anew, note_missed, warn_ahead
from gongzhi.base.matters.clocks.moving import CLOCKS
from gongzhi.base.matters.models import ClockRun

BATCH = 200
"""Runs told in one transaction, which holds the log's lock while it writes."""
BATCHES = 50
"""At most so many a sweep; the next goes on."""


@dataclass(frozen=True)
class Swept:
    """How many were missed, and of how many was warned."""

    missed: int = 0
    warned: int = 0


def overdue(at: datetime) -> QuerySet[ClockRun]:
    """Running past their time, and nobody has said so. A source's own dates aren't ours to say."""
    return ClockRun.objects.filter(
        due_at__lt=at, stopped_at__isnull=True, missed_at__isnull=True,
        matter__county__isnull=True,
    ).order_by("due_at")  # fmt: skip


def to_warn(at: datetime) -> QuerySet[ClockRun]:
    """Those whose time to warn has come."""
    return ClockRun.objects.filter(warn_at__lte=at).order_by("warn_at")


def sweep(at: datetime | None = None) -> Swept:
    """Tell what has been missed, then warn of what is near; `at` stands for now when given.

    What was missed needs no warning any more. Both come in batches, each its own transaction.
    """
    with moment(at) if at else nullcontext():
        return Swept(_in_batches(overdue, note_missed), _in_batches(to_warn, warn_ahead))


def recount_provisional() -> int:
    """Count provisional due dates anew, by the calendar as it is now; how many changed.

    Run it when the notice of another year has been entered or has come with an update.
    """
    rows = ClockRun.objects.filter(provisional=True, stopped_at__isnull=True)
    stale = [run.pk for run in rows.iterator() if _counts_otherwise(run)]
    batches = [stale[i : i + BATCH] for i in range(0, len(stale), BATCH)]
    return sum(_told(count_anew, batch) for batch in batches)


def _counts_otherwise(run: ClockRun) -> bool:
    before = run.due
    after: Due = reckon(before.counting, catalogue().calendar)
    return (after.at, after.provisional) != (before.at, before.provisional)


def _in_batches(
    found: Callable[[datetime], QuerySet[ClockRun]], tell: Callable[[Actor, list[int]], int]
) -> int:
    told = 0
    for _batch in range(BATCHES):
        runs = list(found(now()).values_list("pk", flat=True)[:BATCH])
        told += _told(tell, runs) if runs else 0
        if len(runs) < BATCH:
            break
    return told


def _told(tell: Callable[[Actor, list[int]], int], runs: list[int]) -> int:
    try:
        return tell(CLOCKS, runs)
    except NothingRecorded:  # another process told them between our query and our lock
        return 0
