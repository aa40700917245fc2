"""Who works at the demo county's stations: posts, officers with grades and skills, leave.

Nobody of them signs in: an account without a role sees no more than its own record. `officer_of`
and `STRENGTH` are for the stages that come after, such as rosters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.actions import open_account
from gongzhi.base.people.models import Account, Unit
from gongzhi.work.workforce.officers import actions
from gongzhi.work.workforce.officers.actions import Newcomer, NewPost
from gongzhi.work.workforce.officers.days import day_of
from gongzhi.work.workforce.officers.models import Post
from gongzhi.work.workforce.officers.states import Cannot, Grade, Line

STRENGTH = {
    "station_lancheng": 24,
    "station_wangchao": 20,
    "traffic_police": 18,
    "water_police": 16,
}
"""How many officers there are, where it isn't `USUAL`."""
USUAL = 15
WORDS = "安宁和顺朗清明远川泽林海岳松柏竹梅兰月星晨晓云霞帆舟桥岸"
"""海 with 小 or 大 and one of these: nobody is called that."""
GRADES = (
    Grade.CONSTABLE_1, Grade.INSPECTOR_3, Grade.INSPECTOR_2, Grade.INSPECTOR_2,
    Grade.INSPECTOR_1, Grade.SUPERINTENDENT_3, Grade.SUPERINTENDENT_2,
)  # fmt: skip
FRONT, BEHIND = Line.FRONT, Line.HEADQUARTERS
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Kind:
    """A kind of post: its parts of a station's people in tenths, and the skills it needs."""

    new: NewPost
    tenths: int


PATROL = Kind(NewPost("巡逻出警", "Patrol and response", FRONT, skills=("first_aid",)), 4)
BEAT = Kind(NewPost("社区警务", "Beat officer", FRONT, skills=("mediation",)), 2)
CASES = Kind(NewPost("办案", "Case officer", FRONT, sensitive=True, skills=("law_exam_basic",)), 2)
COUNTER = Kind(NewPost("户籍窗口", "Counter", FRONT, sensitive=True), 1)
DESK = Kind(NewPost("综合内勤", "Office", BEHIND), 1)
ROADS = Kind(
    NewPost(
        "路面执勤",
        "Traffic patrol",
        FRONT,
        skills=(
            "driving",
            "accident",
        ),
    ),
    5,
)
ACCIDENTS = Kind(NewPost("事故处理", "Accidents", FRONT, sensitive=True, skills=("accident",)), 3)
BOATS = Kind(
    NewPost(
        "艇班",
        "Boat crew",
        FRONT,
        skills=(
            "boat",
            "first_aid",
        ),
    ),
    6,
)
STATION = (PATROL, BEAT, CASES, COUNTER, DESK)
OTHERS = {
    "traffic_police": (ROADS, ACCIDENTS, COUNTER, DESK),
    "water_police": (BOATS, CASES, BEAT),
}


def officer_of(unit: Unit, nth: int) -> str:
    """The user name of a unit's nth officer, from 1: ``station_lancheng.07``."""
    return f"{unit.code}.{nth:02}"


def load_officers(by: Actor, until: datetime, seed: int) -> str:
    """Open posts and accounts at each station, and let some be away; says how many there are."""
    random, many = Random(seed), 0  # noqa: S311  (a demo)
    since = day_of(until) - timedelta(days=400)
    stations = list(Unit.objects.filter(kind=Unit.Kind.STATION).order_by("pk"))
    for unit in stations:
        many += _man(by, unit, since, random)
    _demo_accounts(by, since)
    with moment(until):
        away = sum(_away(unit, day_of(until), random) for unit in stations)
    _own_leave(until)
    return f"{many} officers at {len(stations)} stations, {away} of them away for some days"


def _man(by: Actor, unit: Unit, since: date, random: Random) -> int:
    strength = STRENGTH.get(unit.code, USUAL)
    people = (  # made as they are written down: one transaction for a station, not one for each
        _newcomer(by, unit, nth, post, kind, since, random)
        for nth, (post, kind) in enumerate(_seats(by, unit, strength, since), 1)
    )
    return actions.man_unit(by, unit, people)


def _seats(by: Actor, unit: Unit, strength: int, since: date) -> Iterator[tuple[Post, Kind]]:
    """A seat for each officer: the first kind of post takes what the others leave."""
    first, *others = OTHERS.get(unit.code, STATION)
    parts = {kind: max(1, strength * kind.tenths // 10) for kind in others}
    parts = {first: strength - sum(parts.values())} | parts
    for nth, (kind, many) in enumerate(parts.items()):
        one = kind.new
        free = nth == 0  # a place or two that nobody has: for vacancies
        wanted = NewPost(
            one.name_zh, one.name_en, one.line, one.sensitive, one.skills,
            many + (2 if free else 1),
        )  # fmt: skip
        post = actions.open_post(by, unit, wanted, on=since)
        for _place in range(many):
            yield post, kind


def _newcomer(
    by: Actor, unit: Unit, nth: int, post: Post, kind: Kind, since: date, random: Random
) -> Newcomer:
    size = "大" if nth > len(WORDS) else "小"
    account = open_account(
        by, username=officer_of(unit, nth), display_name=f"海{size}{WORDS[nth % len(WORDS)]}",
        unit=unit, roles=[],
    )  # fmt: skip
    came = since if random.random() < 0.85 else since + timedelta(days=random.randrange(30, 360))
    years = random.randrange(1, 25)
    skills = {*kind.new.skills, "first_aid", "firearms", "law_exam_basic"}
    skills |= set(random.sample(["driving", "mediation", "fraud", "drone", "english"], 2))
    if nth % 9 == 0:
        skills.add("peer_support")
    return Newcomer(
        account, [(post, 100)], came,
        grade=GRADES[min(years // 3, len(GRADES) - 1)],
        serves_since=since - timedelta(days=365 * years),
        skills={
            code: since + timedelta(days=random.randrange(60, 395)) for code in sorted(skills)
        },
    )  # fmt: skip


def _demo_accounts(by: Actor, since: date) -> None:
    """The accounts that people sign in with have posts, too: one of them two."""
    known = {one.username: one for one in Account.objects.select_related("unit")}
    station = known["officer"].unit
    lead = actions.open_post(by, station, NewPost("所长", "Head of station", FRONT), on=since)
    posts = {one.name_zh: one for one in Post.objects.filter(unit=station)}
    learnt = since + 100 * DAY
    skills = {"first_aid": learnt, "firearms": since + 60 * DAY, "law_exam_basic": learnt}
    held = {
        "unit_leader": [(lead, 100)],
        "officer": [(posts["巡逻出警"], 70), (posts["社区警务"], 30)],
        "case_officer": [(posts["办案"], 100)],
        "counter_clerk": [(posts["户籍窗口"], 100)],
    }
    people = [
        Newcomer(
            known[name], own, since, grade=Grade.INSPECTOR_1,
            serves_since=since - timedelta(days=365 * 11), skills=skills,
        )
        for name, own in held.items()
    ]  # fmt: skip
    actions.man_unit(by, station, people)
    actions.record_training(
        by, known["officer"], "现场急救复训", hours=8, on=since + 100 * DAY, skill="first_aid"
    )


def _away(unit: Unit, day: date, random: Random) -> int:
    """Two of each station have leave in the next weeks, one can't work nights."""
    leader = Actor.system("demo")
    for nth, kind in ((2, "annual"), (5, "compensatory")):
        one = Account.objects.select_related("unit").get(username=officer_of(unit, nth))
        first = day + random.randrange(1, 25) * DAY
        asked = actions.ask_leave(
            Actor.account(one), one, kind, first_day=first,
            last_day=first + random.randrange(0, 5) * DAY,
        )  # fmt: skip
        actions.decide_leave(leader, asked, grant=True)
    nights = Account.objects.select_related("unit").get(username=officer_of(unit, 7))
    actions.tell_limit(
        leader, nights, Cannot.NO_NIGHTS, first_day=day - 30 * DAY, last_day=day + 120 * DAY
    )
    return 2


def _own_leave(until: datetime) -> None:
    """One request that waits for the station's head, and one that is over."""
    day = day_of(until)
    officer = Account.objects.select_related("unit").get(username="officer")
    by = Actor.account(officer)
    head = Actor.account(Account.objects.select_related("unit").get(username="unit_leader"))
    with moment(until - 60 * DAY):
        over = actions.ask_leave(
            by, officer, "annual", first_day=day - 40 * DAY, last_day=day - 38 * DAY
        )
        actions.decide_leave(head, over, grant=True, answer="好好休息。")
    with moment(until - DAY / 2):
        actions.ask_leave(
            by, officer, "family_event", first_day=day + 12 * DAY, last_day=day + 13 * DAY,
            reason="妹妹结婚，要回老家两天。",
        )  # fmt: skip
