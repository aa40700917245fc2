"""Weeks from Monday to Sunday by the county's calendar, those that are over."""

from __future__ import annotations

import re
from datetime import date, timedelta

from gongzhi.watch.outcomes.models import CountedDay

WEEK = timedelta(days=7)
SHOWN = 52
"""Weeks that a series has at most."""
NAMED = re.compile(r"(\d{4})-W(\d{2})", re.ASCII)


def monday(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())


def name_of(week: date) -> str:
    """``2026-W47``, by ISO 8601."""
    year, number, _day = week.isocalendar()
    return f"{year}-W{number:02}"


def week_named(said: str) -> date | None:
    """The Monday of ``2026-W47``; None for what is no week."""
    found = NAMED.fullmatch(said)
    try:
        return date.fromisocalendar(int(found[1]), int(found[2]), 1) if found else None
    except ValueError:
        return None


def whole_weeks() -> list[date]:
    """The Mondays of the last weeks of which every day was counted, the first one first."""
    days = CountedDay.objects.order_by("day")
    first, last = days.first(), days.last()
    if first is None or last is None:
        return []
    begin = monday(first.day + timedelta(days=6))
    end = monday(last.day + timedelta(days=1))
    weeks = [begin + nth * WEEK for nth in range((end - begin).days // 7)]
    return weeks[-SHOWN:]
