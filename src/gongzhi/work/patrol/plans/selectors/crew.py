"""A unit's patrol on its crew's phone: where to go next, what comes after, what was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.http import HttpRequest

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import now
from gongzhi.base.people.models import Account
from gongzhi.base.places.handing import Way, ways_to
from gongzhi.base.ui.pieces import Drawn
from gongzhi.work.patrol.plans.models import Plan, PlanUnit, Rest, Stop
from gongzhi.work.patrol.plans.states import PlanState, StopState

PIECE = "plans/parts/crew.html"
AHEAD = timedelta(minutes=45)
"""So long before its time a unit sees what it will do."""
NEWS = timedelta(minutes=30)
"""So long a change after publishing is called new."""


@dataclass(frozen=True)
class Patrol:
    """What a crew sees. ``here``: the stop at which it says that it is; ``next``: where to go."""

    crew: PlanUnit
    here: Stop | None
    next: Stop | None
    later: Sequence[Stop]
    all: int
    done: int
    changed: bool
    withdrawn: bool
    skips: Sequence[tuple[str, str]]
    ways: Sequence[Way]
    rests: Sequence[Rest] = ()
    """Breaks that are not over; those without a beginning have no time."""


def patrol_of_crew(request: HttpRequest) -> Drawn | None:
    """The patrol of the unit that this account is on duty with; None without one."""
    if not isinstance(request.user, Account):
        return None
    crew = crew_of(request.user)
    return None if crew is None else (PIECE, {"patrol": patrol(crew)})


def crew_of(account: Account) -> PlanUnit | None:
    """The part of the account's unit in the plan that runs, or is about to. One query.

    The one that runs goes before the one that is about to: a shift's plan published early takes
    no stop from the crew that still walks.
    """
    at = now()
    on = Q(unit__members__account=account, unit__members__ended_at=None)
    shown = Q(plan__state=PlanState.PUBLISHED) | Q(
        plan__state=PlanState.WITHDRAWN, plan__begins_at__lte=at
    )
    found = PlanUnit.objects.filter(on, shown, begins_at__lte=at + AHEAD, ends_at__gt=at)
    ordered = found.order_by("plan__state", "begins_at", "-plan_id")
    return ordered.select_related("plan", "unit").first()


def patrol(crew: PlanUnit) -> Patrol:
    """Its stops and breaks as they stand now. Two queries."""
    at = now()
    stops = list(crew.stops.select_related("node").order_by("place", "pk"))
    here = next((one for one in stops if one.state == StopState.THERE), None)
    last = max((one.place for one in stops if one.there_at is not None), default=-1)
    coming = sorted(
        (one for one in stops if one.state == StopState.PLANNED and one.closes_at - one.stay >= at),
        key=lambda one: (one.place < last, one.place, one.pk),  # what was passed by, at the end
    )
    changed = crew.changed_at is not None and crew.changed_at > at - NEWS
    return Patrol(
        crew, here, coming[0] if coming else None, coming[1:],
        len(stops), sum(one.state == StopState.DONE for one in stops), changed,
        crew.plan.state == PlanState.WITHDRAWN,
        [(code, str(one.name)) for code, one in catalogue().patrol_skips.items()],
        ways_to(coming[0].node.point) if coming else (),
        [one for one in crew.rests.order_by("begins_at") if (one.ends_at or at) >= at],
    )  # fmt: skip


def running_plans() -> list[Plan]:
    """The plans by which crews go now: for whoever draws them on another map."""
    at = now()
    return list(
        Plan.objects.filter(state=PlanState.PUBLISHED, begins_at__lte=at, ends_at__gt=at)
    )  # fmt: skip
