"""Quiet hours: when nothing rings."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone


def after_quiet(at: datetime, quiet_from: int | None, quiet_to: int | None) -> datetime:
    """``at``, or the end of the quiet hours it falls into, by the county's clock.

    22 to 7 goes over midnight. Reckoned by the clock on the wall: where a country changes its
    clocks, the quiet still ends at seven.
    """
    if quiet_from is None or quiet_to is None or quiet_from == quiet_to:
        return at
    zone = timezone.get_default_timezone()
    local = at.astimezone(zone)
    if not _within(local.hour, quiet_from, quiet_to):
        return at
    day = local.date() + timedelta(days=1 if local.hour >= quiet_to else 0)
    end = datetime(day.year, day.month, day.day, quiet_to, tzinfo=zone)
    return end.astimezone(at.tzinfo)


def _within(hour: int, begins: int, ends: int) -> bool:
    if begins < ends:
        return begins <= hour < ends
    return hour >= begins or hour < ends
