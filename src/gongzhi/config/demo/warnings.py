"""Warnings of the demo county: fog and a stopped ferry now, a typhoon that has passed, and what the
weather office proposes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.places.models import Area as Town
from gongzhi.base.places.selectors import own_bounds
from gongzhi.watch.exchange.alerts.actions import keep_source
from gongzhi.watch.exchange.alerts.polling import receive
from gongzhi.work.prevention.warnings import actions
from gongzhi.work.prevention.warnings.cap import Alert, Area, Block, alert_xml
from gongzhi.work.prevention.warnings.content import copy_of
from gongzhi.work.prevention.warnings.models import Draft, Message, Warning
from gongzhi.work.prevention.warnings.shapes import Place

FOG = {
    "headline_zh": "月屿、鸥山大雾，能见度不到 200 米",
    "headline_en": "Heavy fog around Yueyu and Oushan, visibility below 200 metres",
    "description_zh": "预计持续到今晚。跨海大桥限速，小艇停止进出港。",
    "description_en": "It is expected to last into the evening. The sea bridge has a speed limit; "
    "small boats may not leave or enter port.",
}
FERRY = {
    "headline_zh": "月屿至澜城航线停航",
    "headline_en": "Ferry between Yueyu and Lancheng suspended",
    "description_zh": "因为大雾，月屿至澜城的客船、车渡从今天中午起停航。",
    "description_en": "Because of fog, passenger boats and car ferries between Yueyu and Lancheng "
    "are suspended from noon today.",
}
FRAUD = {
    "headline_zh": "最近有人冒充快递客服“理赔”骗钱",
    "headline_en": 'A trick is going round: "compensation" from a false parcel service',
    "description_zh": "近几天本县发生多起：来电说快递丢了要赔钱，让人下载软件、共享屏幕，"
    "再转走卡里的钱。",
    "description_en": "It has happened several times these days. A caller says that a parcel was "
    "lost and will be paid for, has people install an app and share their screen, and empties "
    "their account.",
}
TYPHOON = {
    "headline_zh": "台风“海葵”明天傍晚影响全县",
    "headline_en": "Typhoon Haikui will affect the whole county tomorrow evening",
    "description_zh": "预计风力 10 至 11 级，伴有暴雨和 3 米以上大浪。",
    "description_en": "Winds of force 10 to 11 are expected, with heavy rain and waves above 3 m.",
}
NEARER = {
    "headline_zh": "台风“海葵”提前到今天中午影响全县",
    "headline_en": "Typhoon Haikui comes earlier: at noon today",
}
WEAKER = {
    "headline_zh": "台风“海葵”减弱，风雨持续到夜里",
    "headline_en": "Typhoon Haikui weakens; wind and rain go on into the night",
    "severity": "Moderate",
}

GALE: dict[str, Any] = {
    "headline": "大风黄色预警：今天夜里到明天上午，沿海海面北风 8 级，阵风 10 级",
    "description": "受冷空气影响，浪高 2.5 到 3 米。",
    "instruction": "渔船回港，海上作业的人上岸。加固棚架、广告牌和养殖设施。",
}


def load_warnings(until: datetime) -> int:
    """Publish them; how many warnings there are."""
    towns = {code: (zh, en) for code, zh, en in Town.objects.filter(
        kind=Town.Kind.TOWN, valid_to__isnull=True
    ).values_list("code", "name_zh", "name_en")}  # fmt: skip
    _typhoon(until - timedelta(days=12), towns)
    isles = [code for code in ("yueyu", "oushan") if code in towns]
    _warn("fraud_wave", until - timedelta(hours=20), 72, FRAUD, towns, list(towns))
    _warn("ferry_stop", until - timedelta(hours=3), 12, FERRY, towns, isles[:1])
    _warn("heavy_fog", until - timedelta(hours=4), 13, FOG, towns, isles)
    _weather_office(until)
    return Warning.objects.count()


Names = dict[str, tuple[str, str]]


def _warn(
    kind: str, at: datetime, hours: int, told: dict[str, Any], towns: Names, where: Sequence[str]
) -> Message:
    """One is written; what is grave, a second person publishes."""
    writer, second = _by("dispatcher"), _by("commander")
    some = len(where) < len(towns)
    with moment(at):
        draft = actions.begin_warning(writer, kind)
        place = {
            "place": Place(tuple(where)),
            "place_zh": "、".join(towns[code][0] for code in where) if some else "全县",
            "place_en": ", ".join(towns[code][1] for code in where) if some else "Whole county",
            "expires": at + timedelta(hours=hours),
        }
        draft = _written(writer, draft, place | told)
    with moment(at + timedelta(minutes=4)):
        return _publish(draft, writer, second)


def _written(by: Actor, draft: Draft, told: dict[str, Any]) -> Draft:
    return actions.change_draft(by, draft, replace(copy_of(draft), **told))


def _publish(draft: Draft, writer: Actor, second: Actor) -> Message:
    current = draft.warning.current
    grave = {draft.severity, current.severity if current else ""} & {"Severe", "Extreme"}
    if not grave:
        return actions.publish_draft(writer, draft, seen=draft.seen)
    draft = actions.submit_draft(writer, draft)
    return actions.publish_draft(second, draft, seen=draft.seen)


def _typhoon(at: datetime, towns: Names) -> None:
    """It comes earlier than was thought, weakens, and is over."""
    writer, second = _by("dispatcher"), _by("commander")
    warning = _warn("typhoon", at, 40, TYPHOON, towns, list(towns)).warning
    for hours, told in ((9, NEARER), (26, WEAKER)):
        with moment(at + timedelta(hours=hours)):
            draft = actions.begin_update(writer, warning)
            draft = _written(writer, draft, told)
            warning = _publish(draft, writer, second).warning
    with moment(at + timedelta(hours=37)):
        draft = actions.begin_cancel(writer, warning)
        _publish(draft, writer, second)


def _weather_office(at: datetime) -> None:
    """A gale for somebody to hand on, and one that ends before it was sent."""
    office = keep_source(
        Actor.system("demo"), code="weather", name_zh="省气象台",
        name_en="Provincial Weather Office", minutes=5,
    )  # fmt: skip
    county = own_bounds()
    assert county is not None  # noqa: S101  (the demo's first stage describes it)
    south, west, north, east = county.south, county.west, county.north, county.east
    ring = ((south, west), (north, west), (north, east), (south, east), (south, west))
    for minutes, (identifier, hours) in ((25, ("GALE-31", 12)), (70, ("GALE-30", -2))):
        sent = (at - timedelta(minutes=minutes)).replace(microsecond=0)
        area = Area("听澜县海域", (ring,))
        block = Block(
            "大风", ("Met",), "Expected", "Moderate", "Likely", language="zh-CN",
            responses=("Prepare",), expires=sent + timedelta(hours=hours), areas=(area,), **GALE,
        )  # fmt: skip
        alert = Alert(identifier, "weather@province", sent, "Actual", "Alert", blocks=(block,))
        with moment(sent + timedelta(minutes=1)):
            receive(office, alert_xml(alert))


def _by(username: str) -> Actor:
    return Actor.account(Account.objects.select_related("unit").get(username=username))
