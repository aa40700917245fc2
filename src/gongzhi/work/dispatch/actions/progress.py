"""What a unit reports of its incident: on the way, there, done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.files.actions import keep_photo
from gongzhi.base.files.photos import Photo
from gongzhi.base.log.actions import action, now, recalling, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import add_words, take_step
from gongzhi.base.matters.models import Matter
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dispatch.events import UNIT_ARRIVED, UNIT_CLEARED, UNIT_SET_OFF
from gongzhi.work.dispatch.models import Assignment, ResponseUnit
from gongzhi.work.dispatch.permissions import PROGRESS, require_crew
from gongzhi.work.dispatch.rows import (
    STANDING,
    end_assignment,
    held_assignment,
    lacks_time,
    put,
    stand,
)
from gongzhi.work.dispatch.selectors.landing import arrival_of
from gongzhi.work.dispatch.states import Status


@action
def report_en_route(by: Actor, unit: ResponseUnit) -> Assignment:
    """The unit sets off; the incident is en route with the first that does."""
    matter, held, assignment = held_assignment(unit)
    require_crew(by, held)
    stand(held, Status.EN_ROUTE)
    held.save(update_fields=STANDING)
    assignment.en_route_at, assignment.expected_at = now(), _expected(assignment)
    assignment.save(update_fields=["en_route_at", "expected_at"])
    first = matter.step == "dispatched"
    if first:
        take_step(by, matter, "en_route")
    record(
        UNIT_SET_OFF, matter, unit=held.pk, code=held.code, assignment=assignment.pk, first=first
    )
    return assignment


@action
def report_on_scene(by: Actor, unit: ResponseUnit) -> Assignment:
    """The unit is there; the incident is on scene with the first that is.

    Where the incident is, is then where the unit was seen last: nobody has to ask a phone.
    """
    matter, held, assignment = held_assignment(unit)
    require_crew(by, held)
    stand(held, Status.ON_SCENE)
    if matter.point is not None:
        put(held, matter.point)
    held.save()
    assignment.on_scene_at = now()
    assignment.save(update_fields=["on_scene_at"])
    first = matter.step in ("dispatched", "en_route")
    if first:
        take_step(by, matter, "on_scene")
    record(
        UNIT_ARRIVED, matter, unit=held.pk, code=held.code, assignment=assignment.pk, first=first
    )
    return assignment


@action
def clear_unit(
    by: Actor,
    unit: ResponseUnit,
    *,
    disposition: str,
    words: str = "",
    photos: Sequence[Photo] = (),
) -> Assignment:
    """The unit has done its part and is free; with the last one the incident is cleared.

    Refuses a unit that hasn't arrived, and an unknown disposition.
    """
    matter, held, assignment = held_assignment(unit)
    require_crew(by, held)
    if held.status != Status.ON_SCENE:
        raise Refused(_("还没有报告到场，请先报到场。"), code="not_on_scene", status=409)
    _require_disposition(matter, disposition)
    if words.strip() or photos:
        files = [keep_photo(by, photo) for photo in photos]
        add_words(by, matter, "note", words.strip() or _("现场照片"), files=files)
    last = end_assignment(held, assignment, disposition=disposition)
    if last and matter.step == "on_scene":
        take_step(by, matter, "cleared", elements={"disposition": disposition})
    record(
        UNIT_CLEARED, matter, unit=held.pk, code=held.code,
        assignment=assignment.pk, disposition=disposition, last=last,
    )  # fmt: skip
    return assignment


def _expected(assignment: Assignment) -> datetime | None:
    """When it should be there; None where nobody can reckon it."""
    trip = arrival_of(assignment)
    return now() + timedelta(seconds=trip.seconds) if trip else None


@action
def fill_in_time(by: Actor, assignment: Assignment, what: str, at: datetime) -> Assignment:
    """Put in when the unit set off or arrived (`what`: ``set_off``, ``arrive``), as it is told of
    only now. What the unit does now stays as it is. Refuses where nothing is missing."""
    require(by, PROGRESS)
    rows = Assignment.objects.select_for_update(of=("self",)).select_related("matter", "unit")
    held = rows.get(pk=assignment.pk)
    if not lacks_time(held, what, at):
        raise Refused(_("这个时间已经登记过了。"), code="nothing_missing", status=409)
    setattr(held, "en_route_at" if what == "set_off" else "on_scene_at", at)
    held.save(update_fields=["en_route_at", "on_scene_at"])
    told = UNIT_SET_OFF if what == "set_off" else UNIT_ARRIVED
    with recalling(by, at):
        record(
            told, held.matter,
            unit=held.unit_id, code=held.unit.code, assignment=held.pk, first=False,
        )  # fmt: skip
    return held


def _require_disposition(matter: Matter, code: str) -> None:
    step = matter.version_item.step("cleared")
    if step is None or code not in {one.code for one in step.elements[0].offered}:
        wrong = _("请选一个处置结果。")
        raise Refused(wrong, code="no_disposition", fields={"disposition": wrong})
