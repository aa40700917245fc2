"""Which events are told of at all, and by which teller."""

from __future__ import annotations

import json

from gongzhi.base.log.models import Entry
from gongzhi.base.matters.models import Matter
from gongzhi.watch.notices.models import Spread
from gongzhi.watch.notices.telling import due, duties, matters, topics, warnings
from gongzhi.watch.notices.telling.story import Story
from gongzhi.watch.notices.topics import of_kind


def is_told(entry: Entry) -> bool:
    """Whether anybody could want to know. Asked of each entry: of few it asks a table."""
    if entry.kind == matters.STEP_TAKEN:
        told = json.loads(entry.text).get("step") in matters.TOLD
        return told and matters.is_followed(entry.subject)
    if of_kind(entry.kind):
        return topics.is_news(entry.kind, json.loads(entry.text))
    return entry.kind in warnings.TOLD or duties.is_wanted(entry) or due.is_wanted(entry)


def story_of(spread: Spread) -> Story | None:
    """What there is to tell; None when it turned out to be nothing."""
    told = json.loads(spread.text)
    if spread.kind in warnings.TOLD:
        return warnings.warned(spread.entry, spread.kind, told)
    if spread.kind == matters.STEP_TAKEN:
        matter = matter_of(spread.subject)
        return matters.step_taken(spread.entry, matter, told) if matter else None
    if spread.kind in due.KINDS:
        return due.told(spread, told)
    if spread.kind in duties.KINDS:
        return duties.told(spread, matter_of(spread.subject), told)
    return topics.told(spread.entry, spread.kind, of_kind(spread.kind), spread.subject, told)


def matter_of(subject: str) -> Matter | None:
    """The matter that an entry is about, if it is about one."""
    name, _colon, number = subject.rpartition(":")
    known = name == "matters.matter" and number.isdecimal()
    return Matter.objects.filter(pk=int(number)).first() if known else None
