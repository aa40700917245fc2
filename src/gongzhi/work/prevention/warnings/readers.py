"""Time passes: warnings end by themselves."""

from __future__ import annotations

from gongzhi.base.log.actions import NothingRecorded, now
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.jobs import every
from gongzhi.work.prevention.warnings.actions import expire_warnings
from gongzhi.work.prevention.warnings.models import Warning

SWEEP_SECONDS = 15.0


@every(SWEEP_SECONDS, "warnings.sweep")
def sweep() -> int:
    """End those whose time is over; how many. Exercises, too."""
    over = Warning.objects.filter(state=Warning.State.ACTIVE, current__expires__lte=now())
    keys = list(over.values_list("pk", flat=True))
    try:
        return len(expire_warnings(Actor.system("warnings"), keys)) if keys else 0
    except NothingRecorded:  # each was updated or called off between our query and our lock
        return 0
