"""Days as the workforce counts them: the county's own, and which rows hold on one."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from gongzhi.base.log.actions import now


def today() -> date:
    """The county's day."""
    return timezone.localdate(now(), timezone.get_default_timezone())


def day_of(at: date | datetime) -> date:
    """The county's day of a moment; a day stays what it is."""
    if isinstance(at, datetime):
        return timezone.localdate(at, timezone.get_default_timezone())
    return at


def held_on(day: date) -> Q:
    """Rows with ``since`` and an open end ``until`` that hold on this day."""
    return Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gt=day))
