"""One problem as its page tells it: how far it is, what was said, what could be done, and where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.intervention import Intervention as InterventionItem
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import subject_of
from gongzhi.base.log.events import declared_events
from gongzhi.base.log.models import Entry
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.ui.parts import Happening, Step
from gongzhi.work.prevention.problems import events
from gongzhi.work.prevention.problems.models import Problem, ProblemWords
from gongzhi.work.prevention.problems.permissions import erases
from gongzhi.work.prevention.problems.shapes import features, numbers, ring_around
from gongzhi.work.prevention.problems.states import ORDER, Stage

SPOKEN = {events.STAGE_REACHED.kind, events.STAGE_REOPENED.kind, events.STAGE_NOTED.kind}
"""Events whose words stand in the table, which tells of them."""


@dataclass(frozen=True)
class Fitting:
    """An intervention that is meant against this category, and who usually does it."""

    item: InterventionItem
    usually: str


def stepper(problem: Problem) -> list[Step]:
    """The five stops of the bar."""
    now = ORDER.index(Stage(problem.stage))
    closed = problem.stage == Stage.CLOSED
    return [
        Step(
            str(stage.label),
            "done" if n < now or closed else "now" if n == now else "next",
            problem.stage_at if n == now else None,
        )
        for n, stage in enumerate(ORDER)
    ]


def fitting_interventions(about: str) -> list[Fitting]:
    """Those meant against this category first, then the others, in the catalogue's order."""
    every = sorted(
        catalogue().interventions.values(), key=lambda one: (about not in one.categories, one.order)
    )
    units = {one.code: one for one in Unit.objects.filter(code__in={m.department for m in every})}
    of_the_place = {"station": _("派出所"), "town": _("乡镇街道、村社")}
    return [
        Fitting(one, of_the_place.get(one.department) or str(units.get(one.department, "")))
        for one in every
    ]


def course(problem: Problem) -> list[Happening]:
    """What was said at each stage and what was done, the newest first."""
    told = [*_said(problem), *_done(problem)]
    return sorted(told, key=lambda one: one.at, reverse=True)


def erasable(problem: Problem, account: Account) -> list[ProblemWords]:
    """What this account may take away of what was written, the newest first."""
    every = problem.said.filter(erased_at=None).select_related("author").order_by("-at", "-pk")
    return [one for one in every if erases(account, one)]


def _said(problem: Problem) -> Iterator[Happening]:
    for one in problem.said.select_related("author"):
        stage = one.get_stage_display()
        title = _("从“%(stage)s”退回") % {"stage": stage} if one.back else stage
        words = one.words if one.erased_at is None else _("（这段话已经清除）")
        yield Happening(one.at, title, str(one.author), words)


def _done(problem: Problem) -> Iterator[Happening]:
    entries = Entry.objects.filter(subject=subject_of(problem)).exclude(kind__in=SPOKEN)
    for entry in entries.order_by("seq"):
        known = declared_events().get(entry.kind)
        yield Happening(entry.at, str(known.label) if known else entry.kind)


def map_content(problem: Problem) -> dict[str, Any]:
    """The area, the ring around it and the comparison areas, each in its colour."""
    others = [("Minor", numbers(one.cells)) for one in problem.comparison.order_by("pk")]
    own = numbers(problem.cells)
    taken = {cell for _level, disk in others for cell in disk}
    watched = problem.watched
    if watched is None:
        watched = frozenset(ring_around(problem.cells, problem.ring))
    ring = sorted(watched - taken)
    return features([("Moderate", ring), *others, ("Severe", own)])
