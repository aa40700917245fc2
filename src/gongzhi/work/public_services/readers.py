"""What public services need done again and again while a county runs."""

from __future__ import annotations

from gongzhi.base.log.actions import now
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.jobs import every
from gongzhi.work.public_services.actions import lapse_forms
from gongzhi.work.public_services.selectors.forms import lapsed

HOUR_SECONDS = 3600.0
BATCH, BATCHES = 50, 20
KEEPING = Actor.system("keeping")


@every(HOUR_SECONDS, "public_services.unfinished")
def erase_the_untouched() -> int:
    """Erase the forms that nobody has gone on with for their time; how many."""
    erased = 0
    for _batch in range(BATCHES):
        found = lapsed(now(), BATCH)
        erased += lapse_forms(KEEPING, found) if found else 0
        if len(found) < BATCH:
            break
    return erased
