"""Periods as statutes give them: ISO 8601 durations, working days, and four words.

``P30D`` thirty days · ``P1M`` to the corresponding day · ``PT24H`` hours from the moment ·
``P5WD`` five working days · ``IMMEDIATE`` at once · ``PROMPT`` without a number ·
``CONTINUOUS`` all the time · ``PERMANENT`` for ever.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import reduce
from typing import Literal, Self, cast

Word = Literal["", "IMMEDIATE", "PROMPT", "CONTINUOUS", "PERMANENT"]
WORDS: frozenset[str] = frozenset({"IMMEDIATE", "PROMPT", "CONTINUOUS", "PERMANENT"})

_WORKING = re.compile(r"P([0-9]{1,5})WD")
_ISO = re.compile(
    r"P(?:(?P<years>[0-9]{1,5})Y)?(?:(?P<months>[0-9]{1,5})M)?"
    r"(?:(?P<weeks>[0-9]{1,5})W)?(?:(?P<days>[0-9]{1,5})D)?"
    r"(?:T(?=[0-9])(?:(?P<hours>[0-9]{1,5})H)?(?:(?P<minutes>[0-9]{1,5})M)?"
    r"(?:(?P<seconds>[0-9]{1,5})S)?)?"
)
_EXPECTED = (
    "expected a period such as PT24H, P3D, P1M, P5WD (working days), "
    "IMMEDIATE, PROMPT, CONTINUOUS or PERMANENT"
)
_CENTURY = 100 * 366
"""Days; a longer period is a slip of the pen, and would leave what dates can hold."""


class PeriodError(ValueError):
    """A period that can't be read, or that can't be counted in the way asked for."""


@dataclass(frozen=True)
class Period:
    """A length of time. It counts dates or hours, never both: the law rolls one, not the other."""

    months: int = 0
    days: int = 0
    working_days: int = 0
    hours: int = 0
    minutes: int = 0
    seconds: int = 0
    word: Word = ""

    def __post_init__(self) -> None:
        """Raises PeriodError for a period that says two things, nothing, or too much."""
        if min(self.numbers) < 0:
            raise PeriodError("a period is never negative")
        if bool(self.word) == any(self.numbers):
            raise PeriodError("a period is either a word or a length greater than zero")
        if self.counts_dates and self.counts_hours:
            raise PeriodError("a period counts days or hours, not both: write PT36H, not P1DT12H")
        if self.months * 31 + self.days + self.working_days * 3 + self.length.days > _CENTURY:
            raise PeriodError("a period is at most a hundred years")

    @classmethod
    def parse(cls, text: str) -> Self:
        """The period that `text` says. Raises PeriodError naming what was expected."""
        if text in WORDS:
            return cls(word=cast("Word", text))
        if found := _WORKING.fullmatch(text):
            return cls(working_days=int(found[1]))
        found = _ISO.fullmatch(text)
        if found is None or not any(found.groups()):
            raise PeriodError(f"{_EXPECTED}, not {text!r:.40}")
        given = {name: int(number or 0) for name, number in found.groupdict().items()}
        return cls(
            months=given["years"] * 12 + given["months"],
            days=given["weeks"] * 7 + given["days"],
            hours=given["hours"], minutes=given["minutes"], seconds=given["seconds"],
        )  # fmt: skip

    @property
    def numbers(self) -> tuple[int, ...]:
        """Months, days, working days, hours, minutes, seconds."""
        return (
            self.months, self.days, self.working_days, self.hours, self.minutes, self.seconds,
        )  # fmt: skip

    @property
    def counts_dates(self) -> bool:
        """Whether it ends with a day rather than at a minute."""
        return bool(self.months or self.days or self.working_days)

    @property
    def counts_hours(self) -> bool:
        """Whether it runs by the clock."""
        return bool(self.hours or self.minutes or self.seconds)

    @property
    def length(self) -> timedelta:
        """The hours, minutes and seconds; zero for a period that counts dates."""
        return timedelta(hours=self.hours, minutes=self.minutes, seconds=self.seconds)

    def in_working_days(self) -> Period:
        """The same with its days read as working days, as some statutes do (行政处罚法 第85条)."""
        if self.months or self.counts_hours:
            raise PeriodError(f"{self} can't be counted in working days")
        return Period(working_days=self.days + self.working_days)

    def __add__(self, other: Period) -> Period:
        """Both, one after the other. Raises PeriodError for words, and for days with hours."""
        if self.word or other.word:
            raise PeriodError(f"{self} and {other} can't be added")
        pairs = zip(self.numbers, other.numbers, strict=True)
        months, days, working, hours, minutes, seconds = (mine + yours for mine, yours in pairs)
        return Period(months, days, working, hours, minutes, seconds)

    def __str__(self) -> str:
        """As `parse` reads it. A sum of months, days and working days has no such form."""
        if self.word:
            return self.word
        dates = f"{self.months}M" * bool(self.months) + f"{self.days}D" * bool(self.days)
        dates += f"{self.working_days}WD" * bool(self.working_days)
        clock = "".join(
            f"{number}{unit}"
            for number, unit in zip(self.numbers[3:], "HMS", strict=True)
            if number
        )
        return f"P{dates}" + (f"T{clock}" if clock else "")


def total(periods: Iterable[Period]) -> Period:
    """All of them added. Raises PeriodError where two don't add up, or there is none."""
    return reduce(lambda one, other: one + other, periods)
