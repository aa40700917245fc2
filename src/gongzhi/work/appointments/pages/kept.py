"""Which booking a browser has opened."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from gongzhi.base.access.kept import Kept
from gongzhi.base.ui.errors import Refused
from gongzhi.work.appointments.models import Appointment
from gongzhi.work.appointments.selectors.following import booking_kept

KEPT = Kept("booking", "gongzhi.appointments.booking")


def to_booking(booking: Appointment) -> HttpResponse:
    """To its page; the browser remembers it."""
    return KEPT.keep(redirect("appointments:mine"), booking.pk)


def kept_booking(request: HttpRequest) -> Appointment | None:
    """The booking that this browser has opened within the last hours, if any."""
    key = KEPT.key_in(request)
    return booking_kept(key) if key else None


def own_booking(request: HttpRequest, words: str) -> Appointment:
    """The same; refused (404), in these words, where there is none."""
    found = kept_booking(request)
    if found is None:
        raise Refused(words, code="no_booking", status=404)
    return found
