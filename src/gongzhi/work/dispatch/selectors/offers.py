"""What the platform proposed when a unit is sent, and whether a reason is asked for."""

from __future__ import annotations

from typing import Any

from gongzhi.analysis.dispatching import clearly_better
from gongzhi.base.matters.models import Matter
from gongzhi.work.dispatch.models import ACTIVE, Assignment, ResponseUnit
from gongzhi.work.dispatch.pace import there_in
from gongzhi.work.dispatch.selectors.card import standing_of
from gongzhi.work.dispatch.selectors.card_shown import FARTHEST
from gongzhi.work.dispatch.selectors.cover import cover_of, free_units
from gongzhi.work.dispatch.selectors.units import ranked
from gongzhi.work.dispatch.states import ChoiceReason


def offer_for(matter: Matter, chosen: ResponseUnit) -> tuple[int, int, int | None, bool] | None:
    """What the run card proposes first, or else the list, and its seconds; the seconds of the one
    that is chosen, and whether the first is clearly better; None where nothing is proposed.

    Only of an incident's first unit: a second one is often chosen for what the first can't do.
    """
    free = free_units()
    order = ranked(free, matter, (), cover_of(free))
    if not order:
        return None
    near = {one.key: one for one in order if one.trip.seconds <= FARTHEST}
    proposed = [key for _role, key in standing_of(matter, free, near).proposed]
    first = near[proposed[0]] if proposed else order[0]
    found = next((one for one in order if one.key == chosen.pk), None)
    further = Assignment.objects.filter(ACTIVE, matter=matter).exists()
    clearly = not further and chosen.pk not in proposed and clearly_better(first, found)
    eta = there_in(found.trip.seconds, matter.priority) if found else None
    return first.key, there_in(first.trip.seconds, matter.priority), eta, clearly


def unexplained(assignment: Assignment) -> dict[str, Any]:
    """What the console asks about an assignment whose choice nobody has explained yet."""
    asks = assignment.passed_over is not None and not assignment.choice_reason
    return {
        "assignment_id": assignment.pk,
        "passed_over": str(assignment.passed_over) if asks else "",
        "reasons": ChoiceReason.choices if asks else (),
    }
