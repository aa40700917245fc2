"""The secret address of one's own shifts: made, made anew, and stopped."""

from __future__ import annotations

import secrets

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.workforce.officers.permissions import require_self
from gongzhi.work.workforce.rosters import events
from gongzhi.work.workforce.rosters.models import CalendarFeed


@action
def open_feed(by: Actor, account: Account) -> CalendarFeed:
    """An address for one's calendar; the one before stops working."""
    require_self(by, account)
    made, _new = CalendarFeed.objects.update_or_create(
        account=account, defaults={"mark": secrets.token_hex(16), "made_at": now()}
    )
    record(events.FEED_OPENED, account)
    return made


@action
def close_feed(by: Actor, account: Account) -> None:
    """No calendar shows one's shifts any more. Refuses (409) where none did."""
    require_self(by, account)
    gone, _each = CalendarFeed.objects.filter(account=account).delete()
    if not gone:
        raise Refused(_("现在没有日历地址。"), code="not_now", status=409)
    record(events.FEED_CLOSED, account)
