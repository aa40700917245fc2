"""What goes on by itself: details are let go when their time is over."""

from __future__ import annotations

from gongzhi.base.log.actor import Actor
from gongzhi.base.log.jobs import every
from gongzhi.base.log.limits import Limit, add_limit
from gongzhi.work.personal.actions import let_go
from gongzhi.work.personal.selectors.due import due, held, over

CLOCK = Actor.system("keeping")
HOUR_SECONDS = 3600.0
BATCH, BATCHES = 100, 50


@every(HOUR_SECONDS, "personal.keeping")
def let_contacts_go() -> int:
    """Erase the details of people in matters that ended long ago; how many."""
    gone = 0
    for _batch in range(BATCHES):
        found = due(BATCH)
        gone += let_go(CLOCK, found, held=held().count()) if found else 0
        if len(found) < BATCH:
            break
    return gone


add_limit(
    "contacts",
    Limit(
        lambda _at: over().count() - held().count(), "personal.keeping",
        ("personal.contacts_let_go",),
    ),
)  # fmt: skip
