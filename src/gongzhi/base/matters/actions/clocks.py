"""What time does to clocks: it warns, it passes, and the calendar that counts it grows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gongzhi.base.calendar.due import reckon
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.clocks.moving import next_warning, tell_missed
from gongzhi.base.matters.events import (
    CLOCK_EXTENDED,
    CLOCK_PASSED,
    CLOCK_RECOUNTED,
    CLOCK_WARNED,
)
from gongzhi.base.matters.models import ClockRun, Matter
from gongzhi.base.people.models import Account
from gongzhi.base.people.standing import stands_above
from gongzhi.base.ui.errors import Refused


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
        whose = {"clock": run.clock, "unit": run.matter.owner_unit_id}
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
            _judge_anew(run)
            changed.append(run)
            record(
                CLOCK_RECOUNTED, run.matter,
                clock=run.clock, due_at=after.at, previous=before.at,
            )  # fmt: skip
    fields = ["due_at", "opens_at", "provisional", "counting", "steps", "warn_at", "missed_at"]
    ClockRun.objects.bulk_update(changed, fields)
    return len(changed)


@action
def extend_clock(by: Actor, matter: Matter, clock: str) -> ClockRun:
    """Lengthen a running clock once more, as its law allows, by somebody of the rank that grants
    it, who stands above the unit and isn't responsible for the matter himself."""
    run = _locked_one(matter, clock)
    extends = run.clock_item.extends if run.clock_item else None
    counting = run.due.counting
    if extends is None or len(counting.extended_by) >= extends.times:
        raise Refused(_("这个时限不能再延长。"), code="not_extendable", status=409)
    if run.missed_at is not None or (run.due_at is not None and now() > run.due_at):
        raise Refused(_("已经超过时限，不能再延长。"), code="too_late", status=409)
    _require_grantor(by, run, extends.granted_by)
    before, longer = run.due_at, (*counting.extended_by, extends.by)
    run.due = reckon(replace(counting, extended_by=longer), catalogue().calendar)
    run.warn_at = next_warning(run.clock_item, run.due, now())
    run.save(update_fields=["due_at", "opens_at", "provisional", "counting", "steps", "warn_at"])
    record(
        CLOCK_EXTENDED, run.matter,
        clock=clock, due_at=run.due_at, previous=before, times=len(longer),
    )  # fmt: skip
    return run


def _locked_one(matter: Matter, clock: str) -> ClockRun:
    rows = ClockRun.objects.select_for_update(of=("self",)).select_related("matter__owner_unit")
    run = rows.filter(matter=matter, clock=clock, stopped_at__isnull=True).first()
    if run is None:
        raise Refused(_("这个时限现在没有在计时。"), code="no_such_clock", status=404)
    return run


def _require_grantor(by: Actor, run: ClockRun, rank: str) -> None:
    account = by.source
    if not isinstance(account, Account) or rank not in account.roles:
        role = catalogue().roles[rank].name
        raise Refused(
            _("延长时限要由%(role)s批准。") % {"role": role}, code="not_your_rank", status=403
        )
    if not stands_above(account, run.matter.owner_unit) or account.pk == run.matter.owner_id:
        raise Refused(_("只能由承办单位的上级批准。"), code="not_your_matter", status=403)


def _judge_anew(run: ClockRun) -> None:
    if run.due_at is None or run.due_at >= now():
        run.missed_at = None
    run.warn_at = None if run.missed_at else next_warning(run.clock_item, run.due, now())


def _locked(runs: Sequence[int]) -> QuerySet[ClockRun]:
    """Still running, locked in one order, with their matters."""
    rows = ClockRun.objects.select_for_update(of=("self",)).select_related("matter")
    return rows.filter(pk__in=runs, stopped_at__isnull=True).order_by("pk")
