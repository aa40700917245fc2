"""Tasks for volunteers in the demo county: past ones with hours and thanks, one that goes on, and
some to come, one of them full with somebody waiting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone

from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.places.coordinates import Point
from gongzhi.work.patrol.nodes.models import Node
from gongzhi.work.volunteering import actions
from gongzhi.work.volunteering.models import SignUp, Task, Volunteer

RESIDENT = Actor.resident()
NAMES = ("海阿姨", "海师傅", "海老师", "海先生", "海女士", "海大哥", "海同学")
"""海 with how one says it: nobody is called that."""
DAY = timedelta(days=1)
WORDS = {
    "school_crossing": "带队的老师穿橙色背心，在传达室门口。雨天照常。",
    "evening_walk": "走海平路、渔港路一圈，七千步左右。看路灯和楼道灯，不亮的记门牌。",
    "fire_lane": "三号楼和五号楼，告示贴了半个月，没人认的才搬。",
    "beach_clean": "退潮在上午，穿不怕湿的鞋。孩子跟大人一组。",
    "fraud_talk": "早市人最多的时候，讲三分钟，发一张纸。",
    "before_typhoon": "只去报过名的九户，在门口问四样。",
}


@dataclass(frozen=True)
class Planned:
    """A task: of which kind, whose, at which sort of node, so many days from now, from when, for so
    long; for how many, and how many sign up."""

    kind: str
    unit: str
    sort: str
    days: int
    starts: time
    hours: float
    places: int
    come: int


PAST = (
    Planned("school_crossing", "station_lancheng", "school_gate", -7, time(7, 20), 0.75, 4, 4),
    Planned("school_crossing", "station_lancheng", "school_gate", -5, time(7, 20), 0.75, 4, 3),
    Planned("evening_walk", "station_lancheng", "night_street", -6, time(19, 0), 1.5, 6, 5),
    Planned("beach_clean", "city_management", "pier", -6, time(9, 0), 2, 12, 7),
    Planned("fraud_talk", "station_lancheng", "market", -3, time(6, 30), 1, 3, 2),
)
COMING = (
    Planned("school_crossing", "station_lancheng", "school_gate", 1, time(7, 20), 0.75, 4, 2),
    Planned("evening_walk", "station_lancheng", "night_street", 2, time(19, 0), 1.5, 4, 6),
    Planned("fire_lane", "station_lancheng", "market", 3, time(9, 0), 2, 8, 1),
    Planned("beach_clean", "city_management", "pier", 5, time(9, 0), 2, 20, 4),
    Planned("before_typhoon", "station_lancheng", "pier", 6, time(14, 0), 2, 6, 0),
)
THANKS = {
    "school_crossing": "四个早上，三百多个孩子平平安安过了马路。谢谢你们起得这么早。",
    "evening_walk": "报来的六处路灯，五处已经亮了。夜里有人走走，心里踏实。",
    "beach_clean": "捡了二十三袋，最多的是泡沫和旧网。海滩认得你们。",
}


def load_volunteers(by: Actor, until: datetime) -> str:
    """Live through them; how many there are."""
    people: list[Volunteer] = []
    for planned in PAST:
        _lived_through(planned, until, people)
    _going_on(until, people)
    for planned in COMING:
        _signed_up(_opened(planned, until, at=until - DAY), planned, people, at=until - DAY / 2)
    _residents_thank(until)
    return f"{Task.objects.count()} tasks, {Volunteer.objects.count()} volunteers"


def open_one(kind: str, origin: str, sort: str, place: int, words: str, until: datetime) -> Task:
    """One to come that hangs on something, at seven in the evening of that day."""
    day = timezone.localtime(until)
    starts = day.replace(hour=19, minute=0, second=0, microsecond=0)
    node = Node.objects.filter(sort=sort, town="lancheng").order_by("pk")[place]
    new = actions.NewTask(
        kind, node.name_zh, node.point, starts, starts + timedelta(hours=1), 4, words,
        starts - timedelta(hours=1), origin,
    )  # fmt: skip
    with moment(until - 4 * DAY):
        return actions.open_task(_runner("station_lancheng"), new)


def _lived_through(planned: Planned, until: datetime, people: list[Volunteer]) -> None:
    begun = _at(planned, until)
    task = _opened(planned, until, at=begun - 2 * DAY)
    parts = _signed_up(task, planned, people, at=begun - DAY)
    _trained(task, parts, at=begun - DAY / 4)
    for n, part in enumerate(parts):
        with moment(task.starts_at + timedelta(minutes=n)):
            actions.come(RESIDENT, part)
        if n % 3:
            with moment(task.ends_at - timedelta(minutes=3 * n)):
                actions.finish(RESIDENT, part)
    with moment(task.ends_at + timedelta(hours=3)):
        actions.settle_task(Actor.system("volunteering"), task)
    if planned.kind in THANKS and not Task.objects.filter(thanks=THANKS[planned.kind]).exists():
        with moment(task.ends_at + timedelta(hours=5)):
            actions.thank(_runner(task.unit.code), task, words=THANKS[planned.kind])


def _going_on(until: datetime, people: list[Volunteer]) -> None:
    """One that began some minutes ago: two are there, one has said so."""
    here = timezone.localtime(until - timedelta(minutes=40))
    day = (here.date() - timezone.localdate(until)).days  # just after midnight: the day before
    planned = Planned("fraud_talk", "station_lancheng", "market", day, here.time(), 2, 4, 3)
    task = _opened(planned, until, at=until - 2 * DAY)
    parts = _signed_up(task, planned, people, at=until - DAY)
    _trained(task, parts, at=until - timedelta(hours=2))
    with moment(until - timedelta(minutes=35)):
        actions.come(RESIDENT, parts[0])
        actions.come(RESIDENT, parts[1])


def _opened(planned: Planned, until: datetime, *, at: datetime) -> Task:
    starts = _at(planned, until)
    item_place = _place(planned)
    task_needs_training = planned.kind not in ("fire_lane", "beach_clean")
    with moment(at):
        return actions.open_task(
            _runner(planned.unit),
            actions.NewTask(
                planned.kind, item_place[0], item_place[1], starts,
                starts + timedelta(hours=planned.hours), planned.places, WORDS[planned.kind],
                starts - timedelta(hours=1) if task_needs_training else None,
            ),
        )  # fmt: skip


def _signed_up(
    task: Task, planned: Planned, people: list[Volunteer], *, at: datetime
) -> list[SignUp]:
    """The same people come again and again, and some new ones."""
    found = []
    for n in range(planned.come):
        with moment(at + timedelta(minutes=7 * n)):
            if n < len(people):
                found.append(actions.sign_up(RESIDENT, task, people[n], agreed=True))
            else:
                told = actions.NewVolunteer(NAMES[n % len(NAMES)], "13800000000", "18")
                key = f"demo-volunteer-{len(people):08}"
                part = actions.join(RESIDENT, task, told, agreed=True, key=key)
                people.append(part.volunteer)
                found.append(part)
    return found


def _trained(task: Task, parts: Sequence[SignUp], *, at: datetime) -> None:
    training = task.item.training if task.item else None
    for part in parts:
        if training and not part.volunteer.trainings.filter(training=training.code).exists():
            with moment(at):
                actions.record_training(_runner(task.unit.code), part, on=timezone.localdate(at))


def _residents_thank(until: datetime) -> None:
    """One is passed on, one waits for somebody to read it."""
    task = Task.objects.filter(kind="school_crossing", starts_at__lt=until).order_by("pk")[0]
    said = ("我家孩子说，每天早上有个奶奶跟他打招呼。谢谢！", "接孩子的路顺多了，辛苦各位。")
    with moment(until - 2 * DAY):
        first = actions.send_thanks(RESIDENT, task, words=said[0], key="demo-thanks-of-a-mother")
        actions.look_at_thanks(_runner("station_lancheng"), first, show=True)
    with moment(until - timedelta(hours=3)):
        actions.send_thanks(RESIDENT, task, words=said[1], key="demo-thanks-of-a-father")


def _at(planned: Planned, until: datetime) -> datetime:
    day = timezone.localtime(until + planned.days * DAY)
    return day.replace(
        hour=planned.starts.hour, minute=planned.starts.minute, second=0, microsecond=0
    )


def _place(planned: Planned) -> tuple[str, Point]:
    """A node of this sort in the unit's town, else any."""
    town = planned.unit.removeprefix("station_")
    nodes = Node.objects.filter(sort=planned.sort).order_by("pk")
    node = nodes.filter(town=town).first() or nodes.first() or Node.objects.order_by("pk")[0]
    return node.name_zh, node.point


def _runner(unit: str) -> Actor:
    """Somebody of this unit who may run tasks."""
    found = Account.objects.filter(unit=Unit.objects.get(code=unit)).order_by("pk")
    able = [one for one in found if {"officer", "partner", "unit_leader"} & set(one.roles)]
    return Actor.account(able[0])
