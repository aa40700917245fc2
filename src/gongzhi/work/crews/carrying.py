"""What each kind of report does, called at the time at which it happened.

Messages come late, twice and in the wrong order. An arrival implies that the unit set off; what
comes late fills in the time that is missing, and never moves a unit or an incident back.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from gongzhi.base.files.actions import keep_photo
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import add_words, show_element
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.spans import moment
from gongzhi.work.crews.actions.emergencies import raise_emergency
from gongzhi.work.crews.actions.watching import check_in
from gongzhi.work.crews.events import SCENE_PHOTO_KEPT
from gongzhi.work.crews.models import Emergency, Receipt, ScenePhoto, Watch
from gongzhi.work.crews.states import State, What
from gongzhi.work.dispatch.actions import (
    clear_unit,
    fill_in_time,
    report_en_route,
    report_on_scene,
    state_unit,
)
from gongzhi.work.dispatch.models import Assignment
from gongzhi.work.dispatch.rows import lacks_time
from gongzhi.work.dispatch.states import Status

if TYPE_CHECKING:
    from gongzhi.work.crews.actions.reports import Report

Outcome = tuple[str, str]
"""What became of it, and words for its sender."""
DONE, BEFORE = (State.APPLIED, ""), (State.ALREADY, "")


def carry_out(by: Actor, report: Report, receipt: Receipt) -> Outcome:
    """Do what the report tells, inside the action that takes it; all of it or nothing. Raises
    Refused where it can't be done."""
    return TELLS[report.what](by, report, receipt)


def _set_off(by: Actor, report: Report, receipt: Receipt) -> Outcome:
    on = _on(report)
    if on.active and on.unit.status == Status.DISPATCHED:
        report_en_route(by, on.unit)
        return DONE
    return _filled_in(by, on, What.SET_OFF)


def _arrive(by: Actor, report: Report, receipt: Receipt) -> Outcome:
    on = _on(report)
    if on.active and on.unit.status in (Status.DISPATCHED, Status.EN_ROUTE):
        report_on_scene(by, on.unit)
        return DONE
    return _filled_in(by, on, What.ARRIVE)


def _filled_in(by: Actor, on: Assignment, what: str) -> Outcome:
    """What the unit did before it was somewhere else already."""
    ended = on.cleared_at or on.recalled_at
    if not lacks_time(on, what, now()):
        return BEFORE
    if ended is not None and now() > ended:
        raise _ended(on)
    at = min(now(), on.on_scene_at or now()) if what == What.SET_OFF else now()
    fill_in_time(by, on, what, at)
    return DONE


def _clear(by: Actor, report: Report, receipt: Receipt) -> Outcome:
    on = _on(report)
    if on.cleared_at is not None:
        return BEFORE
    if on.recalled_at is not None:
        return _recalled_before(by, report, on)
    _clear_arrived(by, report, on)
    return DONE


@action
def _clear_arrived(by: Actor, report: Report, on: Assignment) -> None:
    """Nobody is done who was not there: an arrival that nobody told is taken for granted."""
    if on.unit.status != Status.ON_SCENE:
        report_on_scene(by, on.unit)
    clear_unit(by, on.unit, disposition=report.code, words=report.words)


def _recalled_before(by: Actor, report: Report, on: Assignment) -> Outcome:
    if not report.words.strip():
        raise _ended(on)
    add_words(by, on.matter, "note", report.words)
    said = _("指挥中心已经撤回这次派警，处置结果没有登记；情况记录已经保存。")
    return State.APPLIED, said


def _note(by: Actor, report: Report, receipt: Receipt) -> Outcome:
    add_words(by, _on(report).matter, "note", report.words)
    return DONE


@action
def _photo(by: Actor, report: Report, receipt: Receipt) -> Outcome:
    matter = _on(report).matter
    if report.photo is None:
        raise Refused(_("照片没有传完。"), code="no_photo", status=422)
    kept = keep_photo(by, report.photo)
    add_words(by, matter, "note", report.words.strip() or _("现场照片"), files=[kept])
    point = report.point
    ScenePhoto.objects.create(
        file=kept, matter=matter, taken_at=now(), uncertain=receipt.uncertain,
        lat=round(point.lat, 5) if point else None, lon=round(point.lon, 5) if point else None,
        accuracy=report.accuracy if point else None,
    )  # fmt: skip
    record(SCENE_PHOTO_KEPT, matter, unit=report.unit.pk, file=kept.pk, placed=point is not None)
    return DONE


def _element(by: Actor, report: Report, receipt: Receipt) -> Outcome:
    on = _on(report)
    if not report.words.strip():
        raise Refused(_("请填写这一项。"), code="element_empty", status=422)
    show_element(by, on.matter, report.code, report.words.strip())
    return DONE


def _state(by: Actor, report: Report, receipt: Receipt) -> Outcome:
    """What the unit does at the scene, more exactly; where it has left meanwhile, nothing."""
    on = _on(report)
    if not on.active or on.unit.status != Status.ON_SCENE or on.unit.sub_status == report.code:
        return BEFORE
    state_unit(by, on.unit, report.code)
    return DONE


def _check_in(by: Actor, report: Report, receipt: Receipt) -> Outcome:
    on = _on(report)
    if not on.active or not Watch.objects.filter(assignment=on).exists():
        return BEFORE  # over meanwhile: there is nothing to answer any more
    check_in(by, on)
    return DONE


def _emergency(by: Actor, report: Report, receipt: Receipt) -> Outcome:
    if Emergency.objects.filter(unit=report.unit, stood_down_at__isnull=True).exists():
        return BEFORE
    raise_emergency(by, report.unit, told_at=receipt.told_at, uncertain=receipt.uncertain)
    return DONE


def _on(report: Report) -> Assignment:
    """The unit's assignment that it is about, as it stands now."""
    rows = Assignment.objects.select_related("matter", "unit__station")
    found = rows.filter(pk=report.assignment.pk if report.assignment else 0, unit=report.unit)
    on = found.first()
    if on is None:
        raise Refused(_("这件警情不归您这个单位。"), code="not_yours", status=409)
    return on


def _ended(on: Assignment) -> Refused:
    ended = on.recalled_at or on.cleared_at
    assert ended is not None  # noqa: S101  (callers have looked)
    said = _("这次派警在 %(time)s 已经结束，这一条没有改变状态。")
    return Refused(said % {"time": moment(ended)}, code="assignment_over", status=409)


TELLS: dict[str, Callable[[Actor, Report, Receipt], Outcome]] = {
    What.SET_OFF: _set_off, What.ARRIVE: _arrive, What.CLEAR: _clear, What.NOTE: _note,
    What.PHOTO: _photo, What.ELEMENT: _element, What.STATE: _state, What.CHECK_IN: _check_in,
    What.EMERGENCY: _emergency,
}  # fmt: skip
