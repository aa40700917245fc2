"""When units are on duty: as the log says they were; where it says nothing, as is planned; where
nothing is planned, always."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from gongzhi.analysis.simulation import ALWAYS, HOURS_A_WEEK
from gongzhi.base.log.actions import now
from gongzhi.base.log.models import Entry
from gongzhi.work.dispatch.events import UNIT_OFF_DUTY, UNIT_ON_DUTY
from gongzhi.work.dispatch.models import ResponseUnit, UnitShift

LOOKED = timedelta(days=28)
A_WEEK, HEARD, PLANNED = timedelta(days=14), timedelta(days=2), timedelta(days=6)
"""From two weeks on, each hour of the week is looked at by itself; before, each hour of the day.
What the log has of less than two days, and plans of less than six, don't say how it usually is."""
Span = tuple[datetime, datetime]


def duties_of(units: Sequence[ResponseUnit]) -> dict[int, tuple[bool, ...]]:
    """By hour of the week, for each unit: on duty where it was more often than not."""
    was, planned = _was_on_duty(units), _planned(units)
    return {unit.pk: _duty(was[unit.pk], planned[unit.pk]) for unit in units}


def _duty(was: list[Span], planned: list[Span]) -> tuple[bool, ...]:
    if was and max(end for _, end in was) - min(begin for begin, _ in was) >= HEARD:
        return _usually(was, now())
    if planned and planned[-1][1] - planned[0][0] >= PLANNED:
        return _usually(planned, max(end for _, end in planned))
    return ALWAYS


def _usually(spans: list[Span], until: datetime) -> tuple[bool, ...]:
    """In which hours it was there at least half of the times that there were."""
    begin = min(begin for begin, _ in spans)
    every = HOURS_A_WEEK if until - begin >= A_WEEK else 24
    there = Counter(hour % every for span in spans for hour in _hours(*span))
    times = Counter(hour % every for hour in _hours(begin, until))
    return tuple(
        2 * there[h % every] >= times[h % every] and there[h % every] > 0
        for h in range(HOURS_A_WEEK)
    )


def _was_on_duty(units: Iterable[ResponseUnit]) -> dict[int, list[Span]]:
    """From the log: when it came on duty, when it went off."""
    since = now() - LOOKED
    rows = Entry.objects.filter(kind__in=[UNIT_ON_DUTY.kind, UNIT_OFF_DUTY.kind], at__gte=since)
    spans: dict[int, list[Span]] = defaultdict(list)
    began: dict[int, datetime] = {}
    for at, kind, told in rows.order_by("seq").values_list("at", "kind", "text"):
        unit = int(json.loads(told)["unit"])
        if kind == UNIT_ON_DUTY.kind:
            began.setdefault(unit, at)
        else:
            spans[unit].append((began.pop(unit, since), at))
    for one in units:
        if one.pk in began:
            spans[one.pk].append((began[one.pk], now()))
    return spans


def _planned(units: Iterable[ResponseUnit]) -> dict[int, list[Span]]:
    spans: dict[int, list[Span]] = defaultdict(list)
    rows = UnitShift.objects.filter(unit__in=units, ends_at__gt=now() - LOOKED)
    for row in rows.order_by("begins_at"):
        spans[row.unit_id].append((row.begins_at, row.ends_at))
    return spans


def _hours(begin: datetime, end: datetime) -> range:
    """Hours since a Monday 00:00 of the county's own time."""
    first = begin.astimezone(timezone.get_default_timezone())
    start = first.weekday() * 24 + first.hour
    return range(start, start + max(round((end - begin).total_seconds() / 3600), 1))
