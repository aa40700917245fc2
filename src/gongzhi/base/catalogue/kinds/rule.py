"""A rule: what units and officers owe a matter, and what is found when the log shows otherwise.

Rules judge acts on matters and the practice of units. None of them can name a resident, and what
residents say of those who govern them is no event a rule may listen to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Literal, Self

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from gongzhi.base.catalogue.kinds.category import Code
from gongzhi.base.catalogue.kinds.clock import Value
from gongzhi.base.catalogue.kinds.clock_parts import Basis, PeriodText
from gongzhi.base.catalogue.words import Words, in_both
from gongzhi.base.log.events import Event

FACTS = frozenset({"procedure", "category", "priority", "channel"})
"""What a rule may ask of the matter itself."""
NEVER_HEARD = frozenset(
    {
        "participation.outcome_judged", "participation.handling_rated",
        "participation.request_filed", "participation.request_joined",
        "participation.suggestion_judged",
        "participation.words_erased", "people.person_erased", "access.sign_in_failed",
        "complaints.complaint_filed", "complaints.unit_named", "complaints.words_erased",
        "personal.own_shown", "personal.copy_taken", "personal.asked", "personal.carried_out",
        "personal.words_erased", "personal.contacts_let_go", "personal.file_opened",
        "people.person_corrected",
        "consultation.answer_judged", "consultation.question_asked",
        "proposals.proposal_made", "proposals.proposal_supported", "proposals.comment_made",
        "proposals.comment_erased", "proposals.words_erased", "proposals.text_flagged",
        "proposals.text_removed", "proposals.removal_appealed", "proposals.appeal_decided",
        "proposals.consultation_answered", "proposals.ballot_signed", "proposals.ballot_cast",
        "care.kept",
    }
)  # fmt: skip
"""What residents, or officers in need of somebody to talk to, do for themselves: their right, and
never a ground for a finding."""

APART = ("supervision.", "appraisal.")
"""What rules write themselves, and what is between officers and those who appraise them."""


NEEDED = _("%(kind)s 这种规则必须写这一项")
NO_USE = _("%(kind)s 这种规则用不上这一项，请删掉")
EITHER = _("%(one)s 和 %(other)s 必须写其中一项，而且只写一项")
TOO_EARLY = _("失效的日子要在生效之后")
NO_EVENT = _("没有“%(event)s”这个事件")
NOT_HEARD = _("规则不能听“%(event)s”")
NO_FIELD = _("%(event)s 没有“%(field)s”这个字段")


def _as_text(given: object) -> str:
    return str(given).lower() if isinstance(given, bool) else str(given)


Kind = Literal[
    "missing_follow_up", "sequence", "count", "ratio", "two_person", "separation_of_duty",
    "deviation",
]  # fmt: skip
Wanted = Annotated[Value, BeforeValidator(_as_text)]
Part = tuple[str, "Match"]


class Match(BaseModel):
    """Entries of one kind, narrowed down by the values of their fields and by who acted."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    event: str = Field(pattern=r"^[a-z_0-9]+\.[a-z][a-z0-9_]+$")
    where: Mapping[Code, tuple[Wanted, ...]] = {}
    but: Mapping[Code, tuple[Wanted, ...]] = {}
    """Not those with one of these values."""
    by: Literal["anybody", "staff"] = "anybody"


class Log(BaseModel):
    """One entry of an example: what, by whom, about what."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    hours: float = Field(default=0, ge=0)
    """After the one before."""
    event: str
    by: str = "account:1"
    subject: str = "matters.matter:1"
    fields: Mapping[str, str | int | bool | list[str]] = {}


class Example(BaseModel):
    """A short log, and how many findings it has led to when a good year has passed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    log: tuple[Log, ...] = Field(min_length=1)
    times: int = Field(default=1, ge=1, le=500)
    """The log as often as this, each time with another matter."""
    finds: int = Field(ge=0)


class Rule(BaseModel):
    """One file in ``catalogue/rules``. Which keys it needs follows from its `kind`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    order: int = Field(default=500, ge=0, le=999)
    kind: Kind
    severity: Literal["grave", "serious", "minor"]
    name: Words
    finding: Words
    """What is found, in a sentence."""
    asks: Words
    """What the answer must say."""
    authority: Literal["law", "county"]
    basis: Basis
    in_force_from: date
    in_force_until: date | None = None
    answered_by: Literal["unit", "above"] = "unit"
    """The unit concerned, or the one above it."""
    answer_within: PeriodText
    unit: Literal["owner", "event", "giver"] = "owner"
    """Whose practice it is: the matter's owner at that moment, the unit that the entry names, or
    the one that handed the matter on."""
    matter: Mapping[Code, tuple[Wanted, ...]] = {}
    """Only matters with one of these values: procedure, category, priority, channel."""

    on: Match
    expects: tuple[Match, ...] = ()
    """missing_follow_up: one of these must follow."""
    within_hours: float | None = Field(default=None, gt=0)
    excuses: tuple[Match, ...] = ()
    """missing_follow_up: one of these, and nothing is expected any more."""
    needs: tuple[Match, ...] = ()
    """sequence: one of these must have come before."""
    never_after: tuple[Match, ...] = ()
    """sequence: none of these may have come before."""
    resets: tuple[Match, ...] = ()
    """sequence, separation_of_duty: forgets what came before."""
    first: Match | None = None
    """separation_of_duty: whoever did this may not do `on`, too."""
    same: Code | None = None
    """missing_follow_up, separation_of_duty: only what names the same in this field belongs
    together, such as one document or one exhibit."""
    deeds: tuple[Match, ...] = ()
    """two_person: who did one of these, `on` included, counts."""
    counted: Code | None = None
    """two_person: the field of `on` that says how many they were."""
    of: Match | None = None
    """ratio: a share of these."""
    share: float | None = Field(default=None, gt=0, le=1)
    least: int | None = Field(default=None, ge=1, le=10_000)
    """count: each time there are so many; ratio and deviation: with fewer nothing is said;
    two_person: so many persons."""
    per: Literal["matter", "week", "month", "quarter"] | None = None
    """count, ratio, deviation: by which period of the calendar; count: or within one matter."""
    spread: float | None = Field(default=None, ge=1, le=10)
    """deviation: by how many standard deviations above the unit's own past."""
    past: int | None = Field(default=None, ge=4, le=52)
    """deviation: so many periods of the past are needed."""

    examples: tuple[Example, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _has_what_its_kind_needs(self) -> Self:
        must, may = NEEDS[self.kind]
        given = {key for key in OWN_KEYS if getattr(self, key) not in ((), None, False)}
        if missing := sorted(must - given):
            raise ValueError(f"{missing[0]}: {in_both(NEEDED, kind=self.kind)}")
        if wrong := sorted(given - must - may):
            raise ValueError(f"{wrong[0]}: {in_both(NO_USE, kind=self.kind)}")
        if self.kind == "sequence" and bool(self.needs) == bool(self.never_after):
            raise ValueError(f"needs: {in_both(EITHER, one='needs', other='never_after')}")
        if self.kind == "two_person" and bool(self.deeds) == bool(self.counted):
            raise ValueError(f"counted: {in_both(EITHER, one='counted', other='deeds')}")
        if self.per == "matter" and self.kind != "count":
            raise ValueError(f"per: a rule of the kind {self.kind} needs week, month or quarter")
        if unknown := sorted(set(self.matter) - FACTS):
            raise ValueError(f"matter: {unknown[0]!r} is none of {', '.join(sorted(FACTS))}")
        if self.in_force_until and self.in_force_until < self.in_force_from:
            raise ValueError(f"in_force_until: {in_both(TOO_EARLY)}")
        return self

    def parts(self) -> Iterator[Part]:
        """Every match with the name of its part in the rule."""
        yield "on", self.on
        for name in ("first", "of"):
            if (one := getattr(self, name)) is not None:
                yield name, one
        for name in ("expects", "excuses", "needs", "never_after", "resets", "deeds"):
            for match in getattr(self, name):
                yield name, match


OWN_KEYS = (
    "expects", "within_hours", "excuses", "needs", "never_after", "resets", "first", "deeds",
    "counted", "of", "share", "least", "per", "spread", "past", "same",
)  # fmt: skip
NEEDS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "missing_follow_up": (frozenset({"expects", "within_hours"}), frozenset({"excuses", "same"})),
    "sequence": (frozenset(), frozenset({"needs", "never_after", "resets"})),
    "count": (frozenset({"least", "per"}), frozenset()),
    "ratio": (frozenset({"of", "share", "least", "per"}), frozenset()),
    "two_person": (frozenset({"least"}), frozenset({"deeds", "counted"})),
    "separation_of_duty": (frozenset({"first"}), frozenset({"resets", "same"})),
    "deviation": (frozenset({"least", "per", "spread", "past"}), frozenset()),
}
"""Kind → what it must have, and what it may have beside."""


def deaf(rule: Rule, events: Mapping[str, Event]) -> list[str]:
    """Events and fields that nobody declares, and those that a rule may not hear."""
    wrong = []
    for part, match in rule.parts():
        event = events.get(match.event)
        if event is None:
            wrong.append(f"{part}.event: {in_both(NO_EVENT, event=match.event)}")
        elif match.event in NEVER_HEARD or match.event.startswith(APART):
            wrong.append(f"{part}.event: {in_both(NOT_HEARD, event=match.event)}")
        else:
            lost = sorted({*match.where, *match.but} - set(event.fields))
            wrong += [
                f"{part}.where: {in_both(NO_FIELD, event=match.event, field=one)}" for one in lost
            ]
    fields = events[rule.on.event].fields if rule.on.event in events else {}
    if rule.counted and fields and rule.counted not in fields:
        wrong.append(f"counted: {rule.on.event} has no field {rule.counted!r}")
    if rule.same:
        named = [one.event for part, one in rule.parts() if part in ("on", "first", "expects")]
        lost = [one for one in named if one in events and rule.same not in events[one].fields]
        wrong += [f"same: {one} has no field {rule.same!r}" for one in lost]
    # What dispatch calls a unit is a crew; whose crew it is, the bench knows from its subject.
    if rule.unit == "event" and ("unit" not in fields or rule.on.event.startswith("dispatch.")):
        wrong.append(f"unit: {rule.on.event} names no unit of the organisation")
    if rule.unit == "giver" and "giver" not in fields:
        wrong.append(f"unit: {rule.on.event} names nobody who hands on")
    return wrong
