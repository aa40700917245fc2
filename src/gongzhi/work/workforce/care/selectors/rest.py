"""Leave actually taken, and health checks, by unit: never by person.

What counts is leave that is over by now, not what was granted. Units of fewer than five are told
together or not at all; shares come in steps of ten percent, and how many had their check in four
parts, of ten and more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gongzhi.base.catalogue.kinds.leave_kind import LeaveKind
from gongzhi.base.catalogue.load import catalogue
from gongzhi.work.workforce.care.selectors.pulses import LOW, names_of
from gongzhi.work.workforce.care.selectors.telling import ALL, FEWEST_PARTS, part_of, together
from gongzhi.work.workforce.officers.days import today
from gongzhi.work.workforce.officers.models import HealthCheck, Leave, Service
from gongzhi.work.workforce.officers.selectors.records import days_of
from gongzhi.work.workforce.officers.states import LeaveState

STEP = 10


@dataclass(frozen=True)
class Rest:
    """A row that may be told: the part of this year's leave that was taken, in percent, beside the
    part of the year that is over; in which part of four those lie whose check is overdue."""

    name: str
    taken: int
    unchecked: str
    whole: bool


@dataclass(frozen=True)
class _One:
    due: int
    taken: int
    late: bool


def rest_of_units() -> tuple[int, list[Rest]]:
    """How much of the year is over, in percent, and the rows. A fixed number of queries."""
    day = today()
    groups = _by_unit(day)
    told = together(groups, {unit: len(some) for unit, some in groups.items()})
    names = names_of([unit for unit, _some in told])
    over = round(100 * (day - date(day.year, 1, 1)).days / 365)
    return over, [
        _row(names.get(unit, unit), [one for some in parts for one in some], whole=unit == ALL)
        for unit, parts in told
    ]


def _by_unit(day: date) -> Mapping[str, list[_One]]:
    """Who has leave of a fixed number of days, by their unit's code."""
    every = catalogue().leave_kinds.values()
    kinds = [one for one in every if one.by_years and one.by_years[0].years]
    service = Service.objects.filter(account__is_active=True).select_related("account__unit")
    overdue = HealthCheck.objects.filter(done_on=None, due_on__lt=day)
    late = set(overdue.values_list("account", flat=True))
    taken, found = _taken(kinds, day), defaultdict[str, list[_One]](list)
    for one in service:
        due = sum(kind.days_after((day - one.since).days // 365) or 0 for kind in kinds)
        if due:
            key = one.account_id
            found[one.account.unit.code].append(_One(due, min(due, taken.get(key, 0)), key in late))
    return found


def _taken(kinds: Sequence[LeaveKind], day: date) -> Mapping[int, int]:
    """Account → days of such leave that are over."""
    known = {one.code: one for one in kinds}
    rows = Leave.objects.filter(
        state=LeaveState.GRANTED, last_day__gte=date(day.year, 1, 1), first_day__lt=day
    )
    found: dict[int, int] = defaultdict(int)
    for one in rows:
        if one.kind in known:
            last = min(one.last_day, day - timedelta(days=1))
            found[one.account_id] += days_of(known[one.kind], one.first_day, last, day.year)
    return found


def _row(name: str, people: Sequence[_One], *, whole: bool) -> Rest:
    share = 100 * sum(one.taken for one in people) / sum(one.due for one in people)
    late = sum(one.late for one in people) / len(people)
    told = str(LOW[part_of(late)]) if len(people) >= FEWEST_PARTS else ""
    return Rest(name, round(share / STEP) * STEP, told, whole)
