"""What the unit in charge does with a request, until the resident has an answer."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.log.actions import action
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import (
    add_words,
    hand_over,
    merge_into,
    move_parts,
    take_on,
    take_step,
)
from gongzhi.base.matters.models import Matter, Message
from gongzhi.base.matters.permissions import require_owner
from gongzhi.base.matters.reasons import CHOSEN
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.judged import judge_suggestion
from gongzhi.work.participation.selectors import (
    deciding_unit,
    is_disputed,
    was_decided,
    will_bounce,
)

BOUNCES = 2
"""At so many returns the units don't agree: then somebody else says whose it is."""


@action
def take_up(by: Actor, matter: Matter) -> Matter:
    """Accept a request, and be the one who sees to it unless somebody is already."""
    require(by, "participation.answer_request")
    held = take_step(by, matter, "accepted")
    if held.owner_id is None and isinstance(by.source, Account):
        held = take_on(by, held, by.source)
    judge_suggestion(held, held.category)
    return held


@action
def start_request(by: Actor, matter: Matter) -> Matter:
    """Begin, or go on with, the work."""
    require(by, "participation.answer_request")
    return take_step(by, matter, "in_progress")


@action
def ask_resident(by: Actor, matter: Matter, words: str) -> Matter:
    """Ask who reported it; the matter waits for the reply."""
    require(by, "participation.ask_resident")
    held = take_step(by, matter, "waiting_for_resident")
    add_words(by, held, Message.Kind.QUESTION, words, public=True)
    return held


@action
def send_on(by: Actor, matter: Matter, taker: Unit, *, reason: str, words: str = "") -> Matter:
    """Give the request to another unit, with a reason of `reasons.CHOSEN` and words for whoever
    takes it.

    The second return goes to the deciding unit (the hotline, else the bureau) instead of to and
    fro; whom that unit then names can't send it on any more.
    """
    require(by, "matters.hand_over")
    if reason not in CHOSEN:
        wrong = _("请选一个移交的原因。")
        raise Refused(wrong, code="unknown_reason", fields={"reason": wrong})
    decides = deciding_unit()
    if matter.closed_at is not None:
        raise Refused(_("已经办结，不能再移交。"), code="request_closed", status=409)
    if isinstance(by.source, Account) and by.source.unit_id == decides.pk:
        reason = "decided" if is_disputed(matter) else reason
        return hand_over(by, matter, taker, reason=reason, words=words)
    if was_decided(matter):
        raise Refused(
            _("%(unit)s已经定了由你们办理，不能再移交。") % {"unit": decides},
            code="already_decided",
            status=409,
        )
    if matter.bounces + will_bounce(matter, taker) >= BOUNCES and matter.owner_unit != decides:
        return hand_over(by, matter, decides, reason="undecided", words=words)
    return hand_over(by, matter, taker, reason=reason, words=words)


@action
def merge_requests(by: Actor, matter: Matter, into: Matter) -> Matter:
    """Make a request part of another one of the same unit. Who follows it follows that one then."""
    require(by, "matters.take_step")
    require_owner(by, into)
    target = merge_into(by, matter, into)
    if matter.parts.exists():
        move_parts(by, matter, target)
    return target


@action
def note_down(by: Actor, matter: Matter, words: str) -> Message:
    """Note something for colleagues; no resident sees it."""
    require(by, "participation.answer_request")
    require_owner(by, matter)
    return add_words(by, matter, Message.Kind.NOTE, words)
