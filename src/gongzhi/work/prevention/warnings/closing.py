"""What a warning closes counts in the units' arrival times, until it is called off or over."""

from __future__ import annotations

from datetime import datetime

from shapely.geometry.base import BaseGeometry

from gongzhi.base.log.actor import Actor
from gongzhi.work.dispatch.actions import lift_condition, set_condition
from gongzhi.work.dispatch.actions.conditions import LONGEST, NewCondition
from gongzhi.work.dispatch.conditions import conditions_of
from gongzhi.work.prevention.warnings.models import Message, Warning
from gongzhi.work.prevention.warnings.shapes import Place, square_km

BY = Actor.system("warnings")
WIDEST_ROAD = 4.0
"""Square kilometres: a warning that names a whole town doesn't close all of its roads."""


def follow_ways(warning: Warning, message: Message, at: datetime) -> None:
    """Close what the message closes, and open what it doesn't any more. Only inside an action."""
    holds = warning.state == Warning.State.ACTIVE and not warning.exercise
    shape = _shape(warning, message) if holds and message.ends_at > at else None
    for before in conditions_of(_source(warning)):
        lift_condition(BY, before)
    if shape is not None and not shape.is_empty:
        set_condition(BY, _closed(warning, message, shape, at))


def _source(warning: Warning) -> str:
    return f"warnings.warning:{warning.pk}"


def _closed(warning: Warning, message: Message, shape: BaseGeometry, at: datetime) -> NewCondition:
    return NewCondition(
        shape=shape,
        place=(message.place_zh or message.place_en or message.headline_zh)[:200],
        speed=0,
        reason="stopped" if warning.kind.closes == "ferry" else "other",
        since=message.onset,
        until=min(message.ends_at, at + LONGEST),
        ferries=warning.kind.closes == "ferry",
        note=warning.number,
        source=_source(warning),
    )


def _shape(warning: Warning, message: Message) -> BaseGeometry | None:
    """Of roads only what was drawn: a circle, an outline; ferries stop wherever it holds."""
    place = Place.read(message.parts)
    if warning.kind.closes == "ferry":
        return place.shape()
    if warning.kind.closes == "road":
        drawn = place.drawn()
        return drawn if square_km(drawn) <= WIDEST_ROAD else None
    return None
