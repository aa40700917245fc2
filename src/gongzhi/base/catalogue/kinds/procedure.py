"""A procedure: the steps of one kind of matter, who may take them, and what each must show."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Annotated, Literal, Self

from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from gongzhi.base.catalogue.kinds.category import Code
from gongzhi.base.catalogue.kinds.deed import Deed, Move, PartyRole
from gongzhi.base.catalogue.versions import in_force_on, require_apart, with_code
from gongzhi.base.catalogue.words import Words

Prefix = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]


class Choice(Words):
    """One of the answers that an element takes."""

    code: Code
    offered: bool = True
    """Whether a person may choose it; what only imported matters say is not offered."""


class Article(BaseModel):
    """An article of a law, which elements cite by its key."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    statute: Words
    article: Words

    def __str__(self) -> str:
        return _("%(statute)s%(article)s") % {"statute": self.statute, "article": self.article}


ElementKind = Literal["text", "choice", "document", "notice", "recording", "people", "approval"]


class Element(BaseModel):
    """What a step must show before it can be taken; ``basis`` is the key of an article."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    name: Words
    basis: str = ""
    kind: ElementKind = "text"
    """A choice is shown by its code, which the log may hold; the others stay out of it. A document,
    a notice and a recording are named by what finds them; people are counted."""
    choices: tuple[Choice, ...] = ()
    least: int = Field(default=0, ge=0, le=9)
    """How many people it takes."""
    ranks: tuple[Code, ...] = ()
    """The roles that may approve."""
    needed_when: dict[Code, tuple[Code, ...]] = {}
    """Needed only where one of these choices of the same step is made so: a hearing's record, when
    there was a hearing. Always when left out."""
    required: bool = True
    """Whether the step waits for it; otherwise it is kept where it is given."""

    @model_validator(mode="after")
    def _choices_fit_the_kind(self) -> Self:
        codes = [choice.code for choice in self.choices]
        if len(set(codes)) != len(codes):
            raise ValueError("choices: each code may stand only once")
        if (self.kind == "choice") != (len(codes) >= 2):
            raise ValueError('choices: expected at least two with kind = "choice", none otherwise')
        if (self.kind == "people") != (self.least > 0):
            raise ValueError('least: expected with kind = "people", not otherwise')
        if (self.kind == "approval") != bool(self.ranks):
            raise ValueError('ranks: expected with kind = "approval", not otherwise')
        return self

    def is_needed(self, chosen: Mapping[str, str]) -> bool:
        """Whether it is, by the choices that were made."""
        wanted = self.needed_when.items()
        if not wanted:
            return self.required
        return any(chosen.get(code) in values for code, values in wanted)

    @property
    def offered(self) -> list[Choice]:
        """The choices that a form shows."""
        return [choice for choice in self.choices if choice.offered]

    def choice(self, code: str) -> Choice | None:
        """The choice with this code, or None."""
        return next((choice for choice in self.choices if choice.code == code), None)


class Silence(BaseModel):
    """What follows by itself when nobody says anything at a step."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    days: int = Field(ge=1, le=365)
    """Whole days after the one on which the step was taken; at the end of the last it follows."""
    step: Code


class Step(BaseModel):
    """One step. ``may_follow`` is empty for the first; ``plain`` tells the resident."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    name: Words
    plain: Words
    may_follow: tuple[Code, ...] = ()
    roles: tuple[Code, ...] = ()
    by_owner: bool = True
    """Whether only the unit that owns the matter may take it; the command centre acts for all."""
    resident_after: tuple[Code, ...] = ()
    """Steps after which the resident may take it, too: a reply sends the matter on."""
    elements: tuple[Element, ...] = ()
    ends: bool = False
    """Whether the matter is closed by it."""
    afresh: bool = False
    """Whether it must show its elements anew each time that it is taken: a second interrogation
    needs a second approval."""
    moves: tuple[Move, ...] = ()
    """Clocks of law that it begins, ends, holds or resumes: ``begin:adm_036``."""
    of: tuple[PartyRole, ...] = ()
    """Whom it is about: one of the parties with these roles, named when it is taken. Clocks of one
    person then move for that person; without it the step ends them for everybody."""
    moves_with: Mapping[PartyRole, tuple[Move, ...]] = {}
    """The same where somebody of this role takes part, a victim who must be told, say: for each of
    them where the clock is one person's, once otherwise."""
    custody: bool = False
    """It tells that somebody was taken into custody: no other party is shown that it was taken."""
    silence: Silence | None = None

    def element(self, code: str) -> Element | None:
        """The element with this code, or None."""
        return next((one for one in self.elements if one.code == code), None)

    @model_validator(mode="after")
    def _its_choices_can_be_made(self) -> Self:
        choices = {one.code: {it.code for it in one.choices} for one in self.elements}
        for element in self.elements:
            for code, values in element.needed_when.items():
                if not values or not set(values) <= choices.get(code, set()):
                    raise ValueError(
                        f"{element.code}.needed_when: the step has no choice {code!r} of "
                        f"{', '.join(values)}"
                    )
        return self

    @model_validator(mode="after")
    def _somebody_may_take_it(self) -> Self:
        if "roles" in self.model_fields_set and not self.roles:
            raise ValueError("roles: nobody may take it; leave roles out for a resident's own step")
        return self


class Version(BaseModel):
    """The procedure as it stands from a date on; a matter keeps the one it began under."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str = Field(pattern=r"^\d{4}-\d{2}$")
    in_force_from: date
    steps: tuple[Step, ...] = Field(min_length=2)
    deeds: tuple[Deed, ...] = ()
    """What is done beside the steps, and moves clocks."""

    @model_validator(mode="after")
    def _steps_can_be_reached(self) -> Self:
        codes = [step.code for step in self.steps]
        if len(set(codes)) != len(codes):
            raise ValueError("steps: each code may stand only once")
        for step in self.steps:
            unknown = sorted(set(step.may_follow) - set(codes))
            if unknown:
                raise ValueError(f"steps.{step.code}.may_follow: there is no step {unknown[0]!r}")
            if not set(step.resident_after) <= set(step.may_follow):
                raise ValueError(f"steps.{step.code}.resident_after: expected some of may_follow")
            self._require_way_out_of_silence(step)
        if [step.code for step in self.steps if not step.may_follow] != codes[:1]:
            raise ValueError("steps: exactly the first may follow nothing")
        self._require_ways()
        named = {step for deed in self.deeds for step in deed.at}
        if lost := sorted(named - set(codes)):
            raise ValueError(f"deeds.at: there is no step {lost[0]!r}")
        lasting = {deed.code for deed in self.deeds if deed.lasts}
        if lost := sorted({one for deed in self.deeds for one in deed.during} - lasting):
            raise ValueError(f"deeds.during: there is no deed {lost[0]!r} that lasts")
        if len({deed.code for deed in self.deeds}) != len(self.deeds):
            raise ValueError("deeds: each code may stand only once")
        return self

    @property
    def moves(self) -> frozenset[str]:
        """Every clock trigger that its steps and deeds pull."""
        steps = {move for one in self.steps for move in one.moves}
        steps |= {move for one in self.steps for more in one.moves_with.values() for move in more}
        return frozenset(steps).union(*((*one.begins, *one.ends) for one in self.deeds))

    def unnamed(self, personal: Collection[str]) -> Iterator[str]:
        """Where it moves one of these clocks of one person without asking who that is."""
        for deed in self.deeds:
            for move in (*deed.begins, *deed.ends):
                if not deed.of and move in personal:
                    yield f"deeds.{deed.code}.of: expected, as {move} is about one person"
        for step in self.steps:
            for move in step.moves:
                if not step.of and move in personal and not move.startswith("done:"):
                    yield f"steps.{step.code}.of: expected, as {move} is about one person"

    def deed(self, code: str) -> Deed | None:
        """The deed with this code, or None."""
        return next((deed for deed in self.deeds if deed.code == code), None)

    def _require_ways(self) -> None:
        """Refuse a step to which no way leads from the first, and one with no way to an end."""
        before = {step.code: set(step.may_follow) for step in self.steps}
        after = {
            code: {one for one, earlier in before.items() if code in earlier} for code in before
        }
        reached = _closure({self.steps[0].code}, after)
        leaving = _closure({step.code for step in self.steps if step.ends}, before)
        for code in before:
            if code not in reached:
                raise ValueError(f"steps.{code}.may_follow: no way from the first step leads here")
            if code not in leaving:
                raise ValueError(f"steps.{code}: no way from here leads to an end; give it an exit")

    def _require_way_out_of_silence(self, step: Step) -> None:
        after = self.step(step.silence.step) if step.silence else None
        if step.silence and (after is None or step.code not in after.may_follow):
            raise ValueError(f"steps.{step.code}.silence: {step.silence.step!r} may not follow it")

    def step(self, code: str) -> Step | None:
        """The step with this code, or None."""
        return next((step for step in self.steps if step.code == code), None)


def _closure(begun: set[str], following: Mapping[str, set[str]]) -> set[str]:
    """All that can be come to from `begun`, and `begun` itself."""
    found, waiting = set(begun), list(begun)
    while waiting:
        fresh = following[waiting.pop()] - found
        found |= fresh
        waiting += fresh
    return found


class Example(BaseModel):
    """A way through the procedure, replayed by the tests: steps after the first, in order."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: str = ""
    """Of which version it is an example; of every one when left out."""
    way: tuple[Code, ...]
    possible: bool = True


class Procedure(BaseModel):
    """One file in ``catalogue/procedures``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    kind: Code
    prefix: Prefix
    name: Words
    sealed: bool = False
    """Whether that a matter of it exists is told on its own pages only: in no other list, count,
    search, finding or live line, whoever asks."""
    articles: dict[Code, Article] = {}
    """Key → the article; every ``basis`` is one of these keys."""
    versions: tuple[Version, ...] = Field(min_length=1)
    examples: tuple[Example, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _articles_are_known(self) -> Self:
        for version in self.versions:
            for step in version.steps:
                for element in step.elements:
                    if element.basis and element.basis not in self.articles:
                        where = f"versions.{version.code}.steps.{step.code}.{element.code}.basis"
                        raise ValueError(f"{where}: there is no article {element.basis!r}")
        return self

    def citation(self, element: Element) -> str:
        """Statute and article that ask for the element; empty when none does."""
        return str(self.articles[element.basis]) if element.basis else ""

    def only_when(self, element: Element) -> str:
        """The choices with which the element is needed, in words; empty for one always needed."""
        choices = [
            choice
            for version in self.versions
            for step in version.steps
            for one in step.elements
            for choice in one.choices
            if choice.code in element.needed_when.get(one.code, ())
        ]
        return _("、").join(dict.fromkeys(str(choice) for choice in choices))

    @model_validator(mode="after")
    def _versions_are_apart(self) -> Self:
        require_apart(self.versions)
        codes = {"", *(one.code for one in self.versions)}
        for number, example in enumerate(self.examples, 1):
            if example.version not in codes:
                raise ValueError(
                    f"examples.{number}.version: there is no version {example.version!r}"
                )
        return self

    def examples_of(self, version: Version) -> list[Example]:
        """Those of this version, and those of all."""
        return [one for one in self.examples if one.version in ("", version.code)]

    def version_on(self, day: date) -> Version:
        """The version in force on `day` (the first one before that)."""
        return in_force_on(self.versions, day)

    def version(self, code: str) -> Version:
        """The version with this code; KeyError when a county took it away."""
        return with_code(self.versions, code, self.code)


def replay(procedure: Procedure) -> list[str]:
    """Which examples do not come out as they say, in words; none is good."""
    wrong = []
    for version in procedure.versions:
        for example in procedure.examples_of(version):
            if _is_possible(version, example.way) is not example.possible:
                told = "possible" if example.possible else "impossible"
                wrong.append(f"{procedure.code} {version.code}: {example.way} should be {told}")
    return wrong


def _is_possible(version: Version, way: tuple[str, ...]) -> bool:
    at = version.steps[0].code
    for code in way:
        step = version.step(code)
        if step is None or at not in step.may_follow:
            return False
        at = code
    return True
