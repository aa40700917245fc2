"""What goes on by itself: reports that fall due and posts to be rotated are told of, once each."""

from __future__ import annotations

from gongzhi.base.log.actor import Actor
from gongzhi.base.log.jobs import every
from gongzhi.work.workforce.integrity.actions import remind_of_report, remind_of_rotation
from gongzhi.work.workforce.integrity.selectors.due import reports_untold, rotations_untold

CLOCK = Actor.system("integrity")


@every(3600.0, "integrity.reminders")
def remind() -> int:
    """Tell of what is due; how many."""
    reports, rotations = reports_untold(), rotations_untold()
    for account, due in reports:
        remind_of_report(CLOCK, account, due.reminder.code, due_on=due.until)
    for held, reminder in rotations:
        remind_of_rotation(CLOCK, held, reminder.code)
    return len(reports) + len(rotations)
