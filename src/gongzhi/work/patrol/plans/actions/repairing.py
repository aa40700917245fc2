"""A unit goes to a call, goes off duty or comes back: what it can't make goes to others, at once.

Only that moves; the stops of everybody else stay in their order, so that no crew's phone says
something new without need.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.errors import Refused
from gongzhi.work.patrol.nodes.permissions import require_planner
from gongzhi.work.patrol.plans import events
from gongzhi.work.patrol.plans.held import held_plan, write_timings
from gongzhi.work.patrol.plans.models import Plan, PlanUnit, Stop
from gongzhi.work.patrol.plans.placing import leave_out, place_best, weight
from gongzhi.work.patrol.plans.routing import Misfit, timed
from gongzhi.work.patrol.plans.selectors.sheet import Sheet, Timings
from gongzhi.work.patrol.plans.states import Away, LeftOut, StopState

A_CALL = timedelta(minutes=60)
"""What is planned so much later stays with a unit that went to a call: it is back by then, as a
rule."""
FREE_AGAIN = (LeftOut.NO_TIME, LeftOut.LESS, LeftOut.CALLED, LeftOut.OFF_DUTY)
"""What a unit that comes back may take up."""


@dataclass(frozen=True)
class Change:
    """A unit of the plan is away from now on, for this reason; empty: it is back."""

    crew: int
    away: str


@action
def repair_plan(by: Actor, plan: Plan, changes: Sequence[Change]) -> Plan:
    """Make the plan fit what units do now. Records nothing, and so is refused, where nothing is
    different any more."""
    require_planner(by)
    held = held_plan(plan)
    if not held.runs(now()):
        raise Refused("", code="not_running", status=409)
    sheet = Sheet(held, now())
    for one in changes:
        crew = sheet.crew(one.crew)
        if crew is not None and crew.away != one.away:
            _gone(sheet, crew, one.away) if one.away else _back(sheet, crew)
    held.repaired_at = now()
    held.save(update_fields=["repaired_at"])
    return held


def _gone(sheet: Sheet, crew: PlanUnit, why: str) -> None:
    """Its next stops go to others, where they fit; what comes much later it keeps for now."""
    crew.away, crew.away_since = why, now()
    _end_visit(sheet, crew)
    lost = [one for one in sheet.stops_of(crew) if _soon(one, why)]
    moved = _give_away(sheet, lost, LeftOut.CALLED if why == Away.CALL else LeftOut.OFF_DUTY)
    _save(crew)
    record(
        events.PLAN_REPAIRED, sheet.plan, unit=crew.unit_id, why=why, moved=moved,
        left_out=len(lost) - moved, taken_up=0,
    )  # fmt: skip


def _back(sheet: Sheet, crew: PlanUnit) -> None:
    """It goes on with what it kept and can still make, and takes up what nobody could."""
    since, crew.away, crew.away_since = crew.away_since, "", None
    if since is not None:
        sheet.put_off(crew, since)
    lost = _straighten(sheet, crew)
    moved = _give_away(sheet, lost, LeftOut.CALLED)
    waiting = [one for one in sheet.stops if one.left_out in FREE_AGAIN and sheet.to_come(one)]
    taken = sum(place_best(sheet, one, [crew]) is not None for one in _gravest(waiting))
    _save(crew)
    record(
        events.PLAN_REPAIRED, sheet.plan, unit=crew.unit_id, why="back", moved=moved,
        left_out=len(lost) - moved, taken_up=taken,
    )  # fmt: skip


def _soon(stop: Stop, why: str) -> bool:
    return why != Away.CALL or stop.arrives_at is None or stop.arrives_at < now() + A_CALL


def _end_visit(sheet: Sheet, crew: PlanUnit) -> None:
    """Where it is just now, it is no longer; what it stayed counts."""
    for one in sheet.stops:
        if one.crew_id == crew.pk and one.state == StopState.THERE:
            one.state, one.left_at = StopState.DONE, max(now(), one.there_at or now())
            one.save(update_fields=["state", "left_at"])


def _give_away(sheet: Sheet, lost: Sequence[Stop], why: str) -> int:
    """Give the stops to units that are there, the gravest first; how many found one."""
    there, moved = [one for one in sheet.crews if not one.away], 0
    for one in lost:
        leave_out(one, why)
    for one in _gravest(lost):
        taker = place_best(sheet, one, there)
        if taker is not None:
            _save(taker)
            moved += 1
    return moved


def _straighten(sheet: Sheet, crew: PlanUnit) -> list[Stop]:
    """Let go, one by one, the stops that can't be made in their order any more; which."""
    run = sheet.run(crew)
    lost: list[Stop] = []
    while isinstance(times := timed(run, sheet.table(crew)), Misfit):
        if not run.visits:  # not even a break fits into what is left of the shift
            none = tuple((one, None) for one in sheet.rests_of(crew))
            write_timings(Timings(rests=none))
            return lost
        out = times.visit or run.visits[-1]
        stop = sheet.stop(out.key)
        lost += [stop] if stop is not None else []
        run = replace(run, visits=tuple(one for one in run.visits if one.key != out.key))
    write_timings(sheet.timings(run, times))
    return lost


def _gravest(stops: Sequence[Stop]) -> list[Stop]:
    return sorted(stops, key=lambda one: (-weight(one), one.closes_at, one.pk))


def _save(crew: PlanUnit, at: datetime | None = None) -> None:
    crew.changed_at = at or now()
    crew.save(update_fields=["away", "away_since", "changed_at"])
