"""Requests of the demo county's people about their own data: one waits, one was granted, one was
refused with its article."""

from __future__ import annotations

from datetime import datetime, timedelta

from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.work.participation.models import Receipt
from gongzhi.work.personal import actions
from gongzhi.work.personal.models import PersonalRequest

ANSWERS = {
    "granted": {
        "identity": "number",
        "answer": "已经换成您现在的电话，承办单位以后打新的号码。",
    },
    "refused": {
        "why_not": "needed",
        "answer": "这件事还在办，承办单位要用到您写的内容。办结以后，您在查询页上就能自己清除。",
    },
}


def load_personal(until: datetime) -> int:
    """Ask and decide; how many requests there are."""
    steward = Account.objects.filter(username="data_steward").select_related("unit").first()
    own = Receipt.objects.filter(
        matter__procedure="resident_request", matter__closed_at=None, matter__county=None,
        message=None, matter__parties__person__erased_at=None, matter__parties__isnull=False,
        matter__opened_at__lt=until - timedelta(days=1),
    ).order_by("-pk")  # fmt: skip
    if steward is None:
        return 0
    for number, receipt in enumerate(own.select_related("matter").distinct()[:3]):
        _asked(receipt, number, until, Actor.account(steward))
    return PersonalRequest.objects.count()


def _asked(receipt: Receipt, number: int, until: datetime, by: Actor) -> None:
    asks, words, outcome = (
        ("correct", "", "granted"), ("delete", "问题不用处理了，请把我的信息删掉。", "refused"),
        ("explain", "我的电话会不会给物业？", ""),
    )[number]  # fmt: skip
    with moment(until - timedelta(hours=20 - number)):
        made = actions.ask(
            Actor.resident(), receipt, asks, words, proved=asks != "explain",
            wanted={"phone": "13800000001"} if asks == "correct" else {},
            idempotency_key=f"demo-request-about-own-data-{number}",
        )  # fmt: skip
    one = PersonalRequest.objects.get(pk=made.matter_id)
    if outcome:
        for hours, code, given in ((12, "taken_up", {}), (6, outcome, ANSWERS[outcome])):
            with moment(until - timedelta(hours=hours - number)):
                actions.pass_step(by, one, code, elements=given)
