"""What falls due soon, and which of it is custody: that comes first, and apart."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.matters.models import ClockRun


def due_until(until: datetime) -> QuerySet[ClockRun]:
    """Running clocks due by then, those past their time included; the soonest first."""
    # In two halves, as the indexes are: asked for at once, SQLite would use neither.
    running = ClockRun.objects.filter(due_at__lte=until, stopped_at__isnull=True)
    halves = [running.filter(missed_at__isnull=in_time).values("pk") for in_time in (True, False)]
    found = ClockRun.objects.filter(pk__in=halves[0].union(halves[1], all=True))
    return found.filter(matter__county__isnull=True).order_by("due_at")


def over_until(until: datetime) -> QuerySet[ClockRun]:
    """What is never late and whose time is over by then: it may be done, or is to be deleted."""
    found = ClockRun.objects.filter(opens_at__lte=until, stopped_at__isnull=True)
    return found.order_by("opens_at")


def of_custody() -> Q:
    """Those that limit somebody's liberty."""
    return Q(clock__in=[one.code for one in catalogue().clocks.values() if one.custody])
