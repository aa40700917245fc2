"""Rows as the actions hold them: always locked in one order, the incident before its units."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import now
from gongzhi.base.matters.models import Matter
from gongzhi.base.places.cells import cell_of
from gongzhi.base.places.coordinates import Point
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dispatch.models import ACTIVE, Assignment, ResponseUnit
from gongzhi.work.dispatch.states import MAY_FOLLOW, WORKED, Status


def held_incident(matter: Matter) -> Matter:
    """The incident, locked. Refuses a matter of another kind, and an imported one."""
    held = Matter.objects.select_for_update(of=("self",)).get(pk=matter.pk)
    if held.procedure not in WORKED:
        raise Refused(_("这件不是警情，不能派警。"), code="no_incident", status=409)
    if held.county_id is not None:
        raise Refused(_("这是导入的资料，不能派警。"), code="imported", status=409)
    return held


def held_unit(unit: ResponseUnit) -> ResponseUnit:
    """The unit, locked."""
    rows = ResponseUnit.objects.select_for_update(of=("self",)).select_related("station")
    return rows.get(pk=unit.pk)


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


def stand(unit: ResponseUnit, status: Status) -> None:
    """Let the unit do something else from now on; doesn't save. Refuses what may not follow."""
    if unit.status not in MAY_FOLLOW[status]:
        raise Refused(
            _("%(unit)s现在是“%(now)s”，不能改成“%(next)s”。")
            % {"unit": unit, "now": unit.get_status_display(), "next": status.label},
            code="status_out_of_order",
            status=409,
        )
    unit.status, unit.status_since = status, now()


def put(unit: ResponseUnit, point: Point) -> None:
    """Note where the unit was seen just now; doesn't save."""
    unit.lat, unit.lon = round(point.lat, 5), round(point.lon, 5)
    unit.h9, unit.seen_at = cell_of(point), now()


def end_assignment(unit: ResponseUnit, assignment: Assignment, *, disposition: str = "") -> bool:
    """Free the unit: cleared with a disposition, else recalled. Whether it was the last one."""
    unit.status, unit.status_since = Status.FREE, now()
    unit.save(update_fields=["status", "status_since"])
    assignment.disposition = disposition
    if disposition:
        assignment.cleared_at = now()
    else:
        assignment.recalled_at = now()
    assignment.save(update_fields=["disposition", "cleared_at", "recalled_at"])
    return not assignment.matter.assignments.filter(ACTIVE).exists()
