"""Sharing in the demo county: one agreement in force that is used, one for questions, one that
waits, one that is over."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.exchange.agreements import actions, edge, periods
from gongzhi.watch.exchange.agreements.counting import latest_of
from gongzhi.watch.exchange.agreements.models import Agreement

HOUSING, HOTLINE, LAMPS = "data_contact", "data_contact.hotline", "data_contact.city_management"
STEWARD = "data_steward"


@dataclass(frozen=True)
class Wish:
    """What somebody asks for, as of so many hours ago, until so many days from now."""

    who: str
    hours: int
    days: int
    purpose: str
    basis: str
    offer: str = ""
    fields: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    owners: tuple[str, ...] = field(default=())


WISHES = {
    "used": Wish(
        HOUSING, 150, 180, "安排背街小巷的路灯改造：先修居民反映多、又确实不亮的地方。",
        "《数据安全法》第三十八条；县路灯改造三年计划", "street_lamps",
        ("lamp", "town", "state"), owners=(LAMPS,),
    ),
    "counted": Wish(
        HOUSING, 140, 20, "编下一年的路灯改造计划，看哪里报得多、哪里坏得多，只要数字。",
        "县路灯改造三年计划", questions=("lamps_and_requests",), owners=(HOTLINE, LAMPS),
    ),
    "waiting": Wish(
        HOUSING, 5, 90, "看各乡镇物业和工地噪声的诉求，安排夜间巡查的日子。",
        "《物业管理条例》第五条", "requests", ("category", "town", "opened_on"),
    ),
    "over": Wish(
        LAMPS, 170, -1, "汇总一次台风前后倒伏树木的诉求，排清运的车次。",
        "县防台应急预案", "requests", ("category", "town", "opened_on"), owners=(HOTLINE,),
    ),
}  # fmt: skip


def load_sharing(until: datetime) -> str:
    """Ask, consent, give for some days, and let one end. What is done is counted as it was."""
    made = {code: _asked(wish, until) for code, wish in WISHES.items()}
    for code, wish in WISHES.items():
        if wish.owners:
            _consented(made[code], wish, until)
    used = _used(made["used"], until)
    _counted(made["counted"], until)
    _over(made["over"], until)
    return f"{len(made)} agreements, {used} rows given by one"


def _asked(wish: Wish, until: datetime) -> Agreement:
    with moment(until - timedelta(hours=wish.hours)):
        last = timezone.localdate(until) + timedelta(days=wish.days)
        return actions.ask_sharing(
            _by(wish.who), purpose=wish.purpose, basis=wish.basis, until=last, offer=wish.offer,
            fields=wish.fields, questions=wish.questions,
        )  # fmt: skip


def _consented(agreement: Agreement, wish: Wish, until: datetime) -> None:
    with moment(until - timedelta(hours=wish.hours - 2)):
        for owner in wish.owners:
            actions.consent_sharing(_by(owner), agreement, "owner", "用途清楚，字段不多。")
    with moment(until - timedelta(hours=wish.hours - 4)):
        actions.consent_sharing(_by(STEWARD), agreement, "steward", "只给用得到的，够少。", 12)


def _used(agreement: Agreement, until: datetime) -> int:
    """Its program asks every morning and evening; once it asks for what was not agreed."""
    many = 0
    with moment(until - timedelta(hours=145)):
        key, _secret = actions.bind_key(_by(HOUSING), agreement)
    by = Actor.key(key)
    for back in range(140, 0, -14):
        with moment(until - timedelta(hours=back)):
            page, _following = edge.rows_for(by, agreement, "", 400 if back % 28 else 250)
            many += len(page)
    with moment(until - timedelta(hours=60)):
        _refused(by, agreement, "requests_and_incidents", "2026-W40")
    return many


def _counted(agreement: Agreement, until: datetime) -> None:
    with moment(until - timedelta(hours=1)):
        key, _secret = actions.bind_key(_by(HOUSING), agreement)
        question = catalogue().questions["lamps_and_requests"]
        last = periods.latest_of(question.period, latest_of(question))
        for _again in range(2):
            _refused(Actor.key(key), agreement, question.code, last)


def _over(agreement: Agreement, until: datetime) -> None:
    """Its day was yesterday: whoever asks since gets nothing, and it stands in the account."""
    with moment(until - timedelta(hours=100)):
        key, _secret = actions.bind_key(_by(LAMPS), agreement)
        edge.rows_for(Actor.key(key), agreement, "", 500)
    with moment(until):
        actions.expire_sharing(Actor.system("agreements"), agreement)


def _refused(by: Actor, agreement: Agreement, question: str, period: str) -> None:
    """Ask, whatever comes of it."""
    try:
        edge.answer_for(by, agreement, question, period)
    except Refused:
        return


def _by(username: str) -> Actor:
    return Actor.account(Account.objects.select_related("unit").get(username=username))
