"""An agreement ends on its day, or at once; before its day somebody is reminded."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.access.actions import revoke_key
from gongzhi.base.access.models import ApiKey
from gongzhi.base.access.permissions import may, require
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.exchange.agreements import events
from gongzhi.watch.exchange.agreements.holding import held
from gongzhi.watch.exchange.agreements.models import Agreement
from gongzhi.watch.exchange.agreements.permissions import ASK, CONSENT, DECIDE, owners_asked
from gongzhi.watch.exchange.agreements.states import State


@action
def end_sharing(by: Actor, agreement: Agreement, reason: str) -> Agreement:
    """End it now, whatever its day: the steward, an owner of the data, or whoever gets it. What
    asks from the next moment on gets nothing."""
    kept = held(agreement)
    _require_side(by, kept)
    if kept.state != State.IN_FORCE:
        raise Refused(_("这份约定没有在生效。"), code="not_in_force", status=409)
    if len(reason.strip()) < 2:
        wrong = _("请写明理由。")
        raise Refused(wrong, code="reason", status=422, fields={"reason": wrong})
    kept.state, kept.ended_at, kept.ended_why = State.ENDED, now(), reason.strip()[:300]
    kept.save(update_fields=["state", "ended_at", "ended_why"])
    record(events.SHARING_ENDED, kept, agreement=kept.pk, unit=kept.unit_id)
    return kept


@action
def expire_sharing(by: Actor, agreement: Agreement) -> Agreement:
    """Note that its day is over. Nothing was given since midnight, noted or not."""
    kept = held(agreement)
    if kept.state != State.IN_FORCE or kept.over_at > now():
        raise Refused(_("这份约定还没有到期。"), code="not_over", status=409)
    kept.state, kept.ended_at = State.EXPIRED, kept.over_at
    kept.save(update_fields=["state", "ended_at"])
    record(events.SHARING_EXPIRED, kept, agreement=kept.pk, unit=kept.unit_id)
    return kept


@action
def remind_sharing(by: Actor, agreement: Agreement) -> None:
    """Say once that it ends soon, while there is time to ask anew."""
    kept = held(agreement)
    kept.reminded_at = now()
    kept.save(update_fields=["reminded_at"])
    record(
        events.EXPIRY_NEAR, kept, agreement=kept.pk, unit=kept.unit_id,
        until=kept.until.isoformat(),
    )  # fmt: skip


@action
def loose_key(by: Actor, agreement: Agreement, key: ApiKey) -> None:
    """Take back the key of an agreement that is over: it told its program so for long enough."""
    revoke_key(by, key)
    record(events.KEY_LOOSED, agreement, agreement=agreement.pk, unit=agreement.unit_id, key=key.pk)


def _require_side(by: Actor, agreement: Agreement) -> None:
    """Whoever is a side of it may end it."""
    account = by.source
    if isinstance(account, Account):
        if may(account, DECIDE):
            return
        own = may(account, ASK) and account.unit_id == agreement.unit_id
        owner = any(one.pk == account.unit_id for one in owners_asked(agreement))
        if own or (owner and may(account, CONSENT)):
            return
    require(by, DECIDE)
