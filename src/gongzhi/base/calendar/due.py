"""When something is due, and the sum that says so.

The starting day or moment is not counted. Hours run on to the minute, nights and holidays
included. Days end with the last day: ``at`` is its last instant, 23:59:59.999999 in the county's
time, so that ``done_at <= at`` is "in time" for every time a database can hold, and the date shown
is the right one (midnight would read as the next day). A last day off rolls to the next working
day where the law says so, never where somebody's liberty is limited.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from gongzhi.base.calendar.counting import Counting, Counts, Suspension
from gongzhi.base.calendar.days import (
    Pauses,
    Tally,
    day_before,
    last_day,
    local_day,
    naming,
    note_pause,
    rolled,
)
from gongzhi.base.calendar.periods import Period, PeriodError
from gongzhi.base.calendar.steps import Fact, Regime, Step
from gongzhi.base.calendar.workdays import ONE_DAY, Name, WorkCalendar

INSTANT = timedelta(microseconds=1)
"""The shortest time that SQLite, PostgreSQL and Python tell apart."""


@dataclass(frozen=True)
class Due:
    """A due date with its reasons."""

    at: datetime | None
    """The last instant in time, in the county's zone; None without a date (continuous duties,
    or a suspension that still lasts)."""
    provisional: bool
    """It rests on days that no notice covers yet: count again when one does."""
    steps: tuple[Step, ...]
    counting: Counting
    """What it follows from; the calendar is the other half."""

    @property
    def day(self) -> date | None:
        """The last day in the county's time."""
        return None if self.at is None else local_day(self.at, self.counting.tz)


def due(
    start: datetime,
    limit: Period,
    *,
    counts: Counts,
    rolls: bool,
    calendar: WorkCalendar,
    tz: ZoneInfo,
    regime: Regime = "civil",
    taken_as: Period | None = None,
    extended_by: Sequence[Period] = (),
    suspended: Sequence[Suspension] = (),
    backwards: bool = False,
) -> Due:
    """When `limit` from `start` ends. Raises PeriodError where limit and `counts` don't fit."""
    return reckon(
        Counting(
            start,
            limit,
            counts,
            rolls,
            tz,
            regime,
            taken_as,
            backwards,
            extended_by=tuple(extended_by),
            suspended=tuple(suspended),
        ),
        calendar,
    )


def reckon(counting: Counting, calendar: WorkCalendar) -> Due:
    """The due date of what was stored, by the calendar as it is now."""
    period = counting.period
    tally = Tally(calendar, counting.regime)
    if counting.limit.word:
        _note_word(counting, tally)
    return Due(_end(counting, period, tally), tally.provisional, tuple(tally.steps), counting)


def _end(counting: Counting, period: Period | None, tally: Tally) -> datetime | None:
    if counting.backwards:
        return _back(counting, tally)
    if period is None:
        urgent = counting.limit.word == "IMMEDIATE"
        return counting.start.astimezone(counting.tz) if urgent else None
    if counting.counts == "hours":
        return _by_clock(counting, period, tally)
    return _by_days(counting, period, tally)


def extend(before: Due, by: Period, calendar: WorkCalendar) -> Due:
    """The same with a longer limit; counted anew from the start, so it is never earlier."""
    longer = (*before.counting.extended_by, by)
    return reckon(replace(before.counting, extended_by=longer), calendar)


def suspend(
    before: Due,
    since: datetime,
    until: datetime | None,
    calendar: WorkCalendar,
    *,
    name: Name | None = None,
) -> Due:
    """The same with time that is not counted. Without `until` there is no due date meanwhile."""
    spans = (*before.counting.suspended, Suspension(since, until, name))
    return reckon(replace(before.counting, suspended=spans), calendar)


def resume(before: Due, at: datetime, calendar: WorkCalendar) -> Due:
    """End every suspension that still lasts. Raises ValueError if there is none."""
    spans = before.counting.suspended
    if all(one.until for one in spans):
        raise ValueError("nothing is suspended")
    ended = tuple(one if one.until else replace(one, until=at) for one in spans)
    return reckon(replace(before.counting, suspended=ended), calendar)


def ahead(at: datetime, period: Period, calendar: WorkCalendar, tz: ZoneInfo) -> datetime:
    """The moment that lies `period` before `at`: when to warn of a due date.

    Days and working days keep the time of day. Raises PeriodError for months and words.
    """
    if period.word or period.months:
        raise PeriodError(f"{period}: expected hours, days or working days to warn ahead")
    if period.counts_hours:
        return at - period.length
    here = at.astimezone(tz)
    day = here.date() - period.days * ONE_DAY
    for _ in range(period.working_days):
        day -= ONE_DAY
        while not calendar.day(day).works:
            day -= ONE_DAY
    return datetime.combine(day, here.time(), tz)


def end_of(day: date, tz: ZoneInfo) -> datetime:
    """The last instant of a day; right on days with a change of the clocks, too."""
    midnight = datetime.combine(day + ONE_DAY, time.min, tz).astimezone(UTC)
    return (midnight - INSTANT).astimezone(tz)


def _note_word(counting: Counting, tally: Tally) -> None:
    taken: dict[str, Fact] = {"taken_as": str(counting.taken_as)} if counting.taken_as else {}
    urgent = counting.limit.word in {"IMMEDIATE", "PROMPT"}
    tally.note("at_once" if urgent else "no_date", word=counting.limit.word, **taken)


def _note_extensions(counting: Counting, tally: Tally) -> None:
    for by in counting.extended_by:
        counted = by.in_working_days() if counting.counts == "working" else by
        tally.note("extended", by=str(counted))


def _back(counting: Counting, tally: Tally) -> datetime:
    """The end of the last day that leaves the whole limit before what is planned. It doesn't
    roll: a later day would shorten what the law grants."""
    planned = local_day(counting.start, counting.tz)
    tally.note("planned", on=planned.isoformat())
    last = day_before(planned, counting.limit, tally)
    tally.note("day_ends", last=last.isoformat())
    return end_of(last, counting.tz)


def _by_days(counting: Counting, period: Period, tally: Tally) -> datetime | None:
    start = local_day(counting.start, counting.tz)
    tally.note_rule("start_day", "start", on=start.isoformat())
    _note_extensions(counting, tally)
    last = last_day(start, period, Pauses(counting.suspended, counting.tz), tally)
    if last is None:
        _note_stop(counting, tally)
        return None
    if counting.rolls:
        last = rolled(last, tally)
    elif not tally.calendar.day(last).works:
        tally.note("not_rolled", last=last.isoformat())
    tally.note_rule("day_ends", "end", last=last.isoformat())
    return end_of(last, counting.tz)


def _by_clock(counting: Counting, period: Period, tally: Tally) -> datetime | None:
    """Elapsed time, not clock faces: 24 hours are 24 hours when the clocks change, too."""
    tally.note_rule("start_moment", "start", at=_local(counting.start, counting))
    _note_extensions(counting, tally)
    tally.note("hours", length=str(period))
    left, cursor = period.length, counting.start.astimezone(UTC)
    for span in sorted(counting.suspended, key=lambda one: one.since):
        if span.since >= cursor + left:
            break
        left -= max(timedelta(0), span.since - cursor)
        if span.until is None:
            _note_stop(counting, tally)
            return None
        cursor = _pass(span, span.until, cursor, counting, tally)
    tally.note("moment_ends", at=_local(cursor + left, counting))
    return (cursor + left).astimezone(counting.tz)


def _pass(
    span: Suspension, until: datetime, cursor: datetime, counting: Counting, tally: Tally
) -> datetime:
    """Where counting goes on after a suspension; notes how long it was, in whole seconds."""
    began = max(cursor, span.since.astimezone(UTC))
    if until <= began:
        return began
    times = {"since": _local(began, counting), "until": _local(until, counting)}
    note_pause(tally, span, seconds=int((until - began).total_seconds()), **times)
    return until.astimezone(UTC)


def _note_stop(counting: Counting, tally: Tally) -> None:
    open_ones = [one for one in counting.suspended if one.until is None]
    first = min(open_ones, key=lambda one: one.since)
    tally.note("stopped", since=_local(first.since, counting), **naming(first.name))


def _local(at: datetime, counting: Counting) -> str:
    return at.astimezone(counting.tz).isoformat(timespec="seconds")
