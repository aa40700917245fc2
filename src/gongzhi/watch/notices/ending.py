"""Ending all that an address gets: the address and what waits for it are erased."""

from __future__ import annotations

from gongzhi.base.log.actions import now, record
from gongzhi.watch.notices import events
from gongzhi.watch.notices.models import Notice, Subscriber
from gongzhi.watch.notices.states import OPEN, State


def erase_subscriber(subscriber: Subscriber) -> None:
    """Inside an action: nothing is left by which the address could be known again."""
    count, mine = subscriber.subscriptions.count(), Notice.objects.filter(subscriber=subscriber)
    mine.filter(state__in=OPEN).update(state=State.DROPPED, ended_at=now())
    mine.update(address="", facts="", mark="")
    channel, name = subscriber.channel, f"notices.subscriber:{subscriber.pk}"
    subscriber.delete()
    record(events.ALL_ENDED, name, channel=channel, count=count)
