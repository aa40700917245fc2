"""Housing asks; the hotline and the city management own what it asks for; a steward decides."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from gongzhi.base.log.actions import now
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account
from gongzhi.watch.exchange.agreements import actions
from gongzhi.watch.exchange.agreements.models import Agreement
from tests.work.participation.cast import clerk, lamp, unit

WHY = {"purpose": "安排路灯改造，先修居民反映多的地方", "basis": "《数据安全法》第三十八条"}
FIELDS = ["category", "opened_on", "town"]


def contact(of: str) -> Account:
    return clerk(of, "data_contact")


def steward() -> Account:
    return clerk("bureau", "data_steward")


def as_(account: Account) -> Actor:
    return Actor.account(account)


def county() -> None:
    """The units that take part."""
    for code in ("bureau", "housing", "hotline", "city_management", "command_centre"):
        unit(code)


def in_days(days: int) -> Any:
    return timezone.localdate(now()) + timedelta(days=days)


def asked(
    *, offer: str = "requests", fields: Iterable[str] = FIELDS, questions: Iterable[str] = (),
    days: int = 90,
) -> Agreement:  # fmt: skip
    county()
    return actions.ask_sharing(
        as_(contact("housing")), offer="" if questions else offer,
        fields=[] if questions else list(fields), questions=list(questions),
        until=in_days(days), **WHY,
    )  # fmt: skip


def agreed(owners: Iterable[str] = ("hotline",), budget: int = 20, **what: Any) -> Agreement:
    """The same, with every consent it needs."""
    made = asked(**what)
    for owner in owners:
        actions.consent_sharing(as_(contact(owner)), made, "owner", "用途清楚")
    actions.consent_sharing(as_(steward()), made, "steward", "字段够少", budget)
    made.refresh_from_db()
    return made


class Program:
    """Housing's own program, with the agreement's key."""

    def __init__(self, agreement: Agreement) -> None:
        self.agreement, self.client = agreement, Client()
        self.key, self.secret = actions.bind_key(as_(contact("housing")), agreement)

    def get(self, path: str = "", number: int | None = None, **query: Any) -> Any:
        at = f"/api/agreements/v1/{number or self.agreement.pk}{path}"
        return self.client.get(at, query, headers={"authorization": f"Bearer {self.secret}"})

    def rows(self, **query: Any) -> list[dict[str, Any]]:
        answer = self.get("/rows", **query)
        assert answer.status_code == 200, answer.content
        found: list[dict[str, Any]] = answer.json()["rows"]
        return found


def requests(many: int, category: str = "lamp_out") -> None:
    """So many requests of residents, each with words and somebody behind it."""
    for n in range(many):
        told = lamp(
            f"{category}-{n:020}", contact={"name": "欧阳慕容婉清", "phone": "13800000000"},
            category=category,
        )  # fmt: skip
        Matter.objects.filter(pk=told.matter.pk).update(town="lancheng")
