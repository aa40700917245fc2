"""Care in the demo county: times to book, a survey that was closed, and one that runs."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from random import Random

from django.utils import timezone

from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.config.demo.officers import officer_of
from gongzhi.work.workforce.care import actions
from gongzhi.work.workforce.care.permissions import CARE
from gongzhi.work.workforce.officers.actions import ask_leave, commend, decide_leave, plan_check
from gongzhi.work.workforce.officers.days import day_of

ANSWER = {"station_lancheng": 11, "station_wangchao": 7, "traffic_police": 6, "water_police": 3}
"""So many answer, in each unit: the water police are too few to be shown."""
DAY = timedelta(days=1)


def load_care(until: datetime, seed: int) -> str:
    """Live through it; what there is."""
    random = Random(seed)  # noqa: S311  (a demo)
    told = _closed(until, random)
    with moment(until - DAY):
        personnel = Actor.account(_account("personnel"))
        actions.open_pulse(personnel, "who5", closes_on=day_of(until) + 9 * DAY)
        slots = _slots(until)
        plan_check(personnel, _account("officer"), due_on=day_of(until) + 40 * DAY)
        head = Actor.account(_account("unit_leader"))
        rested = _rested(until)
        commend(head, _account("officer"), "雨夜扶起摔倒的老人，陪到家里人来。")
    return f"{slots} times to book, {told} units told of a survey, {rested} were on leave"


def _closed(until: datetime, random: Random) -> int:
    personnel = Actor.account(_account("personnel"))
    with moment(until - 60 * DAY):
        pulse = actions.open_pulse(personnel, "who5", closes_on=day_of(until) - 50 * DAY)
        for unit, many in ANSWER.items():
            accounts = Account.objects.select_related("unit").filter(unit__code=unit)
            known = {one.username: one for one in accounts}
            for nth in range(1, many + 1):
                whose = next(iter(known.values()))
                whose = known[officer_of(whose.unit, nth)]
                answers = [min(5, max(0, round(random.gauss(3, 1)))) for _item in range(5)]
                actions.answer_pulse(CARE, pulse, whose, answers)
    with moment(until - 49 * DAY):
        return len(actions.close_pulse(personnel, pulse).told)


def _rested(until: datetime) -> int:
    """Two of three in the units that answered took a week of their leave in spring; how many."""
    personnel, first = Actor.account(_account("personnel")), day_of(until) - 200 * DAY
    accounts = Account.objects.filter(unit__code__in=ANSWER, service__isnull=False)
    people = [one for one in accounts.select_related("unit").order_by("pk") if one.pk % 3]
    for one in people:
        with moment(until - 210 * DAY):
            asked = ask_leave(
                Actor.account(one), one, "annual", first_day=first, last_day=first + 6 * DAY
            )
            decide_leave(personnel, asked, grant=True)
    return len(people)


def _slots(until: datetime) -> int:
    """A talk each afternoon of the next days, one of them booked."""
    host, zone = _account("counsellor"), timezone.get_default_timezone()
    made = [
        actions.offer_slot(
            CARE, host, "counselling" if nth % 2 else "peer",
            starts_at=datetime.combine(day_of(until) + (nth + 2) * DAY, time(15, 30), zone),
            where="县工人文化宫 302，或者电话",
        )
        for nth in range(6)
    ]  # fmt: skip
    words = "上周那起车祸以后睡不好，想找人说说。"
    actions.book(CARE, made[0], called="老海", words=words)
    return len(made)


def _account(username: str) -> Account:
    return Account.objects.select_related("unit").get(username=username)
