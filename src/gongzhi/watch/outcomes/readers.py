"""Days that are over are counted."""

from __future__ import annotations

from gongzhi.base.log.jobs import every
from gongzhi.base.log.models import Entry
from gongzhi.base.log.readers import reader
from gongzhi.base.matters.events import MERGED
from gongzhi.watch.outcomes.turns import (
    SAID,
    count_anew,
    count_what_is_over,
    draw_what_is_due,
    invite_who_was_drawn,
    mail_what_is_new,
)

SECONDS, HOUR = 600.0, 3600.0


@every(SECONDS, "outcomes.count")
def count() -> int:
    """Count what is over and not counted yet; quick when there is nothing."""
    return count_what_is_over()


@every(SECONDS, "outcomes.brief")
def mail_brief_of_the_week() -> int:
    """Mail the last week's brief to whoever has not had it; quick when all have."""
    return mail_what_is_new()


@every(HOUR, "outcomes.draw")
def draw() -> bool:
    """Draw last month's sample, once; whether one was drawn."""
    return draw_what_is_due() is not None


@every(SECONDS, "outcomes.invite")
def invite() -> int:
    """Tell who was drawn; how many."""
    return invite_who_was_drawn()


@reader("outcomes.said_again")
def count_said_again(entry: Entry) -> None:
    """What is said anew replaces what was said before, on the day on which that was counted."""
    if entry.kind in SAID or entry.kind == MERGED.kind:
        count_anew(entry)
