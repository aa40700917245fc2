"""Saying, once, that a unit nears a limit of its status or is past it."""

from __future__ import annotations

from collections.abc import Sequence

from gongzhi.base.log.actions import action, record
from gongzhi.base.log.actor import Actor
from gongzhi.work.dispatch.events import LIMIT_TOLD
from gongzhi.work.dispatch.models import ACTIVE, LimitTold
from gongzhi.work.dispatch.selectors.limits import Stay


@action
def tell_limits(by: Actor, stays: Sequence[Stay]) -> int:
    """Put these on the log, about the incident where there is one; says how many were new.

    What stands of an earlier status of the same units is let go.
    """
    told = 0
    for one in stays:
        unit = one.unit
        LimitTold.objects.filter(unit=unit).exclude(since=one.since).delete()
        _row, created = LimitTold.objects.get_or_create(
            unit=unit, limit=one.limit.code, late=one.state == "late", since=one.since
        )
        if not created:
            continue
        on = unit.assignments.filter(ACTIVE).select_related("matter").first()
        record(
            LIMIT_TOLD, on.matter if on else unit,
            unit=unit.pk, code=unit.code, limit=one.limit.code, late=one.state == "late",
        )  # fmt: skip
        told += 1
    return told
