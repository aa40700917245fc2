"""The log tells that there is something new to compare; every some minutes it is looked at."""

from __future__ import annotations

from collections.abc import Sequence

from gongzhi.base.log.actions import NothingRecorded, now
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.jobs import every
from gongzhi.base.log.models import Entry
from gongzhi.base.log.readers import Together, reader
from gongzhi.work.prevention.linking.actions import propose_series
from gongzhi.work.prevention.linking.models import Look
from gongzhi.work.prevention.linking.selectors import WINDOW, found_among

LINKING = Actor.system("linking")
SECONDS = 300.0
NEWS = frozenset({
    "matters.matter_opened", "matters.place_corrected", "matters.matter_merged",
    "matters.told_erased",
})  # fmt: skip


def note(entries: Sequence[Entry]) -> None:
    """Remember that something may be linked otherwise now; a look follows in its turn."""
    news = [entry.seq for entry in entries if entry.kind in NEWS]
    if news:
        look, _made = Look.objects.get_or_create(pk=1)
        look.news = max(look.news, *news)
        look.save(update_fields=["news"])


reader("linking.news")(Together(note))


@every(SECONDS, "linking.look")
def look() -> int:
    """Compare anew when there is anything new; how many series changed.

    What was looked at is written after the proposals: a process that dies in between looks again,
    and finds nothing changed.
    """
    held, _made = Look.objects.get_or_create(pk=1)
    if held.seen >= held.news:
        return 0
    changed = compare()
    Look.objects.filter(pk=1).update(seen=held.news, at=now())
    return changed


def compare() -> int:
    """Bring series and topics up to what is there now; how many changed."""
    return sum(_propose(topic=topic) for topic in (False, True))


def _propose(*, topic: bool) -> int:
    at = now()
    found = found_among(at, topic=topic)
    try:
        return propose_series(LINKING, found, topic=topic, since=at - WINDOW)
    except NothingRecorded:  # all is as it was
        return 0
