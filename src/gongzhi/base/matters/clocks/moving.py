"""Clocks move with events, in the event's own transaction, and with nothing else.

A matter keeps the clocks that were in force when it began, and its runs keep the counting they
were started with. A matter of an imported source runs none: what this county promises, another
never promised.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from gongzhi.base.calendar.counting import Counting, Suspension
from gongzhi.base.calendar.due import Due, reckon
from gongzhi.base.calendar.workdays import Name
from gongzhi.base.catalogue.kinds.clock import Clock
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import now, recalling, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.rows import insert_all
from gongzhi.base.matters.events import CLOCK_MISSED
from gongzhi.base.matters.models import ClockRun, Matter
from gongzhi.base.ui.errors import Refused

Facts = Mapping[str, object]
CLOCKS = Actor.system("clocks")
"""Who says that time has passed, whoever's action brings it to light."""
NOBODY = 0
"""Instead of a party: a deed begun when none was named moves nobody's own clocks."""
Key = tuple[str, int | None]
"""A clock, and whose run of it."""
_MOVED = [
    "due_at", "opens_at", "warn_at", "missed_at", "stopped_at", "outcome", "provisional",
    "counting", "steps",
]  # fmt: skip
"""The columns of a run that an event can change."""


@dataclass
class Moves:
    """What an event does to the clocks of a matter: rows to update, to insert, to tell of."""

    changed: list[ClockRun] = field(default_factory=list)
    begun: list[ClockRun] = field(default_factory=list)
    missed: list[ClockRun] = field(default_factory=list)


def start_clocks(matter: Matter, *triggers: str, facts: Facts | None = None) -> None:
    """The clocks of a matter that was just opened: one insert, and no query before it."""
    write_moves(moves([], matter, triggers, facts))


def move_clocks(
    matter: Matter, *triggers: str, facts: Facts | None = None, party: int | None = None
) -> None:
    """Stop, hold, resume and start the clocks that these events move; call it in an action,
    after the matter has changed and with its row locked.

    A trigger is ``step:<code>`` or the kind of an event; `facts` are that event's fields and the
    choices shown with it. With a `party` it is about that person: of the clocks of one person only
    theirs move. Without, everybody's do. Stopping comes before starting, so a hand-over can do
    both. A closed matter has no running clock but those that its end started.
    """
    if _ends(matter, triggers) or any(_clocks(matter, trigger) for trigger in triggers):
        rows = ClockRun.objects.select_for_update().filter(matter=matter, stopped_at__isnull=True)
        write_moves(moves(rows.order_by("pk"), matter, triggers, facts, party))


def moves(
    runs: Iterable[ClockRun],
    matter: Matter,
    triggers: Sequence[str],
    facts: Facts | None = None,
    party: int | None = None,
) -> Moves:
    """What these events do to the `runs` of the matter that still run. Nothing is written."""
    made, running, ends, rows = Moves(), dict[Key, ClockRun](), _ends(matter, triggers), list(runs)
    own = {run.clock for run in rows if party and run.party_id == party}
    for run in rows:
        run.matter, late_before = matter, run.missed_at
        heard = frozenset(triggers if _hears(run, party, own) else ())
        if _move(run, heard, ends=ends):
            made.changed.append(run)
        if run.missed_at != late_before:
            made.missed.append(run)
        if run.stopped_at is None:
            running[run.clock, run.party_id] = run
    made.begun = _begun_by(matter, triggers, facts or {}, running, party or None)
    made.changed += [run for run in follow(running.values()) if run not in made.changed]
    return made


def _hears(run: ClockRun, party: int | None, own: Container[str]) -> bool:
    """Whether what concerns this party moves the run: theirs, and the matter's as a whole. A run
    of one person that was begun before anybody was named moves where they have no `own`."""
    if party is None or run.party_id == party:
        return True
    item = run.clock_item
    return run.party_id is None and not (item and item.per_person and run.clock in own)


def follow(runs: Iterable[ClockRun]) -> list[ClockRun]:
    """Count the notices among these running runs anew whose planned time, the end of another,
    has moved; those that came out otherwise."""
    ends = {(run.clock, run.party_id): run.due_at for run in runs}
    moved = []
    for run in runs:
        clock = run.clock_item
        planned = _end_before(clock, run.party_id, ends) if clock else None
        counting = Counting.from_json(run.counting)
        if planned is not None and planned != counting.start:
            run.due = reckon(replace(counting, start=planned), catalogue().calendar)
            run.warn_at = None if run.missed_at else next_warning(clock, run.due, now())
            moved.append(run)
    return moved


def next_warning(clock: Clock | None, due: Due, after: datetime) -> datetime | None:
    """The first time to warn that is still to come."""
    times = clock.warnings(due, catalogue().calendar) if clock else ()
    return next((at for at in times if at > after), None)


def judge_anew(run: ClockRun) -> None:
    """Say whether it is late, and when to warn, after it was counted anew."""
    if run.due_at is None or run.due_at >= now():
        run.missed_at = None
    run.warn_at = None if run.missed_at else next_warning(run.clock_item, run.due, now())


def tell_missed(run: ClockRun, unit: int) -> None:
    """Say on the log that its time has passed and it ran."""
    with recalling(CLOCKS, now()):
        record(
            CLOCK_MISSED, run.matter,
            clock=run.clock, due_at=run.due_at, unit=unit, law=run.law, party=run.party_id,
        )  # fmt: skip


def write_moves(made: Moves) -> None:
    """Write what the events do, in the open action."""
    if made.changed:
        ClockRun.objects.bulk_update(made.changed, _MOVED)
    insert_all(made.begun)
    for run in made.missed:
        tell_missed(run, run.matter.owner_unit_id)


def _clocks(matter: Matter, trigger: str) -> Sequence[Clock]:
    if matter.county_id is not None:
        return ()
    return catalogue().clocks_moved_by(matter.procedure, trigger)


def _ends(matter: Matter, triggers: Sequence[str]) -> bool:
    """Whether the matter ends with this event; asked only of a step, after which it is fresh."""
    by_step = any(trigger.startswith("step:") for trigger in triggers)
    return by_step and matter.closed_at is not None


def _move(run: ClockRun, triggers: frozenset[str], *, ends: bool) -> bool:
    """Whether these events change this run."""
    clock = run.clock_item
    if clock is not None and triggers & set(clock.stops_on):
        _require_passed(run, clock)
        return _stop(run, ClockRun.Outcome.MET)
    ends = ends and not (clock is not None and clock.outlives_its_matter)
    if ends or (clock is not None and triggers & set(clock.lapses_on)):
        return _stop(run, ClockRun.Outcome.LAPSED)
    return clock is not None and _hold_or_resume(run, clock, triggers)


def _require_passed(run: ClockRun, clock: Clock) -> None:
    """Refuse what may not be done yet, or is to be kept longer."""
    if not clock.refuses_until_then or run.opens_at is None or now() > run.opens_at:
        return
    until = date_format(timezone.localtime(run.opens_at), "DATE_FORMAT")
    words = (
        _("“%(clock)s”：要保存到%(day)s，还不能销毁或者删除。%(basis)s")
        if clock.kind == "keep"
        else _("“%(clock)s”：%(day)s期满，现在还不能办理。%(basis)s")
    )
    raise Refused(
        words % {"clock": clock.name, "day": until, "basis": clock.citation},
        code="too_early", status=409,
    )  # fmt: skip


def _stop(run: ClockRun, outcome: ClockRun.Outcome) -> bool:
    """It ends now; as missed, whatever ends it, when its time has passed."""
    if run.missed_at is None and run.due_at is not None and now() > run.due_at:
        run.missed_at = now()
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


def _begun_by(
    matter: Matter,
    triggers: Sequence[str],
    facts: Facts,
    running: Mapping[Key, ClockRun],
    party: int | None,
) -> list[ClockRun]:
    told = {**facts, **_own_facts(matter)}
    began = timezone.localdate(matter.opened_at)
    begun = {
        clock.code: clock
        for trigger in triggers
        for clock in _clocks(matter, trigger)
        if (clock.code, _whose(clock, party)) not in running
        and clock.is_in_force(began)
        and clock.starts(matter.procedure, trigger, told)
    }
    ends = {key: run.due_at for key, run in running.items()}
    made = []
    for clock in sorted(begun.values(), key=lambda one: one.before_end_of is not None):
        made.append(_begun(matter, clock, facts, ends, _whose(clock, party)))
        ends[clock.code, made[-1].party_id] = made[-1].due_at
    return made


def _whose(clock: Clock, party: int | None) -> int | None:
    return party if clock.per_person else None


def _own_facts(matter: Matter) -> Facts:
    return {
        "category": matter.category,
        "priority": matter.priority,
        "channel": matter.channel,
        "step": matter.step,
    }


def _end_before(
    clock: Clock, party: int | None, ends: Mapping[Key, datetime | None]
) -> datetime | None:
    """The end of the clock before which this one is due: the same person's, or the matter's."""
    if clock.before_end_of is None:
        return None
    return ends.get((clock.before_end_of, party)) or ends.get((clock.before_end_of, None))


def _planned(
    clock: Clock, party: int | None, facts: Facts, ends: Mapping[Key, datetime | None]
) -> datetime:
    """The time before which a notice is due: another clock's end, or what the event tells."""
    known = _end_before(clock, party, ends)
    planned = known if clock.before_end_of else facts.get("planned_at")
    if not isinstance(planned, datetime):
        raise Refused(
            _("“%(clock)s”要知道定在什么时候。") % {"clock": clock.name},
            code="no_planned_time", status=422,
        )  # fmt: skip
    return planned


def _require_time_for_notice(clock: Clock, due: Due) -> None:
    """Refuse to plan something so near that no notice could come in time. An end that comes by
    itself can't be moved: there the notice is late."""
    if clock.kind == "notice" and not clock.before_end_of and due.at and due.at < now():
        raise Refused(
            _("时间定得太近：%(obligation)s%(basis)s")
            % {"obligation": clock.obligation, "basis": clock.citation},
            code="too_near", status=422,
        )  # fmt: skip


def _begun(
    matter: Matter,
    clock: Clock,
    facts: Facts,
    ends: Mapping[Key, datetime | None],
    party: int | None,
) -> ClockRun:
    start = _planned(clock, party, facts, ends) if clock.kind == "notice" else now()
    due = clock.due(start, catalogue().calendar, county_zone())
    _require_time_for_notice(clock, due)
    run = ClockRun(
        matter=matter,
        clock=clock.code,
        party_id=party,
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
