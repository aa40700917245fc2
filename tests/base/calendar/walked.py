"""The second route to a due date: no arithmetic, a finger on the calendar, day by day."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from chinese_calendar import is_workday

DAY = timedelta(days=1)
KNOWN_UNTIL = date(2026, 12, 31)


def walked(start: date, number: int, unit: str, *, rolls: bool) -> date:
    """The last day: `unit` is D (days), WD (working days) or M (months)."""
    day = start
    if unit == "M":
        for _ in range(number):  # to the first of the next month, so often
            day = day.replace(day=monthrange(day.year, day.month)[1]) + DAY
        while day.day < start.day and (day + DAY).day != 1:
            day += DAY
    else:
        counted = 0
        while counted < number:
            day += DAY
            counted += unit == "D" or is_workday(day)
    while rolls and not is_workday(day):
        day += DAY
    return day
