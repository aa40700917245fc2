"""Bookings and the queue of the demo county: today's, those of the next working days, some numbers
that wait in the hall."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta

from django.utils import timezone

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.ui.errors import Refused
from gongzhi.work.appointments import actions
from gongzhi.work.appointments.models import Appointment, Ticket
from gongzhi.work.appointments.selectors.times import Visit, counters_at, free_on
from gongzhi.work.public_services.models import Application

RESIDENT, CLERK = Actor.resident(), Actor.system("demo")
OFFICES = {"station_lancheng": 7, "station_wangchao": 3, "bureau": 6, "traffic_police": 4}
"""Bookings a day."""
WANTED = {
    "station_lancheng": (
        ("residence_permit",), ("residence_permit", "identity_card"), ("identity_card",),
        ("birth_registration",), ("dog_licence",), ("household_move_in",),
    ),
    "station_wangchao": (("identity_card",), ("residence_permit",)),
    "bureau": (("passport",), ("hk_macao_permit",), ("passport", "hk_macao_permit")),
    "traffic_police": (("driving_licence",), ("vehicle_registration",)),
}  # fmt: skip
NAMES = ("海某某", "海女士", "海先生", "海阿姨")
WALK_INS = (
    (38, "identity_card"), (31, "lost_item"), (24, "residence_permit"), (17, "dog_licence"),
    (11, "no_record_certificate"), (4, "household_certificate"),
)  # fmt: skip
"""Minutes ago, and what for: the first two are at a counter by now."""
BEFORE = timedelta(days=2)
DAYS = 4


def load_visits(until: datetime, seed: int) -> str:
    """Live through them; how many there are."""
    draw = random.Random(seed)  # noqa: S311  (a made-up county)
    for code, a_day in OFFICES.items():
        office = Unit.objects.get(code=code)
        for day in _days(until):
            for number in range(a_day):
                _book(draw, office, day, f"demo-visit-{code}-{day}-{number}", until)
        _serve_past(office, until)
    _collect(until)
    clerk = Account.objects.select_related("unit").get(username="counter_clerk")
    _walk_in(Actor.account(clerk), clerk.unit, until)
    return f"{Appointment.objects.count()} bookings, {Ticket.objects.count()} numbers"


def _days(until: datetime) -> Iterator[date]:
    """Today, if it is worked, and the working days after it."""
    today = timezone.localdate(until)
    found = (today + timedelta(days=ahead) for ahead in range(12))
    worked = [day for day in found if catalogue().calendar.day(day).works]
    yield from worked[:DAYS]


def _book(draw: random.Random, office: Unit, day: date, key: str, until: datetime) -> None:
    services = [catalogue().services[code] for code in draw.choice(WANTED[office.code])]
    with moment(until - BEFORE):
        times = list(free_on(Visit(office, services), day))
        if times:
            told = {"name": draw.choice(NAMES), "phone": "13800000000"}
            new = actions.NewBooking(office, services, told)
            actions.book(RESIDENT, new, draw.choice(times), key=key)


def _collect(until: datetime) -> None:
    """Whoever's permit is ready comes for it the next time the station is open."""
    ready = Application.objects.filter(matter__step="ready").select_related("matter").first()
    if ready is None or ready.service_item is None:
        return
    visit = Visit(ready.matter.owner_unit, [ready.service_item])
    with moment(until):
        later = [day for day in _days(until) if day > timezone.localdate(until)]
        at = next((at for day in later for at in free_on(visit, day)), None)
        if at is not None and counters_at(visit, at):
            told = {"name": NAMES[0], "phone": "13800000000"}
            new = actions.NewBooking(visit.office, visit.services, told, ready)
            actions.book(RESIDENT, new, at, key="demo-visit-of-an-application")


def _serve_past(office: Unit, until: datetime) -> None:
    """Whoever had booked for earlier today came and was served; the last one is at the counter."""
    today = timezone.localdate(until)
    # Not whoever is due in these minutes: `_walk_in` calls others to the same counters before them.
    past = Appointment.objects.filter(
        office=office, day=today, starts_at__lt=until - timedelta(minutes=7)
    )
    for one in past.order_by("starts_at"):
        assert one.starts_at is not None  # noqa: S101  (for the type checker)
        ended = one.starts_at + timedelta(minutes=one.minutes)
        with moment(one.starts_at - timedelta(minutes=5)):
            ticket = actions.arrive(CLERK, one)
        with moment(one.starts_at):
            actions.call_next(CLERK, office, one.counter)
        if ended < until:
            with moment(ended):
                actions.serve(CLERK, ticket)


def _walk_in(by: Actor, office: Unit, until: datetime) -> None:
    """Some who took a number: two are at a counter, the others wait."""
    for minutes, code in WALK_INS:
        with moment(until - timedelta(minutes=minutes)):
            actions.take_number(by, office, [catalogue().services[code]])
    for minutes, counter in ((6, "1"), (3, "2")):
        # Somebody who had booked may have been called there that very second: then they wait.
        with moment(until - timedelta(minutes=minutes)), suppress(Refused):
            actions.call_next(by, office, counter)
