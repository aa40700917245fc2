"""Requests that somebody put under another category than their words say, and what was made of
the suggestions so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.config.demo.staff import Staff
from gongzhi.work.participation.actions import file_request, sort_anew, take_up
from gongzhi.work.participation.selectors import unit_for
from gongzhi.work.participation.suggesting import learn_anew


@dataclass(frozen=True)
class Misfiled:
    """What was reported under ``category``, so many hours ago; what a clerk made of it: another
    category, the same one, or nothing yet."""

    hours: float
    category: str
    words: str
    place: str
    made: str = ""


TOLD: Sequence[Misfiled] = (
    Misfiled(1.5, "building_safety", "小区门口路灯不亮，晚上太黑看不见路。", "桂园"),
    Misfiled(2.5, "litter", "码头边下水道堵了，污水冒到路上，味道很大。", "望潮码头停车场旁"),
    Misfiled(4, "property_service", "工地干了两个月，老板拖欠工资不给。", "兰城新区三号工地"),
    Misfiled(20, "pothole", "井盖没了，晚上骑车差点掉进去。", "晚霞街 40 号门口", "manhole"),
    Misfiled(22, "litter", "流浪狗成群，追着小孩跑。", "金沙苑", "stray_dogs"),
    Misfiled(26, "lamp_out", "路灯不亮，一闪一闪的。", "浪花街 8 号", "lamp_out"),
    Misfiled(30, "trees", "树枝压着电线，刮风就冒火花。", "茶山潭村口", "trees"),
    Misfiled(33, "pothole", "公交车总是不按时，等一个小时都不来。", "观澜苑站", "bus_service"),
)  # fmt: skip


def load_routing(until: datetime) -> str:
    """Learn, and let these come in; says from how many messages it was learned."""
    learned, staff = learn_anew(), Staff.of_county()
    for number, one in enumerate(TOLD):
        with moment(until - timedelta(hours=one.hours)):
            _come_in(one, number, staff)
    return f"from {learned} messages"


def _come_in(one: Misfiled, number: int, staff: Staff) -> None:
    unit = unit_for(catalogue().categories[one.category])
    receipt = file_request(
        Actor.resident(), category=one.category, words=one.words, place=one.place, unit=unit,
        idempotency_key=f"demo-misfiled-request-{number:03d}",
    )  # fmt: skip
    by, matter = staff.clerk_of(unit), receipt.matter
    if one.made == one.category:
        take_up(by, matter)
    elif one.made:
        sort_anew(by, matter, one.made)
