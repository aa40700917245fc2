"""What the desk does with an incident besides sending units."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.log.actions import action, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import add_words, hand_over, take_step
from gongzhi.base.matters.models import Matter, Message
from gongzhi.base.people.models import Unit
from gongzhi.base.ui.errors import Refused
from gongzhi.work.calls.actions import merge_incidents, refer_incident
from gongzhi.work.calls.selectors.referring import departments as referable
from gongzhi.work.dispatch.actions.alarms import raise_alarm
from gongzhi.work.dispatch.events import UNIT_RECALLED
from gongzhi.work.dispatch.models import ACTIVE
from gongzhi.work.dispatch.rows import end_assignment, held_incident, held_unit
from gongzhi.work.dispatch.selectors.card import level_of

BY_DESK = ("settled", "cancelled", "closed")
"""Steps that the desk takes by itself; the others are taken when a unit does something."""


@action
def move_incident(
    by: Actor, matter: Matter, step: str, *, elements: Mapping[str, str] | None = None
) -> Matter:
    """Settle an incident by phone, cancel it (its units are free then), or close it."""
    held = held_incident(matter)
    if step not in BY_DESK:
        raise Refused(_("这一步由出警单位报告，不能直接改。"), code="not_by_desk", status=409)
    moved = take_step(by, held, step, elements=elements)
    for assignment in held.assignments.filter(ACTIVE).select_related("unit").order_by("unit"):
        unit = held_unit(assignment.unit)
        last = end_assignment(unit, assignment)
        record(
            UNIT_RECALLED, held, unit=unit.pk, code=unit.code, assignment=assignment.pk, last=last
        )
    return moved


@action
def merge_incident(by: Actor, matter: Matter, into: Matter) -> Matter:
    """Make an incident part of another open one. Refuses one that units are on already."""
    held = held_incident(matter)
    if held.assignments.filter(ACTIVE).exists():
        raise Refused(
            _("这件已有警力在处置。请把另一件并入这件，或者先撤回警力。"),
            code="has_units",
            status=409,
        )
    level = level_of(held)
    merged = merge_incidents(by, held, into)
    if level > level_of(into):
        raise_alarm(by, into, level)
    return merged


@action
def note_incident(by: Actor, matter: Matter, words: str) -> Message:
    """Put a note on the incident's timeline: what was heard, seen, agreed."""
    require(by, "matters.view_matter")
    return add_words(by, matter, "note", words)


@action
def hand_to_department(by: Actor, matter: Matter, department: Unit, words: str = "") -> Matter:
    """Give the incident to another unit of the county, which owns it from now on; `words` for it
    stand on the timeline.

    Where no unit has been sent and the other is outside the police, it goes on there as a whole
    (`refer_incident`).
    """
    require(by, "matters.hand_over")
    held = held_incident(matter)
    if held.closed_at is not None:
        raise Refused(_("这件警情已经办结。"), code="incident_done", status=409)
    if department in referable() and held.step in ("received", "unassigned"):
        return refer_incident(by, held, department, words)
    return hand_over(by, held, department, reason="linked", words=words, by_desk=True)
