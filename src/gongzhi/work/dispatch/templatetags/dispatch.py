"""Marks that only dispatch draws."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from gongzhi.base.ui.templatetags.ui import badge
from gongzhi.work.dispatch.models import StandBy

register = template.Library()
ICONS = {
    "free": "dot",
    "enroute": "arrow-right",
    "onscene": "check",
    "busy": "pause",
    "off": "minus",
}


@register.simple_tag
def unit_badge(unit: Any) -> SafeString:
    """What a unit is doing: its sign's drawing and the word, in a tone."""
    return badge(unit.status, unit.tone, ICONS[unit.sign])


@register.inclusion_tag("dispatch/parts/stand_by.html", takes_context=True)
def stand_by_of(context: Context, unit: int) -> dict[str, Any]:
    """Where the unit is asked to stand by, for its crew's phone."""
    asked = StandBy.objects.filter(unit=unit).first()
    way = f"geo:{asked.lat},{asked.lon}?q={asked.lat},{asked.lon}" if asked else ""
    return {"stand_by": asked, "stand_by_way": way, "csrf_token": context.get("csrf_token")}


@register.filter
def listed(names: Iterable[object]) -> str:
    """Several on one line: 甲、乙、丙."""
    return _("、").join(str(name) for name in names)


@register.filter
def distance(metres: float) -> str:
    """``350 米``, ``1.2 公里``: as far as one can tell from afar."""
    if metres < 1000:
        return _("%(m)s 米") % {"m": round(metres / 10) * 10}
    return _("%(km)s 公里") % {
        "km": f"{metres / 1000:.1f}" if metres < 10_000 else round(metres / 1000)
    }


@register.filter
def rough(seconds: float) -> str:
    """A travel time, to the minute: ``4 分钟``; below one, to the ten seconds."""
    if seconds < 60:
        return _("%(s)s 秒") % {"s": max(10, round(seconds / 10) * 10)}
    return _("%(m)s 分钟") % {"m": round(seconds / 60)}
