"""Months, quarters and years of the county's calendar, and which of them are over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Literal

Length = Literal["month", "quarter", "year"]
MONTHS: dict[Length, int] = {"month": 1, "quarter": 3, "year": 12}


def period_of(day: date, length: Length) -> str:
    """``2026-09``, ``2026-Q3`` or ``2026``: the times of facts are told no finer."""
    if length == "month":
        return f"{day:%Y-%m}"
    return f"{day.year}-Q{(day.month + 2) // 3}" if length == "quarter" else f"{day.year}"


def bounds_of(period: str, length: Length) -> tuple[date, date]:
    """Its first day, and the first one after it."""
    year = int(period[:4])
    month = {"month": lambda: int(period[5:7]), "quarter": lambda: int(period[6]) * 3 - 2}
    first = date(year, month[length]() if length in month else 1, 1)
    return first, _later(first, MONTHS[length])


def closed(since: date, today: date, length: Length, wait_days: int) -> list[str]:
    """The periods from that of `since` on that ended so many days before `today`, the first one
    first."""
    return list(_closed(since, today - timedelta(days=wait_days), length))


def _closed(since: date, until: date, length: Length) -> Iterator[str]:
    period = period_of(since, length)
    while (after := bounds_of(period, length)[1]) <= until:
        yield period
        period = period_of(after, length)


def _later(first: date, months: int) -> date:
    month = first.month - 1 + months
    return date(first.year + month // 12, month % 12 + 1, 1)


def codes(periods: Sequence[str]) -> list[str]:
    """Periods as the log writes codes: in small letters."""
    return [one.lower() for one in periods]
