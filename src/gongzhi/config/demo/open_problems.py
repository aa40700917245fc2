"""Problems of the demo county that residents work on, too: one that is being tried, with what they
said and a task; and where the history is long enough, one with its result."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account, Unit
from gongzhi.work.patrol.nodes.models import Node
from gongzhi.work.prevention.problems import actions
from gongzhi.work.prevention.problems.actions import OpenText
from gongzhi.work.prevention.problems.models import Problem
from gongzhi.work.volunteering import actions as volunteering

RESIDENT = Actor.resident()
DAY = timedelta(days=1)
STAGES = (
    "下班前后和半夜最多，都停在车棚外面。",
    "车棚只有一盏灯，坏了；棚里满，后来的只能停路边。",
)
TRYING = OpenText(
    title="市场后门停车棚，电动车老是丢",
    seen="下班前后和半夜最多，多半是停在棚外、没上第二把锁的车。棚里灯坏了，位子也不够。",
    trying="先把灯修亮，路边划出车位；傍晚有邻居打灯走一圈。一个月后看有没有用。",
    title_en="Scooters keep vanishing behind the market",
    seen_en="Mostly around the end of work and at midnight, mostly scooters left outside the shed "
    "with one lock. The shed's lamp is broken, and it has too few places.",
    trying_en="First the lamp is mended and places are marked along the road; neighbours walk by "
    "with lamps in the evening. In a month we look whether it helped.",
)
RESULT = OpenText(
    title="菜市场里丢手机、丢钱包",
    seen="早市八点到十点最多，多在鱼摊和出口：人挤，手上拎东西。",
    trying="早市每天有人走两趟；出口贴了提醒，管理处补了灯。",
    found="和没做的地方比，确实少了。早市照旧走，出口的灯归管理处管。谢谢提醒我们看出口的人。",
    title_en="Phones and purses vanish at the market",
    seen_en="Mostly from eight to ten at the fish stalls and the exit: crowded, hands full.",
    trying_en="Somebody walks through twice each morning; there are notices and a new lamp at the "
    "exit.",
    found_en="Compared with places where nothing was done it became less. The walks go on, the "
    "lamp is the market's. Thanks to those who told us to look at the exit.",
)
SAID = (
    ("sees", "棚子西头有一截围栏断了，推着车就能从那里出去。", "看到了，围栏这周修。"),
    ("suggests", "能不能在棚里装几个落地的锁车桩？我们楼里愿意一起管钥匙。", ""),
)
HELD = ("offers", "我是电工，换灯可以来搭把手，周末都行。")


def load_open_problems(until: datetime) -> str:
    """Open them to residents; how many there are."""
    _tried(until)
    for problem in Problem.objects.filter(stage="assessment", title=RESULT.title)[:1]:
        with moment(until - DAY):
            actions.write_open_words(_by("analyst"), problem, RESULT)
            actions.publish_open_words(_by("commander"), problem)
    return f"{Problem.objects.filter(shown=True).count()} problems, {len(SAID) + 1} voices"


def _tried(until: datetime) -> None:
    analyst, unit = _by("analyst"), Unit.objects.get(code="station_lancheng")
    node = Node.objects.filter(sort="market", town="lancheng").order_by("pk")[0]
    with moment(until - 6 * DAY):
        problem = actions.open_as_seen(
            analyst, about="theft_scooter", middle=node.point, reach=1, title="市场后门电动车被盗",
            unit=unit, words="市场后门的停车棚，一周听三个人说丢了车。",
        )  # fmt: skip
    for back, words in zip((5, 4), STAGES, strict=True):
        with moment(until - back * DAY):
            actions.advance_problem(analyst, problem, words=words)
    with moment(until - 4 * DAY):
        since = timezone.localdate(until - 3 * DAY)
        measure = actions.plan_intervention(analyst, problem, "lighting", unit=unit, since=since)
        actions.write_open_words(analyst, problem, TRYING)
    with moment(until - 3 * DAY):
        actions.publish_open_words(_by("unit_leader"), problem)
        actions.settle_intervention(analyst, measure, done=True)
    _residents_say(problem, until)
    _walk(problem, node, until)


def _residents_say(problem: Problem, until: datetime) -> None:
    for n, (kind, words, answer) in enumerate(SAID):
        with moment(until - (2 - n) * DAY):
            told = {"kind": kind, "words": words, "key": f"demo-contribution-{n:04}"}
            one = actions.contribute(RESIDENT, problem, **told)
            actions.look_at_contribution(_by("unit_leader"), one, show=True, answer=answer)
    with moment(until - timedelta(hours=5)):
        kind, words = HELD
        told = {"kind": kind, "words": words, "key": "demo-contribution-held"}
        actions.contribute(RESIDENT, problem, **told)


def _walk(problem: Problem, node: Node, until: datetime) -> None:
    """A task that hangs on it."""
    day = timezone.localtime(until + 4 * DAY)
    starts = day.replace(hour=19, minute=0, second=0, microsecond=0)
    new = volunteering.NewTask(
        "evening_walk", node.name_zh, node.point, starts, starts + timedelta(hours=1), 4,
        "绕车棚走两圈，看灯亮不亮、路边位子够不够。", starts - timedelta(hours=1),
        f"problem:{problem.pk}",
    )  # fmt: skip
    with moment(until - 2 * DAY):
        volunteering.open_task(_by("officer"), new)


def _by(username: str) -> Actor:
    return Actor.account(Account.objects.select_related("unit").get(username=username))
