"""Command lanes in the demo county: a ship on the rocks two days ago, from call to report, and the
fire that goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from gongzhi.base.log.actions import moment, now
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import take_step
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account, Unit
from gongzhi.config.demo.geography.county import County
from gongzhi.config.demo.partners import somewhere
from gongzhi.work.calls.actions import NewCall, receive_call
from gongzhi.work.command import actions
from gongzhi.work.command.models import Lane, Objective, Resource, RollAnswer
from gongzhi.work.dispatch.models import ResponseUnit
from gongzhi.work.dispatch.past import PastAssignment, record_past_assignments
from gongzhi.work.linked.actions import answer_request, ask_partner, note_overdue
from gongzhi.work.linked.actions.answering import Told
from gongzhi.work.linked.models import LinkedRequest

DEMO = Actor.system("demo")
AGO = timedelta(days=2, hours=5)
WORDS = "观光船“听澜 12”触礁进水，正在下沉，船上连船员二十三人。"
STEPS = ((2, "dispatched"), (4, "en_route"), (24, "on_scene"), (102, "cleared"), (150, "closed"))
WENT = (("water_01", 2, 4, 24, 102), ("water_02", 3, 6, 31, 100), ("lancheng_01", 6, 7, 15, 148))
ASKED = (
    # partner, offers, words, minute asked, then minute and what it said
    ("sea_rescue", ("rescue_boat", "ships_nearby"), "请派艇，并协调附近渔船靠近接人。", 2,
     ((4, Told("accepted", minutes=20)), (6, Told("under_way")), (26, Told("there")),
      (98, Told("done", words="二十三人全部接上岸。")))),
    ("ambulance", ("more_ambulances",), "请在观澜码头准备三台车，可能有失温、外伤。", 5,
     ((9, Told("accepted", "phone")), (12, Told("under_way", "phone")), (27, Told("there")),
      (110, Told("done", words="四人送医，其余现场处理。")))),
    ("grid", ("shelter",), "请准备临时安置，二十多人，要干衣热水。", 8,
     ((12, Told("accepted", "phone")), (40, Told("there", "phone")), (152, Told("done", "phone")))),
    ("traffic_control", ("extra_ferry",), "请调一班渡船到码头待命。", 10,
     ((14, Told("refused", reason="none_free", words="末班渡船已离港。")),)),
)  # fmt: skip
POSTS = ((3, "commander", "commander"), (3, "liaison", "dispatcher"), (4, "safety", "officer"),
         (4, "record", "call_taker"), (9, "residents", "town_lancheng"),
         (80, "liaison", "call_taker"))  # fmt: skip
OBJECTIVES = (
    (4, "一小时内船上人员全部转移上岸", 98, "met"),
    (5, "逐人核对名单，确认没有人落水", 104, "met"),
    (15, "出事水域禁航，防止再有船只触礁", 150, "met"),
)
LINES = (
    (4, "船长报船位在礁区东侧，左倾约十度，人员集中在右舷，都穿了救生衣。"),
    (13, "附近两条渔船已应召靠近。"),
    (24, "水警 01 抵近，风力五级，开始接人。"),
    (33, "第一批九人离船。"),
    (52, "第二批八人离船，两名老人体温偏低。"),
    (71, "最后六人离船，船长最后离开。"),
    (104, "上岸二十三人，与乘客名单逐一核对一致。"),
    (140, "四人在县医院观察，其余由镇里送回住处。"),
)
RESOURCES = (
    # minute asked, sort, name, how many, minute there, minute released
    (12, "shelter", "澜城小学体育馆", 1, 35, 158), (14, "supplies", "毛毯、干衣", 40, 38, 158),
    (16, "boat", "应召渔船", 2, 22, 100),
)  # fmt: skip
LESSONS = (
    ("120 第一次请求超时未答复：核对值班电话和接口告警。", "ambulance_120", 14),
    ("末班以后没有渡船可调：和渡运公司商定夜间备班。", "transport", 30),
)


@dataclass
class Night:
    """What is to happen, by the minute after the call; told in the order of time."""

    began: datetime
    deeds: list[tuple[float, Callable[[], object]]] = field(default_factory=list)

    def then(self, minute: float, deed: Callable[[], object]) -> None:
        """Let this happen then."""
        self.deeds.append((minute, deed))

    def live(self) -> None:
        """Live through it."""
        for minute, deed in sorted(self.deeds, key=lambda each: each[0]):
            with moment(self.at(minute)):
                deed()

    def at(self, minute: float) -> datetime:
        """When that is."""
        return self.began + timedelta(minutes=minute)


def load_lanes(county: County, until: datetime) -> int:
    """Live through the night of the ship, open a lane for the fire; how many lanes there are."""
    if not Lane.objects.exists():
        tell_ship(county, until - AGO)
        tell_fire(until)
    return Lane.objects.count()


def tell_ship(county: County, began: datetime) -> Lane:
    """From the call to the report."""
    point, place = somewhere(county, "pier", "lancheng")
    with moment(began):
        call = NewCall("sea_rescue", WORDS, f"{place}海面", point, answered_at=began)
        matter = receive_call(DEMO, call).matter
    with moment(began + timedelta(minutes=3)):
        lane = actions.open_lane(DEMO, matter)
    night = Night(began)
    _incident(night, matter)
    for asked in ASKED:
        _partner(night, matter, *asked)
    night.then(8, lambda: note_overdue(DEMO, now()))
    _run(night, lane)
    _rolls(night, lane)
    night.then(165, lambda: actions.close_lane(_account("commander"), lane))
    night.live()
    return lane


def tell_fire(until: datetime) -> None:
    """The fire that goes on is commanded since some minutes, and a roll-call waits for answers."""
    fire = Matter.objects.filter(category="fire", closed_at=None, linked_requests__isnull=False)
    matter = fire.order_by("-opened_at").first()
    if matter is None:
        return
    with moment(until - timedelta(minutes=7)):
        lane = actions.open_lane(DEMO, matter)
        for post, name in (("commander", "commander"), ("liaison", "dispatcher")):
            actions.give_post(DEMO, lane, post, account=_who(name))
        actions.set_objective(DEMO, lane, "先救人：二楼以上的人全部下来")
        actions.set_objective(DEMO, lane, "守住两侧店铺，不让火过去")
        shelter = actions.ask_resource(DEMO, lane, "shelter", "澜城小学体育馆")
    with moment(until - timedelta(minutes=5)):
        actions.log_words(_account("dispatcher"), lane, "住户说二楼后间还有一名老人，已告知 119。")
        actions.move_resource(DEMO, shelter, "there")
    with moment(until - timedelta(minutes=3)):
        roll = actions.start_roll(DEMO, lane)
    with moment(until - timedelta(minutes=2)):
        _answer(roll.answers.filter(holder__post="commander"))


def _incident(night: Night, matter: Matter) -> None:
    for minute, step in STEPS:
        told = {"disposition": "helped"} if step == "cleared" else {}
        night.then(minute, partial(take_step, DEMO, matter, step, elements=told))
    units = ResponseUnit.objects.in_bulk([code for code, *_ in WENT], field_name="code")
    past = [
        PastAssignment(matter, units[code], DEMO, night.at(sent), night.at(done), "helped",
                       night.at(off), night.at(there))
        for code, sent, off, there, done in WENT if code in units
    ]  # fmt: skip
    night.then(148, partial(record_past_assignments, DEMO, past))


def _partner(
    night: Night, matter: Matter, code: str, offers: Sequence[str], words: str, minute: float,
    said: Sequence[tuple[float, Told]],
) -> None:  # fmt: skip
    made: list[LinkedRequest] = []
    night.then(
        minute, lambda: made.append(ask_partner(DEMO, matter, code, offers=offers, words=words))
    )
    for at, told in said:
        night.then(at, lambda told=told: answer_request(DEMO, made[0], told))  # type: ignore[misc]


def _run(night: Night, lane: Lane) -> None:
    """Posts, objectives, resources, the log, lessons."""
    for minute, post, name in POSTS:
        account = Account.objects.filter(username=name).first()
        unit = None if account else Unit.objects.get(code=name)
        give = partial(actions.give_post, DEMO, lane, post, account=account, unit=unit)
        night.then(minute, give)
    for minute, words, ended, state in OBJECTIVES:
        _objective(night, lane, minute, words, ended, state)
    for one in RESOURCES:
        _resource(night, lane, *one)
    for minute, words in LINES:
        night.then(minute, partial(actions.log_words, _account("call_taker"), lane, words))
    for words, code, days in LESSONS:
        unit, due = Unit.objects.get(code=code), (night.began + timedelta(days=days)).date()
        night.then(160, partial(actions.state_lesson, DEMO, lane, words, unit=unit, due=due))


def _objective(
    night: Night, lane: Lane, minute: float, words: str, ended: float, state: str
) -> None:
    made: list[Objective] = []
    night.then(minute, lambda: made.append(actions.set_objective(DEMO, lane, words)))
    night.then(ended, lambda: actions.end_objective(DEMO, made[0], state))


def _resource(
    night: Night, lane: Lane, minute: float, sort: str, name: str, number: int, there: float,
    gone: float,
) -> None:  # fmt: skip
    made: list[Resource] = []
    night.then(
        minute, lambda: made.append(actions.ask_resource(DEMO, lane, sort, name, number=number))
    )
    night.then(there, lambda: actions.move_resource(DEMO, made[0], "there"))
    night.then(gone, lambda: actions.move_resource(DEMO, made[0], "released"))


def _rolls(night: Night, lane: Lane) -> None:
    for minute, silent in ((20, 1), (75, 0)):
        night.then(minute, partial(actions.start_roll, DEMO, lane))
        night.then(minute + 2, partial(_answered, lane, silent))
        night.then(minute + 8, partial(actions.end_roll, DEMO, lane))


def _answered(lane: Lane, silent: int) -> None:
    asked = list(RollAnswer.objects.filter(roll__lane=lane, roll__ended_at=None).order_by("pk"))
    _answer(asked[: len(asked) - silent])


def _answer(asked: Iterable[RollAnswer]) -> None:
    for one in asked:
        actions.answer_roll(DEMO, one, "here")


def _who(name: str) -> Account:
    return Account.objects.select_related("unit").get(username=name)


def _account(name: str) -> Actor:
    return Actor.account(_who(name))
