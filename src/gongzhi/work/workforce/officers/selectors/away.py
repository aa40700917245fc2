"""When people are away, and what they can't do. Not why: no roster needs to know."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from gongzhi.base.people.models import Account
from gongzhi.work.workforce.officers.days import day_of
from gongzhi.work.workforce.officers.models import Leave, Limit
from gongzhi.work.workforce.officers.states import Cannot, LeaveState


@dataclass(frozen=True, order=True)
class Absence:
    """Days on which somebody is not there; both are part of it."""

    first_day: date
    last_day: date


@dataclass(frozen=True, order=True)
class Bound:
    """What somebody can't do (a code of `Cannot`), and on which days; both are part of it."""

    first_day: date
    last_day: date
    cannot: str


def absent_between(account: Account, start: date | datetime, end: date | datetime) -> list[Absence]:
    """When somebody is away from ``start`` to ``end``: leave that was granted, and being away
    otherwise; cut to those days. Leave that nobody has decided yet is none."""
    return absences([account], start, end)[account.pk]


def absences(
    accounts: Iterable[Account], start: date | datetime, end: date | datetime
) -> dict[int, list[Absence]]:
    """The same of many, by account id, in order. Two queries."""
    first, last = day_of(start), day_of(end)
    keys = [one.pk for one in accounts]
    found: dict[int, list[Absence]] = {key: [] for key in keys}
    granted = Leave.objects.filter(
        account__in=keys, state=LeaveState.GRANTED, first_day__lte=last, last_day__gte=first
    ).values_list("account_id", "first_day", "last_day")
    for key, begins, ends in [*granted, *_limits(keys, first, last, [Cannot.AWAY])]:
        found[key].append(Absence(max(begins, first), min(ends or last, last)))
    return {key: sorted(told) for key, told in found.items()}


def leave_of_days(account: Account, first: date, last: date) -> LeaveState | None:
    """Whether leave that touches these days was granted or is asked for; None: neither. Of which
    kind isn't told. One query."""
    rows = Leave.objects.filter(
        account=account, state__in=[LeaveState.ASKED, LeaveState.GRANTED],
        first_day__lte=last, last_day__gte=first,
    )  # fmt: skip
    states = set(rows.values_list("state", flat=True))
    return max((LeaveState(one) for one in states), default=None)  # "granted" before "asked"


def excused(account: Account, first: date, last: date) -> frozenset[date]:
    """Days on which somebody owes no work: granted leave, and being away otherwise. Time off in
    lieu is none of them: it is taken from the hours that were worked too many. Two queries."""
    granted = Leave.objects.filter(
        account=account, state=LeaveState.GRANTED, first_day__lte=last, last_day__gte=first
    )
    spans = [
        (one.first_day, one.last_day) for one in granted if not (one.item and one.item.in_lieu)
    ]
    away = _limits([account.pk], first, last, [Cannot.AWAY])
    spans += [(begins, ends or last) for _key, begins, ends in away]
    return frozenset(
        begins + timedelta(days=n)
        for begins, ends in spans for n in range((ends - begins).days + 1)
    )  # fmt: skip


def bounds(
    accounts: Iterable[Account], start: date | datetime, end: date | datetime
) -> dict[int, list[Bound]]:
    """What each can't do from ``start`` to ``end`` (no nights, light duty), by account id. One
    query."""
    first, last = day_of(start), day_of(end)
    keys = [one.pk for one in accounts]
    found: dict[int, list[Bound]] = {key: [] for key in keys}
    for cannot in (Cannot.NO_NIGHTS, Cannot.LIGHT_DUTY):
        for key, begins, ends in _limits(keys, first, last, [cannot]):
            found[key].append(Bound(max(begins, first), min(ends or last, last), str(cannot)))
    return {key: sorted(told) for key, told in found.items()}


def _limits(
    keys: list[int], first: date, last: date, cannot: list[Cannot]
) -> Iterable[tuple[int, date, date | None]]:
    rows = Limit.objects.filter(
        Q(last_day__isnull=True) | Q(last_day__gte=first),
        account__in=keys, cannot__in=cannot, first_day__lte=last,
    )  # fmt: skip
    return rows.values_list("account_id", "first_day", "last_day")
