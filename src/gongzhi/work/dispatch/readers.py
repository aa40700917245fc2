"""What dispatch does again and again while a county runs."""

from __future__ import annotations

from gongzhi.base.log.actions import NothingRecorded
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.jobs import every
from gongzhi.work.dispatch.actions.limits import tell_limits
from gongzhi.work.dispatch.models import LimitTold
from gongzhi.work.dispatch.selectors.limits import stays_of
from gongzhi.work.dispatch.selectors.units import units_with_tasks
from gongzhi.work.dispatch.states import Status

DISPATCH = Actor.system("dispatch")
SWEEP_SECONDS = 10.0
"""Well below the shortest limit, the two minutes in which a unit sets off."""


@every(SWEEP_SECONDS, "dispatch.limits")
def sweep() -> int:
    """Tell of every unit that nears a limit of its status or is past it, once each. Three queries
    while there is nothing new, however many units there are."""
    told = set(LimitTold.objects.values_list("unit_id", "limit", "late", "since"))
    on_duty = units_with_tasks().exclude(status=Status.OFF_DUTY)
    new = [
        stay
        for unit in on_duty
        for stay in stays_of(unit, next(iter(getattr(unit, "at_work", ())), None))
        if (unit.pk, stay.limit.code, stay.state == "late", stay.since) not in told
    ]
    try:
        return tell_limits(DISPATCH, new) if new else 0
    except NothingRecorded:  # another process told them between our look and our lock
        return 0
