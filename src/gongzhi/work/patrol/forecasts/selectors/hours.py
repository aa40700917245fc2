"""What calls will want of one station hour by hour, for whoever plans its roster.

Calls of each kind as they are foreseen for the county by day and shift; over the hours of a shift
as such calls came in the past weeks; times the officer-hours that this station's crews spent on
each of them in those weeks. No person and no place is in it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from gongzhi.base.log.actions import now
from gongzhi.base.matters.residents import RESIDENTS, own_incidents
from gongzhi.base.people.models import Unit
from gongzhi.work.dispatch.models import Assignment
from gongzhi.work.patrol.forecasts.county import SHIFTS, series
from gongzhi.work.patrol.forecasts.models import Outlook
from gongzhi.work.patrol.forecasts.selectors.shown import today
from gongzhi.work.workforce.rosters.foreseen import HOURS, Foreseen

BACK = timedelta(weeks=8)
PRIOR = 8.0
"""Calls of all kinds together that a kind's hours are mixed with: one that is rare has no hours of
its own."""
LONGEST = timedelta(hours=8)
"""No crew is reckoned to be at one call for longer: somebody forgot to clear it."""


@dataclass(frozen=True)
class Past:
    """Of the past weeks, by kind: how many calls came in each of the 24 hours; officer-hours of
    this station's crews, and to how many of them it sent one."""

    hours: Mapping[str, Counter[int]]
    work: Mapping[str, float]
    sent: Mapping[str, int]

    def shape(self, kind: str) -> list[float]:
        """What part of a shift's calls comes in each hour of it."""
        own, every = self.hours.get(kind, Counter()), sum(self.hours.values(), Counter())
        found = [0.0] * HOURS
        for shift in _shifts():
            whole = sum(every[hour] for hour in shift)
            usual = {h: (every[h] + 1) / (whole + len(shift)) for h in shift}
            many = sum(own[hour] for hour in shift)
            for hour in shift:
                found[hour] = (own[hour] + PRIOR * usual[hour]) / (many + PRIOR)
        return found


def hours_for(unit: Unit, first: date, last: date) -> Foreseen | None:
    """Of these days, both included; None where nothing is foreseen from today on, or none of the
    station's crews was sent to anything. Five queries."""
    rows = list(Outlook.objects.filter(day__gte=today()).order_by("day"))
    if not rows:
        return None
    past = _past(unit, {one.category for one in rows})
    if not any(past.work.values()):
        return None
    until = max(one.day for one in rows)
    known = _by_day(rows)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    told = {day: _day(known[near], past) for day in days if (near := _nearest(known, day))}
    return Foreseen(
        timezone.localdate(max(one.made_at for one in rows), timezone.get_default_timezone()),
        until,
        {day: calls for day, (calls, _need) in told.items()},
        {day: need for day, (_calls, need) in told.items()},
    )


_Counts = Mapping[str, Sequence[float]]
"""By kind: calls of each shift."""


def _by_day(rows: Iterable[Outlook]) -> dict[date, dict[str, list[float]]]:
    known: dict[date, dict[str, list[float]]] = defaultdict(dict)
    for one in rows:
        if one.shifts == len(SHIFTS):
            known[one.day][one.category] = [float(shift[0] or 0) for shift in one.county]
    return known


def _nearest(known: Mapping[date, object], day: date) -> date | None:
    """The day itself, or the last foreseen of the same weekday."""
    same = [one for one in known if one.weekday() == day.weekday()]
    return day if day in known else max(same, default=None)


def _day(counts: _Counts, past: Past) -> tuple[tuple[float, ...], tuple[float, ...]]:
    calls, need = [0.0] * HOURS, [0.0] * HOURS
    for kind, shifts in counts.items():
        many = sum(past.hours.get(kind, Counter()).values())
        if not many:
            continue
        shape = past.shape(kind)
        for nth, hours in enumerate(_shifts()):
            for hour in hours:
                here = shifts[nth] * shape[hour]
                calls[hour] += here * past.sent.get(kind, 0) / many
                need[hour] += here * past.work.get(kind, 0.0) / many
    return tuple(calls), tuple(need)


def _past(unit: Unit, kinds: set[str]) -> Past:
    since = datetime.combine(today() - BACK, time(), timezone.get_default_timezone())
    listed = {code: kind for code, kind in series().items() if kind in kinds}
    hours: dict[str, Counter[int]] = defaultdict(Counter)
    rows = own_incidents().filter(
        opened_at__gte=since, opened_at__lt=now(), category__in=listed, channel__in=RESIDENTS
    )
    for at, code in rows.values_list("opened_at", "category"):
        hours[listed[code]][timezone.localtime(at, timezone.get_default_timezone()).hour] += 1
    work: dict[str, float] = defaultdict(float)
    sent: dict[str, set[int]] = defaultdict(set)
    for matter, code, begins, ends, officers in _assignments(unit, since, listed):
        took = min(ends - begins, LONGEST) / timedelta(hours=1)
        work[listed[code]] += took * officers
        sent[listed[code]].add(matter)
    return Past(hours, work, {kind: len(matters) for kind, matters in sent.items()})


def _assignments(
    unit: Unit, since: datetime, listed: Mapping[str, str]
) -> Iterable[tuple[int, str, datetime, datetime, int]]:
    rows = Assignment.objects.filter(
        unit__station=unit, assigned_at__gte=since, matter__category__in=listed,
        matter__channel__in=RESIDENTS, matter__county=None,
    )  # fmt: skip
    told = rows.values_list(
        "matter_id", "matter__category", "assigned_at", "cleared_at", "recalled_at",
        "unit__officers",
    )  # fmt: skip
    for matter, code, begins, cleared, recalled, officers in told.iterator():
        ends = cleared or recalled
        if ends is not None and ends > begins:
            yield matter, code, begins, ends, officers


def _shifts() -> list[range]:
    ends = [*SHIFTS[1:], HOURS]
    return [range(begin, end) for begin, end in zip(SHIFTS, ends, strict=True)]
