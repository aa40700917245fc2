"""What the calendar's tests count with: China's notices as they stood in autumn 2026."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from gongzhi.base.calendar import due as sums
from gongzhi.base.calendar.due import Due
from gongzhi.base.calendar.periods import Period
from gongzhi.base.calendar.workdays import state_council

TZ = ZoneInfo("Asia/Shanghai")
CHINA = state_council(until=2026)


def local(text: str) -> datetime:
    """A moment in the county: ``2026-02-13`` or ``2026-02-13 10:30``."""
    return datetime.fromisoformat(text).replace(tzinfo=TZ)


def count(start: str, limit: str, *, rolls: bool = True, counts: str = "", **more: object) -> Due:
    """The due date of `limit` from `start`, counted as its form suggests unless `counts` says."""
    period = Period.parse(limit)
    if not counts and (period.counts_hours or period.word):
        counts, rolls = "hours", False
    counts = counts or ("working" if period.working_days else "calendar")
    chosen = {"counts": counts, "rolls": rolls, "calendar": CHINA, "tz": TZ, **more}
    return sums.due(local(start), period, **chosen)  # type: ignore[arg-type]
