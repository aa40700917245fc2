"""The list of past shifts, with how much happened in each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Max
from django.db.models.functions import TruncHour
from django.utils import timezone

from gongzhi.base.matters.models import Matter
from gongzhi.base.places.models import County
from gongzhi.watch.replay.models import Lesson
from gongzhi.watch.replay.selectors.shift import zone_of

SHIFTS = (0, 8, 16)
"""Hours at which a shift begins."""
HOURS = 8
DAYS = 7


@dataclass(frozen=True)
class Listed:
    """One shift: when, how many incidents came, how many of them urgent, how many lessons."""

    since: datetime
    until: datetime
    incidents: int
    urgent: int
    lessons: int
    most: int
    """Of the busiest shift listed, for its bar."""

    @property
    def share(self) -> int:
        """How long its bar is, of a hundred."""
        return round(100 * self.incidents / self.most) if self.most else 0

    @property
    def hours(self) -> str:
        """From which hour to which, on the wall's clock."""
        return f"{self.since.hour:02}:00–{self.since.hour + HOURS:02}:00"


def last_day(county: County | None) -> date:
    """The latest day that has a shift: today; of an imported source, the last one it tells of."""
    at = timezone.now()
    if county is not None:
        found = Matter.objects.filter(procedure="incident", county=county)
        at = found.aggregate(last=Max("opened_at"))["last"] or at
    return at.astimezone(zone_of(county)).date()


def shifts_until(last: date, county: County | None) -> list[tuple[date, list[Listed]]]:
    """The shifts of the days up to this one, the newest day first. Three queries' worth."""
    zone = zone_of(county)
    first = last - timedelta(days=DAYS - 1)
    since, until = _begin(first, 0, zone), _begin(last + timedelta(days=1), 0, zone)
    every, urgent = _counted(county, since, until, zone)
    noted = Lesson.objects.filter(county=county, erased_at=None, at__gte=since, at__lt=until)
    lessons = [at.astimezone(zone) for at in noted.values_list("at", flat=True)]
    most = max(every.values(), default=0)
    days = [last - timedelta(days=back) for back in range(DAYS)]
    begun = timezone.now()
    return [
        (day, [one for hour in SHIFTS if (one := _listed(
            day, hour, zone, (every, urgent), lessons, most)).since <= begun])
        for day in days
    ]  # fmt: skip


Counts = dict[tuple[date, int], int]


def _listed(
    day: date, hour: int, zone: ZoneInfo, counts: tuple[Counts, Counts],
    lessons: list[datetime], most: int,
) -> Listed:  # fmt: skip
    every, urgent = (each.get((day, hour), 0) for each in counts)
    noted = sum(at.date() == day and at.hour // HOURS * HOURS == hour for at in lessons)
    since = _begin(day, hour, zone)
    until = _begin(day + timedelta(days=hour + HOURS == 24), (hour + HOURS) % 24, zone)
    return Listed(since, until, every, urgent, noted, most)


def _counted(
    county: County | None, since: datetime, until: datetime, zone: ZoneInfo
) -> tuple[Counts, Counts]:
    came = Matter.objects.filter(
        procedure="incident", county=county, opened_at__gte=since, opened_at__lt=until
    )
    hours = came.annotate(hour=TruncHour("opened_at", tzinfo=zone)).values("hour", "priority")
    every: Counts = {}
    urgent: Counts = {}
    for row in hours.annotate(n=Count("pk")).order_by():
        key = (row["hour"].date(), row["hour"].hour // HOURS * HOURS)
        every[key] = every.get(key, 0) + row["n"]
        if row["priority"] <= 2:
            urgent[key] = urgent.get(key, 0) + row["n"]
    return every, urgent


def _begin(day: date, hour: int, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(hour), zone)
