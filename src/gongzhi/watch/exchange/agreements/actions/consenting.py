"""The owner of the data and its steward consent, each with a reason; two different people."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import may, require
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.exchange.agreements import events
from gongzhi.watch.exchange.agreements.holding import held
from gongzhi.watch.exchange.agreements.models import Agreement, Consent
from gongzhi.watch.exchange.agreements.permissions import CONSENT, DECIDE
from gongzhi.watch.exchange.agreements.selectors import lacking, may_consent_for
from gongzhi.watch.exchange.agreements.states import Part, State

MOST = 200
"""New answers in a month that a steward can grant."""


@action
def consent_sharing(
    by: Actor, agreement: Agreement, part: str, reason: str, budget: int | None = None
) -> Agreement:
    """Say yes, as the owner or as the steward, who may say how many new answers a month it has.
    With the last consent that it waits for it is in force.

    Refuses the person who asked, a second consent by the same person, and no reason.
    """
    kept, unit = _may_say(by, agreement, part, reason)
    _note(by, kept, part, unit, reason, agreed=True)
    if budget is not None and part == Part.STEWARD:
        if not 1 <= budget <= MOST:
            wrong = _("每月新问题应在 1 到 200 个之间。")
            raise Refused(wrong, code="budget", status=422, fields={"budget": wrong})
        kept.budget = budget
        kept.save(update_fields=["budget"])
    record(
        events.SHARING_CONSENTED, kept, agreement=kept.pk, unit=kept.unit_id, part=part, of=unit.pk
    )
    if not lacking(kept):
        _begin(kept)
    return kept


@action
def refuse_sharing(by: Actor, agreement: Agreement, part: str, reason: str) -> Agreement:
    """Say no: one is enough."""
    kept, unit = _may_say(by, agreement, part, reason)
    _note(by, kept, part, unit, reason, agreed=False)
    kept.state, kept.ended_at = State.REFUSED, now()
    kept.save(update_fields=["state", "ended_at"])
    record(
        events.SHARING_REFUSED, kept, agreement=kept.pk, unit=kept.unit_id, part=part, of=unit.pk
    )
    return kept


def _begin(agreement: Agreement) -> None:
    if agreement.over_at <= now():
        raise Refused(_("申请的日子已经过了，请对方重新申请。"), code="too_late", status=409)
    agreement.state, agreement.began_at = State.IN_FORCE, now()
    agreement.save(update_fields=["state", "began_at"])
    record(
        events.SHARING_BEGUN, agreement, agreement=agreement.pk, unit=agreement.unit_id,
        until=agreement.until.isoformat(),
    )  # fmt: skip


def _may_say(by: Actor, agreement: Agreement, part: str, reason: str) -> tuple[Agreement, Unit]:
    """The agreement, locked, and the unit that is spoken for. Refuses whoever may not speak."""
    kept, account = held(agreement), by.source
    if not isinstance(account, Account) or part not in Part.values:
        raise Refused(_("要由本人签入后决定。"), code="not_permitted", status=403)
    require(by, DECIDE if part == Part.STEWARD else CONSENT)
    if kept.state != State.WAITING:
        raise Refused(_("已经有了结果。"), code="decided", status=409)
    if account.pk == kept.asked_by_id:
        raise Refused(_("自己申请的，要由别人决定。"), code="own_request", status=403)
    if kept.consents.filter(by=account).exists():
        raise Refused(
            _("您已经决定过一次，另一道要由另一个人决定。"), code="two_people", status=403
        )
    if len(reason.strip()) < 2:
        wrong = _("请写明理由。")
        raise Refused(wrong, code="reason", status=422, fields={"reason": wrong})
    return kept, _unit_spoken_for(account, kept, part)


def _unit_spoken_for(account: Account, agreement: Agreement, part: str) -> Unit:
    if part == Part.STEWARD:
        if not may(account, DECIDE) or account.unit_id == agreement.unit_id:
            raise Refused(_("本单位申请的，要由别的单位审定。"), code="own_unit", status=403)
        return account.unit
    unit = may_consent_for(account, agreement)
    if unit is None:
        raise Refused(_("这不是本单位的数据，不由本单位决定。"), code="not_yours", status=403)
    return unit


def _note(
    by: Actor, agreement: Agreement, part: str, unit: Unit, reason: str, *, agreed: bool
) -> None:
    Consent.objects.create(
        agreement=agreement, part=part, unit=unit, by=by.source, at=now(), agreed=agreed,
        reason=reason.strip()[:300],
    )  # fmt: skip
