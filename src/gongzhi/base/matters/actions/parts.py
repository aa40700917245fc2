"""A matter of several units: the lead asks others to do a part, and hears how it ended."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.rows import insert
from gongzhi.base.matters.actions.opening import open_matter
from gongzhi.base.matters.actions.steps import take_step
from gongzhi.base.matters.actions.talk import add_words
from gongzhi.base.matters.drafts import NewMatter
from gongzhi.base.matters.events import PART_ASKED, PART_ENDED, PARTS_LEFT_OPEN, PARTS_MOVED
from gongzhi.base.matters.models import Matter, Message, Part
from gongzhi.base.matters.parts import open_parts
from gongzhi.base.matters.permissions import require_owner
from gongzhi.base.people.models import Unit
from gongzhi.base.ui.errors import Refused

PROCEDURE = "joint_part"
CHANNEL = "joint"
MOST = 12
"""Parts of one matter that are open at a time."""


@action
def ask_part(by: Actor, lead: Matter, unit: Unit, words: str) -> Part:
    """Ask another unit to do a part of the matter, in words written for it: it is told the
    category, the place and these words, and gets a matter of its own.

    Refuses a matter that has ended or is itself a part (so there is one lead and no circle), the
    unit that leads, and one whose part still goes on.
    """
    held = Matter.objects.select_for_update(of=("self",)).get(pk=lead.pk)
    require_owner(by, held)
    _require_leading(held)
    _require_new(held, unit)
    made = open_matter(by, _new(held, unit, words))
    part = Part(lead=held, matter=made, unit=unit, asked_at=now())
    insert(part)
    record(PART_ASKED, held, part=part.pk, matter=made.pk, unit=unit.pk)
    return part


@action
def end_part(
    by: Actor, part: Part, step: str, *, elements: Mapping[str, str] | None = None
) -> Part:
    """Take a step that ends the part, and say so on the lead's timeline."""
    # The lead first, as `ask_part` locks them.
    lead = Matter.objects.select_for_update(of=("self",)).get(pk=part.lead_id)
    part.matter = take_step(by, part.matter, step, elements=elements)
    if part.matter.closed_at is None:
        raise ValueError(f"{step} ends no part")
    record(PART_ENDED, lead, part=part.pk, matter=part.matter_id, step=step)
    return part


@action
def leave_parts_open(by: Actor, lead: Matter, why: str) -> int:
    """Say why the resident is answered before all parts are done; how many aren't. Refuses when
    all are."""
    going_on = open_parts(lead).count()
    if not going_on:
        raise Refused(_("各部分都办完了。"), code="parts_done", status=409)
    add_words(by, lead, Message.Kind.NOTE, why)
    record(PARTS_LEFT_OPEN, lead, parts=going_on)
    return going_on


@action
def move_parts(by: Actor, source: Matter, into: Matter) -> int:
    """The lead was merged into another: its parts go on under that one; how many."""
    rows = Part.objects.select_for_update(of=("self",)).filter(lead=source)
    many = rows.update(lead=into)
    record(PARTS_MOVED, into, parts=many, origin=source.pk)
    return many


def _new(lead: Matter, unit: Unit, words: str) -> NewMatter:
    narrative = getattr(lead, "narrative", None)
    return NewMatter(
        procedure=PROCEDURE, category=lead.category, owner=unit, words=words,
        place=narrative.place if narrative else "", point=lead.point, accuracy=lead.accuracy,
        priority=lead.priority, channel=CHANNEL,
    )  # fmt: skip


def _require_leading(lead: Matter) -> None:
    if lead.closed_at is not None or lead.county_id is not None:
        raise Refused(_("已经办结，不能再请别的单位办。"), code="matter_closed", status=409)
    if Part.objects.filter(matter=lead).exists():
        raise Refused(
            _("这是别的单位请你们办的一部分，请找牵头单位再分。"), code="is_a_part", status=409
        )


def _require_new(lead: Matter, unit: Unit) -> None:
    if unit.pk == lead.owner_unit_id:
        raise _wrong(_("牵头单位自己的部分不用分出去。"), "own_unit")
    going_on = list(lead.parts.filter(matter__closed_at=None).values_list("unit", flat=True))
    if unit.pk in going_on:
        raise _wrong(_("已经请%(unit)s办了，还没办完。") % {"unit": unit}, "asked_already")
    if len(going_on) >= MOST:
        raise _wrong(_("一件事最多同时分成 %(n)s 部分。") % {"n": MOST}, "too_many_parts")


def _wrong(words: str, code: str) -> Refused:
    return Refused(words, code=code, status=409, fields={"unit": words})
