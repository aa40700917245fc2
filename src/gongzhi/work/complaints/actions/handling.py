"""What those do who look into a complaint."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import action, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import hand_over, take_on, take_step
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Unit
from gongzhi.base.ui.errors import Refused
from gongzhi.work.complaints.events import UNIT_NAMED
from gongzhi.work.complaints.models import Complaint, SealedFrom
from gongzhi.work.complaints.permissions import require_handler
from gongzhi.work.complaints.selectors.course import decided_by
from gongzhi.work.complaints.selectors.handlers import handlers_for, unit_to_handle


@action
def take_complaint_step(
    by: Actor, complaint: Complaint, code: str, *, elements: Mapping[str, str] | None = None
) -> Matter:
    """Take the step with what it must show. Whoever takes it up is responsible for it.

    Refuses everybody but those of its unit that may know of it, and for the outcome of a review
    whoever decided before.
    """
    account = require_handler(by, complaint)
    if code == "review_decided" and decided_by(complaint.matter) == account.pk:
        raise Refused(
            _("复核要由作结论以外的人办理，请转给别人。"), code="own_decision", status=403
        )
    matter = take_step(by, complaint.matter, code, elements=elements)
    return take_on(by, matter, account) if code == "taken_up" else matter


@action
def name_unit(by: Actor, complaint: Complaint, unit: Unit) -> Complaint:
    """Say which unit is complained of, where the complainant didn't know or was wrong.

    From then on it is sealed from that unit, too, and goes to another when it lies there. What it
    was sealed from before stays so.
    """
    require_handler(by, complaint)
    held = Complaint.objects.select_for_update(of=("self",)).get(pk=complaint.pk)
    if held.unit == unit:
        raise Refused(_("登记的就是这个单位。"), code="same_unit", status=409)
    held.unit = unit
    held.save(update_fields=["unit"])
    SealedFrom.objects.get_or_create(complaint=held, unit=unit)
    record(UNIT_NAMED, held.matter)
    units = set(held.sealed_from.values_list("unit", flat=True))
    able = {one.unit_id for one in handlers_for(units, held.number_mark)}
    if held.matter.owner_unit_id not in able:
        taker = unit_to_handle(units, held.number_mark)
        if taker.pk != held.matter.owner_unit_id:
            hand_over(by, held.matter, taker, reason="not_ours", by_desk=True)
    return held


@action
def pass_on(by: Actor, complaint: Complaint, unit: Unit) -> Matter:
    """Give it to another unit that may look into it, so that somebody else does."""
    require_handler(by, complaint)
    units = set(complaint.sealed_from.values_list("unit", flat=True))
    able = {one.unit_id for one in handlers_for(units, complaint.number_mark)}
    if unit.pk not in able:
        words = _("这件投诉不能交给这个单位。")
        raise Refused(words, code="unknown_unit", status=422, fields={"unit": words})
    return hand_over(by, complaint.matter, unit, reason="better_placed")
