"""What a counter sees: its applications, the most pressing first, and the papers of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gongzhi.base.catalogue.kinds.procedure import Step
from gongzhi.base.catalogue.kinds.service_parts import Material
from gongzhi.base.matters.way import Need, NextStep, usual_next
from gongzhi.base.matters.working import is_late, pressing_first
from gongzhi.base.people.models import Account
from gongzhi.work.participation.models import Receipt
from gongzhi.work.participation.selectors.more import fresh_code
from gongzhi.work.public_services.models import (
    Application,
    FilledInBy,
    HandedIn,
    MaterialFile,
)
from gongzhi.work.public_services.permissions import known_to

State = HandedIn.State
FILTERS = {
    "new": _("待看"), "open": _("在办"), "waiting": _("等申请人"), "ready": _("待领取"),
    "late": _("超时"), "closed": _("已办结"),
}  # fmt: skip
STEPS = {
    "new": ("received", "supplemented"),
    "waiting": ("supplement_asked", "accepted_lacking"),
    "ready": ("ready",),
}
BY_MATERIALS = ("accepted", "accepted_lacking", "completed", "supplement_asked")
"""Steps that are taken where the materials are looked at."""


@dataclass(frozen=True)
class Paper:
    """A material of an application: what its file says of it, and what has become of it."""

    item: Material
    row: HandedIn
    files: Sequence[MaterialFile]

    @property
    def tone(self) -> str:
        """How it is shown."""
        tones = {State.GOOD: "good", State.WRONG: "bad", State.LATER: "warn", State.GIVEN: "note"}
        return tones.get(State(self.row.state), "plain")

    @property
    def is_open(self) -> bool:
        """Whether it is needed and not there."""
        done = (State.GOOD, State.HELD)
        return not self.item.optional and self.row.state not in done

    @property
    def is_lacking(self) -> bool:
        """Whether acceptance waits for it."""
        return self.is_open and not self.item.on_collecting


def papers_of(application: Application) -> list[Paper]:
    """The materials that apply to it, in the order of the service's file. Two queries."""
    service = application.service_item
    found = application.materials.prefetch_related("files__attachment__file")
    rows = {one.code: one for one in found}
    return [
        Paper(one, rows[one.code], list(rows[one.code].files.all()))
        for one in (service.materials if service else ())
        if one.code in rows
    ]


def lacking(application: Application) -> list[Paper]:
    """What acceptance, or completion, still waits for."""
    return [one for one in papers_of(application) if one.is_lacking]


def to_show(application: Application) -> list[Paper]:
    """What whoever collects the result must show and has not shown."""
    return [one for one in papers_of(application) if one.is_open and one.item.on_collecting]


def facts_of(application: Application) -> list[tuple[str, str]]:
    """What was answered and chosen, in words: nothing that is sealed."""
    service = application.service_item
    told = []
    for question in service.questions if service else ():
        reply = question.answer(application.answers.get(question.code, ""))
        if reply is not None:
            told.append((str(question.ask), str(reply)))
    for field in service.fields if service else ():
        if field.code in application.told:
            text = application.told[field.code]
            choice = field.choice(text)
            told.append((str(field.name), str(choice) if choice else text))
    return told


def listed(account: Account, show: str) -> QuerySet[Application]:
    """Those under this filter, in working order."""
    found = known_to(account).filter(_where(show))
    if show == "closed":
        return found.order_by("-matter__closed_at", "-pk")
    return pressing_first(found)


def counts_for(account: Account) -> dict[str, int]:
    """How many stand under each filter of what is open. One query."""
    shown = [name for name in FILTERS if name != "closed"]
    tallies = {name: Count("pk", filter=_where(name)) for name in shown}
    return known_to(account).aggregate(**tallies)


def _where(show: str) -> Q:
    is_open = Q(matter__closed_at__isnull=True)
    if show in STEPS:
        return is_open & Q(matter__step__in=STEPS[show])
    if show == "late":
        return is_late()
    return ~is_open if show == "closed" else is_open


def code_at_counter(application: Application) -> str:
    """The code for the receipt of somebody who came without having applied, on that day; "" for
    everybody else, who got theirs on their own screen."""
    if application.filled_by != FilledInBy.CLERK:
        return ""
    receipt = Receipt.objects.filter(matter=application.pk, message=None).first()
    return fresh_code(receipt) if receipt else ""


def next_steps(application: Application) -> list[NextStep]:
    """The steps that a counter may take now beside those by materials, the usual one first."""
    matter = application.matter
    usual = usual_next(matter)
    following = [
        NextStep(step, _needs(application, step))
        for step in matter.version_item.steps
        if step.roles and matter.step in step.may_follow and step.code not in BY_MATERIALS
    ]
    return sorted(following, key=lambda one: one.step != usual)


def _needs(application: Application, step: Step) -> tuple[Need, ...]:
    procedure = application.matter.procedure_item
    return tuple(
        Need(one, procedure.citation(one), only_when=procedure.only_when(one))
        for one in step.elements
    )
