"""The way of a matter through its procedure: the bar, what comes next, what that waits for."""

from __future__ import annotations

import json
from dataclasses import dataclass

from gongzhi.base.catalogue.kinds.document import Document
from gongzhi.base.catalogue.kinds.procedure import Element, Step, Version
from gongzhi.base.log.actions import subject_of
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.course import known_for
from gongzhi.base.matters.events import STEP_TAKEN
from gongzhi.base.matters.models import Matter, Party
from gongzhi.base.ui import parts


@dataclass(frozen=True)
class Need:
    """One element of a step: whether it is there, and how it comes to be."""

    element: Element
    basis: str
    shown: str = ""
    """What shows it; for an approval who gave it."""
    paper: Document | None = None
    """A document whose issue shows it."""
    ranks: str = ""
    may_approve: bool = False
    only_when: str = ""
    """The choices with which the step needs it; empty when it always does."""

    @property
    def is_there(self) -> bool:
        """Whether the step no longer waits for it."""
        return bool(self.shown)

    @property
    def is_missing(self) -> bool:
        """Whether the step waits for it whatever is chosen."""
        return not self.shown and not self.only_when


@dataclass(frozen=True)
class NextStep:
    """A step that may follow now."""

    step: Step
    needs: tuple[Need, ...]
    about: tuple[Party, ...] = ()
    """Whom it can be about, where it is about somebody."""

    @property
    def missing(self) -> int:
        """How many elements it waits for."""
        return sum(need.is_missing for need in self.needs)

    @property
    def waits_for_approval(self) -> bool:
        """Whether nobody on the case can take it yet, whatever they fill in."""
        return any(n.element.kind == "approval" and n.is_missing for n in self.needs)


def stops_of(matter: Matter) -> list[parts.Step]:
    """The bar: the way that this matter goes, with the steps it left out."""
    version, taken = matter.version_item, _taken(matter)
    way = [version.steps[0].code, *_way_through(matter)]
    at = way.index(matter.step) if matter.step in way else len(way)
    ended = matter.closed_at is not None
    stops = []
    for number, code in enumerate(way):
        step = version.step(code)
        if step is None:
            continue
        if number == at and not ended:
            stops.append(parts.Step(str(step.name), "now"))
        elif number <= at:
            there = code in taken or number == 0
            stops.append(parts.Step(str(step.name), "done" if there else "skipped"))
        else:
            stops.append(parts.Step(str(step.name), "next"))
    return stops


def _way_through(matter: Matter) -> tuple[str, ...]:
    """The first of the procedure's possible ways that leads over where it stands."""
    examples = [
        one.way for one in matter.procedure_item.examples_of(matter.version_item) if one.possible
    ]
    own = next((way for way in examples if matter.step in way), None)
    return own or (examples[0] if matter.step == matter.version_item.steps[0].code else _shortest(
        matter.version_item, matter.step
    ))  # fmt: skip


def _shortest(version: Version, code: str) -> tuple[str, ...]:
    """The fewest steps from the first to this one, where no example goes there."""
    ways: dict[str, tuple[str, ...]] = {version.steps[0].code: ()}
    waiting = [version.steps[0].code]
    while waiting:
        at = waiting.pop(0)
        for step in version.steps:
            if at in step.may_follow and step.code not in ways:
                ways[step.code] = (*ways[at], step.code)
                waiting.append(step.code)
    return ways.get(code, ())


def _taken(matter: Matter) -> set[str]:
    entries = Entry.objects.filter(subject=subject_of(matter), kind=STEP_TAKEN.kind)
    return {json.loads(one.text)["step"] for one in entries}


def usual_next(matter: Matter) -> Step | None:
    """The step that usually comes next."""
    way = _way_through(matter)
    usual = way[way.index(matter.step) + 1 :] if matter.step in way else way
    return matter.version_item.step(usual[0]) if usual else None


def next_steps(matter: Matter) -> list[NextStep]:
    """The steps that whoever sees to it may take now, the usual one first."""
    usual = usual_next(matter)
    following = [
        NextStep(step, _needs(matter, step))
        for step in matter.version_item.steps
        if step.roles and matter.step in step.may_follow
    ]
    return sorted(following, key=lambda one: one.step != usual)


def _needs(matter: Matter, step: Step) -> tuple[Need, ...]:
    known = known_for(matter, step) if step.elements else set()
    shown = {one.code: one.text for one in matter.elements.filter(code__in=known)}
    return tuple(
        Need(one, matter.procedure_item.citation(one), shown=shown.get(one.code, ""))
        for one in step.elements
    )


def told_at_steps(matter: Matter) -> list[tuple[str, str]]:
    """What was decided and told, element by element: its name, and the words or the choice."""
    known = {one.code: one for step in matter.version_item.steps for one in step.elements}
    told = []
    for one in matter.elements.order_by("shown_at", "pk"):
        element = known.get(one.code)
        if element is not None and one.text:
            choice = element.choice(one.text)
            told.append((str(element.name), str(choice) if choice else one.text))
    return told
