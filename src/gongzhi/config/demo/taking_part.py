"""What residents of the demo county take part in: proposals in each phase, and a consultation.

The votes are in `voting`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

from django.utils import timezone

from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.actions import open_account
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.places.coordinates import Point
from gongzhi.base.places.models import GazetteerEntry
from gongzhi.base.reach.marks import mark_of
from gongzhi.config.demo.volunteers import open_one
from gongzhi.work.proposals import actions
from gongzhi.work.proposals.actions.consulting import NewConsultation
from gongzhi.work.proposals.actions.proposing import NewProposal
from gongzhi.work.proposals.models import Comment, Consultation, Proposal, Removal

RESIDENT = Actor.resident()
DECIDED = {
    "decided_body": "县政府常务会议，第 31 次",
    "decided_why": "投票多数赞成，花费在今年的预算里，交警算过不会堵到主路。",
}
NOT_DECIDED = {
    "decided_body": "县交通运输局局务会",
    "decided_why": "一班船来回六千元，三个月里平均一晚四个人坐。先在周五、周日各加一班。",
}
COSTED = {
    "cost_amount": "8.6 万元，列在今年的道路安全经费里",
    "cost_time": "四个月：设计一个月，招标一个月，施工两个月",
    "cost_can": "做得到。路口视距够，要挪一个公交站牌。",
}


def load_taking_part(until: datetime) -> str:
    """Live through proposals, what is said of them, and a consultation."""
    tell = _Told(until)
    tell.collecting()
    tell.discussing()
    tell.costing()
    tell.rejected()
    tell.delivering()
    tell.delivered()
    _consultation(until)
    for number, (kind, origin, sort, place, words) in enumerate(_hands()):
        open_one(kind, origin, sort, place, words, until + timedelta(days=3 + number))
    removals = Removal.objects.count()
    return f"{Proposal.objects.count()} proposals, one at each phase, {removals} removal"


def officer(second: str = "") -> Actor:
    """Whoever leads residents' part; the second one with the unit's code."""
    name = f"participation_officer.{second}" if second else "participation_officer"
    return Actor.account(Account.objects.select_related("unit").get(username=name))


class _Told:
    """Each proposal's way up to where it stands."""

    def __init__(self, until: datetime) -> None:
        self.until, self.number = until, 0
        self.transport = _partner("transport", "海小路")
        self.city = Actor.account(Account.objects.select_related("unit").get(username="partner"))

    def at(self, days: float) -> AbstractContextManager[None]:
        """So many days ago."""
        return moment(self.until - timedelta(days=days))

    def proposed(self, days: float, title: str, words: str, place: str = "") -> Proposal:
        """Somebody proposes it."""
        self.number += 1
        key = f"demo-proposal-number-{self.number:04}"
        point = _point(place)
        with self.at(days):
            told = NewProposal(title, words, place=place, point=point)
            receipt = actions.propose(RESIDENT, told, idempotency_key=key)
        return Proposal.objects.select_related("matter").get(pk=receipt.matter_id)

    def supported(self, proposal: Proposal, many: int, days: float, over: float) -> None:
        """So many support it, spread over some days."""
        for number in range(many):
            with self.at(days - over * number / max(1, many)):
                mark = mark_of(f"proposal-{proposal.pk}", "sms", f"demo {number}")
                actions.support_proposal(RESIDENT, proposal, mark)

    def says(self, proposal: Proposal, days: float, words: str) -> Comment:
        """Somebody has a say."""
        self.number += 1
        with self.at(days):
            key = f"demo-comment-number-{self.number:05}"
            return actions.comment(RESIDENT, proposal, words, idempotency_key=key)

    def collecting(self) -> None:
        """One that has just been made."""
        one = self.proposed(
            3, "渡轮码头候船厅装几台直饮水机",
            "夏天排队一个多小时，买水的店六点就关了。老人小孩都要喝水，装两三台就够。", "澜城码头",
        )  # fmt: skip
        self.supported(one, 13, 2.8, 2.5)
        self.says(one, 1.2, "赞成，最好也有热水，冲奶粉用。")

    def discussing(self) -> None:
        """One that is discussed, with a text that was removed, and an appeal that waits."""
        one = self.proposed(
            18, "晚上十点以后关掉海滨步道的音乐灯",
            "灯光秀每晚放到十二点，临海两栋楼都睡不好。十点以后留路灯，关音乐和彩灯。", "海滨步道",
        )  # fmt: skip
        self.supported(one, 22, 17, 9)
        self.says(one, 7, "周末可以晚一个小时，游客多。")
        rude = self.says(one, 6, "住不惯就搬走，外地来的都是事精！")
        self.says(one, 5.5, "我家就对着舞台，孩子明年高考。")
        with self.at(5):
            key = "demo-official-answer-0001"
            actions.answer_officially(
                self.city, one, "音乐灯由我们管，能分时段控制，改时间不用花钱。",
                key=key,
            )  # fmt: skip
            removal = actions.remove_text(officer(), rude, "abuse", "后半句因籍贯贬低人。")
        with self.at(4):
            actions.appeal(RESIDENT, removal, "我说的是气话，前半句是意见，请把前半句留着。")

    def costing(self) -> None:
        """One that a department is costing."""
        one = self.proposed(
            30, "旧菜场门口划一排电动车停车位",
            "电动车停到盲道上，推婴儿车、坐轮椅的过不去。东边墙根空着，划一排线就够停六十辆。",
            "海平路",
        )  # fmt: skip
        self.supported(one, 21, 29, 12)
        with self.at(12):
            actions.ask_costing(officer(), one, Unit.objects.get(code="city_management"))

    def rejected(self) -> None:
        """One that was not adopted, with the reasons."""
        one = self.proposed(
            75,
            "月屿航线晚上九点加一班船",
            "加班的人赶不上七点半的末班，要在城里住一晚。",
            "澜城码头",
        )
        self.supported(one, 24, 74, 20)
        with self.at(50):
            actions.ask_costing(officer(), one, Unit.objects.get(code="transport"))
        with self.at(31):
            told = {
                "cost_amount": "一班来回六千元，一年约二百二十万元，没有列预算",
                "cost_time": "船和船员现有，一个月内能开",
                "cost_can": "开得了，但夜间平均一晚只有四个人坐",
            }
            actions.lead_proposal(self.transport, one, "costed", elements=told)
        with self.at(20):
            actions.lead_proposal(officer(), one, "rejected", elements=NOT_DECIDED)

    def delivering(self) -> None:
        """One that is being delivered: one promise kept, one late, one to come."""
        one = self._adopted(
            100,
            "望潮小学门口装红绿灯，再画减速线",
            "放学二十分钟里过三百多个孩子，车不让人。",
            "望潮小学",
        )
        today = timezone.localdate(self.until)
        with self.at(40):
            lines = actions.promise(self.transport, one, "画好减速线", today - timedelta(days=20))
            actions.promise(self.transport, one, "挪走公交站牌", today - timedelta(days=6))
            actions.promise(self.transport, one, "红绿灯亮起来", today + timedelta(days=35))
            actions.lead_proposal(self.transport, one, "delivering")
        with self.at(22):
            actions.end_promise(
                self.transport, lines, kept=True, told="两边各三道，周六夜里画好的。"
            )
            actions.tell_progress(
                self.transport, one, "减速线画好了。红绿灯的杆子到货了，下个月施工。"
            )

    def delivered(self) -> None:
        """One that is done."""
        one = self._adopted(
            130, "图书馆周一也开门", "周一闭馆，退休的人白跑。轮着休就能天天开。", "县图书馆"
        )
        today = timezone.localdate(self.until)
        with self.at(60):
            kept = actions.promise(
                self.transport, one, "排好轮休，周一开门", today - timedelta(days=25)
            )
            actions.lead_proposal(self.transport, one, "delivering")
        with self.at(28):
            actions.end_promise(self.transport, kept, kept=True, told="这个月第一个周一起开了。")
            told = {"delivered_told": "周一九点到十七点开门，两个月来周一平均来 140 人。"}
            actions.lead_proposal(self.transport, one, "delivered", elements=told)

    def _adopted(self, days: float, title: str, words: str, place: str) -> Proposal:
        one = self.proposed(days, title, words, place)
        self.supported(one, 23, days - 1, 10)
        with self.at(days - 15):
            actions.ask_costing(officer(), one, Unit.objects.get(code="transport"))
        with self.at(days - 25):
            actions.lead_proposal(self.transport, one, "costed", elements=COSTED)
        with self.at(days - 40):
            actions.lead_proposal(officer(), one, "adopted", elements=DECIDED)
        return one


def _partner(unit: str, name: str) -> Actor:
    """Somebody of a department, opened when nobody is there."""
    found = Account.objects.select_related("unit").filter(username=f"partner.{unit}").first()
    if found is None:
        found = open_account(
            Actor.system("demo"), username=f"partner.{unit}", display_name=name,
            unit=Unit.objects.get(code=unit), roles=["partner"],
        )  # fmt: skip
    return Actor.account(found)


def _point(place: str) -> Point | None:
    found = GazetteerEntry.objects.filter(name_zh__contains=place).first() if place else None
    return Point(found.lat, found.lon) if found else None


def _consultation(until: datetime) -> None:
    """One that was decided, one that runs."""
    today = timezone.localdate(until)
    asked = NewConsultation(
        topic="lights", title="乡村主路的路灯，晚上先亮哪一段？",
        about="电费一年二十六万元，全亮不够。", options=["到村口公交站", "到学校", "到码头"],
        opens_at=until - timedelta(days=30), closes_at=until - timedelta(days=16),
        decides="县交通运输局局务会", decide_by=today - timedelta(days=2),
    )  # fmt: skip
    with moment(until - timedelta(days=30)):
        before = actions.open_consultation(officer(), asked)
    for number in range(24):
        with moment(until - timedelta(days=29 - number / 4)):
            actions.answer_consultation(
                RESIDENT, before, "aabac"[number % 5], WORDS.get(number, "")
            )
    with moment(until - timedelta(days=5)):
        actions.publish_decision(
            officer(), before, "到公交站的亮到末班车后半小时，到学校的冬天亮到七点，码头不加。",
            "选公交站的多，理由多是末班车下来没有灯。码头去看过：灯是坏了，已经报修。",
        )  # fmt: skip
    with moment(until - timedelta(days=2)):
        actions.open_consultation(
            officer(),
            NewConsultation(
                topic="patrol", title="夜里巡逻，先顾哪几处？",
                about="派出所要排下一季的班，先听听大家最不放心哪里。怎么排由派出所定，不按票数。",
                options=["夜市收摊以后", "末班船到港以后", "学校晚自习放学", "海滨步道"],
                opens_at=until - timedelta(days=2), closes_at=until + timedelta(days=12),
                decides="澜城派出所", decide_by=today + timedelta(days=25),
            ),
        )  # fmt: skip


def _hands() -> Iterator[tuple[str, str, str, int, str]]:
    """What neighbours can do about it themselves: a task that hangs on a proposal, and one on what
    was decided after asking."""
    proposal = Proposal.objects.filter(matter__step="delivering").earliest("pk")
    words = "施工那几天，早晚各一小时，帮孩子和老人从便道绕过去。"
    yield "school_crossing", f"proposal:{proposal.pk}", "school_gate", 1, words
    asked = Consultation.objects.filter(decided_at__isnull=False).earliest("pk")
    words = "从村口公交站走到学校，看亮灯的时间和定的一样不一样，不亮的记灯杆号。"
    yield "evening_walk", f"consultation:{asked.pk}", "night_street", 0, words


WORDS: Mapping[int, str] = {
    3: "末班车下来一路是黑的。", 11: "学校那段早上也黑。", 20: "码头的灯坏了两盏。",
}  # fmt: skip
