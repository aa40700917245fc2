"""Closing what was answered and never judged, so that nothing stays open for ever."""

from __future__ import annotations

from collections.abc import Sequence

from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import take_step
from gongzhi.base.matters.models import Matter
from gongzhi.work.participation.events import LAPSED
from gongzhi.work.participation.selectors.silence import has_lapsed


@action
def lapse(by: Actor, requests: Sequence[int]) -> int:
    """Close those of the requests of which nobody has said anything in time; how many.

    Each is looked at again under its lock: a resident may have spoken a moment before. Whoever
    follows it can reopen it at any time.
    """
    held = Matter.objects.select_for_update(of=("self",)).filter(pk__in=requests).order_by("pk")
    closed = 0
    for matter in held:
        silence = matter.step_item.silence
        if silence is not None and has_lapsed(matter, now()):
            take_step(by, matter, silence.step)
            record(LAPSED, matter, days=silence.days)
            closed += 1
    return closed
