"""Sums that somebody else has done, in a CSV file: do we come out the same?"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from gongzhi.base.calendar.counting import Counts
from gongzhi.base.calendar.due import due
from gongzhi.base.calendar.periods import Period
from gongzhi.base.calendar.workdays import WorkCalendar

COLUMNS = ("start_date", "limit", "rolls", "due_date")
"""A column ``why`` may say where the sum comes from; others are not read."""
_TRUTHS = {"true": True, "1": True, "false": False, "0": False}


class VectorError(ValueError):
    """A file of sums that can't be read, with its line."""


@dataclass(frozen=True)
class Compared:
    """How many sums there were, and each that came out otherwise, in words."""

    total: int
    wrong: tuple[str, ...]

    @property
    def agreed(self) -> int:
        """How many came out the same."""
        return self.total - len(self.wrong)


def compare(lines: Iterable[str], calendar: WorkCalendar, tz: ZoneInfo) -> Compared:
    """Count every row of the file anew. A time of day in start or due is compared to the minute.

    Raises VectorError for a file without the columns, or a row that can't be read.
    """
    rows = csv.DictReader(lines)
    missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
    if missing:
        raise VectorError(f"line 1: expected the columns {', '.join(COLUMNS)}")
    total, wrong = 0, []
    for row in rows:
        total += 1
        try:
            found = _count(row, calendar, tz)
        except (ValueError, KeyError, TypeError, AttributeError) as refused:
            raise VectorError(f"line {rows.line_num}: {refused}") from refused
        if found != row["due_date"]:
            why = f" ({row['why']})" if row.get("why") else ""
            wrong.append(
                f"line {rows.line_num}: {row['start_date']} + {row['limit']}, rolls "
                f"{row['rolls']}: expected {row['due_date']}, counted {found}{why}"
            )
    return Compared(total, tuple(wrong))


def _count(row: dict[str, str], calendar: WorkCalendar, tz: ZoneInfo) -> str:
    """The due date as the file would write it: a day, or day and minute where hours run."""
    start = datetime.fromisoformat(row["start_date"])
    start = start if start.tzinfo else start.replace(tzinfo=tz)
    limit, rolls = Period.parse(row["limit"]), _TRUTHS[row["rolls"].strip().lower()]
    if limit.counts_hours or limit.word:
        found = due(start, limit, counts="hours", rolls=False, calendar=calendar, tz=tz)
        return found.at.strftime("%Y-%m-%dT%H:%M") if found.at else ""
    counts: Counts = "working" if limit.working_days else "calendar"
    found = due(start, limit, counts=counts, rolls=rolls, calendar=calendar, tz=tz)
    return str(found.day)
