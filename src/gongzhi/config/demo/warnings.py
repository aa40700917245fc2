"""Warnings of the demo county: fog and a stopped ferry now, and a typhoon that has passed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.places.models import Area
from gongzhi.work.prevention.warnings import actions
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
    "headline_en": "A trick is going round: “compensation” from a false parcel service",
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


def load_warnings(until: datetime) -> int:
    """Publish them; how many warnings there are."""
    towns = {code: (zh, en) for code, zh, en in Area.objects.filter(
        kind=Area.Kind.TOWN, valid_to__isnull=True
    ).values_list("code", "name_zh", "name_en")}  # fmt: skip
    _typhoon(until - timedelta(days=12), towns)
    isles = [code for code in ("yueyu", "oushan") if code in towns]
    _warn("fraud_wave", until - timedelta(hours=20), 72, FRAUD, towns, list(towns))
    _warn("ferry_stop", until - timedelta(hours=3), 12, FERRY, towns, isles[:1])
    _warn("heavy_fog", until - timedelta(hours=4), 13, FOG, towns, isles)
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


def _by(username: str) -> Actor:
    return Actor.account(Account.objects.select_related("unit").get(username=username))
