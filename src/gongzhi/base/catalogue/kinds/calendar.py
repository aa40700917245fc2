"""A calendar: which days a county works, as far as notices have said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from gongzhi.base.calendar import workdays
from gongzhi.base.calendar.workdays import Name, Source, WorkCalendar
from gongzhi.base.catalogue.kinds.category import Code
from gongzhi.base.catalogue.words import Words

LONGEST_HOLIDAY = 31
"""Days; a longer one is a slip of the pen."""


class Holiday(BaseModel):
    """A run of days off, both ends included."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Words
    first: date
    last: date

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if not 0 <= (self.last - self.first).days < LONGEST_HOLIDAY:
            raise ValueError(f"last: expected {self.first} or a day within a month after it")
        return self

    def days(self) -> Iterator[date]:
        """Every day of it."""
        for number in range((self.last - self.first).days + 1):
            yield self.first + timedelta(days=number)


class Notice(BaseModel):
    """One year's notice, entered by the county before the platform ships it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    year: int = Field(ge=2000, le=2200)
    title: Words
    holidays: tuple[Holiday, ...] = Field(min_length=1)
    workdays: tuple[date, ...] = ()
    """Weekend days that are worked instead (调休)."""

    @model_validator(mode="after")
    def _is_about_its_year(self) -> Self:
        # A New Year's holiday may begin, and be made up for, in the last week of the year before.
        first, last = date(self.year - 1, 12, 25), date(self.year, 12, 31)
        off = {day for holiday in self.holidays for day in holiday.days()}
        for day in sorted({*off, *self.workdays}):
            if not first <= day <= last:
                raise ValueError(f"{day} is not in {self.year}")
        for day in self.workdays:
            if day.weekday() < workdays.SATURDAY or day in off:
                raise ValueError(f"workdays: {day} is not a weekend day that is worked")
        return self


class CalendarFile(BaseModel):
    """One file in ``catalogue/calendars``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    order: int = Field(default=500, ge=0, le=999)
    """The county works by the calendar with the lowest."""
    name: Words
    source: Source
    """``state_council``: China's notices, as far as they ship; ``weekends``: Monday to Friday."""
    notices: tuple[Notice, ...] = ()
    holidays: tuple[Holiday, ...] = ()
    """A county's own days off."""
    known_until: date | None = None
    """After this day nothing is certain; worked out from the notices when left out."""

    @model_validator(mode="after")
    def _years_follow(self) -> Self:
        years = [notice.year for notice in self.notices]
        if years and self.source != "state_council":
            raise ValueError('notices: expected source = "state_council"')
        if len(set(years)) != len(years):
            raise ValueError("notices: a year may stand only once")
        missing = set(range(workdays.last_published() + 1, max(years, default=0))) - set(years)
        if missing:
            raise ValueError(f"notices: the one for {min(missing)} is missing before {max(years)}")
        return self

    def calendar(self) -> WorkCalendar:
        """The calendar to count with."""
        off = {
            day: Name(holiday.name.zh, holiday.name.en)
            for holiday in (*(h for n in self.notices for h in n.holidays), *self.holidays)
            for day in holiday.days()
        }
        worked = frozenset(day for notice in self.notices for day in notice.workdays)
        return WorkCalendar(
            self.code, self.source, off, worked - off.keys(), *self._horizon()
        )  # fmt: skip

    def _horizon(self) -> tuple[date, date]:
        if self.source == "weekends":
            return date.min, self.known_until or date.max
        last = max([workdays.last_published(), *(notice.year for notice in self.notices)])
        return workdays.first_published(), self.known_until or workdays.certain_until(last)
