"""Months of a county in which nothing is linked, and a series or a topic in it."""

from __future__ import annotations

from datetime import datetime, timedelta

from gongzhi.base.log.actions import moment, now
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import NewMatter, open_matter
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account
from gongzhi.base.places.coordinates import Point
from gongzhi.work.prevention.linking.models import Series
from gongzhi.work.prevention.linking.readers import look, note
from tests.work.dispatch.county import account, body

SYSTEM = Actor.system("test")
OTHERS = (
    ("theft", "手机在集市上不见了"), ("traffic_damage", "两辆车在路口擦碰"), ("fire", "山坡冒烟"),
    ("animal", "屋里进了一条蛇"), ("gas_leak", "楼道有煤气味"), ("theft_scooter", "电瓶车被骑走"),
)  # fmt: skip
TOLD = (
    "店里后窗插销被撬断，收银柜的现金没了", "后窗插销被撬，收银柜现金被偷",
    "民宿的后窗插销撬断了，收银柜里现金丢了", "后窗插销被人撬断，收银柜的现金被拿走",
)  # fmt: skip


def nothing_linked(procedure: str = "incident", many: int = 40) -> None:
    """Of all kinds, all over the county, at all hours."""
    requests = ("pothole", "litter", "stray_dogs", "trees", "water_leak", "oil_fume")
    for n in range(many):
        category, words = OTHERS[n % 6]
        category = category if procedure == "incident" else requests[n % 6]
        place = Point(29.80 + 0.011 * (n % 37), 121.9 + 0.013 * ((n * 7) % 31))
        at = now() - timedelta(days=(n * 13) % 80 + 1, hours=(n * 5) % 24)
        told(category, place, at, words[:4] + _in_other_words(n), procedure)


def _in_other_words(n: int) -> str:
    """Characters that no other has in this order: people don't copy from each other."""
    return "".join(chr(0x4E00 + (n * 7_919 + step * 104_729) % 3_000) for step in range(16))


def told(
    category: str, place: Point, at: datetime, words: str, procedure: str = "incident",
    unit: str = "command_centre",
) -> Matter:  # fmt: skip
    """An incident, or a request, of that time."""
    kind = "department" if unit == "command_centre" else "station"
    new = NewMatter(
        procedure=procedure, category=category, owner=body(unit, kind), words=words,
        place="海平路 12 号", point=place,
    )  # fmt: skip
    with moment(at):
        return open_matter(SYSTEM, new)


def burglaries(many: int = 3, *, since: int = 0) -> list[Matter]:
    """By the back window, some nights and some hundred metres apart; those from `since` on."""
    night = (now() - timedelta(days=12)).replace(hour=18, minute=20)  # after two in China
    return [
        told("burglary", Point(30.0 + 0.001 * n, 122.1), night + timedelta(days=2 * n), TOLD[n])
        for n in range(since, many)
    ]


def lamps(unit: str = "a") -> list[Matter]:
    """Three residents about the same lamps."""
    said = (
        "码头路到菜场一排路灯都不亮",
        "菜场门口的路灯不亮，码头路一片黑",
        "码头路路灯坏了，菜场那边看不见",
    )
    place, at = Point(30.02, 122.12), now() - timedelta(days=3)
    return [
        told("lamp_out", place, at + timedelta(hours=5 * n), words, "resident_request", unit)
        for n, words in enumerate(said)
    ]  # fmt: skip


def looked() -> list[Series]:
    """What is proposed after a look at everything."""
    from gongzhi.base.log.models import Entry

    note(list(Entry.objects.all()))
    look()
    return list(Series.objects.order_by("pk"))


def of_role(role: str, unit: str = "command_centre") -> Account:
    """Somebody of this role, opened once."""
    found = Account.objects.filter(username=f"{unit}_{role}").first()
    return found or account(role, body(unit, "station" if len(unit) == 1 else "department"))


def by(role: str) -> Actor:
    return Actor.account(of_role(role))
