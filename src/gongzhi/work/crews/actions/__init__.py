"""What crews tell, and what the desk does about it."""

from gongzhi.work.crews.actions.emergencies import (
    acknowledge_emergency,
    note_unanswered,
    raise_emergency,
    stand_down_emergency,
)
from gongzhi.work.crews.actions.reports import Report, drop_receipts, take_report
from gongzhi.work.crews.actions.watching import check_in, note_late, watch_crew

__all__ = [
    "Report", "acknowledge_emergency", "check_in", "drop_receipts", "note_late", "note_unanswered",
    "raise_emergency", "stand_down_emergency", "take_report", "watch_crew",
]  # fmt: skip
