"""Incidents, what came again at a place, how soon calls were answered and crews were there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Min, QuerySet

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.matters.models import Matter
from gongzhi.watch.outcomes.sources.fact import Fact, Owners, chunks, shift_of
from gongzhi.work.calls.models import Call
from gongzhi.work.dispatch.models import Assignment

AGAIN = timedelta(days=30)
"""Within so long after another of its kind in the same cell (0.1 km²), it came again."""


def incidents(since: datetime, until: datetime) -> Iterator[Fact]:
    """Each incident on the day it was reported; those merged into another are one with it."""
    rows = list(
        _own().filter(opened_at__gte=since, opened_at__lt=until)
        .values_list("pk", "opened_at", "owner_unit_id", "town", "category", "priority")
    )  # fmt: skip
    owners = Owners((row[0] for row in rows), since)
    for key, at, unit, town, category, priority in rows:
        yield Fact(at, owners.at(key, at, unit), town, _facts(category, priority, at))


def repeats(since: datetime, until: datetime) -> Iterator[Fact]:
    """Each incident with a place: whether another of its kind was there in the days before. In
    the county's first thirty days nobody can say."""
    first = _own().order_by("opened_at").values_list("opened_at", flat=True).first()
    since = max(since, first + AGAIN) if first else since
    rows = (
        _own().filter(opened_at__gte=since - AGAIN, opened_at__lt=until, h9__isnull=False)
        .order_by("opened_at", "pk")
        .values_list("pk", "opened_at", "owner_unit_id", "town", "category", "priority", "h9")
    )  # fmt: skip
    last: dict[tuple[str, int | None], datetime] = {}
    found = []
    for key, at, unit, town, category, priority, cell in rows:
        before = last.get((category, cell))
        last[category, cell] = at
        if at >= since:
            found.append((key, at, unit, town, category, priority, before))
    owners = Owners((one[0] for one in found), since)
    for key, at, unit, town, category, priority, before in found:
        again = before is not None and at - before <= AGAIN
        facts = _facts(category, priority, at)
        yield Fact(at, owners.at(key, at, unit), town, facts, hit=float(again))


def calls(since: datetime, until: datetime) -> Iterator[Fact]:
    """Each answered call by telephone: how many seconds it rang."""
    rows = Call.objects.filter(
        answered_at__gte=since, answered_at__lt=until, channel=Call.Channel.PHONE,
        matter__procedure="incident", matter__county=None,
    ).values_list("received_at", "answered_at", "matter__town")  # fmt: skip
    for received, answered, town in rows:
        assert answered is not None  # noqa: S101  (asked for above)
        waited = max((answered - received).total_seconds(), 0.0)
        yield Fact(answered, None, town, {"shift": shift_of(received)}, value=waited)


def arrivals(since: datetime, until: datetime) -> Iterator[Fact]:
    """Each incident to which a crew came: seconds from the report until the first was there."""
    there = Assignment.objects.filter(on_scene_at__gte=since, on_scene_at__lt=until)
    keys = list(there.values_list("matter_id", flat=True))
    rows = [row for some in chunks(keys) for row in _first_there(some)]
    owners = Owners((row[0] for row in rows), since)
    for key, opened, unit, town, category, priority, at in rows:
        if at >= since:
            waited = max((at - opened).total_seconds(), 0.0)
            facts = _facts(category, priority, opened)
            yield Fact(at, owners.at(key, at, unit), town, facts, value=waited)


def _first_there(keys: list[int]) -> list[tuple[Any, ...]]:
    rows = _own().filter(pk__in=keys).annotate(there=Min("assignments__on_scene_at"))
    return list(
        rows.values_list(
            "pk", "opened_at", "owner_unit_id", "town", "category", "priority", "there"
        )
    )


def _own() -> QuerySet[Matter]:
    return Matter.objects.filter(procedure="incident", county=None, merged_into=None)


def _facts(category: str, priority: int, at: datetime) -> dict[str, str]:
    item = catalogue().categories.get(category)
    return {
        "category": category, "harm": "yes" if item and item.harm else "no",
        "priority": f"{priority}", "shift": shift_of(at),
    }  # fmt: skip
