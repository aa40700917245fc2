"""What is told of a warning: to whoever wants warnings of this colour, there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

import shapely
from django.db.models import Q
from django.urls import reverse

from gongzhi.base.places.circles import circle
from gongzhi.base.places.coordinates import Point
from gongzhi.base.ui.spans import day_hour
from gongzhi.watch.notices.links import whole
from gongzhi.watch.notices.models import Subscription
from gongzhi.watch.notices.queue import News
from gongzhi.watch.notices.states import About
from gongzhi.watch.notices.telling.story import Story
from gongzhi.watch.notices.wishes import Pin
from gongzhi.work.prevention.warnings.models import Message
from gongzhi.work.prevention.warnings.selectors.reach import reach_of

TOLD = {
    "warnings.warning_published": "warning_issued",
    "warnings.warning_updated": "warning_updated",
    "warnings.warning_cancelled": "warning_over",
}
RED = 4


def warned(entry: UUID, kind: str, data: Mapping[str, Any]) -> Story | None:
    """A message that residents are to know of; never an exercise's."""
    message = Message.objects.select_related("warning").filter(pk=data.get("message", 0)).first()
    if message is None or message.warning.exercise:
        return None
    gravity = _gravity(message)
    red = gravity >= RED and kind != "warnings.warning_cancelled"
    news = News(
        TOLD[kind], f"warnings.warning:{message.warning_id}", str(entry), {},
        rank=1 if red else 2, red=red, now=True,
    )  # fmt: skip
    asked = Q(about__in=(About.WARNINGS, About.PLACE), gravity__lte=gravity)
    return Story(news, asked, lambda: _facts(message), _there(message))


def _gravity(message: Message) -> int:
    """Of the gravest so far: whoever was told of a warning is told of its end."""
    return max(one.gravity for one in message.warning.messages.all())


def _there(message: Message) -> Callable[[Subscription], bool]:
    """Whether a subscription is about a place that a message of this warning holds for."""
    towns: set[str] = set()
    shapes = []
    for one in message.warning.messages.all():
        towns |= {town.code for town, share in reach_of(one).towns if share}
        if one.geometry:
            shapes.append(shapely.make_valid(shapely.from_geojson(one.geometry)))
    whole_shape = shapely.union_all(shapes)
    shapely.prepare(whole_shape)

    def wants(subscription: Subscription) -> bool:
        if subscription.about == About.WARNINGS:
            return not subscription.town or subscription.town in towns
        pin = Pin.read(subscription.pin)
        return bool(whole_shape.intersects(circle(Point(pin.lat, pin.lon), pin.radius)))

    return wants


def _facts(message: Message) -> dict[str, str]:
    return {
        "level": str(message.level), "headline": message.headline, "place": message.place,
        "description": message.description, "instruction": message.instruction,
        "ends": day_hour(message.ends_at),
        "link": whole(reverse("warnings:one", args=[message.warning.number])),
    }  # fmt: skip
