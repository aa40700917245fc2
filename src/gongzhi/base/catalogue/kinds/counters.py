"""Counters: at which offices people are served, what each counter can do, and when it is open.

From one file come the times that can be booked, what is kept for those who just walk in, and the
rules of the queue. One file holds for every office it names.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, time
from itertools import pairwise
from typing import Annotated, Literal, Self

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from gongzhi.base.calendar.workdays import SATURDAY, WorkCalendar
from gongzhi.base.catalogue.kinds.category import Code
from gongzhi.base.catalogue.kinds.service import Service
from gongzhi.base.catalogue.words import Words, in_both

QUANTUM = 5
"""Minutes. Everything at a counter is counted in steps of these: a booking holds each of its own,
and the database lets nobody else hold the same one."""
ANY_STATION = "station"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LONGEST_VISIT = 180
"""Minutes that several things in one slot may take together."""
BACKWARDS = _("%(closes)s 关门在 %(opens)s 开门之前：关门时间要晚于开门时间")
OVERLAP = _("%(day)s 的开门时间互相重叠")
TWO_RULES = _("%(on)s 写了两次")


def _clock_time(given: object) -> object:
    if not isinstance(given, str) or len(given) != len("08:30"):
        raise ValueError('expected a time such as "08:30"')
    return given


ClockTime = Annotated[time, BeforeValidator(_clock_time)]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Minutes = Annotated[int, Field(multiple_of=QUANTUM)]


def minute_of(at: time) -> int:
    """Minutes since midnight."""
    return at.hour * 60 + at.minute


class Stretch(BaseModel):
    """From when to when, without a break."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    opens: ClockTime
    closes: ClockTime

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.closes <= self.opens:
            facts = {"opens": f"{self.opens:%H:%M}", "closes": f"{self.closes:%H:%M}"}
            raise ValueError(in_both(BACKWARDS, **facts))
        if minute_of(self.opens) % QUANTUM or minute_of(self.closes) % QUANTUM:
            raise ValueError(f"expected times in steps of {QUANTUM} minutes")
        return self

    def __str__(self) -> str:
        return f"{self.opens:%H:%M}-{self.closes:%H:%M}"


class Hours(Stretch):
    """A stretch of the week's days; a break at noon lies between two of them."""

    days: tuple[Weekday, ...] = Field(min_length=1)


class Closed(BaseModel):
    """A day on which the office is closed though others work."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    on: date
    why: Words


class Extra(Stretch):
    """A stretch of one day on which it would be closed otherwise."""

    on: date


class Counter(BaseModel):
    """One counter of the office."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str = Field(pattern=r"^[a-z0-9]{1,8}$")
    """What is called out and stands above it: 1, 2, a3."""
    name: Words
    skills: tuple[str, ...] = Field(min_length=1)
    """Codes of services, or the Chinese names of their groups."""
    books: bool = True
    """Whether it can be booked; else it is for those who walk in alone."""

    def serves(self, service: Service) -> bool:
        """Whether it can deal with this service."""
        return service.code in self.skills or service.group.zh in self.skills


class Example(BaseModel):
    """A day, and when the office is open then: nothing says that it is closed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    on: date
    open: tuple[str, ...] = ()
    calendar: Code = "china"
    """By which calendar it was reckoned, whichever the county works by."""


class Counters(BaseModel):
    """One file in ``catalogue/counters``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    order: int = Field(default=500, ge=0, le=999)
    name: Words
    offices: tuple[Code, ...] = Field(min_length=1)
    """Units, as in services; ``station``: any police station that no other file names."""
    ahead: int = Field(ge=1, le=90)
    """Days ahead that can be booked, today not counted."""
    step: Minutes = Field(default=15, ge=5, le=60)
    """Minutes from one time that is offered to the next."""
    kept: int = Field(default=0, ge=0, le=8)
    """Of each stretch at each counter, so many steps are never booked: for those who walk in."""
    notice: int = Field(default=30, ge=0, le=1440)
    """Minutes before its time that a booking must be made."""
    grace: int = Field(default=10, ge=0, le=60)
    """Minutes after its time that a booking waits for somebody late."""
    answer: int = Field(default=30, ge=5, le=720)
    """Minutes that whoever waits for a full day has to take a time that came free."""
    hours: tuple[Hours, ...] = Field(min_length=1)
    closed: tuple[Closed, ...] = ()
    extra: tuple[Extra, ...] = ()
    counters: tuple[Counter, ...] = Field(min_length=1)
    examples: tuple[Example, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _no_two_at_once(self) -> Self:
        for day in WEEKDAYS:
            _require_apart([one for one in self.hours if day in one.days], day)
        for on in {one.on for one in self.extra}:
            _require_apart([one for one in self.extra if one.on == on], on.isoformat())
        codes = [one.code for one in self.counters]
        twice = sorted({one for one in codes if codes.count(one) > 1})
        if twice:
            raise ValueError(f"counters: {twice[0]!r} stands twice")
        days = [one.on for one in self.closed]
        for on in days:
            if days.count(on) > 1 or any(one.on == on for one in self.extra):
                raise ValueError(f"closed: {in_both(TWO_RULES, on=on.isoformat())}")
        return self

    def open_on(self, on: date, calendar: WorkCalendar) -> list[Stretch]:
        """When the office is open on a day: never on a public holiday, and on a weekend day that
        is worked instead as on the week's first day with hours."""
        extra = [one for one in self.extra if one.on == on]
        if extra:
            return _in_order(extra)
        day = calendar.day(on)
        if any(one.on == on for one in self.closed) or (not day.works and day.name is not None):
            return []
        weekday = WEEKDAYS[on.weekday()]
        if day.works and on.weekday() >= SATURDAY:
            weekday = next(one for one in WEEKDAYS if any(one in it.days for it in self.hours))
        elif not day.works and on.weekday() < SATURDAY:
            return []
        return _in_order([one for one in self.hours if weekday in one.days])

    def counter(self, code: str) -> Counter | None:
        """The counter with this code, or None."""
        return next((one for one in self.counters if one.code == code), None)

    def able(self, services: Iterable[Service], *, booking: bool = False) -> list[Counter]:
        """The counters that can deal with all of these; only those that can be booked, if asked."""
        wanted = list(services)
        return [
            one
            for one in self.counters
            if all(one.serves(service) for service in wanted) and (one.books or not booking)
        ]

    def bookable(self, counter: Counter, stretch: Stretch) -> list[tuple[int, int]]:
        """The pieces of a stretch (minutes since midnight) that can be booked at a counter: all
        but the steps that are kept, which fall at other times at the next counter."""
        opens, closes = minute_of(stretch.opens), minute_of(stretch.closes)
        steps = (closes - opens) // self.step
        booked = [one for one in self.counters if one.books]
        shift = (booked.index(counter) + 1) / (len(booked) + 1)
        kept = {int((n + shift) * steps / self.kept) for n in range(min(self.kept, steps))}
        pieces, begun = [], opens
        for one in sorted(kept):
            pieces.append((begun, opens + one * self.step))
            begun = opens + (one + 1) * self.step
        pieces.append((begun, closes))
        return [(since, until) for since, until in pieces if until > since]


def _in_order(found: Sequence[Stretch]) -> list[Stretch]:
    return sorted(found, key=lambda one: one.opens)


def _require_apart(found: Sequence[Stretch], day: str) -> None:
    lined = _in_order(found)
    if any(after.opens < one.closes for one, after in pairwise(lined)):
        raise ValueError(in_both(OVERLAP, day=day))
