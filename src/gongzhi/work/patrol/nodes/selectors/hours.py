"""When nodes are to be visited in a shift: the needs that a plan answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from gongzhi.base.catalogue.kinds.node import Span, span_of
from gongzhi.base.catalogue.load import catalogue
from gongzhi.work.patrol.nodes.models import Node
from gongzhi.work.patrol.nodes.selectors.standing import standing

ONE_DAY = timedelta(days=1)
HALF = 0.5


@dataclass(frozen=True)
class Need:
    """A node to be visited so often between two moments. ``possible``: whether one visit fits
    into its hours at all; a window shorter than a visit never does."""

    node: Node
    begins: datetime
    ends: datetime
    visits: int
    possible: bool = True


def needs_of_nodes(begins: datetime, ends: datetime) -> list[Need]:
    """What the nodes want between the beginning and the end of a shift, which may go over midnight.

    Hours that two shifts share are visited in that which has most of them; a node that is wanted
    so often in twelve hours, is wanted half as often in six.
    """
    first = timezone.localdate(begins)
    nodes = {day: list(standing(day)) for day in (first - ONE_DAY, first, first + ONE_DAY)}
    found = [
        need
        for day, listed in nodes.items()
        for node in listed
        for span in spans_of(node, day)
        for need in _within(node, span, begins, ends)
    ]
    return sorted(found, key=lambda one: (one.begins, one.node.pk))


def spans_of(node: Node, day: date) -> list[Span]:
    """Its hours on this day: its own, or those of its kind; none where the county took its kind
    away."""
    kind, zone = node.kind, timezone.get_default_timezone()
    if kind is None:
        return []
    if node.begins is not None and node.ends is not None:
        return [span_of(day, node.begins, node.ends, node.visits or 1, zone)]
    return kind.spans(day, catalogue().calendar, zone)


def _within(node: Node, span: Span, begins: datetime, ends: datetime) -> Iterable[Need]:
    start, end = max(span.begins, begins), min(span.ends, ends)
    if start >= end:
        return
    stay = timedelta(minutes=node.stay)
    share = (end - start) / (span.ends - span.begins)
    if span.ends - span.begins < stay:
        if share >= HALF:
            yield Need(node, start, end, 1, possible=False)
        return
    visits = int((node.visits or span.visits) * share + HALF)
    if visits and end - start >= stay:
        yield Need(node, start, end, visits)
