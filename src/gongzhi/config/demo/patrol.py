"""Patrols in the demo county: its nodes, two areas that somebody drew, the plans of yesterday and
of the shift that goes on with what was done of them, and a proposal for the next."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

from django.utils import timezone

from gongzhi.base.log.actions import moment, now
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.config.demo.fleet import OFFICER_S_UNIT
from gongzhi.work.patrol.nodes.actions import Told, draw_node, open_nodes_of
from gongzhi.work.patrol.nodes.models import Node
from gongzhi.work.patrol.plans.actions import move_stop, propose_plan, publish_plan
from gongzhi.work.patrol.plans.models import Plan
from gongzhi.work.patrol.plans.past import PastVisit, record_past_visits
from gongzhi.work.patrol.plans.selectors.shifts import Shift, shift_at
from gongzhi.work.patrol.plans.solving import work_out

KINDS = ("school_gate", "pier", "market", "hospital", "night_street")
DRAWN = (
    # beside the first place of this kind; name, reason, why, rings
    ("night_street", "海平路夜市后巷", "dark", "路灯坏了一段，修好以前夜里多走走。", 0),
    ("pier", "观澜码头停车场", "harm", "近来电动车被偷得多，白天晚上都在。", 1),
)
ROUNDS = 400
"""Of the planner's search: a second's work."""
SKIP_EVERY = 11


def load_patrol(by: Actor, until: datetime, founded: datetime) -> str:
    """Set nodes up, publish the plans of yesterday and of this shift, propose the next; says how
    many stops there are in this one."""
    planner = Actor.account(Account.objects.get(username="planner"))
    commander = Actor.account(Account.objects.get(username="commander"))
    with moment(founded):
        for sort in KINDS:
            open_nodes_of(by, sort)
    with moment(until - timedelta(days=3)):
        _draw_nodes(planner)
    shift = shift_at(until)
    for one in (shift_at(shift.begins - timedelta(hours=20)), shift):  # yesterday's, for replay
        with moment(one.begins - timedelta(hours=1)):
            plan = propose_plan(planner, work_out(one, seed=7, rounds=ROUNDS))
            _for_the_phone(commander, plan, until)
            if plan.stops.filter(left_out="").exists():
                publish_plan(commander, plan, why="校门口和码头优先，夜里注意后巷。")
        done = _lived(by, plan, min(until, one.ends))
    following = shift_at(shift.ends + timedelta(hours=1))
    with moment(until - timedelta(minutes=20)):
        propose_plan(planner, work_out(_tomorrow(following, shift), seed=8, rounds=ROUNDS))
    return f"{Node.objects.count()} nodes, {plan.stops.count()} stops, {done} of them done"


def _draw_nodes(planner: Actor) -> None:
    last = timezone.localdate(now()) + timedelta(days=20)
    for sort, name, reason, why, rings in DRAWN:
        near = Node.objects.filter(sort=sort, town="lancheng").order_by("pk").first()
        if near is not None:
            told = Told(reason=reason, why=why, until=last, name_zh=name)
            draw_node(planner, "hot_spot", near.point, rings, told)


def _for_the_phone(planner: Actor, plan: Plan, until: datetime) -> None:
    """The unit whose phone the demo account holds gets some of what is to come in its town."""
    crew = plan.units.filter(unit__code=OFFICER_S_UNIT).first()
    if crew is None:
        return
    coming = plan.stops.filter(arrives_at__gt=until, node__town="lancheng").select_related("plan")
    for stop in coming.order_by("arrives_at")[:5]:
        with suppress(Refused):  # one that it can't make
            move_stop(planner, stop, crew)


def _lived(by: Actor, plan: Plan, until: datetime) -> int:
    """What crews have told of the plan so far: most stops were made, a few minutes off."""
    visits = []
    rows = plan.stops.filter(arrives_at__lt=until - timedelta(minutes=3)).select_related("node")
    for n, stop in enumerate(rows.order_by("arrives_at", "pk")):
        assert stop.arrives_at is not None  # noqa: S101  (that is how it was found)
        there = stop.arrives_at + timedelta(minutes=n * 7 % 9 - 1)
        left = there + timedelta(minutes=stop.minutes + n % 5 - 2)
        if n % SKIP_EVERY == 5:
            visits.append(PastVisit(stop, there, skipped="quiet"))
        elif there < until and n % SKIP_EVERY != 8:
            visits.append(PastVisit(stop, there, left if left < until else None))
    with moment(until):
        return record_past_visits(by, plan, visits) if visits else 0


def _tomorrow(following: Shift, shift: Shift) -> Shift:
    return following if following.begins >= shift.ends else shift
