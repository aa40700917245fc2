"""Working on a simulation, repeat by repeat: each is kept as soon as it is done, so whoever dies or
is stopped loses one at most, and another goes on from there."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from datetime import timedelta
from threading import Lock, Thread

from django.db import close_old_connections, connection
from django.db.models import Q, QuerySet

from gongzhi.analysis.simulation import Repeats, Scenario, shape_of
from gongzhi.base.log.actions import moment, now
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.errors import Refused
from gongzhi.work.patrol.simulations.actions import end_simulation, fail_simulation
from gongzhi.work.patrol.simulations.changes import beside
from gongzhi.work.patrol.simulations.models import Repeat, Simulation
from gongzhi.work.patrol.simulations.selectors.asked import changes_of
from gongzhi.work.patrol.simulations.selectors.kept import summed_up
from gongzhi.work.patrol.simulations.selectors.today import ground_today

ANALYSIS = Actor.system("analysis")
HOLDS = timedelta(minutes=3)
"""So long one repeat may take, and the county before the first."""
State = Simulation.State
_log = logging.getLogger(__name__)
_busy = Lock()


@dataclass(frozen=True)
class _Ready:
    """Both counties, for one simulation."""

    simulation: int
    base: Repeats
    other: Repeats


_ready: _Ready | None = None


def begin_work() -> bool:
    """Work on what waits, on a thread of its own: no other job has to wait for it. Whether there
    was anything; nothing happens while this process is at it already."""
    if not _waiting().exists() or not _busy.acquire(blocking=False):
        return False
    Thread(target=_work_on_all, name="simulations", daemon=True).start()
    return True


def work_off() -> int:
    """Work on all that waits, here and now; how many were ended."""
    done = 0
    while (simulation := _claimed()) is not None:
        done += _work_on(simulation)
    return done


def _work_on_all() -> None:
    try:
        work_off()
    except Exception:  # noqa: BLE001  (the next turn begins again)
        _log.exception("a simulation broke off; it goes on in a few minutes")
    finally:
        _busy.release()
        close_old_connections()
        connection.close()


def _waiting() -> QuerySet[Simulation]:
    free = Q(held_until=None) | Q(held_until__lte=now())
    return Simulation.objects.filter(free, state__in=[State.WAITING, State.RUNNING])


def _claimed() -> Simulation | None:
    """The next one, if this process got it: of two that try, one changes the row."""
    for one in _waiting().order_by("asked_at", "pk"):
        if _waiting().filter(pk=one.pk).update(held_until=now() + HOLDS, state=State.RUNNING):
            one.refresh_from_db()
            return one
    return None


def _work_on(simulation: Simulation) -> bool:
    """Whether it came to an end."""
    try:
        ready = _prepared(simulation)
    except Refused as refused:
        fail_simulation(ANALYSIS, simulation, problem=str(refused))
        return True
    done = set(simulation.rows.values_list("number", flat=True))
    for number in range(simulation.repeats):
        if number in done:
            continue
        if not _still_wanted(simulation):
            _put_down(simulation)
            return False
        base, other = ready.base.one(number), ready.other.one(number)
        Repeat.objects.get_or_create(
            simulation_id=simulation.pk, number=number,
            defaults={"base": base.as_lists(), "other": other.as_lists()},
        )  # fmt: skip
    _put_down(simulation)
    end_simulation(ANALYSIS, simulation)
    return True


def _put_down(simulation: Simulation) -> None:
    """Sum up what is there, and hold it no longer."""
    simulation.county["nine"] = summed_up(simulation)
    held = Simulation.objects.filter(pk=simulation.pk)
    held.update(held_until=None, county=simulation.county)


def _still_wanted(simulation: Simulation) -> bool:
    """Whether nobody has stopped or dropped it; this process keeps it for another while."""
    held = Simulation.objects.filter(pk=simulation.pk, state=State.RUNNING)
    return bool(held.update(held_until=now() + HOLDS))


def _prepared(simulation: Simulation) -> _Ready:
    """Both counties. Where today's isn't the one any more that the repeats were of, they begin
    again: a comparison of two different days would say nothing."""
    global _ready  # noqa: PLW0603  (one for each process: what it works on now)
    if _ready is not None and _ready.simulation == simulation.pk:
        return _ready
    changes = changes_of(simulation)
    with moment(simulation.asked_at):
        ground = ground_today(changes.places)
    base, other = beside(ground, changes)
    mark = mark_of(base)
    if simulation.county.get("mark") != mark:
        simulation.rows.all().delete()
        simulation.county = about(base, other) | {"mark": mark}
        simulation.save(update_fields=["county"])
    pair = (Repeats(one, years=simulation.years, seed=simulation.seed) for one in (base, other))
    _ready = _Ready(simulation.pk, *pair)
    return _ready


def mark_of(scenario: Scenario) -> str:
    """The same for the same county."""
    told = hashlib.blake2b(digest_size=12)
    told.update(scenario.county.ways.seconds.tobytes())
    told.update(repr(scenario.units).encode())
    for kind in scenario.calls:
        told.update(repr((kind.category, kind.priority, kind.a_day, kind.wants)).encode())
        told.update(kind.places.tobytes())
    return told.hexdigest()


def about(base: Scenario, other: Scenario) -> dict[str, object]:
    """What the rows of repeats stand for, and what the county was like."""
    shape, then = shape_of(base), shape_of(other)
    return {
        "priorities": list(shape.priorities), "areas": list(shape.areas),
        "units": list(shape.units), "other_units": list(then.units),
        "stops": [list(one) for one in shape.stops],
        "other_stops": [list(one) for one in then.stops],
        "promise": {str(key): seconds for key, seconds in base.promise.items()},
        "calls_a_year": round(365 * sum(kind.a_day for kind in base.calls)),
        "places": base.county.ways.nodes,
    }  # fmt: skip
