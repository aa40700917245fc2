"""Which days are worked: the State Council's yearly notices, or plain weekends, and a county's own.

Chinese working days can't be computed: each November or so a notice says which days of the next
year are off and which weekend days are worked instead (调休). Beyond the last notice a calendar
answers by the weekend rule and says that it does not know.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from chinese_calendar import constants as notices

Source = Literal["state_council", "weekends"]
ONE_DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True)
class Name:
    """What a rest day is called, in both languages."""

    zh: str
    en: str


@dataclass(frozen=True)
class Day:
    """One day: is it worked, is that certain, and which holiday rests or is made up for."""

    works: bool
    known: bool
    name: Name | None = None


@dataclass(frozen=True)
class WorkCalendar:
    """The working days of a county. Later notices are laid over those that ship."""

    code: str
    source: Source
    holidays: Mapping[date, Name] = field(default_factory=dict)
    """Days off, besides weekends and what `source` knows."""
    workdays: frozenset[date] = frozenset()
    """Weekend days that are worked, besides those that `source` knows."""
    known_from: date = date.min
    known_until: date = date.max
    """The last day about which nothing can still change."""

    def day(self, on: date) -> Day:
        """What this calendar says of one day."""
        known = self.known_from <= on <= self.known_until
        if on in self.workdays:
            return Day(works=True, known=known)
        if on in self.holidays:
            return Day(works=False, known=known, name=self.holidays[on])
        if self.source == "state_council":
            works, name = _by_notice(on)
            return Day(works, known, name)
        return Day(on.weekday() < SATURDAY, known)


@lru_cache(maxsize=4096)
def _by_notice(on: date) -> tuple[bool, Name | None]:
    """The published notices; where there is none, Monday to Friday."""
    if on in notices.workdays:
        return True, _named(notices.workdays[on])
    if on in notices.holidays:
        return False, _named(notices.holidays[on])
    return on.weekday() < SATURDAY, None


def _named(value: str) -> Name:
    holiday = notices.Holiday(value)
    return Name(holiday.chinese, holiday.value)


def first_published() -> date:
    """The first day of the first year whose notice ships with the platform."""
    return date(min(notices.holidays).year, 1, 1)


def last_published() -> int:
    """The last year whose notice ships with the platform."""
    return int(max(notices.holidays).year)


def certain_until(year: int) -> date:
    """The last day that a calendar knows when the notices up to `year` are out.

    Not 31 December: the next notice may still move days of the year's last week. Those for 2007,
    2012 and 2019 did, and made 29, 30 or 31 December working days.
    """
    return date(year, 12, 24)


def state_council(until: int | None = None, code: str = "china") -> WorkCalendar:
    """China's working days by the notices that ship; `until` cuts off the years after it."""
    last = last_published() if until is None else min(until, last_published())
    return WorkCalendar(
        code, "state_council", known_from=first_published(), known_until=certain_until(last)
    )


def weekends(code: str = "weekends") -> WorkCalendar:
    """Monday to Friday, for ever: for places with no other rule."""
    return WorkCalendar(code, "weekends")
