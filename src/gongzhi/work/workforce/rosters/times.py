"""When a shift of the roster begins and ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.utils import timezone

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.people.models import Account
from gongzhi.work.workforce.officers.duty import Duty as Stretch
from gongzhi.work.workforce.rosters.models import Duty
from gongzhi.work.workforce.rosters.selectors.found import published

LONGEST = timedelta(days=2)
"""No shift that touches a moment began earlier."""


def times_of(duty: Duty) -> tuple[datetime, datetime] | None:
    """Its first and last moment; None for a shift that the catalogue no longer has."""
    shift = catalogue().roster_shifts.get(duty.shift)
    if shift is None:
        return None
    zone = timezone.get_default_timezone()
    begins = datetime.combine(duty.day, time.min, zone) + timedelta(minutes=shift.start)
    return begins, begins + timedelta(minutes=shift.minutes)


def stretches(account: Account, start: datetime, end: datetime) -> Iterator[Stretch]:
    """Somebody's published shifts that touch the time from `start` to `end`."""
    for one in published(account, (start - LONGEST).date()):
        times = times_of(one)
        if times is not None and times[0] < end and times[1] > start:
            yield Stretch(*times)
