"""Days and moments of a round, by the county's calendar."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from gongzhi.base.calendar.due import end_of
from gongzhi.base.catalogue.load import catalogue

ONE_DAY = timedelta(days=1)


def span_of(first: date, last: date) -> tuple[datetime, datetime]:
    """From the first moment of the first day to the first after the last."""
    zone = ZoneInfo(settings.TIME_ZONE)
    return (
        datetime.combine(first, time.min, zone),
        datetime.combine(last + ONE_DAY, time.min, zone),
    )


def after_workdays(at: datetime, many: int) -> datetime:
    """The end of the day that is so many workdays after `at`'s."""
    zone = ZoneInfo(settings.TIME_ZONE)
    day, works = at.astimezone(zone).date(), catalogue().calendar
    while many:
        day += ONE_DAY
        many -= works.day(day).works
    return end_of(day, zone)
