"""Booked times and the queue. Who comes lies sealed and is erased some days later; nothing is kept
by which one could tell who came before, or who didn't."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

from gongzhi.base.catalogue.kinds.service import Service
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.people.models import Unit
from gongzhi.base.people.sealed_text import SealedText
from gongzhi.work.appointments.states import Queue, State
from gongzhi.work.public_services.models import Application


def services_named(codes: list[str]) -> list[Service]:
    """Those that the county still has, in this order."""
    known = catalogue().services
    return [known[code] for code in codes if code in known]


class Appointment(models.Model):
    """A booked time; or, while it is `waiting`, a wish for one on a day that is full."""

    office = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="appointments")
    day = models.DateField()
    services = models.JSONField()
    """Codes, in the order they were chosen: all are dealt with in one go."""
    minutes = models.PositiveSmallIntegerField()
    counter = models.CharField(max_length=8, blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices)
    name = SealedText(blank=True)
    phone = SealedText(blank=True)
    key = models.CharField(max_length=64, unique=True)
    """With the county's secret it gives the code again."""
    code_hash = models.CharField(max_length=64, unique=True)
    application = models.ForeignKey(
        Application, on_delete=models.SET_NULL, null=True, blank=True, related_name="appointments"
    )
    """What one comes for, where it was booked from there; let go with the name."""
    answer_by = models.DateTimeField(null=True, blank=True)
    """Until when a time that came free is kept for whoever waited."""
    made_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["office", "day", "state"], name="appointments_of_a_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at__isnull=False, counter__gt="")
                | Q(state__in=["waiting", "lapsed", "cancelled"]),
                name="a_booking_has_its_time",
            )
        ]

    def __str__(self) -> str:
        return f"Y{self.pk:05}"

    @property
    def items(self) -> list[Service]:
        """Its services in the catalogue."""
        return services_named(self.services)

    @property
    def ends_at(self) -> datetime | None:
        """When its time is over."""
        return self.starts_at and self.starts_at + timedelta(minutes=self.minutes)


class Held(models.Model):
    """Five minutes of a counter that a booking has. That no counter is booked twice is nothing the
    code promises: the database takes no second row for the same five minutes."""

    office = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    counter = models.CharField(max_length=8)
    at = models.DateTimeField()
    appointment = models.ForeignKey(
        Appointment, on_delete=models.CASCADE, null=True, blank=True, related_name="held"
    )
    """None: it came free and is kept for those who wait for that day."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "counter", "at"], name="booked_once")
        ]


class Ticket(models.Model):
    """A number in one office's queue of one day. It knows nobody."""

    office = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    number = models.PositiveSmallIntegerField()
    appointment = models.OneToOneField(
        Appointment, on_delete=models.CASCADE, null=True, blank=True, related_name="ticket"
    )
    services = models.JSONField()
    state = models.CharField(max_length=10, choices=Queue.choices, default=Queue.WAITING)
    counter = models.CharField(max_length=8, blank=True)
    """Where it was called to; of one that waits, where it was handed on to."""
    taken_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "day", "number"], name="a_number_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{'B' if self.appointment_id else 'A'}{self.number:03}"

    @property
    def items(self) -> list[Service]:
        """Its services in the catalogue."""
        return services_named(self.services)
