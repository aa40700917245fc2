"""Taking the steps of a procedure."""

from __future__ import annotations

from collections.abc import Mapping

from gongzhi.base.catalogue.kinds.procedure import Step
from gongzhi.base.log.actions import action, now
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.clocks import move_clocks
from gongzhi.base.matters.course import enter, known_for, moved_by, shown_by, step_that_may_follow
from gongzhi.base.matters.events import STEP_TAKEN
from gongzhi.base.matters.models import Matter, ShownElement
from gongzhi.base.matters.permissions import require_step
from gongzhi.base.matters.telling import choices_of, tell_step


@action
def take_step(
    by: Actor, matter: Matter, code: str, *, elements: Mapping[str, str] | None = None
) -> Matter:
    """Take the step `code`, with what the elements that it must show are to say.

    Refuses, with the reason, a step that may not follow, one of another role or unit, and one
    whose element is missing. The row is locked, so that two hands can't take two steps at once.
    """
    held = Matter.objects.select_for_update(of=("self",)).get(pk=matter.pk)
    step = step_that_may_follow(held, code)
    require_step(by, held, step)
    shown = _show(held, step, elements or {})
    previous = enter(held, step, now())
    held.save(update_fields=["step", "stepped_at", "closed_at"])
    tell_step(held, step, previous, shown)
    facts = {**choices_of(step, shown), "previous": previous}
    moved = (f"step:{step.code}", STEP_TAKEN.kind, *moved_by(held, step))
    move_clocks(held, *moved, facts=facts)
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
