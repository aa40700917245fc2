"""Asking crews at a scene whether they are well."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.checkin import Scene
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.errors import Refused
from gongzhi.work.crews.events import CHECK_IN_LATE, CHECK_IN_SET, CHECKED_IN
from gongzhi.work.crews.models import Watch
from gongzhi.work.crews.states import Level
from gongzhi.work.dispatch.models import Assignment
from gongzhi.work.dispatch.permissions import require_crew

CATCHING_UP = timedelta(minutes=1)
"""What a phone that was away gets to send what it kept, before its crew is called late."""


@action
def watch_crew(by: Actor, assignment: Assignment, *, since: datetime) -> Watch:
    """Ask the crew from this time on, its arrival or when the incident became graver; how often,
    the catalogue says for this scene. Refuses where it asks nothing, and a crew that is asked as
    often already."""
    found = [
        one
        for one in catalogue().checkins.values()
        if one.is_in_force(timezone.localdate(since)) and one.fits(_scene(assignment))
    ]
    if not found:
        raise Refused(_("这类警情不用定时报平安。"), code="not_watched", status=409)
    rule = min(found, key=lambda one: one.every)
    before = Watch.objects.select_for_update().filter(assignment=assignment).first()
    if before is not None and before.every <= rule.every:
        raise Refused(_("已经在定时报平安。"), code="watched_already", status=409)
    watch = before or Watch(assignment=assignment)
    watch.rule, watch.seconds = rule.code, round(rule.every.total_seconds())
    watch.due_at = max(since + rule.every, now() + CATCHING_UP)
    watch.save()
    record(
        CHECK_IN_SET, assignment.matter,
        unit=assignment.unit_id, assignment=assignment.pk, rule=rule.code, seconds=watch.seconds,
        due_at=watch.due_at,
    )  # fmt: skip
    return watch


@action
def check_in(by: Actor, assignment: Assignment, *, by_radio: bool = False) -> Watch:
    """The crew is well, by its phone or as the desk hears it by radio; the next answer is due so
    much later. One that happened before the last answer moves nothing back."""
    watch = _held(assignment)
    require_crew(by, watch.assignment.unit)
    late = now() > watch.due_at
    watch.due_at = max(watch.due_at, now() + watch.every)
    watch.answered_at, watch.level = max(now(), watch.answered_at or now()), Level.QUIET
    watch.save(update_fields=["due_at", "answered_at", "level"])
    record(
        CHECKED_IN, assignment.matter,
        unit=assignment.unit_id, assignment=assignment.pk, by_radio=by_radio, late=late,
        due_at=watch.due_at,
    )  # fmt: skip
    return watch


@action
def note_late(by: Actor, watches: Sequence[int]) -> int:
    """Say on the log which of these crews have not answered in time, and where that is grave by
    now; how many. Each is said once."""
    rows = Watch.objects.select_for_update(of=("self",)).select_related("assignment__matter")
    told = 0
    for watch in rows.filter(pk__in=watches).order_by("pk"):
        level = watch.level_at(now())
        if not watch.assignment.active or level in ("", watch.level):
            continue
        watch.level = level
        watch.save(update_fields=["level"])
        record(
            CHECK_IN_LATE, watch.assignment.matter,
            unit=watch.assignment.unit_id, assignment=watch.assignment_id, severity=level,
            due_at=watch.due_at,
        )  # fmt: skip
        told += 1
    return told


def _held(assignment: Assignment) -> Watch:
    rows = Watch.objects.select_for_update(of=("self",))
    watch = rows.select_related("assignment__unit").filter(assignment=assignment).first()
    if watch is None or not watch.assignment.active:
        raise Refused(_("现在不用报平安。"), code="not_watched", status=409)
    return watch


def _scene(assignment: Assignment) -> Scene:
    matter, unit = assignment.matter, assignment.unit
    there = unit.members.filter(ended_at__isnull=True).count()
    return Scene(matter.category, matter.priority, unit.kind, there or unit.people)
