"""What goes on by itself: votes open and are counted, time runs out, words are let go."""

from __future__ import annotations

from contextlib import suppress

from gongzhi.base.log.actions import NothingRecorded
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.jobs import every
from gongzhi.base.log.models import Entry
from gongzhi.base.log.readers import reader
from gongzhi.base.matters.events import TOLD_ERASED
from gongzhi.base.ui.errors import Refused
from gongzhi.work.proposals.actions import (
    count_vote,
    forget_removed,
    forget_told,
    lapse_proposal,
    note_missed_promises,
    open_vote,
)
from gongzhi.work.proposals.selectors.moderation import to_forget
from gongzhi.work.proposals.selectors.proposals import (
    lapsed_now,
    overdue_promises,
    proposal_of_matter,
)
from gongzhi.work.proposals.selectors.votes import due_to_count, due_to_open

CLOCK = Actor.system("proposals")
SECONDS, HOUR = 15.0, 3600.0


@every(SECONDS, "proposals.votes")
def tend_votes() -> int:
    """Open those whose time has come, count those whose time is over; how many."""
    tended = 0
    for found, tend in ((due_to_open(), open_vote), (due_to_count(), count_vote)):
        for vote in found:
            with suppress(Refused):  # another process was quicker
                tend(CLOCK, vote)
                tended += 1
    return tended


@every(HOUR, "proposals.tending")
def tend_proposals() -> int:
    """Set aside what too few supported, note promises whose day has passed, erase the words of
    what stayed out of view; how many."""
    tended = 0
    for proposal in lapsed_now():
        with suppress(Refused):  # somebody was quicker
            lapse_proposal(CLOCK, proposal)
            tended += 1
    for found, tend in ((overdue_promises(), note_missed_promises), (to_forget(), forget_removed)):
        if found:
            with suppress(NothingRecorded):  # the same
                tended += tend(CLOCK, found)
    return tended


@reader("proposals.erasing")
def follow_erasing(entry: Entry) -> None:
    """Where a matter's words were erased, its title and what was said of it go, too."""
    if entry.kind != TOLD_ERASED.kind:
        return
    name, _colon, number = entry.subject.rpartition(":")
    if name == "matters.matter" and number.isdecimal():
        proposal = proposal_of_matter(int(number))
        if proposal is not None:
            forget_told(CLOCK, proposal)
