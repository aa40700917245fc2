"""What a partner answers: yes, no, on the way, there, done."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Message
from gongzhi.base.ui.errors import Refused
from gongzhi.work.linked.actions.asking import LINK_STAYS
from gongzhi.work.linked.events import ANSWER_WITHOUT_EFFECT, REQUEST_ANSWERED
from gongzhi.work.linked.models import LinkedAnswer, LinkedRequest
from gongzhi.work.linked.permissions import require_answerer
from gongzhi.work.linked.rows import held_request, said
from gongzhi.work.linked.selectors.partners import partner_named
from gongzhi.work.linked.states import (
    ANSWERS,
    ENDS,
    MAY_FOLLOW,
    Reason,
    State,
    Via,
    says_nothing_new,
)

LONGEST_ETA = 24 * 60
"""Minutes."""
MOMENTS = {
    State.ACCEPTED: "accepted_at", State.UNDER_WAY: "under_way_at", State.THERE: "there_at",
}  # fmt: skip


@dataclass(frozen=True)
class Told:
    """What a partner says. ``minutes``: until it means to be there; ``key``: of this very send."""

    answer: str
    via: str = Via.PAGE
    reason: str = ""
    words: str = ""
    minutes: int | None = None
    key: str | None = None

    @property
    def hash(self) -> str:
        """What tells another answer under the same key from a repeat."""
        told = (self.answer, self.reason, self.words.strip(), str(self.minutes))
        return hashlib.sha256("\n".join(told).encode()).hexdigest()


@action
def answer_request(by: Actor, request: LinkedRequest, told: Told) -> LinkedAnswer:
    """Take a partner's answer, or what the desk heard from it on the phone.

    One that was given before, or comes after a later one (“there” after “done”), changes nothing
    and says so: ``changed`` is False. Refuses one that contradicts what is known (409), a no
    without its reason, and an answer that is none.
    """
    _require_sense(told)
    held = held_request(request)
    require_answerer(by, held)
    if says_nothing_new(held.state, told.answer):
        return _without_effect(held, told)
    _require_order(held, told)
    message = said(by, held.matter, Message.Kind.UPDATE, told.words)
    previous, due = held.state, held.due_at
    late = due is not None and due <= now()
    _stand(held, told)
    held.save()
    made = _keep(held, told, message, changed=True)
    record(
        REQUEST_ANSWERED, held.matter, request=held.pk, partner=held.partner, answer=told.answer,
        previous=previous, via=told.via, reason=told.reason or None, late=late or None,
        due_at=held.due_at, message=message.pk if message else None,
    )  # fmt: skip
    return made


def _without_effect(held: LinkedRequest, told: Told) -> LinkedAnswer:
    record(
        ANSWER_WITHOUT_EFFECT, held.matter, request=held.pk, partner=held.partner,
        answer=told.answer, state=held.state, via=told.via,
    )  # fmt: skip
    return _keep(held, told, None, changed=False)


def _keep(
    held: LinkedRequest, told: Told, message: Message | None, *, changed: bool
) -> LinkedAnswer:
    return LinkedAnswer.objects.create(
        request=held, answer=told.answer, at=now(), via=told.via, changed=changed,
        reason=told.reason if changed else "", message=message, key=told.key, told=told.hash,
    )  # fmt: skip


def _stand(held: LinkedRequest, told: Told) -> None:
    """Let the request stand where the answer puts it; doesn't save."""
    state, at = State(told.answer), now()
    began = held.state == State.ASKED
    held.state, held.state_since = state, at
    if state in MOMENTS:
        setattr(held, MOMENTS[state], at)
    if began and state not in ENDS:
        held.accepted_at = at
    if told.minutes is not None:
        held.eta_at = at + timedelta(minutes=told.minutes)
    held.reason = told.reason
    _clock(held, began=began)
    if state in ENDS:
        held.ended_at = at
        if held.link_until is not None:
            held.link_until = min(held.link_until, at + LINK_STAYS)


def _clock(held: LinkedRequest, *, began: bool) -> None:
    """From its yes the partner has its time until it is there; then nothing is promised."""
    if held.state not in (State.ACCEPTED, State.UNDER_WAY):
        held.due_at = held.late_at = None
    elif began:
        partner = partner_named(held.partner)
        held.due_at = held.state_since + partner.there_within(held.priority)
        held.late_at = None


def _require_sense(told: Told) -> None:
    if told.answer not in ANSWERS:
        wrong = _("没有这种答复。")
        raise Refused(wrong, code="no_such_answer", status=422, fields={"answer": wrong})
    if told.answer == State.REFUSED and told.reason not in Reason.values:
        wrong = _("请选一个无法协助的原因。")
        raise Refused(wrong, code="reason", status=422, fields={"reason": wrong})
    if told.answer != State.REFUSED and told.reason:
        wrong = _("只有无法协助才写原因。")
        raise Refused(wrong, code="reason", status=422, fields={"reason": wrong})
    if told.reason == Reason.OTHER and not told.words.strip():
        wrong = _("请写明是什么原因。")
        raise Refused(wrong, code="words", status=422, fields={"words": wrong})
    if told.minutes is not None and not 0 <= told.minutes <= LONGEST_ETA:
        wrong = _("请写 0 到 %(n)s 分钟。") % {"n": LONGEST_ETA}
        raise Refused(wrong, code="minutes", status=422, fields={"minutes": wrong})


def _require_order(held: LinkedRequest, told: Told) -> None:
    if held.state in MAY_FOLLOW[told.answer]:
        return
    words = {
        State.CANCELLED: _("指挥中心已经取消了这条请求，不用再去。"),
        State.REFUSED: _("您的单位已经答复无法协助。如果现在可以，请联系指挥中心重新请求。"),
        State.TOLD: _("这条只是告知，不用答复。"),
    }
    plain = _("这条请求已经是“%(now)s”，不能再改成“%(next)s”。")
    said_so = words.get(State(held.state), plain) % {
        "now": held.get_state_display(),
        "next": State(told.answer).label,
    }
    raise Refused(said_so, code=f"is_{held.state}", status=409)
