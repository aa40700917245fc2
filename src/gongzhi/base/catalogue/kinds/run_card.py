"""A run card: what is sent to which kind of incident, and what its crews are told.

A want is one role at the scene, the most important first. What is wanted grows with the priority,
with the alarm level and with what callers have answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Literal, Self

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from gongzhi.base.catalogue.kinds.category import Code, Priority
from gongzhi.base.catalogue.versions import in_force_on, require_apart
from gongzhi.base.catalogue.words import Words, in_both

Vehicle = Literal["car", "motorcycle", "foot", "boat", "traffic_car", "other"]
"""What a unit rides in; `dispatch` has the same list."""
Alarm = Annotated[int, Field(ge=1, le=5)]
"""How much is sent: 1 as usual, 2 and 3 more. Raised by the desk, never by the platform."""
ONCE = _("每个代号只能出现一次：%(code)s")
NOBODY = _("至少要派一个单位；没有条件的那一条不能少")


def _several(given: object) -> object:
    """One answer may stand without brackets."""
    return (given,) if isinstance(given, str) else given


class When(BaseModel):
    """Under which facts something counts; all of them must hold. Empty: always."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    priority: tuple[Priority, ...] = ()
    alarm: Alarm = 1
    """From this alarm level on."""
    answers: Mapping[Code, Annotated[tuple[Code, ...], BeforeValidator(_several)]] = {}
    """Question → one of these answers was given."""
    unless: Mapping[Code, Annotated[tuple[Code, ...], BeforeValidator(_several)]] = {}
    """Question → none of these answers was given; no answer is none of them."""
    at_least: Mapping[Code, float] = {}
    """Question with a number → so many or more were told."""
    at_sea: bool | None = None
    """Only where the place lies at sea, or only on land."""

    def holds(self, facts: Facts) -> bool:
        """Whether all of it is so."""
        return (
            facts.alarm >= self.alarm
            and (not self.priority or facts.priority in self.priority)
            and (self.at_sea is None or facts.at_sea == self.at_sea)
            and all(facts.answers.get(code) in few for code, few in self.answers.items())
            and all(facts.answers.get(code) not in few for code, few in self.unless.items())
            and all(_number(facts.answers.get(c)) >= n for c, n in self.at_least.items())
        )

    @property
    def asked(self) -> frozenset[str]:
        """The questions that it goes by."""
        return frozenset({*self.answers, *self.unless, *self.at_least})


@dataclass(frozen=True)
class Facts:
    """What a card is read by. `answers`: question → code of the answer, or a number as text."""

    priority: int
    alarm: int = 1
    answers: Mapping[str, str] = field(default_factory=dict)
    at_sea: bool = False


class Want(BaseModel):
    """One role at the scene: how many units, and what each must be."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    role: Words
    count: int = Field(default=1, ge=1, le=20)
    when: When = When()
    skills: tuple[Code, ...] = ()
    """All of these."""
    equipment: tuple[Code, ...] = ()
    """All of these aboard."""
    vehicles: tuple[Vehicle, ...] = ()
    """One of these; empty: whatever goes by land, or at sea a boat."""
    where: Literal["scene", "pier", "shore"] = "scene"
    """Where it goes: to the scene; to the nearest pier; to the scene, or when that is at sea, to
    the nearest shore. Who waits ashore goes by land."""
    crew: int = Field(default=1, ge=1, le=50)
    """At least so many people."""
    officers: int = Field(default=0, ge=0, le=50)
    """At least so many of them police officers, not auxiliaries."""


class Told(Words):
    """A sentence, under conditions."""

    when: When = When()


class Partner(BaseModel):
    """A service or department to be asked to come: a code of ``catalogue/partners``, and for what.
    Nothing else says whom the desk should ask."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    offers: tuple[Code, ...] = ()
    """Of what it offers; empty: to come, whatever is needed."""
    when: When = When()


class Bring(BaseModel):
    """Equipment that crews are told to take along: a code of ``catalogue/abilities``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    when: When = When()


class Raise(Told):
    """When to think of the next alarm level, in a sentence; said while the level is below."""

    level: int = Field(ge=2, le=5)


@dataclass(frozen=True)
class Plan:
    """What a card says of one incident."""

    wants: tuple[Want, ...]
    at_sea: bool = False
    partners: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Whom to ask, each with what it is asked for."""
    bring: tuple[str, ...] = ()
    cautions: tuple[Told, ...] = ()
    raises: tuple[Raise, ...] = ()
    highest: int = 1
    """The highest alarm level for which the card has something to say."""


class CardVersion(BaseModel):
    """The card as it is in force from a day on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    in_force_from: date
    wants: tuple[Want, ...] = Field(min_length=1)
    partners: tuple[Partner, ...] = ()
    bring: tuple[Bring, ...] = ()
    cautions: tuple[Told, ...] = ()
    raises: tuple[Raise, ...] = ()

    @model_validator(mode="after")
    def _sends_somebody(self) -> Self:
        codes = [want.code for want in self.wants]
        if twice := [code for code in codes if codes.count(code) > 1]:
            raise ValueError(f"wants: {in_both(ONCE, code=twice[0])}")
        if all(want.when != When() for want in self.wants) and not self._splits():
            raise ValueError(f"wants: {in_both(NOBODY)}")
        return self

    def _splits(self) -> bool:
        """Whether one want is for the sea and another for the land, so that together they are
        for everywhere."""
        return {want.when.at_sea for want in self.wants if want.when in SHORES} == {True, False}

    def plan(self, facts: Facts) -> Plan:
        """What is to be sent, asked, taken along and said under these facts."""
        return Plan(
            wants=tuple(one for one in self.wants if one.when.holds(facts)),
            at_sea=facts.at_sea,
            partners=_asked(one for one in self.partners if one.when.holds(facts)),
            bring=tuple(one.code for one in self.bring if one.when.holds(facts)),
            cautions=tuple(one for one in self.cautions if one.when.holds(facts)),
            raises=tuple(one for one in self.raises
                         if one.level == facts.alarm + 1 and one.when.holds(facts)),
            highest=max([1, *(when.alarm for when in self.conditions()),
                         *(one.level for one in self.raises)]),
        )  # fmt: skip

    def conditions(self) -> Iterator[When]:
        """Every condition in it."""
        for part in (self.wants, self.partners, self.bring, self.cautions, self.raises):
            for one in part:
                yield one.when


SHORES = (When(at_sea=True), When(at_sea=False))


class Example(BaseModel):
    """An incident, and what the card sends to it: code of the want → how many units."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    category: Code
    priority: Priority | None = None
    """As the category and the answers have it, unless told."""
    alarm: Alarm = 1
    answers: Mapping[Code, str] = {}
    at_sea: bool = False
    on: date | None = None
    """On this day; today's version unless told."""
    sends: Mapping[Code, int]
    partners: tuple[Code, ...] | None = None


class RunCard(BaseModel):
    """One file in ``catalogue/run_cards``. Without `categories` it is for all that have none."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    order: int = Field(default=500, ge=0, le=999)
    name: Words
    categories: tuple[Code, ...] = ()
    versions: tuple[CardVersion, ...] = Field(min_length=1)
    examples: tuple[Example, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _versions_apart(self) -> Self:
        require_apart(self.versions)
        return self

    def on(self, day: date) -> CardVersion:
        """The version in force on this day."""
        return in_force_on(self.versions, day)


def _asked(partners: Iterable[Partner]) -> dict[str, tuple[str, ...]]:
    """Each once, for all that it is asked for in several lines."""
    found: dict[str, tuple[str, ...]] = {}
    for one in partners:
        found[one.code] = tuple(dict.fromkeys((*found.get(one.code, ()), *one.offers)))
    return found


def _number(given: str | None) -> float:
    try:
        return float(given or "")
    except ValueError:
        return float("-inf")
