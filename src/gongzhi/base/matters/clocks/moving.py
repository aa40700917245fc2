"""Clocks move with events, in the event's own transaction, and with nothing else.

A matter keeps the clocks that were in force when it began, and its runs keep the counting they
were started with. A matter of an imported source runs none: what this county promises, another
never promised. Whoever loads past matters in bulk writes no runs either.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from gongzhi.base.calendar.counting import Counting, Suspension
from gongzhi.base.calendar.due import Due, reckon
from gongzhi.base.calendar.workdays import Name
from gongzhi.base.catalogue.kinds.clock import Clock
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import now, record
from gongzhi.base.matters.events import CLOCK_MISSED
from gongzhi.base.matters.models import ClockRun, Matter

Facts = Mapping[str, object]
MOVES = [
    "due_at", "warn_at", "missed_at", "stopped_at", "outcome", "provisional", "counting", "steps",
]  # fmt: skip
"""The columns of a run that an event can change."""


def start_clocks(matter: Matter, *triggers: str, facts: Facts | None = None) -> None:
    """The clocks of a matter that was just opened: one insert, and no query before it."""
    if matter.county_id is None:
        _start(matter, triggers, facts or {}, running=())


def move_clocks(matter: Matter, *triggers: str, facts: Facts | None = None) -> None:
    """Stop, hold, resume and start the clocks that these events move; call it in an action,
    after the matter has changed and with its row locked.

    A trigger is ``step:<code>`` or the kind of an event; `facts` are that event's fields and the
    choices shown with it. Stopping comes before starting, so a hand-over can do both. A closed
    matter has no running clock but those that its end started.
    """
    closed = matter.closed_at is not None and any(one.startswith("step:") for one in triggers)
    moved = any(catalogue().clocks_moved_by(matter.procedure, one) for one in triggers)
    if matter.county_id is not None or not (moved or closed):
        return
    runs = list(_running(matter))
    changed = [run for run in runs if _move(run, matter, frozenset(triggers), closed=closed)]
    if changed:
        ClockRun.objects.bulk_update(changed, MOVES)
    running = {run.clock for run in runs if run.stopped_at is None}
    _start(matter, triggers, facts or {}, running)


def next_warning(clock: Clock | None, due: Due, after: datetime) -> datetime | None:
    """The first time to warn that is still to come."""
    times = clock.warnings(due, catalogue().calendar) if clock else ()
    return next((at for at in times if at > after), None)


def note_missed(run: ClockRun) -> None:
    """The time has passed and it ran: say so on the log. Doesn't save."""
    run.missed_at, run.warn_at = now(), None
    record(
        CLOCK_MISSED, run.matter,
        clock=run.clock, due_at=run.due_at, unit=run.matter.owner_unit_id, law=run.law,
    )  # fmt: skip


def _running(matter: Matter) -> Iterable[ClockRun]:
    rows = ClockRun.objects.select_for_update().filter(matter=matter, stopped_at__isnull=True)
    for run in rows.order_by("pk"):
        run.matter = matter
        yield run


def _move(run: ClockRun, matter: Matter, triggers: frozenset[str], *, closed: bool) -> bool:
    """Whether these events change this run."""
    clock = run.clock_item
    if clock is not None and triggers & set(clock.stops_on):
        return _stop(run, ClockRun.Outcome.MET)
    if closed or (clock is not None and triggers & set(clock.lapses_on)):
        return _stop(run, ClockRun.Outcome.LAPSED)
    return clock is not None and _hold_or_resume(run, clock, triggers)


def _stop(run: ClockRun, outcome: ClockRun.Outcome) -> bool:
    """It ends now; as missed, whatever ends it, when its time has passed."""
    if run.missed_at is None and run.due_at is not None and now() > run.due_at:
        note_missed(run)
    run.outcome = ClockRun.Outcome.MISSED if run.missed_at else outcome
    run.stopped_at, run.warn_at = now(), None
    return True


def _hold_or_resume(run: ClockRun, clock: Clock, triggers: frozenset[str]) -> bool:
    before = Counting.from_json(run.counting)
    spans = before.suspended
    for one in clock.suspends:
        name = Name(one.name.zh, one.name.en)
        held = any(span.name == name and span.until is None for span in spans)
        if held and triggers & set(one.ends_on):
            spans = tuple(_ended(span, name) for span in spans)
        elif not held and triggers & set(one.begins_on):
            spans = (*spans, Suspension(now(), None, name))
    if spans == before.suspended:
        return False
    due = reckon(replace(before, suspended=spans), catalogue().calendar)
    run.due = due
    run.warn_at = None if run.missed_at else next_warning(clock, due, now())
    return True


def _ended(span: Suspension, name: Name) -> Suspension:
    return replace(span, until=now()) if span.name == name and span.until is None else span


def _start(matter: Matter, triggers: Sequence[str], facts: Facts, running: Iterable[str]) -> None:
    told = {**facts, **_own_facts(matter)}
    began = timezone.localdate(matter.opened_at)
    begun = {
        clock.code: clock
        for trigger in triggers
        for clock in catalogue().clocks_moved_by(matter.procedure, trigger)
        if clock.code not in running
        and clock.is_in_force(began)
        and clock.starts(matter.procedure, trigger, told)
    }
    if begun:
        ClockRun.objects.bulk_create(_begun(matter, clock) for clock in begun.values())


def _own_facts(matter: Matter) -> Facts:
    return {
        "category": matter.category,
        "priority": matter.priority,
        "channel": matter.channel,
        "step": matter.step,
    }


def _begun(matter: Matter, clock: Clock) -> ClockRun:
    due = clock.due(now(), catalogue().calendar, county_zone())
    run = ClockRun(
        matter=matter,
        clock=clock.code,
        law=clock.authority == "law",
        basis_zh=clock.citations.zh,
        basis_en=clock.citations.en,
        started_at=now(),
        warn_at=next_warning(clock, due, now()),
    )
    run.due = due
    return run


def county_zone() -> ZoneInfo:
    """The county's own time, by which days are counted."""
    return ZoneInfo(timezone.get_default_timezone_name())
