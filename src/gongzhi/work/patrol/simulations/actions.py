"""Asking for a simulation, stopping it, going on, and what it came to."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.errors import Refused
from gongzhi.work.patrol.simulations import events
from gongzhi.work.patrol.simulations.changes import Changes
from gongzhi.work.patrol.simulations.models import Simulation
from gongzhi.work.patrol.simulations.permissions import require_planner

LONGEST_TITLE = 80
MOST_WAITING = 20
YEARS, REPEATS = (0.1, 10.0), (2, 200)
State = Simulation.State


@action
def ask_simulation(
    by: Actor,
    *,
    title: str,
    changes: Changes,
    years: float,
    repeats: int,
    seed: int = 0,
    asked_for: str = "",
) -> Simulation:
    """Put it behind the others. Refuses one without a name or without a change; and, of what
    another page asks it for, a second one while the first isn't done."""
    account = require_planner(by)
    if not title.strip():
        words = _("请给这次推演起个名字。")
        raise Refused(words, code="title", status=422, fields={"title": words})
    if not changes.any:
        raise Refused(_("还没有改动：先加一项。"), code="no_change", status=422)
    if not (YEARS[0] <= years <= YEARS[1] and REPEATS[0] <= repeats <= REPEATS[1]):
        words = _("每轮 0.1 到 10 年，2 到 200 轮。")
        raise Refused(words, code="length", status=422, fields={"repeats": words})
    waiting = Simulation.objects.filter(state__in=[State.WAITING, State.RUNNING])
    if asked_for and waiting.filter(asked_for=asked_for).exists():
        raise Refused(_("这个正在推演，请等它跑完。"), code="under_way", status=409)
    if waiting.count() >= MOST_WAITING:
        raise Refused(_("排队的推演已经很多，等几个完成再加。"), code="many", status=409)
    made = Simulation.objects.create(
        title=title.strip()[:LONGEST_TITLE], years=years, repeats=repeats, seed=seed,
        changes=changes.model_dump(exclude_defaults=True, mode="json"), asked_by=account,
        asked_at=now(), asked_for=asked_for,
    )  # fmt: skip
    record(events.ASKED, made, changes=changes.many, years=years, repeats=repeats)
    return made


@action
def stop_simulation(by: Actor, simulation: Simulation) -> Simulation:
    """What is done stays, and can be read."""
    require_planner(by)
    held = _held(simulation)
    if not held.under_way:
        raise _moved_on()
    held.state = State.STOPPED
    held.save(update_fields=["state"])
    record(events.STOPPED, held, repeats=held.rows.count())
    return held


@action
def go_on_with(by: Actor, simulation: Simulation) -> Simulation:
    """From where it was stopped, or where it failed."""
    require_planner(by)
    held = _held(simulation)
    if held.state not in {State.STOPPED, State.FAILED}:
        raise _moved_on()
    held.state, held.problem = State.WAITING, ""
    held.save(update_fields=["state", "problem"])
    record(events.WENT_ON, held, repeats=held.rows.count())
    return held


@action
def drop_simulation(by: Actor, simulation: Simulation) -> None:
    """It is no more, and neither is what it came to."""
    require_planner(by)
    held = _held(simulation)
    record(events.DROPPED, held, repeats=held.rows.count())
    held.delete()


@action
def end_simulation(by: Actor, simulation: Simulation) -> Simulation:
    """All repeats are done."""
    held = _held(simulation)
    if held.state != State.RUNNING:
        raise _moved_on()
    held.state, held.ended_at, held.held_until = State.DONE, now(), None
    held.save(update_fields=["state", "ended_at", "held_until"])
    record(events.DONE, held, repeats=held.rows.count())
    return held


@action
def fail_simulation(by: Actor, simulation: Simulation, *, problem: str) -> Simulation:
    """It can't be simulated; ``problem`` says why, in words."""
    held = _held(simulation)
    held.state, held.problem, held.held_until = State.FAILED, problem[:400], None
    held.save(update_fields=["state", "problem", "held_until"])
    record(events.FAILED, held, repeats=held.rows.count())
    return held


def _held(simulation: Simulation) -> Simulation:
    held = Simulation.objects.select_for_update().filter(pk=simulation.pk).first()
    if held is None:
        raise Refused(_("没有这次推演。"), code="no_simulation", status=404)
    return held


def _moved_on() -> Refused:
    return Refused(_("它的状态刚才变了，请刷新页面再看。"), code="moved_on", status=409)
