"""Agreements end on their day; before it somebody is reminded; keys that outlived theirs go."""

from __future__ import annotations

from django.utils import timezone

from gongzhi.base.log.actions import now
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.jobs import every
from gongzhi.watch.exchange.agreements.actions import expire_sharing, loose_key, remind_sharing
from gongzhi.watch.exchange.agreements.actions.keys import LINGERS
from gongzhi.watch.exchange.agreements.models import Agreement, BoundKey
from gongzhi.watch.exchange.agreements.selectors import SOON
from gongzhi.watch.exchange.agreements.states import OVER, State

SWEEP = Actor.system("agreements")
LOOK = 300.0


@every(LOOK, "agreements.sweep")
def sweep() -> dict[str, int]:
    """What has become due: how many ended, were reminded, lost their key. The edge asks the day
    itself and waits for none of it."""
    today = timezone.localdate(now())
    standing = Agreement.objects.filter(state=State.IN_FORCE)
    ended = [expire_sharing(SWEEP, one) for one in standing.filter(until__lt=today)]
    near = standing.filter(until__gte=today, until__lte=today + SOON, reminded_at=None)
    reminded = list(near)
    for one in reminded:
        remind_sharing(SWEEP, one)
    loosed = BoundKey.objects.select_related("key", "agreement").filter(
        key__revoked_at=None, agreement__state__in=OVER, agreement__ended_at__lt=now() - LINGERS
    )
    gone = list(loosed)
    for bound in gone:
        loose_key(SWEEP, bound.agreement, bound.key)
    return {"ended": len(ended), "reminded": len(reminded), "loosed": len(gone)}
