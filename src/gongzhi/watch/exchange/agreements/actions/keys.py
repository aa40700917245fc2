"""The key of an agreement: it opens that one alone."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _

from gongzhi.base.access.actions import issue_key, revoke_key
from gongzhi.base.access.models import ApiKey
from gongzhi.base.access.permissions import require
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.exchange.agreements import events
from gongzhi.watch.exchange.agreements.holding import held
from gongzhi.watch.exchange.agreements.models import Agreement, BoundKey
from gongzhi.watch.exchange.agreements.permissions import ASK, READ

LINGERS = timedelta(days=14)
"""So long after the agreement's end its key still answers, that it is over: a program that is told
so is mended sooner than one whose key is unknown. It opens nothing any more."""


@action
def bind_key(by: Actor, agreement: Agreement) -> tuple[ApiKey, str]:
    """Make the agreement's key, told this once; the one before it opens nothing from now on.

    The department that gets the data makes it itself, so that nobody has to hand a secret over.
    """
    require(by, ASK)
    kept, system = held(agreement), Actor.system("agreements")
    if by.source.unit_id != kept.unit_id:
        raise Refused(_("密钥由申请的单位自己领。"), code="not_yours", status=403)
    if not kept.opens_at(now()):
        raise Refused(_("这份约定没有在生效。"), code="not_in_force", status=409)
    for old in kept.keys.select_related("key").filter(key__revoked_at=None):
        revoke_key(system, old.key)
    key, secret = issue_key(
        system, name=kept.number, unit=kept.unit, permissions=[READ], owner=by.source,
        purpose=kept.purpose[:200], expires_at=kept.over_at + LINGERS,
    )  # fmt: skip
    BoundKey.objects.create(key=key, agreement=kept)
    record(events.KEY_BOUND, kept, agreement=kept.pk, unit=kept.unit_id, key=key.pk)
    return key, secret
