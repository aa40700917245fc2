"""Calls that ring: told by the exchange, claimed by one call-taker, called back when they ended."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.people.purposes import Purpose
from gongzhi.base.ui.errors import Refused
from gongzhi.work.calls import backs
from gongzhi.work.calls.events import (
    CALL_RANG,
    CALLED_BACK,
    NUMBER_SEEN,
    RING_CLAIMED,
    RING_CLOSED,
    RING_ENDED,
    RING_LEFT,
    RING_TAKEN,
)
from gongzhi.work.calls.models import Call, CallBack, Manner, Ring
from gongzhi.work.calls.permissions import REPORT_RINGING, TAKE

CLOCKS_DIFFER = timedelta(minutes=10)
"""An exchange whose clock is further off than that is not believed when it rang, only that."""


@action
def ring(
    by: Actor, ref: str, *, phone: str = "", line: str = "", rang_at: datetime | None = None
) -> Ring:
    """Put a call before the desk. Whoever tells of it a second time gets the same ring: so does
    whoever told before of its end (the caller checks `ring_of` first)."""
    require(by, REPORT_RINGING)
    made = Ring.objects.create(ref=ref, phone=phone, line=line, rang_at=_believed(rang_at))
    record(CALL_RANG, made, line=line or None)
    return made


@action
def hang_up(by: Actor, rung: Ring, *, at: datetime | None = None) -> Ring:
    """Note that the caller hung up. Nobody had answered: it waits to be called back."""
    require(by, REPORT_RINGING)
    held = _held(rung)
    if held.ended_at is None:
        held.ended_at = _believed(at)
        answered = held.state != Ring.State.RINGING
        record(RING_ENDED, held, answered=answered)
        if not answered:
            _to_back(held, Manner.ABANDONED)
        held.save()
    else:  # told a second time: the log says so, nothing changes
        record(RING_ENDED, held, answered=held.state != Ring.State.BACK)
    return held


@action
def claim_ring(by: Actor, rung: Ring) -> Ring:
    """Answer a ringing call: the first one has it, whoever comes later is told who was quicker."""
    require(by, TAKE)
    mine = Ring.objects.filter(pk=rung.pk, state=Ring.State.RINGING).update(
        state=Ring.State.CLAIMED, claimed_by=_account(by), claimed_at=now()
    )
    held = Ring.objects.select_related("claimed_by").get(pk=rung.pk)
    if not mine:
        raise Refused(_not_ringing(held), code="not_ringing", status=409)
    waited = max(0, round((now() - held.rang_at).total_seconds()))
    record(RING_CLAIMED, held, waited=waited)
    return held


@action
def take_ring(by: Actor, rung: Ring, call: Call) -> Ring:
    """Note which call the ring became. Its number is with the caller then, and erased here."""
    held = _mine(by, rung)
    held.state, held.call, held.phone = Ring.State.TAKEN, call, ""
    held.save(update_fields=["state", "call", "phone"])
    record(RING_TAKEN, held, call=call.pk)
    return held


@action
def leave_ring(by: Actor, rung: Ring, manner: str) -> Ring:
    """Put a claimed call in which nobody spoke, or that was hung up, on the list to call back."""
    held = _mine(by, rung)
    if manner not in (Manner.SILENT, Manner.ABANDONED):
        raise Refused(_("请选“没人说话”或“挂断了”。"), code="unknown_manner", status=422)
    _to_back(held, manner)
    held.save()
    return held


@action
def ask_back(by: Actor, phone: str, manner: str) -> Ring:
    """Put a number on the list to call back by hand, where no exchange tells of calls."""
    require(by, TAKE)
    told = phone.strip()
    if not told or len(told) > 40 or "\x00" in told:
        wrong = _("请写要回拨的号码。")
        raise Refused(wrong, code="phone", status=422, fields={"phone": wrong})
    made = Ring.objects.create(
        ref=f"desk:{uuid4().hex}", phone=told, rang_at=now(), ended_at=now(),
        claimed_by=_account(by), claimed_at=now(),
    )  # fmt: skip
    record(CALL_RANG, made)
    _to_back(made, manner if manner in Manner.values else Manner.ABANDONED)
    made.save()
    return made


@action
def see_number(by: Actor, rung: Ring) -> str:
    """The number of a call that is to be called back; the log has who looked."""
    require(by, TAKE)
    held = _held(rung)
    if held.state != Ring.State.BACK:
        raise Refused(_("这通来电不用再回拨了。"), code="not_to_call_back", status=409)
    if not held.phone:
        raise Refused(_("这通来电没有号码，回拨不了。"), code="no_number", status=409)
    record(NUMBER_SEEN, held, purpose=Purpose.RESCUE.value)
    return str(held.phone)


@action
def note_call_back(by: Actor, rung: Ring, result: str) -> Ring:
    """Note a try to call back. Who reached the caller has the call, as if just answered."""
    require(by, TAKE)
    held = _held(rung)
    if held.state != Ring.State.BACK:
        raise Refused(_("这通来电不用再回拨了。"), code="not_to_call_back", status=409)
    if result not in CallBack.Result.values:
        raise Refused(_("请选回拨的结果。"), code="unknown_result", status=422)
    CallBack.objects.create(ring=held, at=now(), by=_account(by), result=result)
    record(CALLED_BACK, held, result=result, nth=held.call_backs.count())
    if result == CallBack.Result.REACHED:
        held.state, held.claimed_by, held.claimed_at = Ring.State.CLAIMED, _account(by), now()
    held.save()
    return held


@action
def close_ring(by: Actor, rung: Ring, outcome: str) -> Ring:
    """Say why nothing more is done about a call. Refuses to give up before two tries."""
    require(by, TAKE)
    held = _held(rung)
    tries = held.call_backs.count()
    backs.require_closable(held, outcome, tries, _account(by))
    held.state, held.outcome, held.phone = Ring.State.CLOSED, outcome, ""
    held.save(update_fields=["state", "outcome", "phone"])
    record(RING_CLOSED, held, outcome=outcome, tries=tries)
    return held


def _to_back(held: Ring, manner: str) -> None:
    held.state, held.manner, held.back_by = Ring.State.BACK, manner, now() + backs.WITHIN
    record(RING_LEFT, held, manner=str(manner), back_by=held.back_by)


def _held(rung: Ring) -> Ring:
    return Ring.objects.select_for_update(of=("self",)).get(pk=rung.pk)


def _mine(by: Actor, rung: Ring) -> Ring:
    """The ring, locked, while this call-taker has it."""
    require(by, TAKE)
    held = _held(rung)
    if held.state != Ring.State.CLAIMED or held.claimed_by != _account(by):
        raise Refused(_("这通来电不在您手上。"), code="not_your_ring", status=409)
    return held


def _not_ringing(held: Ring) -> str:
    if held.state == Ring.State.BACK:
        return _("对方已经挂断，请到“回拨”里打回去。")
    return _("%(who)s先接起了这通来电。") % {"who": held.claimed_by or _("同事")}


def _account(by: Actor) -> Account | None:
    return by.source if isinstance(by.source, Account) else None


def _believed(at: datetime | None) -> datetime:
    return at if at is not None and abs(at - now()) <= CLOCKS_DIFFER else now()
