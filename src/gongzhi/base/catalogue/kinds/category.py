"""What can happen or be asked for: the categories of incidents and of residents' requests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from gongzhi.base.catalogue.words import Words

Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
Priority = Annotated[int, Field(ge=1, le=4)]
"""1 = lives at risk now, 2 = going on or grave, 3 = soon, 4 = when there is time."""


class Answer(Words):
    """One answer to choose; ``priority`` makes the matter at least that urgent."""

    code: Code
    priority: Priority | None = None


class Question(BaseModel):
    """What the call-taker or the resident is asked; two or three taps, never an interrogation."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    ask: Words
    kind: Literal["choice", "yes_no", "number"]
    answers: tuple[Answer, ...] = ()
    unit: Words | None = None
    """What a number counts, e.g. 人 / people."""

    @model_validator(mode="after")
    def _answers_fit_the_kind(self) -> Self:
        codes = [answer.code for answer in self.answers]
        if len(set(codes)) != len(codes):
            raise ValueError("answers: each code may stand only once")
        if self.kind == "number" and codes:
            raise ValueError("answers: a number has none; leave them out")
        if self.kind == "yes_no" and codes != ["yes", "no"]:
            raise ValueError('answers: expected exactly the codes "yes" and "no", in that order')
        if self.kind == "choice" and len(codes) < 2:
            raise ValueError("answers: expected at least two to choose from")
        return self

    def answer(self, code: str) -> Answer | None:
        """The answer with this code, or None."""
        return next((answer for answer in self.answers if answer.code == code), None)


class Advised(BaseModel):
    """A card of advice that is read in this category, and to which answers."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    card: Code
    when: dict[Code, tuple[Code, ...]] = Field(default_factory=dict)
    """Question → the answers that call for it; all questions named must be answered so. Without
    any, it is read whatever the answers."""

    def fits(self, answers: Mapping[str, str | int]) -> bool:
        """Whether these answers call for it."""
        return all(answers.get(code) in wanted for code, wanted in self.when.items())


Evidence = Literal["photo", "visit", "document", "call"]
"""What shows that a request is done: a photo of it, a look on the spot, a paper, a call."""
CategoryKind = Literal[
    "incident",
    "request",
    "case",
    "complaint",
    "application",
    "proposal",
    "rights",
    "privacy",
]


class Category(BaseModel):
    """One file in ``catalogue/categories``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    kinds: tuple[CategoryKind, ...] = Field(min_length=1)
    order: int = Field(default=500, ge=0, le=999)
    """Where it stands in a list: smaller first."""
    name: Words
    hint: Words
    """What belongs here, in a resident's words."""
    group: Words
    """The heading it stands under; Open311 calls it the service's group."""
    department: Code
    """Code of the unit that owns such matters; ``station`` is the police station of the place."""
    priority: Priority
    harm: bool = False
    """Somebody is hurt, robbed or in danger: only such calls, by place and time, tell analysis
    where help is wanted. Never for quarrels, gatherings, opinions, or what patrols themselves come
    upon: more patrols would make more of it."""
    linked: bool = False
    """Several of its kind can have one cause, or be done in one way: they are compared with each
    other by place, time and words. Never for what happens within a household, to
    somebody's health or between neighbours, and never for gatherings and opinions: what repeats
    there is somebody's life."""
    somewhere: bool = True
    """Whether it is about a place, which is then asked for; a question about papers is not."""
    icon: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    keywords: tuple[str, ...] = ()
    """Other words people use for it, in either language, for search and suggestions."""
    evidence: tuple[Evidence, ...] = ()
    """With one of these an answer may say that it is done; where none is named, with its words."""
    questions: tuple[Question, ...] = ()
    advice: tuple[Advised, ...] = ()
    """What to read to a caller, the likeliest card first."""

    @model_validator(mode="after")
    def _advice_knows_the_answers(self) -> Self:
        for one in self.advice:
            for code, wanted in one.when.items():
                question = self.question(code)
                if question is None:
                    raise ValueError(f"advice.{one.card}.when: there is no question {code!r}")
                lost = [each for each in wanted if question.answer(each) is None]
                if lost or not wanted:
                    raise ValueError(f"advice.{one.card}.when.{code}: no such answer {lost}")
        return self

    @model_validator(mode="after")
    def _codes_are_unique(self) -> Self:
        for what, codes in (
            ("kinds", list(self.kinds)),
            ("questions", [question.code for question in self.questions]),
            ("evidence", list(self.evidence)),
        ):
            if len(set(codes)) != len(codes):
                raise ValueError(f"{what}: each may stand only once")
        return self

    def question(self, code: str) -> Question | None:
        """The question with this code, or None."""
        return next((question for question in self.questions if question.code == code), None)

    def cards_for(self, answers: Mapping[str, str | int]) -> list[str]:
        """Codes of the cards to read after these answers, the most fitting first, each once."""
        fitting = [one for one in self.advice if one.fits(answers)]
        first = sorted(fitting, key=lambda one: not one.when)
        return list(dict.fromkeys(one.card for one in first))

    def priority_for(self, answers: dict[str, str]) -> int:
        """The most urgent of the default priority and those of the answers given by code."""
        given = (self.question(code) for code in answers)
        found = [q.answer(answers[q.code]) for q in given if q is not None]
        raised = [a.priority for a in found if a is not None and a.priority is not None]
        return min([self.priority, *raised])
