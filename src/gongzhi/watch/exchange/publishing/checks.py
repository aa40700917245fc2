"""What `gongzhi exchange check` says of streams."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.stream import Stream
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import now
from gongzhi.watch.exchange.checks import Found
from gongzhi.watch.exchange.leaving import chosen
from gongzhi.watch.exchange.outside import LineFailed
from gongzhi.watch.exchange.outside_words import why_failed
from gongzhi.watch.exchange.publishing.brokers import connected
from gongzhi.watch.exchange.publishing.models import Publication
from gongzhi.watch.exchange.publishing.sending import waiting_of

LATE = timedelta(minutes=5)
"""So long after the last event was taken, what still waits is late."""


def faults() -> Iterator[Found]:
    """Each stream: whether its kinds mean anything, its broker answers, and how far it is behind.
    A row without its file is told, too."""
    streams = catalogue().streams
    for stream in streams.values():
        yield from _of(stream)
    for lost in Publication.objects.exclude(stream__in=list(streams)):
        yield Found(
            _("“%(stream)s”已经不在目录里，停在那里。") % {"stream": lost.stream}, wrong=True
        )
    if not streams:
        yield Found(_("没有数据流。"))


def _of(stream: Stream) -> Iterator[Found]:
    name = {"stream": str(stream.name)}
    for pattern in stream.kinds:
        if not chosen([pattern]):
            told = name | {"kind": pattern}
            yield Found(_("%(stream)s：没有能出去的事件“%(kind)s”。") % told, wrong=True)
    if stream.paused:
        yield Found(_("%(stream)s：暂停。") % name)
        return
    try:
        connected(stream).close()
    except LineFailed as failed:
        told = name | {"why": why_failed(failed.code)}
        yield Found(_("%(stream)s：连不上，%(why)s。") % told, wrong=True)
    else:
        yield Found(_("%(stream)s：连得上。") % name)
    yield _behind(stream)


def _behind(stream: Stream) -> Found:
    found, many = Publication.objects.filter(stream=stream.code).first(), waiting_of(stream.code)
    told = {"stream": str(stream.name), "n": many}
    if found is None:
        return Found(_("%(stream)s：还没有开始发。平台运行时自动开始。") % told)
    if not many:
        return Found(_("%(stream)s：全部发出。") % told)
    late = now() - (found.sent_at or found.begun_at) > LATE
    return Found(_("%(stream)s：还有 %(n)s 条没有发出。") % told, wrong=late)
