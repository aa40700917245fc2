"""Rows as the actions hold them: always locked in one order, the incident before its units."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import now
from gongzhi.base.matters.models import Matter
from gongzhi.base.places.cells import cell_of
from gongzhi.base.places.coordinates import Point
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dispatch.models import (
    ACTIVE,
    Assignment,
    PositionDoubt,
    ResponseUnit,
    StandBy,
)
from gongzhi.work.dispatch.states import MAY_FOLLOW, OPEN_TO_UNITS, WORKED, Status, status_words

STANDING = ("status", "sub_status", "status_since")
"""What `stand` changes, as `save` wants to have it."""


def held_incident(matter: Matter) -> Matter:
    """The incident, locked. Refuses a matter of another kind, and an imported one."""
    held = Matter.objects.select_for_update(of=("self",)).get(pk=matter.pk)
    if held.procedure not in WORKED:
        raise Refused(_("这件不是警情，不能派警。"), code="no_incident", status=409)
    if held.county_id is not None:
        raise Refused(_("这是导入的资料，不能派警。"), code="imported", status=409)
    return held


def held_unit(unit: ResponseUnit) -> ResponseUnit:
    """The unit, locked. Refuses one that is no more."""
    rows = ResponseUnit.objects.select_for_update(of=("self",)).select_related("station")
    held = rows.filter(pk=unit.pk).first()
    if held is None:
        raise Refused(_("%(unit)s已经撤销。") % {"unit": unit}, code="unit_retired", status=409)
    return held


def held_assignment(unit: ResponseUnit) -> tuple[Matter, ResponseUnit, Assignment]:
    """What the unit is on: incident and unit locked, in this order. Refuses when it is on none."""
    found = Assignment.objects.filter(ACTIVE, unit=unit).values_list("pk", "matter_id").first()
    if found is not None:
        matter = Matter.objects.select_for_update(of=("self",)).get(pk=found[1])
        held = held_unit(unit)
        assignment = Assignment.objects.filter(ACTIVE, pk=found[0]).first()
        if assignment is not None:  # else it ended while we waited
            return matter, held, assignment
    raise Refused(_("%(unit)s现在没有警情。") % {"unit": unit}, code="no_incident_now", status=409)


def stand(unit: ResponseUnit, status: Status, finer: str = "") -> None:
    """Let the unit do something else from now on; doesn't save. Refuses what may not follow."""
    if unit.status not in MAY_FOLLOW[status]:
        raise Refused(
            _("%(unit)s现在是“%(now)s”，不能改成“%(next)s”。")
            % {"unit": unit, "now": unit.status_words, "next": status_words(status)},
            code="status_out_of_order",
            status=409,
        )
    unit.status, unit.sub_status, unit.status_since = status, finer, now()
    if status != Status.FREE:  # whoever has something to do stands by no more
        StandBy.objects.filter(unit=unit).delete()


def put(unit: ResponseUnit, point: Point) -> None:
    """Note where the unit was seen just now, whatever was doubted before; doesn't save the unit."""
    PositionDoubt.objects.filter(unit=unit).delete()
    unit.lat, unit.lon = round(point.lat, 5), round(point.lon, 5)
    unit.h9, unit.seen_at = cell_of(point), now()


def lacks_time(assignment: Assignment, what: str, at: datetime) -> bool:
    """Whether it isn't known yet when the unit set off or arrived. An arrival that was only taken
    for granted, at the time of the outcome, is not known."""
    if what == "set_off":
        return assignment.en_route_at is None
    arrived = assignment.on_scene_at
    granted = arrived is not None and arrived == assignment.cleared_at
    return arrived is None or (granted and at < arrived)


def take_place_away(unit: ResponseUnit) -> None:
    """Let go where the unit was, and what was doubted of it; saves nothing of the unit itself."""
    unit.lat = unit.lon = unit.h9 = unit.seen_at = None
    PositionDoubt.objects.filter(unit=unit).delete()


def end_assignment(unit: ResponseUnit, assignment: Assignment, *, disposition: str = "") -> bool:
    """Free the unit: cleared with a disposition, else recalled. Whether it was the last one."""
    unit.status, unit.sub_status, unit.status_since = Status.FREE, "", now()
    unit.save(update_fields=STANDING)
    assignment.disposition = disposition
    if disposition:
        assignment.cleared_at = now()
    else:
        assignment.recalled_at = now()
    assignment.save(update_fields=["disposition", "cleared_at", "recalled_at"])
    return not assignment.matter.assignments.filter(ACTIVE).exists()


def require_status(code: str, meaning: str) -> str:
    """The code of a finer status. Refuses one that is not there or means something else."""
    known = catalogue().unit_statuses.get(code)
    if code and (known is None or known.meaning != meaning):
        said = _("现在不能选这个状态。")
        raise Refused(said, code="no_such_status", fields={"status": said})
    return code


def require_open(matter: Matter) -> None:
    """Refuse an incident to which nobody can be sent any more."""
    if matter.step not in OPEN_TO_UNITS:
        raise Refused(
            _("这件警情已经“%(step)s”，不能再派警。") % {"step": matter.step_item.name},
            code="incident_done",
            status=409,
        )


def require_free(unit: ResponseUnit) -> None:
    """Refuse a unit that can't be sent, and say who was quicker where somebody was."""
    if unit.status == Status.FREE:
        return
    on = unit.assignments.filter(ACTIVE).select_related("matter", "assigned_by").first()
    if on is not None:
        said = _("%(unit)s刚被派往 %(number)s，请另选一个单位。")
        if on.assigned_by is not None:
            said = _("%(unit)s刚被%(who)s派往 %(number)s，请另选一个单位。")
        told = {"unit": unit, "number": on.matter, "who": on.assigned_by}
        raise Refused(said % told, code="unit_taken", status=409)
    said = _("%(unit)s现在“%(status)s”，请另选一个单位。")
    now_at = {"unit": unit, "status": unit.status_words}
    raise Refused(said % now_at, code="unit_not_free", status=409)
