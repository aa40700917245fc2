"""The demo county while it runs: new calls and requests come in, made-up crews and clerks see to
them, unless somebody at the screen does.

What was told by a real hand is left to real hands: a call that somebody took is dispatched by
somebody; but whichever unit is sent, its made-up crew goes, unless an account holds its phone.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import timedelta

import numpy as np
from django.conf import settings
from django.db.models import QuerySet

from gongzhi.base.log.actions import now
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.jobs import every
from gongzhi.base.matters.models import Matter
from gongzhi.base.places.coordinates import metres_between
from gongzhi.base.ui.errors import Refused
from gongzhi.config.demo import clerks, partners, ringing
from gongzhi.config.demo.history.courses import AFLOAT, GROUPS
from gongzhi.config.demo.history.telling import outcome
from gongzhi.config.demo.life import Next, next_of
from gongzhi.config.demo.staff import Staff
from gongzhi.work.calls.actions import NewCall, receive_call
from gongzhi.work.crews.actions import check_in
from gongzhi.work.crews.models import Watch
from gongzhi.work.dispatch.actions import (
    assign_unit,
    clear_unit,
    move_incident,
    report_en_route,
    report_on_scene,
    report_position,
    resume_unit,
)
from gongzhi.work.dispatch.models import ACTIVE, Assignment, DutyMember, ResponseUnit
from gongzhi.work.dispatch.states import Status

SECONDS = 5.0
"""Between two looks."""
BETWEEN = 150.0
"""Seconds between two new happenings, on average: several times a real county's pace."""
METRES_A_SECOND = {"car": 10.3, "traffic_car": 10.3, "motorcycle": 9.3, "foot": 1.4, "boat": 7.3}
"""As the crow flies; roads and crossings are in it."""
LONGEST_WAY = 480.0
"""Seconds; nobody at a screen waits longer."""
PAUSE = timedelta(minutes=30)
MOST = 40
"""Matters looked at in one turn."""

_log = logging.getLogger(__name__)


@every(SECONDS, "demo.trickle")
def trickle() -> None:
    """Let a little happen."""
    rng = np.random.default_rng(int(now().timestamp()))
    staff = Staff.of_county()
    if rng.random() < SECONDS / BETWEEN:
        _tried(lambda: _begin(rng))
    _tried(lambda: ringing.go_on(rng))
    for matter in _waiting():
        _tried(lambda matter=matter: _send(matter, staff))  # type: ignore[misc]
    for assignment in _under_way():
        _tried(lambda each=assignment: _go_on(rng, each, staff))  # type: ignore[misc]
    for request in clerks.waiting():
        _tried(lambda each=request: clerks.go_on(rng, each, staff))  # type: ignore[misc]
    for unit in _rested():
        _tried(lambda unit=unit: resume_unit(staff.dispatcher, unit))  # type: ignore[misc]
    for asked in partners.waiting():
        _tried(lambda each=asked: partners.go_on(each))  # type: ignore[misc]
    for matter in _cleared():
        _tried(lambda matter=matter: move_incident(staff.dispatcher, matter, "closed"))  # type: ignore[misc]


def _tried(deed: Callable[[], object]) -> None:
    """Somebody at a screen may have been quicker: then it is refused, and that is well."""
    try:
        deed()
    except Refused as refused:
        _log.info("left out: %s", refused.code)


def _begin(rng: np.random.Generator) -> None:
    told = next_of(settings.HOME.demo_life, now(), int(rng.integers(1_000_000)))
    if told is None:
        return
    if told.kind == "call":
        receive_call(Actor.system("demo"), _new_call(told))
    else:
        clerks.file_one(rng, told)


def _new_call(told: Next) -> NewCall:
    return NewCall(
        category=told.category,
        words=told.words,
        place=told.place,
        point=told.point,
        answers=told.answers,
        channel=told.channel,
        caller=told.caller,
        answered_at=now(),
    )


def _waiting() -> Iterable[Matter]:
    """Made-up incidents that nobody has sent anyone to for a while; graver ones sooner."""
    open_ones = Matter.objects.filter(
        procedure="incident", closed_at__isnull=True, county__isnull=True,
        step__in=["received", "unassigned"],
        calls__taken_by__isnull=True, calls__joined=False,
    )  # fmt: skip
    found = open_ones.order_by("priority", "opened_at")[:MOST]
    return [one for one in found if _stood(one, 45 + 40 * one.priority)]


def _stood(matter: Matter, seconds: float) -> bool:
    """Whether it has stood at its step for about so long; how long exactly, its key says."""
    spread = 0.7 + (matter.pk * 37 % 61) / 100
    return now() - matter.stepped_at >= timedelta(seconds=seconds * spread)


def _send(matter: Matter, staff: Staff) -> None:
    free = ResponseUnit.objects.filter(status=Status.FREE).exclude(pk__in=_held_by_people())
    afloat = matter.category in AFLOAT
    suited = [unit for unit in free if (unit.kind == "boat") == afloat and unit.point]
    if suited:
        assign_unit(staff.dispatcher, matter, min(suited, key=lambda unit: _seconds(unit, matter)))


def _held_by_people() -> QuerySet[DutyMember, int]:
    """Units whose phone an account holds: they speak for themselves."""
    return DutyMember.objects.filter(ended_at__isnull=True).values_list("unit", flat=True)


def _seconds(unit: ResponseUnit, matter: Matter) -> float:
    if unit.point is None or matter.point is None:
        return LONGEST_WAY
    return 30 + metres_between(unit.point, matter.point) / METRES_A_SECOND.get(unit.kind, 8)


def _under_way() -> Iterable[Assignment]:
    """What made-up crews are on."""
    active = Assignment.objects.filter(ACTIVE).select_related("unit", "matter")
    return list(active.exclude(unit__in=_held_by_people()).order_by("assigned_at")[:MOST])


def _go_on(rng: np.random.Generator, on: Assignment, staff: Staff) -> None:
    unit, by = on.unit, staff.dispatcher
    stood = (now() - unit.status_since).total_seconds()
    if unit.status == Status.DISPATCHED and stood > 20:
        report_en_route(by, unit)
    elif unit.status == Status.EN_ROUTE and stood > min(_seconds(unit, on.matter), LONGEST_WAY):
        report_on_scene(by, unit)
        if on.matter.point is not None:
            report_position(by, unit, on.matter.point)
    elif unit.status == Status.ON_SCENE and _owes_a_word(on):
        check_in(by, on, by_radio=True)
    elif unit.status == Status.ON_SCENE and stood > 240 + on.pk * 53 % 500:
        category = on.matter.category_item
        group = GROUPS.get(category.group.zh, "help") if category else "help"
        code, _, words = outcome(rng, "disposition", group).partition("|")
        clear_unit(by, unit, disposition=code, words=words)


def _rested() -> Iterable[ResponseUnit]:
    """Made-up crews that have eaten or refuelled by now."""
    paused = ResponseUnit.objects.filter(status=Status.BUSY).exclude(pk__in=_held_by_people())
    return list(paused.filter(status_since__lt=now() - PAUSE).order_by("pk")[:MOST])


def _owes_a_word(on: Assignment) -> bool:
    """Whether the crew says now that it is well: in time mostly, every fifth one a little late."""
    watch = Watch.objects.filter(assignment=on).first()
    late = 100 if on.pk % 5 == 0 else -20
    return watch is not None and now() > watch.due_at + timedelta(seconds=late)


def _cleared() -> Iterable[Matter]:
    done = Matter.objects.filter(procedure="incident", county__isnull=True, step="cleared")
    return [one for one in done.order_by("stepped_at")[:MOST] if _stood(one, 90)]
