"""Weeks, months and quarters of the county's calendar, in which units' practice is counted."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

MONTHS = {"month": 1, "quarter": 3}


def period_of(day: date, per: str) -> date:
    """The first day of the period that `day` lies in."""
    if per == "week":
        return day - timedelta(days=day.weekday())
    months = MONTHS[per]
    return day.replace(month=(day.month - 1) // months * months + 1, day=1)


def next_period(first: date, per: str) -> date:
    """The first day of the period after this one."""
    if per == "week":
        return first + timedelta(days=7)
    later = first.month - 1 + MONTHS[per]
    return date(first.year + later // 12, later % 12 + 1, 1)


def periods_before(first: date, per: str, count: int) -> list[date]:
    """The first days of so many periods before this one, the nearest first."""
    found, day = [], first
    for _nth in range(count):
        day = _before(day, per)
        found.append(day)
    return found


def _before(first: date, per: str) -> date:
    if per == "week":
        return first - timedelta(days=7)
    earlier = first.year * 12 + first.month - 1 - MONTHS[per]
    return date(earlier // 12, earlier % 12 + 1, 1)


def end_of(first: date, per: str, zone: ZoneInfo) -> datetime:
    """The moment at which the period is over."""
    day = next_period(first, per)
    return datetime(day.year, day.month, day.day, tzinfo=zone)
