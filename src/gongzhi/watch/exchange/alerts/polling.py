"""Asking the sources, and taking in what they have."""

from __future__ import annotations

import logging
from collections import Counter
from datetime import timedelta
from hashlib import sha256

from gongzhi.base.log.actions import now
from gongzhi.base.log.actor import Actor
from gongzhi.base.places.selectors import own_bounds
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.exchange.alerts.actions import hear, mark_back, mark_failing
from gongzhi.watch.exchange.alerts.feeds import read_feed
from gongzhi.watch.exchange.alerts.following import is_known
from gongzhi.watch.exchange.alerts.judging import Verdict, judge
from gongzhi.watch.exchange.alerts.models import Heard, Source
from gongzhi.watch.exchange.fetching import fetch
from gongzhi.watch.exchange.outside import LineFailed
from gongzhi.work.prevention.warnings.cap import NotReadable

READER = Actor.system("alerts")
MOST_LINKS = 60
"""Messages fetched from one feed at one time; the rest come with the next."""
SAME_TROUBLE = timedelta(days=1)
_log = logging.getLogger(__name__)
Counts = Counter[str]


def poll(source: Source) -> Counts:
    """Ask a source now; how many messages of which state were new. Raises LineFailed or
    NotReadable after it has been noted."""
    try:
        answer = fetch(source.address, etag=source.etag, modified=source.modified)
        found = take_in(source, answer.body, source.address) if answer.fresh else Counter()
    except LineFailed as failed:
        _fail(source, failed.code)
        raise
    except NotReadable as failed:
        _fail(source, failed.faults[0].code)
        raise
    itself = Source.objects.filter(pk=source.pk)
    itself.update(answered_at=now())
    if answer.fresh:
        itself.update(etag=answer.etag, modified=answer.modified)
    if source.failure:
        mark_back(READER, source)
    return found


def take_in(source: Source, body: bytes, address: str = "") -> Counts:
    """A feed's or one message's bytes; how many of which state were new."""
    found: Counts = Counter()
    feed = read_feed(body, address)
    found["foreign"] += feed.foreign
    for message in feed.messages:
        _count(found, receive(source, message))
    known = set(
        Heard.objects.filter(source=source, entry__in=[mark for _, mark in feed.links])
        .values_list("entry", flat=True)
    )  # fmt: skip
    for link, mark in [pair for pair in feed.links if pair[1] not in known][:MOST_LINKS]:
        try:
            _count(found, receive(source, fetch(link).body, entry=mark))
        except LineFailed as failed:  # the others may be there
            found[failed.code] += 1
    return found


def receive(source: Source, xml: bytes, *, entry: str = "") -> Heard | None:
    """Judge and keep one message; None for one that is known."""
    if Heard.objects.filter(source=source, digest=sha256(xml).hexdigest()).exists():
        return None
    verdict = judge(xml, now(), own_bounds())
    if verdict.alert is not None and is_known(source, verdict.alert):
        return None
    if verdict.alert is None and _told_lately(source, verdict):
        return None
    try:
        return hear(READER, source, xml, verdict, entry=entry)
    except Refused as refused:  # somebody changed what it is about in this moment: next time
        _log.warning("an alert of %s could not be taken in: %s", source.code, refused.code)
        return None


def _told_lately(source: Source, verdict: Verdict) -> bool:
    """An error page with the time in it is new each minute, and still the same trouble."""
    lately = Heard.objects.filter(
        source=source, state=Heard.State.TURNED_AWAY, identifier="",
        received_at__gt=now() - SAME_TROUBLE,
    ).order_by("-pk")  # fmt: skip
    return list(verdict.reasons) in list(lately.values_list("reasons", flat=True)[:20])


def _count(found: Counts, heard: Heard | None) -> None:
    found[heard.state if heard else "known"] += 1


def _fail(source: Source, why: str) -> None:
    if source.failure != why:
        mark_failing(READER, source, why)
