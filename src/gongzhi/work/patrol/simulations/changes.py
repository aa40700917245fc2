"""What may be changed, as a file or a form says it; and the scenario that comes of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Literal

from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field

from gongzhi.analysis.simulation import (
    ALWAYS,
    Factor,
    Scenario,
    Stop,
    Unit,
    Want,
    Ways,
    changing,
    duty_of,
)
from gongzhi.base.ui.errors import Refused

Place = str | tuple[float, float]
"""A code or name, or latitude and longitude (degrees, WGS 84)."""
Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DAYS: tuple[Day, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Hours = Annotated[str, Field(pattern=r"^\d{1,2}-\d{1,2}$")]
"""Such as 8-20; 20-8 is over midnight, 0-24 always."""
Priority = Annotated[int, Field(ge=1, le=4)]


class Part(BaseModel):
    """Of a file: what it doesn't know is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Duty(Part):
    """When a unit is on duty."""

    hours: Hours = "0-24"
    days: tuple[Day, ...] = DAYS

    @property
    def duty(self) -> tuple[bool, ...]:
        """By hour of the week. A night over midnight belongs to the day on which it begins."""
        begin, end = (int(one) for one in self.hours.split("-"))
        if begin > 24 or end > 24:
            raise Refused(_("时间请写成 8-20 这样，0 到 24 点。"), code="hours")
        numbers = [DAYS.index(day) for day in self.days]
        if begin < end:
            return duty_of(range(begin, end), numbers)
        late = duty_of(range(begin, 24), numbers)
        early = duty_of(range(end), [(one + 1) % 7 for one in numbers])
        return tuple(a or b for a, b in zip(late, early, strict=True))


class Move(Part):
    """A unit's post is elsewhere."""

    unit: str
    to: Place


class Add(Duty):
    """More units of a kind at a place."""

    kind: str
    at: Place
    count: int = Field(default=1, ge=1, le=50)
    skills: tuple[str, ...] = ()


class Remove(Part):
    """A unit less."""

    unit: str


class Shift(Duty):
    """Other hours for a unit."""

    unit: str


class Visit(Part):
    """A stop of a patrol."""

    at: Place
    minutes: float = Field(gt=0, le=240)


class Patrol(Part):
    """A unit goes round by these stops while nobody calls."""

    unit: str
    stops: tuple[Visit, ...] = Field(min_length=1)


class Sends(Part):
    """So many units of one of these kinds (none named: any), with all these skills."""

    kinds: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    count: int = Field(default=1, ge=1, le=20)

    @property
    def want(self) -> Want:
        """As the simulation has it."""
        return Want(frozenset(self.kinds), frozenset(self.skills), self.count)


class Card(Part):
    """Another run card: what is sent to this category ("": all) and priority (0: all). With
    ``more`` so many more (or fewer) of what the card's last line sends, instead of ``sends``."""

    category: str = ""
    priority: int = Field(default=0, ge=0, le=4)
    sends: tuple[Sends, ...] = ()
    more: int = Field(default=0, ge=-5, le=10)


class Close(Part):
    """Ways around a place are shut, or slow: ``speed`` is the part of the usual that is left."""

    at: Place
    metres: float = Field(default=300.0, gt=0, le=20_000)
    speed: float = Field(default=0.0, ge=0, lt=1)
    ferries: bool = False


class More(Part):
    """So many times as many calls."""

    times: float = Field(ge=0, le=20)
    categories: tuple[str, ...] = ()
    months: tuple[Annotated[int, Field(ge=1, le=12)], ...] = ()
    areas: tuple[str, ...] = ()

    @property
    def factor(self) -> Factor:
        """As the simulation has it."""
        months = frozenset(one - 1 for one in self.months)
        return Factor(self.times, frozenset(self.categories), months, frozenset(self.areas))


class Changes(Part):
    """All that is different from today."""

    move: tuple[Move, ...] = ()
    add: tuple[Add, ...] = ()
    remove: tuple[Remove, ...] = ()
    shift: tuple[Shift, ...] = ()
    patrol: tuple[Patrol, ...] = ()
    card: tuple[Card, ...] = ()
    close: tuple[Close, ...] = ()
    factor: tuple[More, ...] = ()
    during: Hours = "0-24"
    """Only calls of these hours come, today and then; no change by itself."""

    @property
    def many(self) -> int:
        """How many there are."""
        every = (getattr(self, each) for each in Changes.model_fields)
        return sum(len(one) for one in every if isinstance(one, tuple))

    @property
    def any(self) -> bool:
        """Whether there is one."""
        return self.many > 0

    @property
    def places(self) -> tuple[Place, ...]:
        """Where units are to stand, or to stop on their rounds."""
        stops = (stop.at for one in self.patrol for stop in one.stops)
        return tuple(
            dict.fromkeys([*(one.to for one in self.move), *(one.at for one in self.add), *stops])
        )


@dataclass(frozen=True)
class Ground:
    """Today, and what one must know to change it: the node of a place, the ways while some are
    shut, and by what a kind of unit goes. Each refuses, in words, what it doesn't know."""

    scenario: Scenario
    node_of: Callable[[Place], int]
    shut: Callable[[Sequence[Close]], Ways]
    mode_of: Callable[[str], str]


def beside(ground: Ground, changes: Changes) -> tuple[Scenario, Scenario]:
    """Today's county, and the one with all changes; of both the hours that are asked about.
    Refuses, in words, what can't be."""
    base = ground.scenario
    if changes.during != Duty().hours:
        base = changing.during(base, Duty(hours=changes.during).duty)
    return base, changed(replace(ground, scenario=base), changes)


def changed(ground: Ground, changes: Changes) -> Scenario:
    """The scenario with all changes. Refuses, in words, one that can't be."""
    try:
        return _changed(ground, changes)
    except ValueError as wrong:
        raise Refused(_("这个改动做不了：%(why)s") % {"why": wrong}, code="scenario") from wrong


def _changed(ground: Ground, changes: Changes) -> Scenario:
    found = ground.scenario
    for one in changes.remove:
        found = changing.remove(found, _unit(found, one.unit))
    for move in changes.move:
        found = changing.move(found, _unit(found, move.unit), ground.node_of(move.to))
    for shift in changes.shift:
        found = changing.on_duty(found, _unit(found, shift.unit), shift.duty)
    for add in changes.add:
        found = _added(ground, found, add)
    for patrol in changes.patrol:
        stops = [Stop(ground.node_of(stop.at), 60 * stop.minutes) for stop in patrol.stops]
        found = changing.patrol(found, _unit(found, patrol.unit), stops)
    for card in changes.card:
        found = _recarded(found, card)
    for more in changes.factor:
        _known_categories(found, more.categories)
        _known_areas(found, more.areas)
        found = changing.factor(found, more.factor)
    if changes.close:
        found = changing.ways(found, ground.shut(changes.close))
    return found


def _unit(scenario: Scenario, code: str) -> str:
    codes = [unit.code for unit in scenario.units]
    if code not in codes:
        words = _("没有叫“%(code)s”的单位。现有：%(known)s。")
        raise Refused(words % {"code": code, "known": ", ".join(codes) or "—"}, code="unit")
    return code


def _added(ground: Ground, scenario: Scenario, add: Add) -> Scenario:
    mode, node = ground.mode_of(add.kind), ground.node_of(add.at)
    duty = add.duty if (add.hours, add.days) != ("0-24", DAYS) else ALWAYS
    taken = {unit.code for unit in scenario.units}
    for _nth in range(add.count):
        code = next(c for n in range(1, 1000) if (c := f"{add.kind}-new-{n}") not in taken)
        taken.add(code)
        unit = Unit(code, add.kind, mode, node, frozenset(add.skills), duty)
        scenario = changing.add(scenario, unit)
    return scenario


def _recarded(scenario: Scenario, card: Card) -> Scenario:
    if card.category:
        _known_categories(scenario, (card.category,))
    if card.sends:
        wants = tuple(one.want for one in card.sends)
        return changing.cards(scenario, wants, category=card.category, priority=card.priority)
    return changing.more(scenario, card.more, category=card.category, priority=card.priority)


def _known_categories(scenario: Scenario, categories: Sequence[str]) -> None:
    known = sorted({one.category for one in scenario.calls})
    for code in categories:
        if code not in known:
            words = _("没有“%(code)s”这类来电。现有：%(known)s。")
            raise Refused(words % {"code": code, "known": ", ".join(known)}, code="category")


def _known_areas(scenario: Scenario, areas: Sequence[str]) -> None:
    known = scenario.county.areas
    for code in areas:
        if code not in known:
            words = _("没有“%(code)s”这个地区。现有：%(known)s。")
            raise Refused(words % {"code": code, "known": ", ".join(known)}, code="area")
