"""How far a complaint has come, who decided it, and what each next step still needs."""

from __future__ import annotations

import json

from gongzhi.base.catalogue.kinds.procedure import Step
from gongzhi.base.log.actions import subject_of
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.course import known_for
from gongzhi.base.matters.events import STEP_TAKEN
from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.way import Need, NextStep, usual_next

DECISIONS = ("decided", "not_accepted")


def decided_by(matter: Matter) -> int | None:
    """The account that decided it, or refused to take it up; None where nobody has."""
    taken = Entry.objects.filter(subject=subject_of(matter), kind=STEP_TAKEN.kind)
    for entry in taken.order_by("-seq"):
        if json.loads(entry.text)["step"] in DECISIONS:
            kind, _colon, key = entry.by.partition(":")
            return int(key) if kind == "account" else None
    return None


def next_steps(matter: Matter) -> list[NextStep]:
    """The steps that whoever looks into it may take now, the usual one first."""
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
