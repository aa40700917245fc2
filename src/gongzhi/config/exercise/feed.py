"""The drill's clock: calls come in by it, as a call-taker would take them.

It runs only while the county is served, so that a drill that was stopped goes on where it was.
Each call carries its number as idempotency key: whatever dies in between, none comes twice.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import shapely
from django.conf import settings
from django.db import IntegrityError

from gongzhi.base.log.actions import now
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.jobs import every
from gongzhi.base.matters.models import Matter
from gongzhi.base.places.coordinates import Point
from gongzhi.base.places.selectors import own_county
from gongzhi.base.ui.errors import Refused
from gongzhi.config.exercise.plan import Drill, Planned, read_drill, read_plan, write_drill
from gongzhi.work.calls.actions import NewCall, receive_call
from gongzhi.work.calls.selectors import call_of_key
from gongzhi.work.dispatch.actions.conditions import NewCondition, set_condition
from gongzhi.work.dispatch.models import WayCondition

SECONDS = 1.0
LONGEST_GAP = 5.0
"""What passed between two ticks counts up to this: after a stop the drill goes on where it was."""
FERRIES_STOP = 480.0
"""When (s of the drill) the storm stops the ferries."""
SOURCE = "exercise"
CALLER = Actor.system("exercise")
_ticked: datetime | None = None
say: Callable[[str], None] = logging.getLogger(__name__).info
"""Where it tells how far it is; the command line puts its own in."""


@every(SECONDS, "exercise.feed")
def feed() -> None:
    """Let pass what has passed, and let those call whose time has come."""
    global _ticked  # noqa: PLW0603  (one clock for the process)
    home, at = settings.HOME, now()
    gap = min((at - _ticked).total_seconds(), LONGEST_GAP) if _ticked else 0.0
    _ticked = at
    drill, plan = read_drill(home), read_plan(home)
    drill = replace(
        drill, began=drill.began or at.isoformat(), elapsed=drill.elapsed + gap * drill.speed
    )
    if drill.scenario == "storm" and drill.elapsed >= FERRIES_STOP:
        stop_ferries()
    fed = feed_due(drill, plan)
    if fed != drill.fed:
        say(f"{fed} of {len(plan)} calls, {drill.elapsed / 60:.0f} min of the drill")
    write_drill(home, replace(drill, fed=fed))


def stop_ferries() -> None:
    """No ferry goes for the rest of the storm, once: whoever is on an island is all there is."""
    own = own_county()
    if own is None or WayCondition.objects.filter(source=SOURCE).exists():
        return
    shape = shapely.box(own.west, own.south, own.east, own.north)
    until = now() + timedelta(hours=2)
    stopped = NewCondition(
        shape, str(own), 0, WayCondition.Reason.STOPPED, until, ferries=True, source=SOURCE
    )
    set_condition(CALLER, stopped)
    say("the ferries have stopped")


def feed_due(drill: Drill, plan: Sequence[Planned]) -> int:
    """Take the calls whose time has come; how many have been taken in all."""
    fed = drill.fed
    while fed < len(plan) and plan[fed].after <= drill.elapsed:
        take(fed, plan[fed])
        fed += 1
    return fed


def take(number: int, planned: Planned) -> None:
    """Take one call, once: a number that was taken is left."""
    key = _key(number)
    if call_of_key(key) is not None:
        return
    try:
        receive_call(CALLER, _new_call(planned, key))
    except IntegrityError:  # another process was quicker
        return
    except Refused as refused:
        say(f"call {number + 1} was refused: {refused}")


def _new_call(planned: Planned, key: str) -> NewCall:
    known = planned.lat is not None and planned.lon is not None
    return NewCall(
        category=planned.category,
        words=planned.words,
        place=planned.place,
        point=Point(planned.lat or 0.0, planned.lon or 0.0) if known else None,
        answers=planned.answers,
        priority=planned.priority,
        channel=planned.channel,
        joins=_joined(planned),
        answered_at=now(),
        idempotency_key=key,
    )


def _joined(planned: Planned) -> Matter | None:
    """The incident that it is about, while that is open."""
    first = None if planned.joins is None else call_of_key(_key(planned.joins))
    return first.matter if first is not None and first.matter.closed_at is None else None


def _key(number: int) -> str:
    return f"exercise:{number}"
