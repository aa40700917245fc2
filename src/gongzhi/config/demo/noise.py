"""Noise that a station sees to in the days before an appraisal: what residents told, how it was
answered, and whether they found it solved."""

from __future__ import annotations

from datetime import datetime, timedelta

from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.work.participation.actions import (
    answer_request,
    file_request,
    judge_outcome,
    start_request,
    take_up,
    thank_helpers,
)
from gongzhi.work.participation.closing import Closing
from gongzhi.work.participation.models import Receipt

RESIDENT = Actor.resident()
TOLD = (
    ("楼下烧烤摊放音响到半夜，孩子第二天要考试。", "观海路夜市口"),
    ("广场舞早上五点半就开了，喇叭对着楼。", "澜城广场东侧"),
    ("对门装修，周日中午还在打墙。", "海平路 12 号三单元"),
    ("渔具店的卷闸门凌晨四点拉，整楼都醒。", "码头前街 7 号"),
    ("酒吧一条街，凌晨一点还在唱。", "听潮巷"),
    ("工地夜里打桩，窗户都在抖。", "新港路和观海路路口"),
    ("隔壁养的狗整夜叫，说过两次没用。", "东礁新村 3 幢"),
    ("车库口的道闸报警，响了两晚上。", "望海里小区"),
)
DONE = (
    "当晚到现场，摊主当面把音响关了，答应十点以后不放；第二天晚上又去看过，没有再放。"
    "要是又响起来，直接在这里说没解决，我们再来。"
)
CLOSING = Closing(evidence="visit", note="当晚到现场看过，第二天又去了一次")
THANKS = "半夜还来跑了两趟，第二天又来看，现在晚上睡得着了。谢谢。"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def load_noise(until: datetime) -> int:
    """Live through it; how many were answered."""
    officer, other = (
        Account.objects.select_related("unit").get(username=name)
        for name in ("officer", "case_officer")
    )
    for nth in range(2 * len(TOLD)):
        _answered(officer if nth % 2 else other, until - 8 * DAY + nth * 6 * HOUR, nth)
    return 2 * len(TOLD)


def _answered(account: Account, at: datetime, nth: int) -> Receipt:
    words, place = TOLD[nth // 2]
    by = Actor.account(account)
    with moment(at):
        receipt = file_request(
            RESIDENT, category="noise", words=words, place=place, unit=account.unit,
            idempotency_key=f"a-demo-night-of-noise-number-{nth:03}",
        )  # fmt: skip
    with moment(at + HOUR):
        take_up(by, receipt.matter)
        start_request(by, receipt.matter)
    with moment(at + 20 * HOUR):
        answer_request(by, receipt.matter, DONE, closing=CLOSING)
    if nth % 4:
        receipt.refresh_from_db()
        with moment(at + 30 * HOUR):
            judge_outcome(RESIDENT, receipt, solved=nth != 7)
            if nth == 1:
                thank_helpers(RESIDENT, receipt, words=THANKS)
    return receipt
