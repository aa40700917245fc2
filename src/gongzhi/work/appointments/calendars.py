"""Calendar files (RFC 5545): one booking for whoever made it, and an office's days for its own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from gongzhi.base.crypto.county import suite
from gongzhi.base.people.models import Unit
from gongzhi.work.appointments.models import Appointment
from gongzhi.work.appointments.states import State

PRODUCT = "-//Gongzhi//Appointments//ZH"
BEFORE = (timedelta(days=1), timedelta(hours=1))
"""When the phone's own calendar reminds, also where the county sends no messages."""
CONTENT_TYPE = "text/calendar; charset=utf-8"


def booking_file(booking: Appointment) -> bytes:
    """The booking as a file: no name in it, for calendars are shared."""
    calendar = _calendar()
    gone = booking.state in (State.CANCELLED, State.MISSED)
    calendar.add("method", "CANCEL" if gone else "PUBLISH")
    entry = _entry(booking, _said(booking))
    entry.add("location", str(booking.office))
    words = _("凭预约码可以改时间、取消。到了先报预约码取号。")
    entry.add("description", words)
    for before in BEFORE if not gone else ():
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", _said(booking))
        alarm.add("trigger", -before)
        entry.add_component(alarm)
    calendar.add_component(entry)
    return bytes(calendar.to_ical())


def office_feed(office: Unit, bookings: Iterable[Appointment]) -> bytes:
    """The office's bookings, to subscribe to: what for and when, never who."""
    calendar = _calendar()
    calendar.add("name", str(office))
    calendar.add("x-wr-calname", str(office))
    calendar.add("refresh-interval", timedelta(minutes=15), parameters={"VALUE": "DURATION"})
    for one in bookings:
        words = _("%(counter)s 号窗口 %(what)s") % {"counter": one.counter, "what": _said(one)}
        calendar.add_component(_entry(one, words))
    return bytes(calendar.to_ical())


def token_of(purpose: str, office: Unit) -> str:
    """What an address carries that only those of the office are given: for ``feed`` and ``kiosk``.
    The same for ever, for one county and office."""
    secret = f"appointments {purpose}\n{settings.SECRET_KEY}".encode()
    return suite().keyed(secret, office.code.encode()).hex()[:32]


def is_token(purpose: str, office: Unit, given: str) -> bool:
    """Whether it is the one."""
    return constant_time_compare(token_of(purpose, office), given)


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    return calendar


def _entry(booking: Appointment, words: str) -> Event:
    entry = Event()
    entry.add("uid", f"appointment-{booking.pk}@gongzhi")
    entry.add("dtstamp", datetime.now(UTC))
    # In UTC: a calendar shows it in the reader's own time, and no zone has to be written out.
    starts_at, ends_at = booking.starts_at, booking.ends_at
    if starts_at is not None and ends_at is not None:
        entry.add("dtstart", starts_at.astimezone(UTC))
        entry.add("dtend", ends_at.astimezone(UTC))
    entry.add("summary", words)
    gone = booking.state in (State.CANCELLED, State.MISSED)
    entry.add("status", "CANCELLED" if gone else "CONFIRMED")
    return entry


def _said(booking: Appointment) -> str:
    return _("、").join(str(one.name) for one in booking.items)
