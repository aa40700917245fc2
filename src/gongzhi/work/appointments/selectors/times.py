"""Which times are free: what the office's rules open, without what is held already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongzhi.base.catalogue.kinds.counters import QUANTUM, Counters, minute_of
from gongzhi.base.catalogue.kinds.service import Service
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import now
from gongzhi.base.people.models import Unit
from gongzhi.base.ui.spans import day as said_day
from gongzhi.work.appointments.models import Appointment, Held
from gongzhi.work.appointments.selectors.offices import minutes_for, rules_for

Cell = tuple[str, datetime]
"""A counter, and when its five minutes begin."""
DAY = timedelta(days=1)
SHORT = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))


@dataclass(frozen=True)
class Visit:
    """What is to be booked: where, what, and how long that takes."""

    office: Unit
    services: Sequence[Service]

    @property
    def rules(self) -> Counters:
        """Of the office."""
        return rules_for(self.office)

    @property
    def minutes(self) -> int:
        """Of all together."""
        return minutes_for(self.services)


@dataclass(frozen=True)
class Day:
    """A day that can be booked, and at which times there is room."""

    on: date
    times: list[datetime]

    @property
    def label(self) -> str:
        """``11月30日``, ``30 Nov``."""
        return said_day(moment_on(self.on, 12 * 60), with_year=False)

    @property
    def weekday(self) -> str:
        """``周一``, ``Mon``."""
        return str(SHORT[self.on.weekday()])


def visit_of(appointment: Appointment) -> Visit:
    """What a booking is for."""
    return Visit(appointment.office, appointment.items)


def cells(counter: str, starts_at: datetime, minutes: int) -> list[Cell]:
    """The five minutes that a visit takes at a counter, in order."""
    steps = range(0, minutes, QUANTUM)
    return [(counter, starts_at + timedelta(minutes=step)) for step in steps]


def moment_on(day: date, minute: int) -> datetime:
    """A minute of a day in the county's time."""
    at = time(minute // 60, minute % 60)
    return datetime.combine(day, at, timezone.get_current_timezone())


def is_within(rules: Counters, day: date, at: datetime) -> bool:
    """Whether it is neither too late nor too early to book this day."""
    today = timezone.localdate(at)
    return today <= day <= today + rules.ahead * DAY


def opened(visit: Visit, day: date) -> Iterator[tuple[datetime, str]]:
    """Every time that the rules open for this visit on a day, with the counter that it would be
    at: the one with the fewest skills first, so that the others stay free for what needs them."""
    rules, calendar = visit.rules, catalogue().calendar
    able = sorted(rules.able(visit.services, booking=True), key=lambda one: len(one.skills))
    for counter in able:
        for stretch in rules.open_on(day, calendar):
            for since, until in rules.bookable(counter, stretch):
                first = minute_of(stretch.opens)
                first += -(-(since - first) // rules.step) * rules.step
                for minute in range(first, until - visit.minutes + 1, rules.step):
                    yield moment_on(day, minute), counter.code


def has_times(visit: Visit, day: date) -> bool:
    """Whether the rules open any time of this day that isn't past: else nothing can come free."""
    soonest = now() + timedelta(minutes=visit.rules.notice)
    within = is_within(visit.rules, day, now())
    return within and any(at >= soonest for at, _counter in opened(visit, day))


def counters_at(visit: Visit, starts_at: datetime) -> list[str]:
    """At which counters the rules open this very time; none when it is no time to book."""
    day = timezone.localdate(starts_at)
    soonest = now() + timedelta(minutes=visit.rules.notice)
    if starts_at < soonest or not is_within(visit.rules, day, now()):
        return []
    return [counter for at, counter in opened(visit, day) if at == starts_at]


def held_between(office: Unit, since: datetime, until: datetime) -> dict[Cell, int | None]:
    """What is held, and by which booking (None: it came free for those who wait). One query."""
    found = Held.objects.filter(office=office, at__gte=since, at__lt=until)
    return {(one, at): by for one, at, by in found.values_list("counter", "at", "appointment")}


def free_on(
    visit: Visit, day: date, held: Mapping[Cell, int | None] | None = None, *, own: int = 0
) -> dict[datetime, list[str]]:
    """The times of a day with room, each with its counters. ``own``: a booking that is to be
    moved, whose present time is no obstacle."""
    soonest = now() + timedelta(minutes=visit.rules.notice)
    if not is_within(visit.rules, day, now()):
        return {}
    if held is None:
        held = held_on(visit.office, day)
    found: dict[datetime, list[str]] = {}
    for at, counter in opened(visit, day):
        wanted = cells(counter, at, visit.minutes)
        if at >= soonest and all(held[one] == own for one in wanted if one in held):
            found.setdefault(at, []).append(counter)
    return dict(sorted(found.items()))


def held_on(office: Unit, day: date) -> dict[Cell, int | None]:
    """What is held on a day. One query."""
    return held_between(office, moment_on(day, 0), moment_on(day, 0) + DAY)


def days_for(visit: Visit, *, own: int = 0) -> list[Day]:
    """Every day that can be booked now on which the office is open. One query."""
    today = timezone.localdate(now())
    since = moment_on(today, 0)
    held = held_between(visit.office, since, since + (visit.rules.ahead + 1) * DAY)
    found = []
    for ahead in range(visit.rules.ahead + 1):
        day = today + ahead * DAY
        if visit.rules.open_on(day, catalogue().calendar):
            found.append(Day(day, list(free_on(visit, day, held, own=own))))
    return found


def next_free(visit: Visit, after: datetime) -> datetime | None:
    """The first time with room from then on; before it where there is none later; or None."""
    times = [at for day in days_for(visit) for at in day.times]
    return next((at for at in times if at >= after), times[0] if times else None)
