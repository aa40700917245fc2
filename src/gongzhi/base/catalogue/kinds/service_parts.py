"""What a service is made of: questions with verdicts, materials, fields of its form, fees."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from gongzhi.base.catalogue.kinds.category import Code
from gongzhi.base.catalogue.kinds.clock_parts import Basis
from gongzhi.base.catalogue.kinds.service_facts import unfit_fact
from gongzhi.base.catalogue.words import Words

When = Mapping[Code, tuple[Code, ...]]
"""Question or field → the answers or choices with which it applies; all that are named must hold.
Empty: always."""


def applies(when: When, told: Mapping[str, str]) -> bool:
    """Whether what was answered and chosen so far makes it apply."""
    return all(told.get(code) in wanted for code, wanted in when.items())


class Verdict(BaseModel):
    """What the check comes to: one may, one may not, or somewhere else; and why."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    kind: Literal["yes", "no", "elsewhere"]
    name: Words
    """In one line: 可以办 / You can apply."""
    why: Words
    """The reason and what to do now, in plain words."""
    basis: Basis | None = None


class Reply(Words):
    """One answer to a question, and what follows it: another question, or a verdict."""

    code: Code
    next: Code | None = None
    verdict: Code | None = None

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Self:
        if (self.next is None) == (self.verdict is None):
            raise ValueError(f"{self.code}: expected exactly one of next and verdict")
        return self


class Ask(BaseModel):
    """One question of the check. The first one asked is the first in the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    ask: Words
    help: Words | None = None
    answers: tuple[Reply, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _answers_once(self) -> Self:
        codes = [one.code for one in self.answers]
        if len(set(codes)) != len(codes):
            raise ValueError("answers: each code may stand only once")
        return self

    def answer(self, code: str) -> Reply | None:
        """The answer with this code, or None."""
        return next((one for one in self.answers if one.code == code), None)


class Material(BaseModel):
    """A paper or photo that the service needs. What the office has itself is named, too, so that
    nobody is asked for it again."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    name: Words
    hint: Words | None = None
    """What counts, in plain words."""
    ways: tuple[Literal["upload", "counter"], ...] = ()
    """How it is given: a photo or a PDF from the phone; the original, shown at the counter."""
    held_by: Words | None = None
    """The office that has it already: it is looked up there and never asked for."""
    later: bool = False
    """It may follow after acceptance (容缺受理)."""
    optional: bool = False
    shown: Literal["applying", "collecting"] = "applying"
    """When the original is looked at: an identity card as one collects, so that no visit is made
    for it alone. Nothing else waits for it."""
    when: When = {}

    @model_validator(mode="after")
    def _is_asked_for_or_held(self) -> Self:
        if bool(self.ways) == (self.held_by is not None):
            raise ValueError("ways: expected how it is given, or held_by where the office has it")
        if self.held_by is not None and (self.later or self.optional):
            raise ValueError("held_by: what the office has is neither optional nor handed in later")
        if self.shown == "collecting" and (self.ways != ("counter",) or self.later):
            raise ValueError('shown: collecting goes with ways = ["counter"], without later')
        return self

    @property
    def is_asked_for(self) -> bool:
        """Whether the applicant has to bring it."""
        return self.held_by is None

    @property
    def on_collecting(self) -> bool:
        """Whether it is shown only as one collects the result."""
        return self.shown == "collecting"

    @property
    def by_upload(self) -> bool:
        """Whether a photo or PDF of it will do."""
        return "upload" in self.ways


FieldKind = Literal[
    "text", "long_text", "choice", "date", "number", "phone", "name", "id_number", "address",
    "email",
]  # fmt: skip
PLAIN = frozenset({"choice", "number"})
"""What says nothing of anybody by itself. Everything else lies sealed unless its file says that it
isn't personal."""


class Option(Words):
    """One of the choices of a field."""

    code: Code


class FormField(BaseModel):
    """One field of the form."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    kind: FieldKind
    name: Words
    help: Words | None = None
    choices: tuple[Option, ...] = ()
    required: bool = True
    personal: bool | None = None
    """Whether it lies sealed; left out: as its kind is, a choice and a number in the clear."""
    earliest: Literal["today"] | None = None
    """Of a date: not before today. A date of birth, say, has none."""
    latest: Literal["today"] | None = None
    most: int | None = Field(default=None, ge=1, le=1_000_000)
    """Characters of a text; the largest number."""
    fact: str | None = None
    """What it asks in the same sense as other services do (`service_facts`): told there before, it
    is offered back here."""
    when: When = {}

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        codes = [one.code for one in self.choices]
        if len(set(codes)) != len(codes):
            raise ValueError("choices: each code may stand only once")
        if (self.kind == "choice") != (len(codes) >= 2):
            raise ValueError('choices: expected at least two with kind = "choice", none otherwise')
        if self.kind != "date" and (self.earliest or self.latest):
            raise ValueError('earliest, latest: expected with kind = "date" only')
        if self.kind in ("name", "phone", "id_number", "address", "email") and not self.sealed:
            raise ValueError("personal: who somebody is always lies sealed; leave it out")
        if wrong := unfit_fact(self):
            raise ValueError(f"fact: {wrong}")
        return self

    @property
    def sealed(self) -> bool:
        """Whether it lies sealed with who the applicant is."""
        return self.kind not in PLAIN if self.personal is None else self.personal

    def choice(self, code: str) -> Option | None:
        """The choice with this code, or None."""
        return next((one for one in self.choices if one.code == code), None)


class Section(BaseModel):
    """A page of the form: a heading and a few fields. ``when`` of a field looks back at the
    questions and at earlier pages only, so that a page shows all that applies at once."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    name: Words
    fields: tuple[FormField, ...] = Field(min_length=1, max_length=8)
    when: When = {}


class Fee(BaseModel):
    """What it costs, and by which rule. No fee is taken that isn't written here."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Words
    yuan: Annotated[str, StringConstraints(pattern=r"^\d{1,5}(\.\d{2})?$")]
    basis: Basis
    when: When = {}

    @property
    def amount(self) -> Decimal:
        """In yuan."""
        return Decimal(self.yuan)


class WayStep(BaseModel):
    """What happens, in a line each: for the guidance page."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Words
    who: Literal["you", "office"] = "office"
