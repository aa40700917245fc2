"""Time passes for the links by which callers say where they are."""

from __future__ import annotations

from gongzhi.base.log.actions import NothingRecorded, now
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.jobs import every
from gongzhi.work.calls.actions import let_go_here
from gongzhi.work.calls.models import HereLink

CALLS = Actor.system("calls")
MOST = 200


@every(60.0, "calls.here")
def let_go() -> int:
    """Erase the links whose time is over, and the positions that nobody took."""
    keys = list(HereLink.objects.filter(until__lte=now()).values_list("pk", flat=True)[:MOST])
    try:
        return let_go_here(CALLS, keys) if keys else 0
    except NothingRecorded:  # somebody ended them between the query and the lock
        return 0
