"""Taking figures away: who did, and which, is on the log."""

from __future__ import annotations

from datetime import datetime, time

from django.utils import timezone

from gongzhi.base.access.permissions import require
from gongzhi.base.log.actions import action, record
from gongzhi.base.log.actor import Actor
from gongzhi.watch.maps.asked import Asked
from gongzhi.watch.maps.events import EXPORTED
from gongzhi.watch.maps.permissions import VIEW


@action
def note_export(by: Actor, asked: Asked, form: str) -> None:
    """Record that figures were taken away as ``csv``, ``geojson`` or ``png``, and what was asked.
    Refuses whoever may not see the maps."""
    require(by, VIEW)
    zone = timezone.get_default_timezone()
    since, until = (datetime.combine(one, time(0), zone) for one in (asked.since, asked.until))
    record(
        EXPORTED, "maps", format=form, matters=asked.kind, category=asked.category or None,
        group=asked.group or None, town=asked.town or None, since=since, until=until,
        resolution=asked.size, hours=len(asked.hours), compared=bool(asked.against),
    )  # fmt: skip
