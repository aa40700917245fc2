"""Publishing what is new, a batch after the other, each noted once the broker has it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from random import uniform

from django.conf import settings
from django.db.models import F, Q

from gongzhi.base.catalogue.kinds.stream import Stream
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log import chain
from gongzhi.base.log.actions import now
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.log.turns import in_turn
from gongzhi.watch.exchange.leaving import chosen, leaving, rows
from gongzhi.watch.exchange.outside import LineFailed
from gongzhi.watch.exchange.publishing.actions import begin_stream, mark_back, mark_failing
from gongzhi.watch.exchange.publishing.brokers import connected
from gongzhi.watch.exchange.publishing.brokers.broker import Broker
from gongzhi.watch.exchange.publishing.models import Publication

PUBLISHER = Actor.system("publishing")
BATCH = 2000
"""Entries read, and events in flight, at once."""
WAITS = (1, 5, 15, 30)
"""Seconds until a broker that fails is tried again; the last one from then on."""
LEASE = timedelta(seconds=60)
"""For which one process has a stream; longer than a batch can take."""
LINGER, PAUSE = 20, 0.25
"""So many looks at the log, so many seconds apart, until the line is hung up."""


def due_streams() -> list[Stream]:
    """Those with something new, whose turn it is. None in a drill."""
    if settings.EXERCISE:
        return []
    streams = [one for one in catalogue().streams.values() if not one.paused]
    if not streams:
        return []
    head = chain.head()[0]
    found = {one.stream: one for one in Publication.objects.all()}
    return [one for one in streams if _is_due(found.get(one.code), head)]


def _is_due(found: Publication | None, head: int) -> bool:
    if found is None:
        return True
    at = now()
    resting = found.again_at is not None and found.again_at > at
    held = found.held_until is not None and found.held_until > at
    return found.seq < head and not resting and not held


def publish(stream: Stream, *, linger: int = 0) -> int:
    """Publish what is new until nothing is, or until the broker fails; how many it took.

    Of two processes one does so. What it took in the moment in which this process dies is sent
    again, with the same id.
    """
    if settings.EXERCISE:
        return 0
    found = Publication.objects.filter(stream=stream.code).first()
    found = found or begin_stream(PUBLISHER, stream)
    with _held(found) as mine:
        return _publish_held(stream, found, linger) if mine else 0


@contextmanager
def _held(found: Publication) -> Iterator[bool]:
    row, at = Publication.objects.filter(pk=found.pk), now()
    free = Q(held_until=None) | Q(held_until__lte=at)
    mine = bool(row.filter(free).update(held_until=at + LEASE))
    try:
        yield mine
    finally:
        if mine:
            row.update(held_until=None)


def _publish_held(stream: Stream, found: Publication, linger: int) -> int:
    found.refresh_from_db()
    sent, broker = 0, None
    try:
        broker = connected(stream)
        for some in _batches(stream, found, broker, linger):
            sent += some
    except LineFailed as failed:
        _failed(found, failed.code)
    finally:
        if broker is not None:
            broker.close()
    return sent


def _batches(stream: Stream, found: Publication, broker: Broker, linger: int) -> Iterator[int]:
    """Sends and notes one after the other; how many each held."""
    kinds, looks = chosen(stream.kinds), 0
    while looks <= linger:
        read = rows(found.seq, BATCH)
        if not read:
            looks += 1
            broker.wait(PAUSE if linger else 0)
            continue
        looks = 0
        events = list(leaving(read, kinds))
        if events:
            broker.publish(events)
        if not _noted(found, read[-1].seq, len(events)):
            return  # rewound meanwhile, or another process has it
        yield len(events)


def _noted(found: Publication, upto: int, many: int) -> bool:
    """Whether the cursor stood where this process believed, and has moved."""
    at = now()
    moved: dict[str, object] = {"seq": upto, "held_until": at + LEASE}
    moved |= {"sent": F("sent") + many, "sent_at": at} if many else {}
    with in_turn():
        mine = Publication.objects.filter(pk=found.pk, seq=found.seq).update(**moved)
    found.seq = upto
    if mine and many and found.failing_since is not None:
        mark_back(PUBLISHER, found)
        found.failing_since, found.failures = None, 0
    return bool(mine)


def _failed(found: Publication, why: str) -> None:
    wait = WAITS[min(found.failures, len(WAITS) - 1)]
    again = now() + timedelta(seconds=wait * uniform(1, 1.3))  # noqa: S311  (not all at once)
    row = Publication.objects.filter(pk=found.pk)
    row.update(failures=F("failures") + 1, failure=why, again_at=again)
    if found.failing_since is None:
        mark_failing(PUBLISHER, found, why)


def waiting_of(code: str) -> int:
    """How many events a stream still has to send; those that nobody may hear of not counted off."""
    stream, found = catalogue().streams[code], Publication.objects.filter(stream=code).first()
    if found is None:
        return 0
    waiting = Entry.objects.filter(seq__gt=found.seq, kind__in=list(chosen(stream.kinds)))
    return waiting.count()
