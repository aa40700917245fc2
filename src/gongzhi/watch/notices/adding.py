"""Adding to what an address gets: a new subscriber, and what it subscribes to."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import now, record
from gongzhi.base.matters.models import Matter
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.notices import events
from gongzhi.watch.notices.links import code_of, hashed
from gongzhi.watch.notices.models import Subscriber, Subscription
from gongzhi.watch.notices.states import About
from gongzhi.watch.notices.wishes import Want

MOST = 50
"""Subscriptions of one address."""


def made(channel: str, address: str, mark: str | None, language: str) -> Subscriber:
    """Inside an action: a new subscriber, who gets nothing yet."""
    key = secrets.token_urlsafe(32)
    return Subscriber.objects.create(
        channel=channel, address=address, mark=mark, key=key, code_hash=hashed(code_of(key)),
        language=language, made_at=now(),
    )  # fmt: skip


def add_wants(subscriber: Subscriber, wants: Iterable[Want]) -> int:
    """Inside an action: add what is not there yet; how many. Recorded each, without whose it is."""
    added = 0
    for want in wants:
        if want.about == About.DUTY and subscriber.account_id is None:
            continue  # only staff are told of a unit's matters
        if not _has(subscriber, want):
            one = _row(subscriber, want)
            one.save()
            record(events.SUBSCRIBED, one, channel=subscriber.channel, about=want.about)
            added += 1
    if subscriber.subscriptions.count() > MOST:
        words = _("一个号码或邮箱最多订阅 %(most)s 项，请先退订几项。") % {"most": MOST}
        raise Refused(words, code="too_many", status=409)
    if not added:
        record(events.SETTINGS_CHANGED, subscriber, channel=subscriber.channel)
    return added


def _has(subscriber: Subscriber, want: Want) -> bool:
    """Whether it is there; of warnings the gravity then is the new one."""
    same = subscriber.subscriptions.filter(
        about=want.about, topic=want.topic, town=want.town, matter=want.matter
    )
    if want.pin is not None:
        return any(one.pin == want.pin.written() for one in same)
    if want.matter is None:
        same.update(gravity=want.gravity)
    return same.exists()


def _row(subscriber: Subscriber, want: Want) -> Subscription:
    matter = Matter.objects.filter(pk=want.matter).first() if want.matter else None
    return Subscription(
        subscriber=subscriber, about=want.about, topic=want.topic, town=want.town,
        gravity=want.gravity, pin=want.pin.written() if want.pin else "", matter=matter,
        made_at=now(),
    )  # fmt: skip
