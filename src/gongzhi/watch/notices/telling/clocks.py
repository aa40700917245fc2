"""What a work group's robot is told: that a deadline is near. Numbers only; never of a case, nor of
what is sealed."""

from __future__ import annotations

import json
from datetime import datetime

from django.urls import reverse
from django.utils.translation import override

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.models import Matter
from gongzhi.base.ui.spans import day_hour
from gongzhi.watch.notices.channels.ways import way_for
from gongzhi.watch.notices.links import whole
from gongzhi.watch.notices.queue import News, tell_address
from gongzhi.watch.notices.states import Channel

WARNED = "matters.clock_warned"
PROCEDURES = {"resident_request"}
LANGUAGE, GROUP = "zh-hans", "group"


def tell_group(entry: Entry, matter: Matter | None) -> bool:
    """Put it in line for the robot, where the county has one; whether it was."""
    if matter is None or matter.procedure not in PROCEDURES or way_for(Channel.ROBOT) is None:
        return False
    told = json.loads(entry.text)
    clock = catalogue().clocks.get(told["clock"])
    with override(LANGUAGE):
        facts = {
            "number": matter.number,
            "clock": str(clock.name) if clock else told["clock"],
            "due": day_hour(datetime.fromisoformat(told["due_at"])),
            "link": whole(reverse("participation:request", args=[matter.pk])),
        }
    news = News("clock_soon", entry.subject, str(entry.id), facts)
    return tell_address(Channel.ROBOT, GROUP, LANGUAGE, news) is not None
