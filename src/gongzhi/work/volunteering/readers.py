"""What goes on by itself: tasks that are over, names that are let go."""

from __future__ import annotations

from contextlib import suppress

from gongzhi.base.log.actor import Actor
from gongzhi.base.log.jobs import every
from gongzhi.base.log.limits import Limit, add_limit
from gongzhi.base.ui.errors import Refused
from gongzhi.work.volunteering.actions import forget_old, settle_task
from gongzhi.work.volunteering.selectors.sweeping import long_over, over, to_settle

CLOCK = Actor.system("volunteering")
BATCH, BATCHES = 100, 50


@every(300.0, "volunteering.settle")
def settle() -> int:
    """Settle tasks that ended some hours ago; how many."""
    found = to_settle(BATCH)
    for one in found:
        with suppress(Refused):  # somebody was quicker
            settle_task(CLOCK, one)
    return len(found)


@every(3600.0, "volunteering.keeping")
def let_names_go() -> int:
    """Erase names whose last task is long over; how many."""
    erased = 0
    for _batch in range(BATCHES):
        found = long_over(BATCH)
        erased += forget_old(CLOCK, found) if found else 0
        if len(found) < BATCH:
            break
    return erased


add_limit(
    "volunteers",
    Limit(lambda _at: over().count(), "volunteering.keeping", ("volunteering.contact_erased",)),
)
