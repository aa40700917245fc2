"""Beginning a stream, and what becomes of one whose broker can't be reached."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.catalogue.kinds.stream import Stream
from gongzhi.base.log import chain
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.exchange.publishing import events
from gongzhi.watch.exchange.publishing.models import Publication

MANAGE = "access.manage_keys"


@action
def begin_stream(by: Actor, stream: Stream) -> Publication:
    """Publish a stream from where its file says. One that has begun goes on where it is."""
    after = 0 if stream.begin == "start" else chain.head()[0]
    found, new = Publication.objects.get_or_create(
        stream=stream.code, defaults={"seq": after, "begun_at": now()}
    )
    if not new:
        raise Refused(_("这条数据流已经开始。"), code="begun", status=409)
    record(events.STREAM_BEGUN, found, stream=stream.code, after=after)
    return found


@action
def rewind_stream(by: Actor, code: str, since: datetime) -> Publication:
    """Publish everything since this moment again: ids are the same, so that whoever has seen an
    event drops it. Refuses a stream that never began, and a moment it has not come to."""
    require(by, MANAGE)
    held = Publication.objects.select_for_update().filter(stream=code).first()
    if held is None:
        raise Refused(_("没有这条数据流，或者还没有开始。"), code="no_stream", status=404)
    first = Entry.objects.filter(at__gte=since, seq__lte=held.seq).order_by("seq")
    after = first.values_list("seq", flat=True).first()
    if after is None:
        raise Refused(_("从那以后没有发过。"), code="nothing_since", status=409)
    record(events.STREAM_REWOUND, held, stream=code, after=after - 1, previous=held.seq)
    held.seq, held.again_at = after - 1, None
    held.save(update_fields=["seq", "again_at"])
    return held


@action
def mark_failing(by: Actor, found: Publication, why: str) -> None:
    """Its broker can't be reached; told once, until it is back."""
    Publication.objects.filter(pk=found.pk).update(failing_since=now())
    record(events.STREAM_FAILING, found, stream=found.stream, why=why)


@action
def mark_back(by: Actor, found: Publication) -> None:
    """The broker took something again."""
    Publication.objects.filter(pk=found.pk).update(
        failing_since=None, failures=0, failure="", again_at=None
    )
    record(events.STREAM_BACK, found, stream=found.stream)
