"""What the platform proposed when a unit is sent, and whether a reason is asked for."""

from __future__ import annotations

from typing import Any

from gongzhi.analysis.dispatching import clearly_better
from gongzhi.base.matters.models import Matter
from gongzhi.work.dispatch.models import ACTIVE, Assignment, ResponseUnit
from gongzhi.work.dispatch.pace import there_in
from gongzhi.work.dispatch.selectors.card import SCENE, plan_of, standing_of
from gongzhi.work.dispatch.selectors.cover import cover_of, free_units
from gongzhi.work.dispatch.selectors.landing import in_reach, ranked_by_place
from gongzhi.work.dispatch.states import ChoiceReason


def offer_for(matter: Matter, chosen: ResponseUnit) -> tuple[int, int, int | None, bool] | None:
    """What the run card proposes first, or else the list, and its seconds; the seconds of the one
    that is chosen, and whether the first is clearly better; None where nothing is proposed.

    Only of an incident's first unit: a second one is often chosen for what the first can't do.
    """
    free = free_units()
    ways = ranked_by_place(free, matter, plan_of(matter), cover_of(free))
    near = in_reach(ways)
    standing = standing_of(matter, free, near)
    proposed = [near[one.role.place][one.unit.key] for one in standing.open if one.unit]
    first = next(iter((*proposed, *ways[SCENE])), None)
    if first is None:
        return None
    found = next((o for order in ways.values() for o in order if o.key == chosen.pk), None)
    further = Assignment.objects.filter(ACTIVE, matter=matter).exists()
    named = chosen.pk in {one.key for one in proposed}
    clearly = not further and not named and clearly_better(first, found)
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
