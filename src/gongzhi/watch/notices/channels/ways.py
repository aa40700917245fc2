"""Which ways out this county has."""

from __future__ import annotations

from django.conf import settings

from gongzhi.base.catalogue.load import catalogue
from gongzhi.watch.notices.channels.gateway import Gateway
from gongzhi.watch.notices.channels.letter import WayOut
from gongzhi.watch.notices.channels.mail import Mail
from gongzhi.watch.notices.channels.stand_in import StandIn
from gongzhi.watch.notices.channels.web_push import WebPush
from gongzhi.watch.notices.states import Channel


def way_for(lane: str) -> WayOut | None:
    """The way out of a lane (``email``, ``sms``, ``push:…``); None where the county has none."""
    channel = lane.partition(":")[0]
    if channel == Channel.EMAIL and settings.SMTP_URL:
        return Mail(settings.SMTP_URL, settings.MAIL_FROM)
    if channel == Channel.PUSH:
        return WebPush()
    for one in catalogue().channels.values():
        if one.carries == channel:
            return Gateway(one)
    if settings.DEMO and channel in {Channel.SMS, Channel.EMAIL, Channel.ROBOT}:
        return StandIn(channel)
    return None


def offered() -> list[str]:
    """The channels that somebody can choose here."""
    reached = [str(one) for one in (Channel.SMS, Channel.EMAIL) if way_for(one)]
    return [*reached, str(Channel.PUSH), str(Channel.FEED)]
