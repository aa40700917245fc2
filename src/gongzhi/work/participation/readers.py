"""What requests need done again and again while a county runs."""

from __future__ import annotations

from gongzhi.base.log.actions import NothingRecorded, now
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.jobs import every
from gongzhi.work.participation.actions import lapse
from gongzhi.work.participation.selectors.silence import silent_since_long

HOUR_SECONDS = 3600.0
BATCH, BATCHES = 100, 50
SILENCE = Actor.system("silence")


@every(HOUR_SECONDS, "participation.silence")
def close_the_silent() -> int:
    """Close the requests that were answered and never judged; how many."""
    closed = 0
    for _batch in range(BATCHES):
        found = silent_since_long(now(), BATCH)
        try:
            closed += lapse(SILENCE, found) if found else 0
        except NothingRecorded:  # all were spoken of between our query and our lock
            break
        if len(found) < BATCH:
            break
    return closed
