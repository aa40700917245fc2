"""What time does to clocks: it warns, it passes, and the calendar that counts it grows."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from gongzhi.base.calendar.due import reckon
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.clocks.moving import judge_anew, next_warning, tell_missed
from gongzhi.base.matters.events import CLOCK_PASSED, CLOCK_RECOUNTED, CLOCK_WARNED
from gongzhi.base.matters.models import ClockRun


@action
def note_missed(by: Actor, runs: Sequence[int]) -> int:
    """Note on the log which of these runs are past their time; how many. They run on."""
    missed = list(_locked(runs).filter(due_at__lt=now(), missed_at__isnull=True))
    for run in missed:
        run.missed_at, run.warn_at = now(), None
        tell_missed(run, run.matter.owner_unit_id)
    ClockRun.objects.bulk_update(missed, ["missed_at", "warn_at"])
    return len(missed)


@action
def warn_ahead(by: Actor, runs: Sequence[int]) -> int:
    """Note on the log which of these runs are about to fall due, or, of what is never late, which
    are over; how many."""
    near = list(_locked(runs).filter(warn_at__lte=now()))
    for run in near:
        run.warn_at = next_warning(run.clock_item, run.due, now())
        whose = {
            "clock": run.clock, "unit": run.matter.owner_unit_id, "party": run.party_id,
        }  # fmt: skip
        if run.opens_at is not None:
            record(CLOCK_PASSED, run.matter, ended_at=run.opens_at, **whose)
        else:
            record(CLOCK_WARNED, run.matter, due_at=run.due_at, **whose)
    ClockRun.objects.bulk_update(near, ["warn_at"])
    return len(near)


@action
def count_anew(by: Actor, runs: Sequence[int]) -> int:
    """Count these provisional runs by the calendar as it is now; how many came out otherwise.

    A run that was noted as missed and is not yet due after all is running again.
    """
    changed = []
    for run in _locked(runs).filter(provisional=True):
        before, after = run.due, reckon(run.due.counting, catalogue().calendar)
        if (before.at, before.provisional) != (after.at, after.provisional):
            run.due = after
            judge_anew(run)
            changed.append(run)
            record(
                CLOCK_RECOUNTED, run.matter,
                clock=run.clock, due_at=after.at, previous=before.at, party=run.party_id,
            )  # fmt: skip
    fields = ["due_at", "opens_at", "provisional", "counting", "steps", "warn_at", "missed_at"]
    ClockRun.objects.bulk_update(changed, fields)
    return len(changed)


def _locked(runs: Sequence[int]) -> QuerySet[ClockRun]:
    """Still running, locked in one order, with their matters."""
    rows = ClockRun.objects.select_for_update(of=("self",)).select_related("matter")
    return rows.filter(pk__in=runs, stopped_at__isnull=True).order_by("pk")
