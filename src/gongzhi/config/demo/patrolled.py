"""Weeks of patrols at the markets of one town in the demo county, and two problems whose
interventions began with them: of one it can be told that it helped, of the other it can't."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import h3.api.basic_int as h3
from django.utils import timezone

from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account, Unit
from gongzhi.config.demo.history.markets import ABOUT, BEGUN, LEAST_DAYS, PATROLLED
from gongzhi.work.patrol.nodes.models import Node
from gongzhi.work.patrol.plans.models import Plan
from gongzhi.work.patrol.plans.past import PastPatrol, record_past_patrols
from gongzhi.work.patrol.plans.selectors.shifts import shift_at
from gongzhi.work.prevention.problems import actions
from gongzhi.work.prevention.problems.counting import by_day
from gongzhi.work.prevention.problems.looking import CELL
from gongzhi.work.prevention.problems.selectors import suggest

UNTIL = 2
"""So many days ago these patrols end: the plans of the last shifts stand there already."""


@dataclass(frozen=True)
class Case:
    """A problem that somebody saw: of which kind, at what kind of node of which town, how far
    around; what they saw, and what they wrote at the end of each stage."""

    about: str
    sort: str
    town: str
    reach: int
    title: str
    interventions: tuple[str, ...]
    said: tuple[str, str, str, str]


CASES = (
    Case(
        ABOUT, "market", PATROLLED, 1, "菜市场里丢手机、丢钱包", ("patrol", "notice"),
        ("这个月来报丢东西的摊主和顾客，一周比一周多。", "早市八点到十点最多，多在鱼摊和出口。",
         "人挤、手上拎东西；出口没有灯，监控照不到人脸。",
         "早市每天走两趟，每次十来分钟；出口贴提醒，管理处补灯。"),
    ),
    Case(
        "traffic_damage", "school_gate", "wangchao", 2, "幼儿园门口剐蹭", ("crossing",),
        ("接送孩子的家长说，门口三天两头碰车。", "接送的二十分钟里，双排停车，车门一开就碰上。",
         "没有即停即走的地方；斑马线磨没了。",
         "补画斑马线和让行线；即停即走区还在商量。"),
    ),
)  # fmt: skip


def load_patrolled(until: datetime, days: int) -> str:
    """Record the patrols, and open the problems; says how many of both. In a short history there is
    nothing to compare with, and so none."""
    if days < LEAST_DAYS:
        return "too few days"
    markets = list(Node.objects.filter(sort="market", town=PATROLLED).order_by("pk"))
    planner, commander = (Account.objects.get(username=one) for one in ("planner", "commander"))
    with moment(until):
        patrols = list(_patrols(markets, until))
        stays = record_past_patrols(Actor.account(planner), patrols, commander)
    for case in CASES:
        _problem(case, until)
    return f"{stays} stays over {BEGUN} days, {len(CASES)} problems"


def _patrols(markets: Sequence[Node], until: datetime) -> Iterator[PastPatrol]:
    """Each day, from the morning on, one market after the other; a few minutes off each time."""
    for back in range(BEGUN, UNTIL - 1, -1):
        day = timezone.localtime(until - timedelta(days=back))
        shift = shift_at(day.replace(hour=9, minute=0, second=0, microsecond=0))
        if Plan.objects.filter(begins_at=shift.begins, ends_at=shift.ends).exists():
            continue  # before the morning's change the last shifts reach a day further back
        first = shift.begins + timedelta(minutes=20)
        stays = [
            (node, first + timedelta(minutes=24 * n + (back * 7 + n * 5) % 11),
             timedelta(minutes=10 + (back + n) % 6))
            for n, node in enumerate(markets)
            if (back + n) % 9  # now and then a call came between
        ]  # fmt: skip
        yield PastPatrol(shift.begins, shift.ends, stays)


def _problem(case: Case, until: datetime) -> None:
    """Somebody saw it a fortnight before; interventions began when the patrols did."""
    analyst = Actor.account(Account.objects.get(username="analyst"))
    unit = Unit.objects.get(code=f"station_{case.town}")
    begun = until - timedelta(days=BEGUN)
    node = _busiest(case, timezone.localdate(begun))
    what_was_seen, scanned, analysed, done = case.said
    with moment(begun - timedelta(days=14)):
        problem = actions.open_as_seen(
            analyst, about=case.about, middle=node.point, reach=case.reach, title=case.title,
            unit=unit, words=what_was_seen,
        )  # fmt: skip
    with moment(begun - timedelta(days=12)):
        actions.advance_problem(analyst, problem, words=scanned)
    with moment(begun - timedelta(days=7)):
        actions.advance_problem(analyst, problem, words=analysed)
        since = timezone.localdate(begun)
        interventions = [
            actions.plan_intervention(analyst, problem, one, unit=unit, since=since)
            for one in case.interventions
        ]
    with moment(begun + timedelta(days=3)):
        for one in interventions:
            actions.settle_intervention(analyst, one, done=True)
    with moment(until - timedelta(days=UNTIL)):
        actions.advance_problem(analyst, problem, words=done)
        chosen = [one.middle for one in suggest(problem)]
        actions.choose_comparison(analyst, problem, chosen, ring=1)


def _busiest(case: Case, before: date) -> Node:
    """Where most of it came in the weeks before."""
    nodes = Node.objects.filter(sort=case.sort, town=case.town).order_by("pk")
    since, until = before - timedelta(days=BEGUN), before - timedelta(days=1)

    def came(node: Node) -> int:
        cells = h3.grid_disk(h3.cell_to_parent(node.h9, CELL), case.reach)
        return sum(by_day(case.about, cells, since, until))

    return max(nodes, key=came)
