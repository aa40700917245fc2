"""Taking the steps of a procedure."""

from __future__ import annotations

from collections.abc import Mapping

from gongzhi.base.catalogue.kinds.procedure import Step
from gongzhi.base.log.actions import action, now
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.clocks import move_clocks
from gongzhi.base.matters.course import enter, known_for, moved_by, shown_by, step_that_may_follow
from gongzhi.base.matters.events import STEP_TAKEN
from gongzhi.base.matters.models import Matter, Party, ShownElement
from gongzhi.base.matters.parties import concerned
from gongzhi.base.matters.permissions import require_step
from gongzhi.base.matters.telling import choices_of, tell_step


@action
def take_step(
    by: Actor,
    matter: Matter,
    code: str,
    *,
    elements: Mapping[str, str] | None = None,
    party: Party | None = None,
) -> Matter:
    """Take the step `code`, with what the elements that it must show are to say; `party` is whom
    it is about, if it is about somebody.

    Refuses, with the reason, a step that may not follow, one of another role or unit, one about
    somebody that names nobody, and one whose element is missing. The row is locked, so that two
    hands can't take two steps at once.
    """
    held = Matter.objects.select_for_update(of=("self",)).get(pk=matter.pk)
    step = step_that_may_follow(held, code)
    require_step(by, held, step)
    about = concerned(held, step.of, party)
    shown = _show(held, step, elements or {})
    previous = enter(held, step, now())
    held.save(update_fields=["step", "stepped_at", "closed_at"])
    whose = about.pk if about else None
    tell_step(held, step, previous, shown, whose)
    facts = {**choices_of(step, shown), "previous": previous}
    moved, each = moved_by(held, step)
    move_clocks(held, f"step:{step.code}", STEP_TAKEN.kind, *moved, facts=facts, party=whose)
    for one, moves in each.items():
        move_clocks(held, *moves, facts=facts, party=one)
    return held


def _show(matter: Matter, step: Step, given: Mapping[str, str]) -> dict[str, str]:
    """Check and keep the given elements."""
    if not step.elements:
        return {}
    shown = shown_by(matter, step, given, known_for(matter, step))
    for code, text in shown.items():
        ShownElement.objects.update_or_create(
            matter=matter, code=code, defaults={"text": text, "shown_at": now()}
        )
    return shown
