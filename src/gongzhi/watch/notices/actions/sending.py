"""Giving a notice up, sending it again, ending what can't be reached any more."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.notices import events
from gongzhi.watch.notices.ending import erase_subscriber
from gongzhi.watch.notices.models import Notice, Subscriber
from gongzhi.watch.notices.permissions import OVERSEE
from gongzhi.watch.notices.states import State


@action
def give_up(by: Actor, notice: Notice, why: str) -> None:
    """It can't be sent; somebody may look, and send it again while its words are kept."""
    Notice.objects.filter(pk=notice.pk).update(state=State.DEAD, failure=why, ended_at=now())
    record(events.NOTICE_DEAD, notice, notice=notice.pk, channel=notice.channel, why=why)


@action
def send_again(by: Actor, notice: Notice) -> Notice:
    """Try one again that was given up. Refuses one whose words were erased."""
    require(by, OVERSEE)
    held = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    if held.state != State.DEAD or not held.address:
        raise Refused(_("这条消息已经发出或者清除了。"), code="not_dead", status=409)
    held.state, held.tries, held.again_at, held.ended_at = State.WAITING, 0, now(), None
    held.save(update_fields=["state", "tries", "again_at", "ended_at"])
    record(events.SENT_AGAIN, held, notice=held.pk, channel=held.channel)
    return held


@action
def end_gone(by: Actor, subscriber: Subscriber) -> None:
    """Its address is no more: all that it subscribed to ends, and what waited is dropped."""
    erase_subscriber(subscriber)
