"""Splitting a request across units, and what each does with its part."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.files.actions import keep_photo
from gongzhi.base.files.photos import Photo
from gongzhi.base.log.actions import action
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import add_words, ask_part, end_part, take_on, take_step
from gongzhi.base.matters.models import Matter, Message, Part
from gongzhi.base.matters.parts import open_parts
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.ui.errors import Refused
from gongzhi.work.joint.permissions import ANSWER, require_lead

SPLIT_AT = ("accepted", "in_progress", "waiting_for_resident", "reopened")


@action
def split_off(by: Actor, lead: Matter, unit: Unit, words: str) -> Part:
    """Ask another unit to do a part of a request, in words written for it. Refuses one that nobody
    has accepted yet, and what `ask_part` refuses."""
    require(by, ANSWER)
    if lead.procedure == "resident_request" and lead.step not in SPLIT_AT:
        wrong = _("受理以后、答复以前才能请别的单位一起办。")
        raise Refused(wrong, code="not_now", status=409, fields={"unit": wrong})
    return ask_part(by, lead, unit, words)


@action
def take_part(by: Actor, part: Part) -> Part:
    """Take the part on: whoever does so sees to it."""
    require(by, ANSWER)
    part.matter = take_step(by, part.matter, "accepted")
    if isinstance(by.source, Account):
        part.matter = take_on(by, part.matter, by.source)
    return part


@action
def finish_part(by: Actor, part: Part, words: str, *, photos: Sequence[Photo] = ()) -> Part:
    """Say what was done. Words and photos stand on the lead's timeline, for its unit: it says to
    the resident what there is to say."""
    require(by, ANSWER)
    ended = end_part(by, part, "done", elements={"result": words})
    files = [keep_photo(by, one) for one in photos]
    add_words(by, _lead(part), Message.Kind.UPDATE, words, files=files)
    return ended


@action
def decline_part(by: Actor, part: Part, why: str) -> Part:
    """Say that it isn't theirs, and why; the lead finds somebody else."""
    require(by, ANSWER)
    ended = end_part(by, part, "declined", elements={"why_not": why})
    add_words(by, _lead(part), Message.Kind.NOTE, why)
    return ended


@action
def recall_part(by: Actor, part: Part) -> Part:
    """The lead needs the part no more."""
    require(by, ANSWER)
    account = by.source if isinstance(by.source, Account) else None
    require_lead(account, _lead(part))
    return end_part(by, part, "recalled")


@action
def end_with_lead(by: Actor, lead: Matter) -> list[Part]:
    """The lead's matter has ended: what still goes on of it isn't needed."""
    return [end_part(by, one, "recalled") for one in open_parts(lead).select_related("matter")]


def _lead(part: Part) -> Matter:
    return Matter.objects.select_related("owner_unit").get(pk=part.lead_id)
