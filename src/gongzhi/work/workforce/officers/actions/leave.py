"""Leave is asked for, decided by somebody else, and withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.workforce.officers import events
from gongzhi.work.workforce.officers.days import today
from gongzhi.work.workforce.officers.models import Leave
from gongzhi.work.workforce.officers.permissions import DECIDE, require_self, require_unit
from gongzhi.work.workforce.officers.states import MAY_FOLLOW, LeaveState

LONGEST = timedelta(days=400)
MOST_WORDS = 500


@action
def ask_leave(
    by: Actor, account: Account, kind: str, *,
    first_day: date, last_day: date, reason: str = "",
) -> Leave:  # fmt: skip
    """Ask for leave for oneself. Refuses (422) days in a wrong order or past ones that this kind
    doesn't allow, (409) days for which one has asked already."""
    require_self(by, account)
    item = catalogue().leave_kinds.get(kind)
    if item is None:
        raise _wrong("kind", _("请选请什么假。"))
    if last_day < first_day or last_day - first_day > LONGEST:
        raise _wrong("last_day", _("最后一天要在第一天之后，最多 400 天。"))
    if first_day < today() - timedelta(days=item.afterwards):
        words = _("“%(kind)s”不能补这么早的：请从 %(day)s 起写。")
        earliest = today() - timedelta(days=item.afterwards)
        raise _wrong("first_day", words % {"kind": item.name, "day": earliest})
    Account.objects.select_for_update(of=("self",)).get(pk=account.pk)
    _require_free(account, first_day, last_day)
    made = Leave.objects.create(
        account=account, unit=account.unit, kind=kind, first_day=first_day, last_day=last_day,
        reason=reason.strip()[:MOST_WORDS], asked_at=now(),
    )  # fmt: skip
    record(events.LEAVE_ASKED, made, unit=made.unit_id)
    return made


@action
def decide_leave(by: Actor, leave: Leave, *, grant: bool, answer: str = "") -> Leave:
    """Grant it, or say why not. Refuses (403) whoever asks, (422) a no without a reason."""
    held = _held(leave)
    require_unit(by, DECIDE, held.unit)
    if by.source == held.account:
        raise Refused(_("自己的假要由上级批。"), code="own", status=403)
    state = LeaveState.GRANTED if grant else LeaveState.REFUSED
    _require_follows(held, state)
    if not grant and not answer.strip():
        raise _wrong("answer", _("不同意的，请写明原因。"))
    held.state, held.answer, held.decided_at = state, answer.strip()[:MOST_WORDS], now()
    held.decided_by = by.source if isinstance(by.source, Account) else None
    held.save(update_fields=["state", "answer", "decided_at", "decided_by"])
    record(events.LEAVE_DECIDED, held, unit=held.unit_id, granted=grant)
    return held


@action
def withdraw_leave(by: Actor, leave: Leave) -> Leave:
    """One's own leave, not needed any more. Refuses (409) what was refused, or is over."""
    held = _held(leave)
    require_self(by, held.account)
    _require_follows(held, LeaveState.WITHDRAWN)
    if held.last_day < today():
        raise Refused(_("这次假已经休完了。"), code="over", status=409)
    held.state = LeaveState.WITHDRAWN
    held.save(update_fields=["state"])
    record(events.LEAVE_WITHDRAWN, held, unit=held.unit_id)
    return held


@action
def forget_words(by: Actor, leaves: Sequence[Leave]) -> int:
    """Let go why leave was asked for and what was answered; how many."""
    many = Leave.objects.filter(pk__in=[one.pk for one in leaves], erased_at=None).update(
        reason="", answer="", erased_at=now()
    )
    record(events.LEAVE_WORDS_ERASED, "officers.leave", rows=many)
    return many


def _held(leave: Leave) -> Leave:
    rows = Leave.objects.select_for_update(of=("self",)).select_related("unit", "account__unit")
    return rows.get(pk=leave.pk)


def _require_follows(leave: Leave, state: str) -> None:
    if leave.state not in MAY_FOLLOW[state]:
        words = _("现在是“%(state)s”，改不了了。") % {"state": leave.get_state_display()}
        raise Refused(words, code="not_now", status=409)


def _require_free(account: Account, first: date, last: date) -> None:
    taken = Leave.objects.filter(
        account=account, state__in=[LeaveState.ASKED, LeaveState.GRANTED],
        first_day__lte=last, last_day__gte=first,
    ).first()  # fmt: skip
    if taken is not None:
        words = _("%(first)s 到 %(last)s 已经请过假了。")
        told = words % {"first": taken.first_day, "last": taken.last_day}
        raise Refused(told, code="twice", status=409, fields={"first_day": told})


def _wrong(field: str, words: str) -> Refused:
    return Refused(words, code=field, status=422, fields={field: words})
