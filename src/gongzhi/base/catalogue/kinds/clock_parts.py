"""What a clock is made of: its basis, how it grows and stands still, a stricter norm, examples."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from django.utils.translation import gettext as _
from django.utils.translation import override
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, InstanceOf, StringConstraints

from gongzhi.base.calendar.counting import Counts
from gongzhi.base.calendar.periods import Period, PeriodError
from gongzhi.base.calendar.sentences import in_words
from gongzhi.base.catalogue.kinds.category import Code
from gongzhi.base.catalogue.words import Words


def _read_period(given: object) -> Period:
    if isinstance(given, Period):
        return given
    if not isinstance(given, str):
        raise PeriodError("expected a period in quotes, such as 'PT24H' or 'P5WD'")
    return Period.parse(given)


PeriodText = Annotated[InstanceOf[Period], BeforeValidator(_read_period)]
Trigger = Annotated[
    str,
    StringConstraints(
        pattern=r"^((step|begin|done|hold|resume):[a-z][a-z0-9_]{1,39}|[a-z_]+\.[a-z][a-z0-9_]+)$"
    ),
]
"""``step:answered``, the kind of an event, such as ``matters.matter_handed_over``, or ``begin:``,
``done:``, ``hold:`` and ``resume:`` with a clock's own code, which an action offers where no step
says as much."""


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

    def said_in(self, language: str) -> str:
        """The citation in one language, for keeping."""
        with override(language):
            return str(self)


_UNITS = ("", "P{}D", "P{}WD", "PT{}H", "", "")
_FEW = 31


class Extends(BaseModel):
    """How the limit may be lengthened: by how much, how often, and who grants it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    by: PeriodText
    """The most that one grant may add."""
    times: int = Field(default=1, ge=1, le=9)
    granted_by: Code
    """The role that grants it, or enters what another authority has granted."""
    because: Words
    """In which case."""
    basis: Basis | None = None

    @property
    def most(self) -> str:
        """How much one grant may add, in words."""
        return in_words(self.by)

    @property
    def choices(self) -> list[tuple[str, str]]:
        """What may be granted, the most first, for a form: each number of days or hours up to a
        month's; what counts in months as it is."""
        for unit, number in zip(_UNITS, self.by.numbers, strict=True):
            if unit and str(self.by) == unit.format(number) and number <= _FEW:
                periods = [Period.parse(unit.format(n)) for n in range(number, 0, -1)]
                return [(str(one), in_words(one)) for one in periods]
        return [(str(self.by), in_words(self.by))]


class Suspends(BaseModel):
    """Time that does not count: from an event to an event."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Words
    begins_on: tuple[Trigger, ...] = Field(min_length=1)
    ends_on: tuple[Trigger, ...] = Field(min_length=1)
    basis: Basis | None = None


class Stricter(BaseModel):
    """A shorter limit for the same duty in another norm. The higher norm is cited and decides
    what is late; warnings come as if the shorter one held."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    limit: PeriodText
    counts: Counts
    rolls: bool = False
    basis: Basis


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
