"""Putting notices in line: each thing to each address once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from gongzhi.base.log.actions import now
from gongzhi.base.reach.marks import mark_of
from gongzhi.watch.notices.browsers import service_of
from gongzhi.watch.notices.models import Notice, Subscriber
from gongzhi.watch.notices.quiet import after_quiet
from gongzhi.watch.notices.states import Channel, Pace, State

LONGEST_LANE = 120
MARKS = "notices"
"""The scope of the marks: not to be joined with a vote's, say."""


@dataclass(frozen=True)
class News:
    """Something to tell. ``once`` names it: the same again is told to nobody a second time."""

    template: str
    about: str
    once: str
    facts: Mapping[str, str]
    rank: int = 5
    red: bool = False
    """May ring at night, for those who chose so."""
    now: bool = False
    """In no digest: it would come too late."""
    asked: bool = False
    """Somebody waits for it at this moment: it rings at any hour."""


def key_of(news: News, mark: str) -> str:
    """Of what, to whom."""
    told = f"{news.template}\n{news.once}\n{mark}"
    return hashlib.sha256(told.encode()).hexdigest()[:40]


def tell(subscriber: Subscriber, news: News, facts: Mapping[str, str]) -> Notice | None:
    """Put this in line for a subscriber, as they chose: at once, after their quiet hours, or for
    the digest. None when they were told of it before. ``facts``: the news in their language."""
    at = now()
    held = subscriber.pace != Pace.NOW and not news.now and not news.red
    told = {
        "template": news.template, "channel": subscriber.channel, "lane": lane_of(subscriber),
        "mark": subscriber.mark or "", "subscriber": subscriber, "about": news.about,
        "language": subscriber.language, "address": subscriber.address,
        "facts": json.dumps(dict(facts), ensure_ascii=False), "rank": news.rank,
        "state": _state(subscriber, held=held), "made_at": at,
        "again_at": at if news.asked else rings_at(subscriber, at, red=news.red),
    }  # fmt: skip
    key = key_of(news, subscriber.mark or subscriber.key)
    notice, made = Notice.objects.get_or_create(key=key, defaults=told)
    return notice if made else None


def tell_address(
    channel: str, address: str, language: str, news: News, *, again_at: datetime | None = None
) -> Notice | None:
    """Put this in line for an address that subscribed to nothing: a code, one's own booking."""
    mark = mark_of(MARKS, channel, address)
    told = {
        "template": news.template, "channel": channel, "lane": channel, "mark": mark,
        "about": news.about, "language": language, "address": address,
        "facts": json.dumps(dict(news.facts), ensure_ascii=False), "rank": news.rank,
        "made_at": now(), "again_at": again_at or now(),
    }  # fmt: skip
    notice, made = Notice.objects.get_or_create(key=key_of(news, mark), defaults=told)
    return notice if made else None


def rings_at(subscriber: Subscriber, at: datetime, *, red: bool) -> datetime:
    """When it may ring."""
    if red and subscriber.woken:
        return at
    return after_quiet(at, subscriber.quiet_from, subscriber.quiet_to)


def lane_of(subscriber: Subscriber) -> str:
    """Its way out; each push service is one of its own."""
    if subscriber.channel == Channel.PUSH:
        return f"{Channel.PUSH}:{service_of(subscriber.address)}"[:LONGEST_LANE]
    return str(subscriber.channel)


def _state(subscriber: Subscriber, *, held: bool) -> str:
    if subscriber.channel == Channel.FEED:
        return State.SENT  # it is read where it lies
    return State.HELD if held else State.WAITING
