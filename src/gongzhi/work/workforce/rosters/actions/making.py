"""A roster is asked for, made by the computer, stopped, and gone on with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Unit
from gongzhi.base.ui.errors import Refused
from gongzhi.work.workforce.rosters import events
from gongzhi.work.workforce.rosters.actions.strength import take_forecast
from gongzhi.work.workforce.rosters.foreseen import foreseen_for
from gongzhi.work.workforce.rosters.holding import Line, held_roster, touch, write_lines
from gongzhi.work.workforce.rosters.models import Roster
from gongzhi.work.workforce.rosters.permissions import require_planner
from gongzhi.work.workforce.rosters.selectors.asked import asked_of
from gongzhi.work.workforce.rosters.states import Work

LONGEST = 600


@action
def ask_roster(
    by: Actor, unit: Unit, month: date, *, seconds: int = 20, forecast: bool = False
) -> Roster:
    """Have a unit's month planned, or planned anew: what is pinned stays. ``forecast``: want so
    many as the latest forecast needs, if there is one. Refuses (409) while it is under way, (422)
    a unit where nobody has a post."""
    account = require_planner(by, unit)
    if not 1 <= seconds <= LONGEST:
        raise Refused(_("最少 1 秒，最多 600 秒。"), code="seconds", status=422)
    roster, _made = Roster.objects.get_or_create(
        unit=unit, month=month.replace(day=1), defaults={"asked_at": now(), "work": Work.STOPPED}
    )
    roster = held_roster(roster)
    if roster.under_way:
        raise Refused(_("正在排，请等一等，或者先停下。"), code="under_way", status=409)
    if not asked_of(roster).people:
        words = _("这个单位那个月没有人在岗：先在“人员”里登记。")
        raise Refused(words, code="nobody", status=422)
    if forecast and foreseen_for(unit, roster.month, roster.last_day) is not None:
        roster = take_forecast(by, roster)
    roster.work, roster.seconds, roster.asked_by, roster.asked_at = (
        Work.WAITING, seconds, account, now()
    )  # fmt: skip
    roster.conflicts, roster.held_until, roster.cost = [], None, None
    roster.save()
    record(events.ROSTER_ASKED, roster, unit=unit.pk, month=f"{roster.month:%Y-%m}")
    return roster


@action
def stop_roster(by: Actor, roster: Roster) -> Roster:
    """The best found so far is kept."""
    held = held_roster(roster)
    require_planner(by, held.unit)
    if not held.under_way:
        raise Refused(_("已经不在排了。"), code="not_now", status=409)
    held.work = Work.STOPPED
    held.save(update_fields=["work"])
    record(events.ROSTER_STOPPED, held, unit=held.unit_id)
    return held


@action
def go_on_with(by: Actor, roster: Roster) -> Roster:
    """From the roster that there is, for as long again."""
    held = held_roster(roster)
    require_planner(by, held.unit)
    if held.under_way:
        raise Refused(_("正在排。"), code="under_way", status=409)
    held.work, held.held_until = Work.WAITING, None
    held.save(update_fields=["work", "held_until"])
    record(events.ROSTER_ASKED, held, unit=held.unit_id, month=f"{held.month:%Y-%m}")
    return held


@action
def keep_roster(
    by: Actor, roster: Roster, lines: Mapping[int, Line], *, cost: int, bound: int
) -> Roster:
    """What the computer found. Where somebody stopped it meanwhile, it stays stopped."""
    held = held_roster(roster)
    require_planner(by, held.unit)
    asked = asked_of(held)
    shifts = write_lines(asked, {key: line for key, line in lines.items() if key in asked.people})
    held.cost, held.bound, held.held_until = cost, bound, None
    held.work = Work.DONE if held.work != Work.STOPPED else Work.STOPPED
    held.conflicts = []
    held.save(update_fields=["cost", "bound", "held_until", "work", "conflicts"])
    touch(held)
    record(events.ROSTER_MADE, held, unit=held.unit_id, shifts=shifts, cost=cost)
    return held


@action
def fail_roster(by: Actor, roster: Roster, conflicts: list[dict[str, Any]]) -> Roster:
    """There is none; ``conflicts``: why, in codes and numbers. What was there stays."""
    held = held_roster(roster)
    require_planner(by, held.unit)
    held.work, held.conflicts, held.held_until = Work.FAILED, conflicts, None
    held.save(update_fields=["work", "conflicts", "held_until"])
    record(events.ROSTER_FAILED, held, unit=held.unit_id, conflicts=len(conflicts))
    return held
