"""Who waits for a full day, what could be offered to them, and what is over."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import now
from gongzhi.base.people.models import Unit
from gongzhi.work.appointments.models import Appointment, Held
from gongzhi.work.appointments.selectors.offices import rules_of
from gongzhi.work.appointments.selectors.times import DAY, free_on, held_on, moment_on, visit_of
from gongzhi.work.appointments.states import State

KEPT = timedelta(days=3)
"""So long after its day a booking keeps name and phone where a county's catalogue says nothing."""
KEPT_AT_MOST = timedelta(days=30)
Chance = tuple[Appointment, datetime, list[str]]
"""Who waits, and a time for them, with the counters that it could be at."""


def freed_on(office: Unit, day: date) -> QuerySet[Held]:
    """What came free on a day and is kept for those who wait."""
    since = moment_on(day, 0)
    return Held.objects.filter(office=office, appointment=None, at__gte=since, at__lt=since + DAY)


def lines() -> list[tuple[Unit, date]]:
    """Offices and days for which somebody waits, or at which something is kept for nobody."""
    waiting = Appointment.objects.filter(state=State.WAITING)
    found = set(waiting.values_list("office", "day"))
    for office, at in Held.objects.filter(appointment=None).values_list("office", "at"):
        found.add((office, timezone.localdate(at)))
    units = Unit.objects.in_bulk({office for office, _day in found})
    return sorted(((units[office], day) for office, day in found), key=lambda one: one[1])


def next_chance(office: Unit, day: date) -> Chance | None:
    """The first in line for whom there is a time, and that time."""
    waiting = Appointment.objects.filter(office=office, day=day, state=State.WAITING)
    held = {cell: by for cell, by in held_on(office, day).items() if by is not None}
    for one in waiting.select_related("office").order_by("pk"):
        visit = visit_of(one)
        free = free_on(visit, day, held) if visit.services else {}
        for at, counters in free.items():
            return one, at, counters
    return None


def place_in_line(appointment: Appointment) -> int:
    """How many wait for the same day before this one."""
    waiting = Appointment.objects.filter(office=appointment.office_id, state=State.WAITING)
    return waiting.filter(day=appointment.day, pk__lt=appointment.pk).count()


def over() -> list[Appointment]:
    """Offers without an answer in time, and wishes for days that are gone."""
    unanswered = Q(state=State.OFFERED, answer_by__lt=now())
    gone = Q(state=State.WAITING, day__lt=timezone.localdate(now()))
    return list(Appointment.objects.filter(unanswered | gone).order_by("pk"))


def late() -> list[Appointment]:
    """Bookings whose time and grace have passed without anybody coming."""
    passed = Appointment.objects.filter(state=State.BOOKED, starts_at__lt=now())
    found = []
    for one in passed.select_related("office").order_by("pk"):
        rules = rules_of(one.office)
        grace = timedelta(minutes=rules.grace if rules else 0)
        if one.starts_at and one.starts_at + grace < now():
            found.append(one)
    return found


def long_over(most: int) -> list[Appointment]:
    """Those whose name, phone or application is kept though nobody needs it any more."""
    item = catalogue().keeping.get("appointments")
    before = timezone.localdate(now()) - min(item.keep if item else KEPT, KEPT_AT_MOST)
    return list(Appointment.objects.filter(day__lt=before, erased_at=None).order_by("pk")[:most])
