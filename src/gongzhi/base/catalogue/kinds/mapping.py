"""A mapping: how the rows of a file from another system read as matters."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from gongzhi.base.catalogue.kinds.category import Code, Priority
from gongzhi.base.catalogue.words import Words
from gongzhi.base.places.coordinates import known_system

Column = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
"""The heading of a column, as the file's first row has it."""


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("expected a time zone such as Asia/Shanghai")
    return name


def _known_crs(name: str) -> str:
    if not known_system(name):
        raise ValueError("expected WGS84, CGCS2000, GCJ-02, BD-09 or a code like EPSG:4490")
    return name


def _good_pattern(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as wrong:
        raise ValueError(f"expected a regular expression: {wrong}") from wrong
    return pattern


def known_encoding(name: str) -> str:
    """The name of an encoding; ValueError for one that isn't known."""
    try:
        "".encode(name)
    except LookupError as unknown:
        raise ValueError("expected an encoding such as utf-8 or gb18030") from unknown
    return name


Pattern = Annotated[str, StringConstraints(min_length=1), AfterValidator(_good_pattern)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Rule(_Part):
    """Source text → category. Exactly one of the three ways to compare, all blind to case."""

    equals: str = ""
    begins: str = ""
    matches: Annotated[str, AfterValidator(_good_pattern)] = ""
    """A regular expression that is found anywhere in the text."""
    category: Code
    priority: Priority | None = None
    """The category's own when left out."""

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if sum(map(bool, (self.equals, self.begins, self.matches))) != 1:
            raise ValueError("expected exactly one of equals, begins, matches")
        return self


class Categories(_Part):
    """Which column says what it is about, and what each of its texts is to us: first rule wins."""

    column: Column
    rules: tuple[Rule, ...] = ()
    otherwise: Code | None = None
    """What no rule fits; such rows are rejected when left out."""


class Priorities(_Part):
    """The source's own priorities, where it has them. A text not in the table says nothing."""

    column: Column
    table: dict[str, Priority]


class Box(_Part):
    """Where the source's places may lie, in degrees (WGS 84)."""

    south: float = Field(ge=-90, le=90)
    west: float = Field(ge=-180, le=180)
    north: float = Field(ge=-90, le=90)
    east: float = Field(ge=-180, le=180)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.south >= self.north or self.west >= self.east:
            raise ValueError("expected south < north and west < east")
        return self


class Spot(_Part):
    """A coordinate as the source writes it."""

    x: float
    y: float


class Position(_Part):
    """Where a row's place stands: two columns, or one text that a pattern takes apart."""

    x: Column | None = None
    """Longitude or easting."""
    y: Column | None = None
    """Latitude or northing."""
    text: Column | None = None
    pattern: Pattern | None = None
    """With the named groups ``x`` and ``y``."""
    crs: Annotated[str, AfterValidator(_known_crs)] = "WGS84"
    box: Box
    outside: Literal["reject", "leave_out"] = "reject"
    """What becomes of a row whose place lies outside the box: rejected, or kept without a place."""
    defaults: tuple[Spot, ...] = ()
    """What the source writes when it doesn't know (a town hall, the middle of the county): such
    rows are kept without a place. 0, 0 is always one of them."""

    @model_validator(mode="after")
    def _columns_or_text(self) -> Self:
        columns, text = (self.x, self.y), (self.text, self.pattern)
        if not (all(columns) and not any(text)) and not (all(text) and not any(columns)):
            raise ValueError("expected x and y, or text and pattern")
        if self.pattern and not {"x", "y"} <= set(re.compile(self.pattern).groupindex):
            raise ValueError("pattern: expected the named groups (?P<x>…) and (?P<y>…)")
        return self


class Times(_Part):
    """How times are written."""

    zone: Annotated[str, AfterValidator(_known_zone)]
    formats: tuple[str, ...] = Field(min_length=1)
    """As strptime has them, tried in order; "excel" is a spreadsheet's day number."""
    ambiguous: Literal["earlier", "later", "reject"] = "earlier"
    """Which one is meant of a time that the clocks went through twice."""
    tolerance: int = Field(default=0, ge=0, le=3600)
    """Seconds by which two systems' clocks may disagree: a step that seems this much too early
    counts as taken at the same time as the one before it."""
    next_day: tuple[Column, ...] = ()
    """Columns that carry the day of the call although it was after midnight."""
    backwards: Literal["leave_out", "reject"] = "leave_out"
    """What becomes of a time that is too early all the same: the time is left out, or the row."""

    @property
    def tz(self) -> ZoneInfo:
        """The zone itself."""
        return ZoneInfo(self.zone)


class Shown(_Part):
    """What a step's element is to say: from a column, through a table, or always the same."""

    column: Column | None = None
    table: dict[str, str] = {}
    """Source text → what we write; without a table the text itself."""
    otherwise: str = ""
    """When the column is empty or its text isn't in the table."""


class MappedStep(_Part):
    """A step that the source tells of."""

    code: Code
    at: tuple[Column, ...] = ()
    """The first of these columns that has a usable time; none: the time of the step before."""
    pick: Literal["first", "last"] = "first"
    """Of several rows about one matter: the earliest or the latest time."""
    needs: tuple[Column, ...] = ()
    """Only if all of these have something in them."""
    unless: tuple[Column, ...] = ()
    """Only if none of these has."""
    elements: dict[Code, Shown] = {}


class Dispatches(_Part):
    """Units that were sent: each row tells of one. Past for the platform: they only show what was,
    and are never among the units that this county sends."""

    column: Column
    """The unit's call sign. A row with none tells of no unit."""
    assigned: tuple[Column, ...] = Field(min_length=1)
    """When it was sent: the first of these columns that has a usable time."""
    en_route: Column | None = None
    on_scene: Column | None = None
    ended: Column
    """When it was free again: cleared, or called back when it never came as far as the scene."""


class OwnWork(_Part):
    """Rows that officers or crews began themselves, or that are only their work."""

    column: Column
    matches: Pattern
    """A regular expression that is found anywhere in such rows' text, blind to case."""


class Foreseen(_Part):
    """What of the source `gongzhi forecast` may use."""

    harm: tuple[Code, ...] | None = None
    """Which of its categories are kinds of harm; all on the county's list when left out."""
    calls: bool | None = None
    """Whether rows are calls that residents made: then those of other categories on the county's
    list count as calls for service. When left out: if rows become incidents."""
    own_work: OwnWork | None = None
    """Rows that are left out, since nobody called."""


class Limits(_Part):
    """Where the source itself says whether it kept its limit: `gongzhi sla recompute` holds the
    log against it."""

    column: Column
    on_time: tuple[str, ...] = Field(min_length=1)
    """What it says of a request that was in time, or that still has time."""
    late: tuple[str, ...] = Field(min_length=1)
    by: dict[Code, Column] = {}
    """Columns by which the figures are told, such as the department."""


class Example(_Part):
    """A made-up row and what comes of it, replayed by the tests."""

    row: dict[Column, str]
    category: Code = ""
    priority: int | None = None
    opened: datetime | None = None
    steps: tuple[str, ...] = ()
    due: datetime | None = None
    sent: str = ""
    """The call sign of the row's unit."""
    place: tuple[float, float] | None = None
    """Latitude, longitude."""
    rejected: str = ""
    """The code of the reason, instead of all the others."""


class Mapping(_Part):
    """One file in ``catalogue/mappings``."""

    code: Code
    name: Words
    """What the source's county is called."""
    procedure: Literal["incident", "resident_request"]
    """What a row becomes; an incident gets its call, too."""
    encoding: Annotated[str, AfterValidator(known_encoding)] = "utf-8"
    """A byte-order mark in the file outweighs it."""
    id: tuple[Column, ...] = Field(min_length=1)
    """The columns that together make a row, or a matter of several rows, the same as another."""
    several_rows: bool = False
    """Whether all rows with the same id are one matter."""
    opened: Column
    due: Column | None = None
    """Until when the source itself wanted it done."""
    words: tuple[Column, ...] = Field(min_length=1)
    place: tuple[Column, ...] = ()
    category: Categories
    priority: Priorities | None = None
    position: Position | None = None
    times: Times
    steps: tuple[MappedStep, ...] = ()
    units: Dispatches | None = None
    forecast: Foreseen = Foreseen()
    limits: Limits | None = None
    examples: tuple[Example, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _units_go_to_incidents(self) -> Self:
        if self.units and self.procedure != "incident":
            raise ValueError("units: expected only where a row becomes an incident")
        return self

    @property
    def columns(self) -> list[str]:
        """Every column that the file must have."""
        named = [*self.id, self.opened, *self.words, *self.place, self.category.column]
        if self.due:
            named.append(self.due)
        if self.forecast.own_work:
            named.append(self.forecast.own_work.column)
        if self.units:
            units = self.units
            told = (units.column, *units.assigned, units.en_route, units.on_scene, units.ended)
            named += [column for column in told if column]
        if self.priority:
            named.append(self.priority.column)
        if self.position:
            named += [c for c in (self.position.x, self.position.y, self.position.text) if c]
        for step in self.steps:
            named += [*step.at, *step.needs, *step.unless]
            named += [shown.column for shown in step.elements.values() if shown.column]
        return list(dict.fromkeys(named))
