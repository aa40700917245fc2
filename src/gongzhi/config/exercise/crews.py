"""Made-up crews of a drill: whoever is sent sets off, drives as long as the ways take, and clears.

So that a dispatcher can train alone. A unit whose phone somebody holds is left to them.
"""

from __future__ import annotations

from django.conf import settings

from gongzhi.base.log.actions import now
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.jobs import every
from gongzhi.base.matters.models import Matter
from gongzhi.base.ui.errors import Refused
from gongzhi.config.exercise.plan import read_drill
from gongzhi.work.dispatch.actions import (
    clear_unit,
    move_incident,
    report_en_route,
    report_on_scene,
)
from gongzhi.work.dispatch.models import ACTIVE, Assignment, DutyMember
from gongzhi.work.dispatch.selectors.landing import arrival_of
from gongzhi.work.dispatch.states import Status

SECONDS = 2.0
TURNOUT, DONE = 25.0, 60.0
"""Seconds until a crew sets off, and until a cleared incident is closed."""
ON_SCENE, SPREAD = 300, 420
"""Seconds that a crew stays: so many, and up to so many more."""
FAR = 1200.0
"""A way (s) that nobody can reckon."""
CREWS = Actor.system("exercise")


@every(SECONDS, "exercise.crews")
def go_on() -> None:
    """Let every crew do its next thing whose time has come; graver incidents keep them longer."""
    speed = read_drill(settings.HOME).speed
    held = DutyMember.objects.filter(ended_at__isnull=True).values("unit")
    active = Assignment.objects.filter(ACTIVE).exclude(unit__in=held)
    for each in active.select_related("unit", "matter").order_by("assigned_at"):
        _tried(each, speed)
    for matter in Matter.objects.filter(procedure="incident", county=None, step="cleared"):
        if (now() - matter.stepped_at).total_seconds() * speed > DONE:
            _closed(matter)


def _tried(on: Assignment, speed: float) -> None:
    """Somebody at a screen may have been quicker: then it is refused, and that is well."""
    stood = (now() - on.unit.status_since).total_seconds() * speed
    try:
        _next(on, stood)
    except Refused:
        return


def _next(on: Assignment, stood: float) -> None:
    unit = on.unit
    if unit.status == Status.DISPATCHED and stood > TURNOUT:
        report_en_route(CREWS, unit)
    elif unit.status == Status.EN_ROUTE and stood > way(on):
        report_on_scene(CREWS, unit)
    elif unit.status == Status.ON_SCENE and stood > ON_SCENE + on.pk * 53 % SPREAD:
        clear_unit(CREWS, unit, disposition="helped")


def way(on: Assignment) -> float:
    """How long (s) the unit takes to the incident over the county's ways."""
    if on.unit.point is None or on.matter.point is None:
        return FAR / 2
    trip = arrival_of(on)
    return FAR if trip is None else trip.seconds


def _closed(matter: Matter) -> None:
    try:
        move_incident(CREWS, matter, "closed")
    except Refused:
        return
