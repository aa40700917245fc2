"""A service of the bureau: who may have it, what for, with which papers, how long, how much.

From one file come the guidance page, the check, the form, the uploads, the tracking page and the
counter's list: adding a service is adding a file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, Self

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator, model_validator

from gongzhi.base.catalogue.kinds.category import Code
from gongzhi.base.catalogue.kinds.clock_parts import Basis
from gongzhi.base.catalogue.kinds.service_facts import asked_twice
from gongzhi.base.catalogue.kinds.service_parts import (
    Ask,
    Fee,
    FormField,
    Material,
    Section,
    Verdict,
    WayStep,
    When,
    applies,
)
from gongzhi.base.catalogue.kinds.service_ways import never_holding
from gongzhi.base.catalogue.words import Words, in_both

UNREACHED = _("没有一种回答会问到“%(code)s”这个问题")
UNUSED = _("没有一种回答会得出“%(code)s”这个结论")
CIRCLE = _("从“%(code)s”问下去会问回来，永远没有结论")
NOBODY_ASKS = _("没有人会被要求交“%(code)s”：它的 when 永远不成立")
NEVER = _("没有一种回答会走到“%(code)s”：它的 when 永远不成立")
NOT_BEFORE = _("when 只能看前面的问题和前面几页的选项；“%(code)s”不在前面")
NO_BASIS = _("收费要写依据（basis），没有依据的费不能收")
SAYS_FREE = _("写了不收费，就不能再列收费项目")


class Service(BaseModel):
    """One file in ``catalogue/services``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    order: int = Field(default=500, ge=0, le=999)
    version: str = Field(pattern=r"^\d{4}-\d{2}$")
    """Raised when questions, fields or materials change: what was begun under another is told."""
    procedure: Code
    """Of the kind ``application``: its steps and the clocks that they move."""
    name: Words
    about: Words
    """What one gets, in a sentence."""
    group: Words
    """The part of life it belongs to: 落户和居住 / Living here."""
    icon: str = Field(default="file", pattern=r"^[a-z][a-z0-9-]*$")
    keywords: tuple[str, ...] = ()
    who: Words
    """Who may apply."""
    basis: tuple[Basis, ...] = ()
    limit: Code | None = None
    """The clock of law within which it is done, from acceptance on; None where the procedure's own
    steps move it, or where the law has none."""
    promise: Code | None = None
    """The county's own clock for the same, never longer than the law's."""
    fee: Literal["free", "listed", "posted"]
    """Free; as listed here, each with its basis; or by the list that hangs at the counter."""
    fees: tuple[Fee, ...] = ()
    offices: tuple[Code, ...] = Field(min_length=1)
    """Units at whose counters it is dealt with; ``station``: any police station."""
    languages: tuple[Literal["zh", "en"], ...] = ("zh",)
    visits: int = Field(ge=0, le=3)
    """How often one has to come: predicted, to be held against what happens."""
    minutes: int = Field(default=15, ge=5, le=120, multiple_of=5)
    """How long it takes at a counter: the length of a booked time."""
    visit_for: Words | None = None
    """What one comes for, where one has to."""
    collect: tuple[Literal["counter", "post", "online"], ...] = Field(min_length=1)
    """How the result reaches the applicant."""
    steps: tuple[WayStep, ...] = Field(min_length=2)
    questions: tuple[Ask, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    materials: tuple[Material, ...] = ()
    sections: tuple[Section, ...] = ()
    """The form's pages; none: guidance only, it is dealt with at the counter."""

    @field_validator("fees", mode="before")
    @classmethod
    def _fees_have_a_basis(cls, given: object, info: ValidationInfo) -> object:
        for one in given if isinstance(given, list | tuple) else ():
            if isinstance(one, Mapping) and not one.get("basis"):
                raise ValueError(in_both(NO_BASIS))
        return given

    @model_validator(mode="after")
    def _fees_fit(self) -> Self:
        if (self.fee == "listed") != bool(self.fees):
            why = in_both(SAYS_FREE) if self.fees else 'expected some with fee = "listed"'
            raise ValueError(f"fees: {why}")
        if (self.visits > 0) != (self.visit_for is not None):
            raise ValueError("visit_for: expected what one comes for, where visits is over 0")
        return self

    @model_validator(mode="after")
    def _codes_are_unique(self) -> Self:
        fields = [one.code for one in self.fields]
        for what, codes in (
            ("questions", [one.code for one in self.questions]),
            ("verdicts", [one.code for one in self.verdicts]),
            ("materials", [one.code for one in self.materials]),
            ("sections", [one.code for one in self.sections]),
            ("sections.fields", fields + [one.code for one in self.questions]),
        ):
            twice = sorted({one for one in codes if codes.count(one) > 1})
            if twice:
                raise ValueError(f"{what}: {twice[0]!r} stands twice")
        return self

    @model_validator(mode="after")
    def _the_check_comes_to_an_end(self) -> Self:
        if bool(self.questions) != bool(self.verdicts):
            raise ValueError("verdicts: expected with questions, and only with them")
        for fault in _faults_of_check(self):
            raise ValueError(fault)
        return self

    @model_validator(mode="after")
    def _conditions_can_hold(self) -> Self:
        known = {one.code: {it.code for it in one.answers} for one in self.questions}
        for section in self.sections:
            _require_known(section.when, known, f"sections.{section.code}")
            for field in section.fields:
                _require_known(field.when, known, f"sections.{section.code}.{field.code}")
            for field in section.fields:
                known[field.code] = {one.code for one in field.choices}
        for material in self.materials:
            if not _can_hold(material.when, known):
                why = in_both(NOBODY_ASKS, code=material.code)
                raise ValueError(f"materials.{material.code}: {why}")
        for number, fee in enumerate(self.fees, 1):
            _require_known(fee.when, known, f"fees.{number}")
        for where in never_holding(self):
            part, _dot, code = where.rpartition(".")
            words = NOBODY_ASKS if part == "materials" else NEVER
            raise ValueError(f"{where}: {in_both(words, code=code)}")
        return self

    @model_validator(mode="after")
    def _can_be_answered(self) -> Self:
        if self.sections and not any(one.kind == "name" for one in self.fields):
            raise ValueError('sections: expected a field with kind = "name": who applies')
        if wrong := asked_twice([one.fact for one in self.fields if one.fact]):
            raise ValueError(f"sections: {wrong}")
        return self

    @property
    def fields(self) -> list[FormField]:
        """All fields of all pages, in order."""
        return [field for section in self.sections for field in section.fields]

    @property
    def is_online(self) -> bool:
        """Whether it can be applied for here."""
        return bool(self.sections)

    def question(self, code: str) -> Ask | None:
        """The question with this code, or None."""
        return next((one for one in self.questions if one.code == code), None)

    def verdict(self, code: str) -> Verdict | None:
        """The verdict with this code, or None."""
        return next((one for one in self.verdicts if one.code == code), None)

    def section(self, code: str) -> Section | None:
        """The page with this code, or None."""
        return next((one for one in self.sections if one.code == code), None)

    def material(self, code: str) -> Material | None:
        """The material with this code, or None."""
        return next((one for one in self.materials if one.code == code), None)

    def sections_for(self, told: Mapping[str, str]) -> list[Section]:
        """The pages that apply, by what was answered and chosen."""
        return [one for one in self.sections if applies(one.when, told)]

    def fields_for(self, told: Mapping[str, str]) -> list[FormField]:
        """The fields that apply, by what was answered and chosen."""
        return [
            field
            for section in self.sections_for(told)
            for field in section.fields
            if applies(field.when, told)
        ]

    def materials_for(self, told: Mapping[str, str]) -> list[Material]:
        """The materials that apply, those that the office has itself among them."""
        return [one for one in self.materials if applies(one.when, told)]

    def fees_for(self, told: Mapping[str, str]) -> list[Fee]:
        """What it costs, by what was answered and chosen."""
        return [one for one in self.fees if applies(one.when, told)]


def _faults_of_check(service: Service) -> Iterator[str]:
    """Answers that lead nowhere, questions and verdicts that nothing leads to, circles."""
    asked = {one.code: one for one in service.questions}
    verdicts = {one.code for one in service.verdicts}
    ways = {code: [it.next for it in one.answers if it.next] for code, one in asked.items()}
    for code, one in asked.items():
        for reply in one.answers:
            where = f"questions.{code}.answers.{reply.code}"
            if reply.next is not None and reply.next not in asked:
                yield f"{where}.next: there is no question {reply.next!r}"
            if reply.verdict is not None and reply.verdict not in verdicts:
                yield f"{where}.verdict: there is no verdict {reply.verdict!r}"
    reached = _reached(next(iter(asked)), ways) if asked else set()
    for code in asked:
        if code not in reached:
            yield f"questions.{code}: {in_both(UNREACHED, code=code)}"
        elif code in {one for step in ways[code] for one in _reached(step, ways)}:
            yield f"questions.{code}: {in_both(CIRCLE, code=code)}"
    given = {it.verdict for one in service.questions for it in one.answers}
    for code in sorted(verdicts - given):
        yield f"verdicts.{code}: {in_both(UNUSED, code=code)}"


def _reached(begun: str, ways: Mapping[str, list[str]]) -> set[str]:
    found, waiting = {begun}, [begun]
    while waiting:
        fresh = set(ways.get(waiting.pop(), ())) - found
        found |= fresh
        waiting += fresh
    return found


def _require_known(when: When, known: Mapping[str, set[str]], where: str) -> None:
    for code, wanted in when.items():
        if code not in known:
            raise ValueError(f"{where}.when: {in_both(NOT_BEFORE, code=code)}")
        if not wanted or not set(wanted) <= known[code]:
            lost = ", ".join(sorted(set(wanted) - known[code])) or "nothing"
            raise ValueError(f"{where}.when.{code}: there is no answer {lost}")


def _can_hold(when: When, known: Mapping[str, set[str]]) -> bool:
    return all(code in known and set(wanted) & known[code] for code, wanted in when.items())
