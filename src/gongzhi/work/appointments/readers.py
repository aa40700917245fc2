"""What goes on by itself: full days, bookings that nobody came for, names that are let go."""

from __future__ import annotations

from contextlib import suppress

from django.utils import timezone

from gongzhi.base.log.actions import NothingRecorded
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.jobs import every
from gongzhi.base.log.limits import Limit, add_limit
from gongzhi.base.log.models import Entry
from gongzhi.base.log.readers import reader
from gongzhi.base.matters.events import TOLD_ERASED
from gongzhi.base.ui.errors import Refused
from gongzhi.work.appointments.actions import forget, forget_old, lapse, miss, offer, reopen
from gongzhi.work.appointments.models import Appointment
from gongzhi.work.appointments.selectors.line import (
    freed_on,
    late,
    lines,
    long_over,
    next_chance,
    over,
)

CLOCK = Actor.system("appointments")
ERASED = TOLD_ERASED.kind
SWEEP_SECONDS, HOUR_SECONDS = 10.0, 3600.0
BATCH, BATCHES = 100, 50


@every(SWEEP_SECONDS, "appointments.sweep")
def sweep() -> int:
    """Give up what nobody came for, let offers lapse, and offer what is free to those who wait;
    how many offers. Each in a transaction of its own, so that nobody who books waits for long."""
    for found, end in ((late(), miss), (over(), lapse)):
        if found:
            with suppress(NothingRecorded):  # somebody was quicker
                end(CLOCK, found)
    offers = 0
    for office, day in lines():
        while (chance := next_chance(office, day)) is not None:
            try:
                offer(CLOCK, *chance)
            except Refused:  # somebody was quicker; the next turn looks again
                break
            offers += 1
        if freed_on(office, day).exists():
            reopen(CLOCK, office, day)
    return offers


@reader("appointments.erasing")
def follow_erasing(entry: Entry) -> None:
    """Whoever has an application erased is forgotten in what they booked for it, too."""
    if entry.kind != ERASED:
        return
    name, _colon, number = entry.subject.rpartition(":")
    if name == "matters.matter" and number.isdecimal():
        for one in Appointment.objects.filter(application=int(number)).order_by("pk"):
            forget(CLOCK, one)


@every(HOUR_SECONDS, "appointments.keeping")
def let_names_go() -> int:
    """Erase the names and phones of visits that are some days over; how many."""
    erased = 0
    for _batch in range(BATCHES):
        found = long_over(BATCH)
        erased += forget_old(CLOCK, found) if found else 0
        if len(found) < BATCH:
            break
    return erased


add_limit(
    "appointments",
    Limit(
        lambda at: Appointment.objects.filter(
            day__lt=timezone.localdate(at), erased_at=None
        ).count(),
        "appointments.keeping", ("appointments.contact_erased",),
    ),
)  # fmt: skip
