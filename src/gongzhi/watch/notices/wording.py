"""A subscription in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.places.models import Area
from gongzhi.watch.notices.duties import DUTIES
from gongzhi.watch.notices.forms import GRAVITIES
from gongzhi.watch.notices.models import Subscription
from gongzhi.watch.notices.states import About
from gongzhi.watch.notices.topics import TOPICS
from gongzhi.watch.notices.wishes import Pin


def said_of(one: Subscription) -> tuple[str, str]:
    """(what, more of it) in the reader's language."""
    if one.about == About.MATTER and one.matter is not None:
        return _("%(number)s 的进展") % {"number": one.matter.number}, ""
    if one.about == About.DUTY:
        duty = DUTIES.get(one.topic)
        return (str(duty.name) if duty else one.topic), str(duty.more) if duty else ""
    if one.about == About.TOPIC:
        topic = TOPICS.get(one.topic)
        return (str(topic.name) if topic else one.topic), ""
    if one.about == About.NEARBY:
        return _there(one), _("建议、征求意见、社区难题和结果，每周办了多少")
    return _where(one), str(dict(GRAVITIES).get(str(one.gravity), ""))


def _there(one: Subscription) -> str:
    if one.pin:
        pin = Pin.read(one.pin)
        return _("%(place)s附近 %(m)s 米的事") % {"place": pin.name, "m": pin.radius}
    return _("%(town)s的事") % {"town": _town(one.town) if one.town else _("全县")}


def _where(one: Subscription) -> str:
    if one.about == About.PLACE:
        pin = Pin.read(one.pin)
        return _("%(place)s附近 %(m)s 米的预警") % {"place": pin.name, "m": pin.radius}
    if not one.town:
        return _("全县的预警")
    return _("%(town)s的预警") % {"town": _town(one.town)}


def _town(code: str) -> str:
    town = Area.objects.filter(kind=Area.Kind.TOWN, code=code, county__own=True).first()
    return str(town or code)
