"""Counting days: the first is left out, rest and suspensions are skipped, the last may roll."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo

from gongzhi.base.calendar.counting import Suspension
from gongzhi.base.calendar.periods import Period
from gongzhi.base.calendar.steps import Code, Fact, Regime, Step
from gongzhi.base.calendar.workdays import ONE_DAY, SATURDAY, Day, Name, WorkCalendar

_OWN_ARTICLES = {"administrative": {"start", "roll"}, "criminal": {"start", "roll"}}
"""What a regime regulates itself; the rest is the Civil Code's for all (民法典 第201条至203条)."""


@dataclass
class Tally:
    """The sum while it is being made."""

    calendar: WorkCalendar
    regime: Regime = "civil"
    steps: list[Step] = field(default_factory=list)
    provisional: bool = False

    def note(self, code: Code, **facts: Fact) -> None:
        """Write down one step that needs no citation."""
        self.steps.append(Step(code, facts))

    def note_rule(self, code: Code, rule: str, /, **facts: Fact) -> None:
        """Write down one step; `rule` is what the article is about (start, month, roll, end)."""
        own = rule in _OWN_ARTICLES.get(self.regime, set())
        self.steps.append(Step(code, facts, f"{self.regime if own else 'civil'}.{rule}"))

    def note_notice(self, code: Code, **facts: Fact) -> None:
        """Write down a step that follows from the State Council's notice (or from no notice)."""
        ruled = self.calendar.source == "state_council"
        self.steps.append(Step(code, facts, "notice" if ruled else ""))

    def doubt(self, code: Code, on: date) -> None:
        """Note, once, that the calendar does not know this day for certain."""
        if not self.provisional:
            after = on > self.calendar.known_until
            year = self.calendar.known_until.year + 1 if after else on.year
            self.note(code, first=on.isoformat(), year=max(year, on.year))
        self.provisional = True


class Pauses:
    """The days that suspensions take, as one set."""

    def __init__(self, suspended: Iterable[Suspension], tz: tzinfo) -> None:
        self.spans: list[tuple[date, date, Suspension]] = []
        self.open_since: date | None = None
        for one in sorted(suspended, key=lambda one: one.since):
            since = local_day(one.since, tz)
            if one.until is None:
                self.open_since = min(since, self.open_since or since)
            else:
                self.spans.append((since, local_day(one.until, tz), one))

    def takes(self, day: date) -> bool:
        """Whether this day is not counted."""
        return any(since < day <= until for since, until, _ in self.spans)

    def stopped(self, day: date) -> bool:
        """Whether a suspension without an end has begun before this day."""
        return self.open_since is not None and day > self.open_since

    def note(self, tally: Tally, start: date, last: date) -> None:
        """A step for each suspension that took days between `start` and `last`."""
        reached = start
        for since, until, span in self.spans:
            first = max(reached, since)
            lost = (min(until, last) - first).days
            if lost > 0:
                spans = {"since": since.isoformat(), "until": until.isoformat()}
                note_pause(tally, span, days=lost, **spans)
                reached = min(until, last)


def note_pause(tally: Tally, span: Suspension, **facts: Fact) -> None:
    """A step for time that isn't counted; a journey by the article on counting itself."""
    if span.journey:
        tally.note_rule("suspended", "start", **facts, journey=1)
    else:
        tally.note("suspended", **facts, **naming(span.name))


def naming(name: Name | None) -> dict[str, Fact]:
    """The name as a step carries it."""
    return {"name_zh": name.zh, "name_en": name.en} if name else {}


def local_day(at: datetime, tz: tzinfo) -> date:
    """The date at that moment in the county."""
    return at.astimezone(tz).date()


def corresponding_day(start: date, months: int) -> date:
    """The day of the same number so many months on, or that month's last (民法典 第202条)."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def last_day(start: date, period: Period, pauses: Pauses, tally: Tally) -> date | None:
    """The last day of `period`, before any rolling; None while a suspension has no end."""
    last: date | None = _by_date(start, period, pauses, tally)
    if last is not None and period.working_days:
        last = _by_working_days(last, period.working_days, pauses, tally)
    if last is not None:
        pauses.note(tally, start, last)
    return last


def _by_date(start: date, period: Period, pauses: Pauses, tally: Tally) -> date | None:
    end = start
    if period.months:
        end = corresponding_day(start, period.months)
        code: Code = "months" if end.day == start.day else "month_end"
        tally.note_rule(code, "month", months=period.months, day=start.day, last=end.isoformat())
    if period.days:
        end += period.days * ONE_DAY
        tally.note("days", days=period.days, last=end.isoformat())
    return _walk(start, (end - start).days, pauses, lambda _: True)


def _by_working_days(start: date, number: int, pauses: Pauses, tally: Tally) -> date | None:
    rest = _Rest(tally)
    last = _walk(start, number, pauses, lambda on: rest.works(on, tally.calendar.day(on)))
    rest.note()
    if last is not None:
        tally.note("working_days", days=number, last=last.isoformat())
    return last


def _walk(start: date, number: int, pauses: Pauses, counts: Callable[[date], bool]) -> date | None:
    """The day on which `number` days after `start` are full; None when a pause never ends."""
    day = start
    while number:
        day += ONE_DAY
        if pauses.stopped(day):
            return None
        if not pauses.takes(day) and counts(day):
            number -= 1
    return day


class _Rest:
    """The days that were looked at and not counted, gathered for the explanation."""

    def __init__(self, tally: Tally) -> None:
        self.tally = tally
        self.weekends = 0
        self.runs: list[tuple[date, date, Name]] = []

    def works(self, on: date, day: Day) -> bool:
        """Whether the day counts; remembers it if it is out of the ordinary."""
        if not day.known:
            self.tally.doubt("unknown_days", on)
        if day.works:
            if on.weekday() >= SATURDAY:
                self._end_runs()
                self.tally.note_notice("made_up", on=on.isoformat())
        elif day.name is None:
            self.weekends += 1
        else:
            self._rest(on, day.name)
        return day.works

    def _rest(self, on: date, name: Name) -> None:
        if self.runs and self.runs[-1][1] + ONE_DAY == on and self.runs[-1][2] == name:
            self.runs[-1] = (self.runs[-1][0], on, name)
        else:
            self.runs.append((on, on, name))

    def _end_runs(self) -> None:
        for first, last, name in self.runs:
            self.tally.note_notice(
                "holiday", first=first.isoformat(), last=last.isoformat(),
                days=(last - first).days + 1, **naming(name),
            )  # fmt: skip
        self.runs = []

    def note(self) -> None:
        """Write down what was skipped."""
        self._end_runs()
        if self.weekends:
            self.tally.note("weekends", days=self.weekends)


def day_before(planned: date, period: Period, tally: Tally) -> date:
    """The last day from which so many days, or days of work, are full by the planned one."""
    last, number = planned - period.days * ONE_DAY, period.working_days
    if not number:
        tally.note("days_back", days=period.days, last=last.isoformat())
        return last
    worked = 0
    while not (_works(last, tally) and worked >= number):
        worked += _works(last, tally)
        last -= ONE_DAY
    rest = (planned - last).days - worked
    tally.note("working_days_back", days=number, rest=rest, last=last.isoformat())
    return last


def _works(on: date, tally: Tally) -> bool:
    day = tally.calendar.day(on)
    if not day.known:
        tally.doubt("unknown_days", on)
    return day.works


def rolled(last: date, tally: Tally) -> date:
    """The first day from `last` on that is worked (民法典 第203条).

    Where the calendar does not know, the day stays: a date that turns out to be later harms
    nobody, one that turns out to be earlier would have been missed.
    """
    day = last
    while tally.calendar.day(day).known and not tally.calendar.day(day).works:
        day += ONE_DAY
    if day != last:
        name = naming(tally.calendar.day(last).name)
        tally.note_rule("rolled", "roll", first=last.isoformat(), last=day.isoformat(), **name)
    if not tally.calendar.day(day).known:
        tally.doubt("roll_unknown", day)
    return day
