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
    _files(Actor.account(steward), until)
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


def _files(by: Actor, until: datetime) -> None:
    """A drill of a breach that was worked through, and an assessment that was approved."""
    with moment(until - timedelta(days=2)):
        words = "演练：一部装有出警终端的手机遗失，可能看得到当班的联系方式。"
        drill = actions.open_file(by, "breach", dataset="calls", words=words, drill=True)
    for hours, (code, given) in enumerate(DRILL.items(), start=1):
        with moment(until - timedelta(days=2) + timedelta(minutes=10 * hours)):
            actions.pass_file_step(by, drill, code, elements=given)
    reviewer = Account.objects.filter(username="legal_reviewer").select_related("unit").first()
    with moment(until - timedelta(days=9)):
        words = "办理对民警的投诉，要存投诉人说的话和联系方式，属于敏感个人信息。"
        made = actions.open_file(by, "assessment", dataset="complaints", words=words)
    with moment(until - timedelta(days=8)):
        actions.pass_file_step(by, made, "written", elements=ASSESSED)
    if reviewer is not None:
        with moment(until - timedelta(days=7)):
            told = {"opinion": "同意。注意定期核对投诉核查员的名单。"}
            actions.pass_file_step(Actor.account(reviewer), made, "approved", elements=told)


DRILL = {
    "contained": {
        "kinds": "演练：联系方式，约 30 人，手机遗失", "remedy": "收回账号，注销登录，远程锁定。",
    },
    "reported": {"level": "minor", "authority": "演练：县网信办，当天，电话"},
    "people_told": {"how_told": "drill", "said": "演练，没有通知居民。"},
    "closed": {"lesson": "出警终端遗失，值班长十分钟内要能收回账号；写进交接班。"},
}  # fmt: skip
ASSESSED = {
    "purpose": "只为查清、答复、改正；不用于考评、预测。",
    "harm": "投诉人可能被打击报复；被投诉单位知道了会失去信任。",
    "measures": "对被投诉单位整个封存；联系方式和警号加密；办结后本人可以清除。",
}
