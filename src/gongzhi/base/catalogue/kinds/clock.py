"""A clock: what must be done by when, by which law or promise, and how the time is counted."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import override
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    InstanceOf,
    StringConstraints,
    model_validator,
)

from gongzhi.base.calendar.counting import Counting, Counts, Suspension
from gongzhi.base.calendar.due import Due, ahead, reckon
from gongzhi.base.calendar.periods import Period, PeriodError
from gongzhi.base.calendar.steps import Regime
from gongzhi.base.calendar.workdays import Name, WorkCalendar
from gongzhi.base.catalogue.kinds.category import Code
from gongzhi.base.catalogue.words import Words

SHANGHAI = ZoneInfo("Asia/Shanghai")


def _read_period(given: object) -> Period:
    if isinstance(given, Period):
        return given
    if not isinstance(given, str):
        raise PeriodError("expected a period in quotes, such as 'PT24H' or 'P5WD'")
    return Period.parse(given)


PeriodText = Annotated[InstanceOf[Period], BeforeValidator(_read_period)]
Trigger = Annotated[
    str, StringConstraints(pattern=r"^(step:[a-z][a-z0-9_]{1,39}|[a-z_]+\.[a-z][a-z0-9_]+)$")
]
"""``step:answered``, or the kind of an event, such as ``matters.matter_handed_over``."""
ALWAYS_KNOWN = frozenset({"category", "priority", "channel", "step"})
"""Facts of the matter itself, with which any clock may be narrowed down."""
Value = Annotated[str, BeforeValidator(str), StringConstraints(min_length=1, max_length=80)]


class Basis(BaseModel):
    """Where the clock comes from: statute and article, or what a promise is modelled on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    statute: Words
    article: Words | None = None
    source_id: str | None = Field(default=None, pattern=r"^[A-Z]{3}-\d{2,3}$")
    """The row of the collected law that this was written from."""

    def __str__(self) -> str:
        if self.article is None:
            return str(self.statute)
        return _("%(statute)s%(article)s") % {"statute": self.statute, "article": self.article}


class Extends(BaseModel):
    """How the limit may be lengthened: by how much, how often, and who grants it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    by: PeriodText
    times: int = Field(default=1, ge=1, le=9)
    granted_by: Code
    """The role that grants it."""
    because: Words
    """In which case."""
    basis: Basis | None = None


class Suspends(BaseModel):
    """Time that does not count: from an event to an event."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Words
    begins_on: tuple[Trigger, ...] = Field(min_length=1)
    ends_on: tuple[Trigger, ...] = Field(min_length=1)
    basis: Basis | None = None


class Example(BaseModel):
    """A sum with its result, replayed by the tests and by ``gongzhi catalogue check``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    start: datetime
    due: datetime | date | None = None
    """A date where days are counted, a time where hours are; left out where nothing falls due."""
    provisional: bool = False
    calendar: Code = "china"
    """By which calendar it was counted; so it stays true where a county works by another."""
    extended: int = Field(default=0, ge=0)
    suspended: tuple[tuple[datetime, datetime], ...] = ()


class Clock(BaseModel):
    """One file in ``catalogue/clocks``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    order: int = Field(default=500, ge=0, le=999)
    name: Words
    """A few words, for a list: 首次联系 / First contact."""
    obligation: Words
    """What must be done, in a sentence."""
    authority: Literal["law", "promise"]
    """A promise is the county's own word and is never shown as law."""
    basis: Basis
    in_force_from: date
    in_force_until: date | None = None
    procedures: tuple[Code, ...] = Field(min_length=1)
    bearer: Literal["owner", "desk", "crew"]
    """Who must do it: the unit that owns the matter, the desk that took it, the units sent."""
    starts_on: tuple[Trigger, ...] = Field(min_length=1)
    stops_on: tuple[Trigger, ...] = Field(min_length=1)
    """What keeps it. An event that stops it may start it anew, as a hand-over does."""
    lapses_on: tuple[Trigger, ...] = ()
    """What ends it, neither kept nor missed: the matter has become another. The matter's own end
    does so, too; it needn't be named."""
    when: Mapping[Code, tuple[Value, ...]] = {}
    """Starts only if each of these facts has one of these values: a field of the event that
    starts it, an element shown with it, or the matter's category, priority, channel or step."""
    limit: PeriodText
    taken_as: PeriodText | None = None
    """What this county takes a limit without a number to mean, when it warns."""
    counts: Counts
    rolls: bool
    """Whether a last day off rolls to the next working day."""
    regime: Regime = "civil"
    warn_before: tuple[PeriodText, ...] = ()
    extends: Extends | None = None
    suspends: tuple[Suspends, ...] = ()
    examples: tuple[Example, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _can_be_counted(self) -> Self:
        longer = (self.extends.by,) if self.extends else ()
        start = self.examples[0].start
        if start.tzinfo is None:
            raise ValueError("examples: start: expected a time with its zone, +08:00")
        self._counting(start, SHANGHAI, longer, ())
        for period in self.warn_before:
            if period.word or period.months:
                raise ValueError(f"warn_before: expected hours or days, not {period}")
        return self

    @model_validator(mode="after")
    def _says_where_it_comes_from(self) -> Self:
        if self.authority == "law" and not (self.basis.article and self.basis.source_id):
            raise ValueError("basis: law needs statute, article and source_id")
        return self

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        both = set(self.stops_on) & set(self.lapses_on)
        if both:
            raise ValueError(f"lapses_on: {min(both)} already stops it; expected one of the two")
        if self.in_force_until and self.in_force_until < self.in_force_from:
            raise ValueError("in_force_until: expected a day after in_force_from")
        return self

    @property
    def citation(self) -> str:
        """What to show beside a due date: statute and article, or that it is a promise."""
        if self.authority == "law":
            return str(self.basis)
        if self.basis.source_id is None:
            return _("本县服务承诺")
        return _("本县服务承诺（参照%(basis)s）") % {"basis": self.basis}

    @cached_property
    def citations(self) -> Words:
        """`citation` in both languages, for keeping beside a due date."""
        with override("zh-hans"):
            chinese = self.citation
        with override("en"):
            return Words(zh=chinese, en=self.citation)

    @property
    def triggers(self) -> frozenset[str]:
        """Everything that moves it."""
        spans = [t for one in self.suspends for t in (*one.begins_on, *one.ends_on)]
        return frozenset((*self.starts_on, *self.stops_on, *self.lapses_on, *spans))

    def is_in_force(self, on: date) -> bool:
        """Whether a matter that begins on this day comes under it."""
        return self.in_force_from <= on and (
            self.in_force_until is None or on <= self.in_force_until
        )

    def starts(self, procedure: str, trigger: str, facts: Mapping[str, object]) -> bool:
        """Whether this event starts it. `facts` by name; numbers are compared as text."""
        return (
            procedure in self.procedures
            and trigger in self.starts_on
            and all(str(facts.get(name)) in values for name, values in self.when.items())
        )

    def suspension_begun_by(self, trigger: str) -> Suspends | None:
        """The suspension that this event begins, if any."""
        return next((one for one in self.suspends if trigger in one.begins_on), None)

    def suspension_ended_by(self, trigger: str) -> Suspends | None:
        """The suspension that this event ends, if any."""
        return next((one for one in self.suspends if trigger in one.ends_on), None)

    def due(
        self,
        start: datetime,
        calendar: WorkCalendar,
        tz: ZoneInfo,
        *,
        extended: int = 0,
        suspended: Sequence[Suspension] = (),
    ) -> Due:
        """When it is due if it starts then, extended so many times. Raises PeriodError when it
        can't be extended that often."""
        allowed = self.extends.times if self.extends else 0
        if extended > allowed:
            raise PeriodError(f"{self.code} can be extended {allowed} times, not {extended}")
        longer = (self.extends.by,) * extended if self.extends else ()
        return reckon(self._counting(start, tz, longer, tuple(suspended)), calendar)

    def warnings(self, due: Due, calendar: WorkCalendar) -> tuple[datetime, ...]:
        """When to warn that it will fall due, earliest first; nothing before it began."""
        if due.at is None:
            return ()
        times = {ahead(due.at, one, calendar, due.counting.tz) for one in self.warn_before}
        return tuple(sorted(time for time in times if time > due.counting.start))

    def _counting(
        self,
        start: datetime,
        tz: ZoneInfo,
        extended_by: tuple[Period, ...],
        suspended: tuple[Suspension, ...],
    ) -> Counting:
        return Counting(
            start, self.limit, self.counts, self.rolls, tz, self.regime, self.taken_as,
            extended_by, suspended,
        )  # fmt: skip


def replay_examples(
    clock: Clock, calendars: Mapping[str, WorkCalendar], tz: ZoneInfo = SHANGHAI
) -> list[str]:
    """Which examples do not come out as they say, in words; none is good."""
    wrong = []
    for number, example in enumerate(clock.examples, 1):
        fault = _replay(clock, example, calendars.get(example.calendar), tz)
        if fault:
            wrong.append(f"examples.{number}: {fault}")
    return wrong


def _replay(
    clock: Clock, example: Example, calendar: WorkCalendar | None, tz: ZoneInfo
) -> str | None:
    if calendar is None:
        return f"there is no calendar {example.calendar!r}"
    name = Name(clock.name.zh, clock.name.en)
    spans = [Suspension(since, until, name) for since, until in example.suspended]
    try:
        found = clock.due(
            example.start, calendar, tz, extended=example.extended, suspended=spans
        )  # fmt: skip
    except ValueError as refused:
        return str(refused)
    if not _agrees(example.due, found):
        return f"expected {example.due}, counted {found.at}"
    if example.provisional is not found.provisional:
        return f"expected provisional = {str(example.provisional).lower()}"
    return None


def _agrees(expected: datetime | date | None, found: Due) -> bool:
    if isinstance(expected, datetime):
        return expected == found.at
    return expected == found.day


def dangling(
    clock: Clock, steps: Mapping[str, Collection[str]], kinds: Collection[str]
) -> list[str]:
    """What it names and nobody provides: procedures, their steps (by procedure), event kinds."""
    missing = [f"procedures: there is no {one}" for one in clock.procedures if one not in steps]
    known = {f"step:{step}" for one in clock.procedures for step in steps.get(one, ())} | set(kinds)
    named = {
        "starts_on": clock.starts_on,
        "stops_on": clock.stops_on,
        "lapses_on": clock.lapses_on,
        "suspends.begins_on": tuple(t for one in clock.suspends for t in one.begins_on),
        "suspends.ends_on": tuple(t for one in clock.suspends for t in one.ends_on),
    }
    expected = f"expected step:… of {', '.join(clock.procedures)}, or the kind of an event"
    return missing + [
        f"{key}: there is no {trigger}; {expected}"
        for key, triggers in named.items()
        for trigger in triggers
        if trigger not in known
    ]
