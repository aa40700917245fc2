"""The computer at a roster: on a thread of its own, stopped between two steps, gone on with from
what was kept."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta
from threading import Lock, Thread
from time import monotonic
from typing import Any

from django.db import close_old_connections, connection
from django.db.models import Q, QuerySet

from gongzhi.analysis.roster import Conflict, Progress, cost, explain, holds, solve
from gongzhi.base.log.actions import now
from gongzhi.base.log.actor import Actor
from gongzhi.work.workforce.rosters.actions import fail_roster, keep_roster
from gongzhi.work.workforce.rosters.models import Roster
from gongzhi.work.workforce.rosters.selectors.asked import asked_of
from gongzhi.work.workforce.rosters.states import Work

ANALYSIS = Actor.system("analysis")
HOLDS = timedelta(minutes=3)
"""So long a process that says nothing is believed to be alive."""
EVERY = 2.0
"""Seconds between two looks at whether somebody stopped it."""
WHY = 20.0
"""Seconds for looking why there is no roster."""
_log = logging.getLogger(__name__)
_busy = Lock()


def begin_work() -> bool:
    """Work on what waits, on a thread of its own; whether there was anything."""
    if not _waiting().exists() or not _busy.acquire(blocking=False):
        return False
    Thread(target=_work_on_all, name="rosters", daemon=True).start()
    return True


def work_off() -> int:
    """Work on all that waits, here and now; how many."""
    done = 0
    while (roster := _claimed()) is not None:
        work_on(roster)
        done += 1
    return done


def _work_on_all() -> None:
    try:
        work_off()
    except Exception:  # noqa: BLE001  (the next turn begins again)
        _log.exception("a roster broke off; it goes on in a few minutes")
    finally:
        _busy.release()
        close_old_connections()
        connection.close()


def _waiting() -> QuerySet[Roster]:
    free = Q(held_until=None) | Q(held_until__lte=now())
    return Roster.objects.filter(free, work__in=[Work.WAITING, Work.RUNNING])


def _claimed() -> Roster | None:
    for one in _waiting().order_by("asked_at", "pk"):
        if _claim(one):
            return one
    return None


def _claim(roster: Roster) -> bool:
    """Take it, unless somebody is at it: what nobody holds is taken for stopped."""
    held = _waiting().filter(pk=roster.pk)
    if not held.update(held_until=now() + HOLDS, work=Work.RUNNING):
        return False
    roster.refresh_from_db()
    return True


def work_now(roster: Roster) -> bool:
    """Work on this one, here and now; whether it was free."""
    if not _claim(roster):
        return False
    work_on(roster)
    return True


def work_on(roster: Roster, *, seed: int = 0) -> None:
    """Make one that was claimed, and keep what was found; or say why there is none. One that was
    asked for anew (it has no cost) begins from nothing: what is there holds the search back more
    than it helps."""
    asked = asked_of(roster)
    lines, anew = asked.lines(), roster.cost is None
    there = cost(asked.problem, lines) if holds(asked.problem, lines) else None
    found = solve(
        asked.problem, seed=seed, limit=float(roster.seconds),
        start=None if anew or there is None else lines, told=_Watch(roster),
    )  # fmt: skip
    if found.cost is not None and there is not None and there < found.cost:
        found = replace(found, roster=lines, cost=there)  # what is there is better than anew
    if found.cost is None:
        told = explain(asked.problem, limit=WHY)
        fail_roster(ANALYSIS, roster, [_as_numbers(one) for one in told.conflicts])
        return
    keep_roster(ANALYSIS, roster, found.roster, cost=found.cost, bound=found.bound)


class _Watch:
    """Tells how far it is, and hears whether somebody stopped it."""

    def __init__(self, roster: Roster) -> None:
        self.roster, self.looked = roster, 0.0

    def __call__(self, progress: Progress) -> bool:
        if monotonic() - self.looked < EVERY:
            return True
        self.looked = monotonic()
        held = Roster.objects.filter(pk=self.roster.pk, work=Work.RUNNING)
        return bool(held.update(cost=progress.cost, bound=progress.bound, held_until=now() + HOLDS))


def _as_numbers(conflict: Conflict) -> dict[str, Any]:
    told: dict[str, Any] = {
        "codes": list(conflict.codes), "first": conflict.first, "last": conflict.last
    }  # fmt: skip
    if conflict.officer is not None:
        told["officer"] = conflict.officer
    if conflict.demand is not None:
        told |= {"shift": conflict.demand.shift, "least": conflict.demand.least,
                 "there": conflict.there}  # fmt: skip
    return told
