"""Two complaints of the demo county: one that is being looked into, one that was decided."""

from __future__ import annotations

from datetime import datetime, timedelta

from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account, Unit
from gongzhi.work.cases.models import Case
from gongzhi.work.complaints import actions
from gongzhi.work.complaints.actions import NewComplaint
from gongzhi.work.complaints.models import Complaint

COUNTER = (
    "我到望潮派出所开遗失证明，窗口的民警一直低头看手机，我问了两遍才抬头，说“材料不全，回去”。"
    "我问缺什么，他不说，让我自己上网查。来回坐船要一个多小时，我已经跑了两趟。"
)
PHONE_CALL = (
    "我店门口的电动车电池被人拆走，报了警，之后一直没人告诉我查得怎么样。打电话去问，"
    "接电话的说“等通知”，没等我说完就挂了。"
)
ANSWER = (
    "我们听了当天的通话录音，也问了接电话的民警。他没听您说完就挂断，这一点属实，已经要求他给您回电"
    "说明情况并道歉。案件没有拖延：立案和调取监控都在规定的时间以内。"
    "以后您凭案件的查询码，随时能看到办到哪一步。"
)
FIRST_STEPS = (("taken_up", 0, 3), ("accepted", 1, 0), ("inquiry", 2, 2))


def load_complaints(until: datetime) -> int:
    """Live through both; how many there are."""
    _counter(until - timedelta(days=6))
    _phone_call(until - timedelta(days=20))
    return Complaint.objects.count()


def _counter(began: datetime) -> None:
    new = NewComplaint(
        words=COUNTER, unit=Unit.objects.get(code="station_wangchao"), happened="上午十点多",
        place="望潮派出所办事大厅", wish="把要带的材料一次说清楚，别让我再跑第三趟。",
        answers={"what": "inaction", "going_on": "no"},
        contact={"name": "海某某", "phone": "13800000000"},
    )  # fmt: skip
    _looked_into(began, new, key="demo-complaint-about-a-counter")


def _phone_call(began: datetime) -> None:
    case = Case.objects.filter(matter__closed_at=None, incident__isnull=False).first()
    about = case.incident if case else None
    new = NewComplaint(
        words=PHONE_CALL, unit=Unit.objects.get(code="station_lancheng"), about=about,
        happened="晚上八点左右", wish="告诉我查到哪一步了。",
        answers={"what": "manner", "going_on": "no"},
    )  # fmt: skip
    by, complaint = _looked_into(began, new, key="demo-complaint-about-a-phone-call")
    with moment(began + timedelta(days=11)):
        told = {"finding": "partly", "told": ANSWER}
        actions.take_complaint_step(by, complaint, "decided", elements=told)


def _looked_into(began: datetime, new: NewComplaint, *, key: str) -> tuple[Actor, Complaint]:
    """It is sent, and goes its way until it is being looked into."""
    with moment(began):
        receipt = actions.complain(Actor.resident(), new, idempotency_key=key)
    complaint = Complaint.objects.select_related("matter__owner_unit").get(pk=receipt.matter_id)
    by = Actor.account(Account.objects.select_related("unit").get(username="inspector"))
    for code, days, hours in FIRST_STEPS:
        with moment(began + timedelta(days=days, hours=hours)):
            actions.take_complaint_step(by, complaint, code)
    return by, complaint
