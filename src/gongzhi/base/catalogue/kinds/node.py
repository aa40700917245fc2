"""A kind of node: where patrols come again and again, on which days, when and for how long."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Annotated, Literal, Self

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from gongzhi.base.calendar.workdays import WorkCalendar
from gongzhi.base.catalogue.kinds.category import Code
from gongzhi.base.catalogue.kinds.checkin import Mode
from gongzhi.base.catalogue.words import Words, in_both

Days = Literal["workday", "rest_day", "mon", "tue", "wed", "thu", "fri", "sat", "sun"]
"""Working days and days of rest as the county's calendar says, or days of the week."""
DayOfYear = Annotated[str, StringConstraints(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]
Hour = Annotated[time, Field(strict=True)]
WEEK: tuple[Days, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

ONE_OF_TWO = _("places 和 drawn 要有而且只能有一样")
IN_ORDER = _("least、minutes、most 要从小到大")
COMES_OUT = _("例子第 %(n)s 条：应是 %(expected)s，结果是 %(found)s")


@dataclass(frozen=True)
class Span:
    """When it is to be visited on one day, and how often meanwhile."""

    begins: datetime
    ends: datetime
    visits: int


class Window(BaseModel):
    """Hours of a day. ``ends`` at or before ``begins`` is on the next day."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    on: tuple[Days, ...] = ()
    """Empty: every day."""
    begins: Hour
    ends: Hour
    visits: int = Field(default=1, ge=1, le=6)

    def holds(self, day: date, works: bool) -> bool:
        """Whether it is one of this day, which is worked or not."""
        said = {"workday" if works else "rest_day", WEEK[day.weekday()]}
        return not self.on or bool(said & set(self.on))

    def span(self, day: date, zone: tzinfo) -> Span:
        """Its hours on this day."""
        return span_of(day, self.begins, self.ends, self.visits, zone)


class Pause(BaseModel):
    """Days of every year on which nobody need come, the first and the last included: holidays of
    schools, say. It may go over the end of the year."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    first: DayOfYear
    last: DayOfYear

    def holds(self, day: date) -> bool:
        """Whether the day is one of them."""
        here = f"{day:%m-%d}"
        if self.first <= self.last:
            return self.first <= here <= self.last
        return here >= self.first or here <= self.last


class Example(BaseModel):
    """A day, and the hours at which it is to be visited, as ``07:10-08:00``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    day: date
    works: bool = True
    """Whether it is a working day: which are, the county's calendar says, and not this file."""
    hours: tuple[str, ...]


class NodeKind(BaseModel):
    """One file in ``catalogue/nodes``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    order: int = Field(default=500, ge=0, le=999)
    name: Words
    about: Words
    """Why patrols come there, in a sentence."""
    icon: str = "pin"
    places: tuple[Code, ...] = ()
    """Kinds of the gazetteer that are such nodes."""
    drawn: bool = False
    """Somebody draws it on the map, and it ends on a day."""
    modes: tuple[Mode, ...] = Field(min_length=1)
    """What units that visit it may ride in."""
    minutes: int = Field(ge=1, le=240)
    """How long a visit is, unless somebody says otherwise for one node."""
    least: int = Field(ge=1, le=240)
    most: int = Field(ge=1, le=240)
    apart: int = Field(default=60, ge=0, le=600)
    """So many minutes lie between two visits at least."""
    weight: int = Field(default=5, ge=1, le=10)
    """What a visit is worth beside others, when there isn't time for all."""
    windows: tuple[Window, ...] = Field(min_length=1)
    pauses: tuple[Pause, ...] = ()
    examples: tuple[Example, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if bool(self.places) == self.drawn:
            raise ValueError(f"places: {in_both(ONE_OF_TWO)}")
        if not self.least <= self.minutes <= self.most:
            raise ValueError(f"minutes: {in_both(IN_ORDER)}")
        return self

    def spans(self, day: date, calendar: WorkCalendar, zone: tzinfo) -> list[Span]:
        """Its hours on this day, in the order of their beginning."""
        return self.spans_of(day, zone, works=calendar.day(day).works)

    def spans_of(self, day: date, zone: tzinfo, *, works: bool) -> list[Span]:
        """The same for a day of which it is known whether it is worked."""
        if any(one.holds(day) for one in self.pauses):
            return []
        found = [one.span(day, zone) for one in self.windows if one.holds(day, works)]
        return sorted(found, key=lambda one: one.begins)


def span_of(day: date, begins: time, ends: time, visits: int, zone: tzinfo) -> Span:
    """Hours of a day as moments; those that end at or before they begin end on the next day."""
    last = day if ends > begins else day + timedelta(days=1)
    return Span(datetime.combine(day, begins, zone), datetime.combine(last, ends, zone), visits)


def unfit_nodes(kinds: Iterable[NodeKind]) -> list[str]:
    """Examples that come out otherwise."""
    return [
        f"nodes/{kind.code}.toml: examples: {in_both(COMES_OUT, n=n, expected=want, found=found)}"
        for kind in kinds
        for n, one in enumerate(kind.examples, 1)
        for want, found in [(list(one.hours), _hours(kind, one))]
        if want != found
    ]


def _hours(kind: NodeKind, example: Example) -> list[str]:
    spans = kind.spans_of(example.day, UTC, works=example.works)
    return [f"{one.begins:%H:%M}-{one.ends:%H:%M}" for one in spans]
