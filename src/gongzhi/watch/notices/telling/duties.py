"""What staff are told of their own unit's matters: a number, a clock, a time; no word of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse

from gongzhi.base.access.permissions import may
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.models import Matter
from gongzhi.base.ui.spans import day_hour
from gongzhi.watch.notices.duties import PLACES, address_of, wanted_by
from gongzhi.watch.notices.links import whole
from gongzhi.watch.notices.models import Spread, Subscription
from gongzhi.watch.notices.queue import News
from gongzhi.watch.notices.states import About
from gongzhi.watch.notices.telling.story import Story

CLIMBED = "escalated"


@dataclass(frozen=True)
class _Occasion:
    """``duty``: by which it was asked for; ``template``: what is said."""

    duty: str
    template: str


KINDS: Mapping[str, _Occasion] = {
    "matters.clock_warned": _Occasion("soon", "own_clock_soon"),
    "matters.clock_missed": _Occasion("missed", "own_clock_missed"),
    "joint.escalated": _Occasion(CLIMBED, "own_escalated"),
    "participation.reminded": _Occasion("reminded", "own_reminded"),
    "joint.outside_answered": _Occasion("answered", "own_answered"),
    "matters.part_ended": _Occasion("answered", "own_answered"),
}
"""Kind of event → what is made of it."""


def is_wanted(entry: Entry) -> bool:
    """Whether any member of staff asked to be told of such a thing."""
    occasion = KINDS.get(entry.kind)
    if occasion is None:
        return False
    return Subscription.objects.filter(about=About.DUTY, topic=occasion.duty).exists()


def told(spread: Spread, matter: Matter | None, fields: Mapping[str, Any]) -> Story | None:
    """For the staff of the unit that it concerns; None for a case, or what is sealed."""
    if matter is None or matter.procedure not in PLACES or matter.county_id is not None:
        return None
    occasion = KINDS[spread.kind]
    # The unit as the event names it; where it names none, whoever has the matter now.
    unit = fields.get("unit") or matter.owner_unit_id
    news = News(occasion.template, spread.subject, str(spread.entry), {}, rank=5)
    asked = Q(
        about=About.DUTY, topic=occasion.duty,
        subscriber__account__unit=unit, subscriber__account__is_active=True,
    )  # fmt: skip
    return Story(news, asked, lambda: _facts(matter, occasion, fields), _may_know(matter, occasion))


def _may_know(matter: Matter, occasion: _Occasion) -> Callable[[Subscription], bool]:
    """Whether a subscriber's roles still let them see such matters."""

    def wants(one: Subscription) -> bool:
        account = one.subscriber.account
        seen = occasion.duty == CLIMBED or may(account, PLACES[matter.procedure].permission)
        return seen and wanted_by(account, occasion.duty)

    return wants


def _facts(matter: Matter, occasion: _Occasion, fields: Mapping[str, Any]) -> dict[str, str]:
    clock = catalogue().clocks.get(fields.get("clock", ""))
    due = fields.get("due_at")
    # What climbed up is another unit's: its list is opened, not the matter.
    page = reverse("joint:escalations") if occasion.duty == CLIMBED else address_of(matter)
    return {
        "number": matter.number,
        "clock": str(clock.name) if clock else "",
        "due": day_hour(datetime.fromisoformat(due)) if due else "",
        "link": whole(page),
    }
