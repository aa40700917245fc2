"""How officers' work is appraised: what counts, what never does, and what becomes of the numbers.

All of it is published. Numbers stand beside what is expected of the same mix of work; none is added
to another, and nobody is put in an order. What follows is decided by people, with reasons.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from gongzhi.base.catalogue.kinds.category import Code
from gongzhi.base.catalogue.words import Words

Part = Literal["quality", "conduct", "service"]


class AppraisalSource:
    """From which events a source reads, and by what its facts can be told apart. What is
    ``listed`` stands on a sheet one by one, and no number is made of it."""

    def __init__(self, listens: str, facts: str = "", *, listed: bool = False) -> None:
        self.listens = frozenset(listens.split())
        self.facts = frozenset(facts.split())
        self.listed = listed


SOURCES: Mapping[str, AppraisalSource] = {
    "answers_in_time": AppraisalSource(
        "matters.matter_opened matters.step_taken matters.matter_taken_on matters.clock_missed"
        " matters.recategorised",
        "category",
    ),
    "answers_that_held": AppraisalSource(
        "matters.matter_opened matters.step_taken matters.recategorised", "category"
    ),
    "solved_for_residents": AppraisalSource(
        "matters.matter_opened matters.step_taken matters.recategorised"
        " participation.outcome_judged",
        "category",
    ),
    "case_limits": AppraisalSource(
        "matters.matter_opened cases.case_opened cases.case_handed_over cases.case_archived"
        " matters.clock_missed matters.recategorised",
        "category procedure",
    ),
    "case_files": AppraisalSource(
        "matters.matter_opened cases.case_opened cases.case_handed_over supervision.case_reviewed",
        "category procedure",
    ),
    "conduct": AppraisalSource("appraisal.conduct_noted", listed=True),
    "thanks": AppraisalSource("matters.matter_opened participation.thanked", listed=True),
    "trainings": AppraisalSource("", listed=True),
}
"""Name → what it is. There is no other: a county's file can't count stops, fines, arrests, calls
that were taken, positions, patrols, complaints that nobody confirmed, or how somebody feels."""


class Item(BaseModel):
    """One thing that counts: `hit` of `of`, beside what is expected of the same mix."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    part: Part
    source: str
    better: Literal["up", "down"] = "up"
    mix: tuple[str, ...] = ()
    """By which facts the expectation is made comparable."""
    least: int = Field(default=10, ge=5)
    """Of fewer nothing is said."""
    name: Words
    meaning: Words
    counted: Words
    """So that an officer could do it by hand."""
    games: tuple[Words, ...] = Field(min_length=1)
    """How it could be made better without anything being better, and what guards."""

    @property
    def listed(self) -> bool:
        """Whether it stands there one by one, with no number."""
        return SOURCES[self.source].listed

    @model_validator(mode="after")
    def _known(self) -> Self:
        source = SOURCES.get(self.source)
        if source is None:
            raise ValueError(f"source: expected one of {', '.join(SOURCES)}, not {self.source!r}")
        if source.listed and self.mix:
            raise ValueError(f"mix: {self.source} is listed, not counted: expected none")
        if lost := [fact for fact in self.mix if fact not in source.facts]:
            raise ValueError(f"mix: {self.source} tells no {', '.join(lost)}")
        return self


class Grade(BaseModel):
    """What people decide in the end, in words."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    name: Words
    meaning: Words
    published: bool = False
    """Whether the unit is told who has it, before it counts."""
    at_most: float | None = Field(default=None, gt=0, le=1)
    """Of a round's people, no more than this part."""


class Question(BaseModel):
    """What colleagues are asked about working with somebody: yes or no, no words."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    asks: Words


class Appraisal(BaseModel):
    """One file in ``catalogue/appraisals``: a way of appraising that a county may adopt."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    order: int = Field(default=500, ge=0, le=999)
    name: Words
    about: Words
    roles: tuple[str, ...] = Field(min_length=1)
    """Whose work it is for: whoever has one of these."""
    basis: tuple[Words, ...] = Field(min_length=1)
    items: tuple[Item, ...] = Field(min_length=1)
    questions: tuple[Question, ...] = ()
    never: tuple[Words, ...] = Field(min_length=1)
    """What doesn't count, said so that everybody knows."""
    grades: tuple[Grade, ...] = Field(min_length=2)
    read_days: int = Field(default=10, ge=5, le=60)
    """Workdays to read the numbers and to object."""
    answer_days: int = Field(default=10, ge=1, le=60)
    """Workdays in which an objection is answered."""
    posted_days: int = Field(default=5, ge=3, le=30)
    """Workdays for which the unit can read who is proposed for a word that is published."""

    @model_validator(mode="after")
    def _told_once(self) -> Self:
        for kind in ("items", "questions", "grades"):
            codes = [one.code for one in getattr(self, kind)]
            if twice := sorted({code for code in codes if codes.count(code) > 1}):
                raise ValueError(f"{kind}: {', '.join(twice)} stands there twice")
        if {one.part for one in self.items} != {"quality", "conduct", "service"}:
            raise ValueError("items: expected some of quality, of conduct and of service")
        return self

    def unknown(self, roles: Container[str]) -> list[str]:
        """Roles that aren't there."""
        return [
            f"appraisals/{self.code}.toml: roles: there is no role {one!r}"
            for one in self.roles if one not in roles
        ]  # fmt: skip

    def item(self, code: str) -> Item | None:
        """One of the things that count."""
        return next((one for one in self.items if one.code == code), None)

    def grade(self, code: str) -> Grade | None:
        """One of the words that can be decided."""
        return next((one for one in self.grades if one.code == code), None)
