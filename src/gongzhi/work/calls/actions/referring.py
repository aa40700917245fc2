"""What is nothing for the police: handed on to a department whole, and back."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.log.actions import action, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import add_words, hand_over, take_on, take_step
from gongzhi.base.matters.models import Matter, Message
from gongzhi.base.matters.permissions import require_owner
from gongzhi.base.matters.reasons import RETURNS
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.ui.errors import Refused
from gongzhi.work.calls.events import RETURN_ASKED
from gongzhi.work.calls.permissions import ANSWER_REFERRED, HAND_OVER
from gongzhi.work.calls.selectors.calls import duty_desk
from gongzhi.work.calls.selectors.referring import departments


@action
def refer_incident(by: Actor, matter: Matter, department: Unit, words: str = "") -> Matter:
    """Hand an incident, with all that is known of it and `words` for whoever takes it, to a
    department that goes on with it.

    The same matter, so nothing is copied and nothing is lost. Refuses one on which units are.
    """
    require(by, HAND_OVER)
    if department not in departments():
        wrong = _("这个单位不能接 110 转办的事，请另选一个。")
        raise Refused(wrong, code="no_such_department", fields={"refer_to": wrong})
    held = take_step(by, matter, "referred")
    return hand_over(by, held, department, reason="not_police", words=words, by_desk=True)


@action
def accept_referred(by: Actor, matter: Matter) -> Matter:
    """Say that somebody of the department sees to it: they themselves."""
    held = _theirs(by, matter)
    if not isinstance(by.source, Account):
        raise Refused(_("请用自己的账号接收。"), code="no_account", status=403)
    return take_on(by, held, by.source)


@action
def return_incident(by: Actor, matter: Matter, *, reason: str, words: str = "") -> Matter:
    """Hand it back to the desk, with why: it waits for a unit again, in the same words."""
    held = _theirs(by, matter)
    if reason not in RETURNS:
        wrong = _("请选退回的原因。")
        raise Refused(wrong, code="unknown_reason", status=422, fields={"reason": wrong})
    held = take_step(by, held, "unassigned")
    return hand_over(by, held, duty_desk(), reason=reason, words=words, by_desk=True)


@action
def take_back_incident(by: Actor, matter: Matter) -> Matter:
    """Take back what was referred by mistake, while nobody there has accepted it: it waits for a
    unit again. Refuses (409) what somebody there works on: `ask_for_return` asks them."""
    held = _out(by, matter)
    if held.owner_id is not None:
        wrong = _("%(unit)s已经接收，请写明原因，请他们退回。") % {"unit": held.owner_unit}
        raise Refused(wrong, code="accepted", status=409)
    held = take_step(by, held, "unassigned")
    return hand_over(by, held, duty_desk(), reason="taken_back", by_desk=True)


@action
def ask_for_return(by: Actor, matter: Matter, words: str) -> Matter:
    """Ask the department that works on it to hand it back, with why; they decide."""
    held = _out(by, matter)
    if not words.strip():
        wrong = _("请写为什么要退回。")
        raise Refused(wrong, code="words", status=422, fields={"words": wrong})
    add_words(by, held, Message.Kind.NOTE, words)
    record(RETURN_ASKED, held)
    return held


@action
def finish_referred(by: Actor, matter: Matter, words: str) -> Matter:
    """Say how the department dealt with it; it is over then."""
    held = _theirs(by, matter)
    return take_step(by, held, "resolved", elements={"outcome": words})


def _out(by: Actor, matter: Matter) -> Matter:
    """The incident, locked, while it is with a department."""
    require(by, HAND_OVER)
    held = Matter.objects.select_for_update(of=("self",)).get(pk=matter.pk)
    if held.procedure != "incident" or held.step != "referred":
        raise Refused(_("这件现在不在部门手上。"), code="not_referred", status=409)
    return held


def _theirs(by: Actor, matter: Matter) -> Matter:
    """The incident, locked, while it is with the department of whoever acts."""
    require(by, ANSWER_REFERRED)
    held = Matter.objects.select_for_update(of=("self",)).get(pk=matter.pk)
    if held.procedure != "incident" or held.step != "referred":
        raise Refused(_("这件现在不在部门手上。"), code="not_referred", status=409)
    require_owner(by, held)
    return held
