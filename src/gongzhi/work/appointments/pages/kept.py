"""Which booking a browser has opened: in a signed cookie, so that no address carries its code."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from gongzhi.base.ui.errors import Refused
from gongzhi.work.appointments.models import Appointment
from gongzhi.work.appointments.selectors.following import booking_kept

COOKIE = "booking"
SALT = "gongzhi.appointments.booking"
HOURS = 12


def to_booking(booking: Appointment) -> HttpResponse:
    """To its page; the browser remembers it."""
    response = redirect("appointments:mine")
    response.set_signed_cookie(
        COOKIE, str(booking.pk), salt=SALT, max_age=HOURS * 3600, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


def kept_booking(request: HttpRequest) -> Appointment | None:
    """The booking that this browser has opened within the last hours, if any."""
    kept = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=HOURS * 3600)
    return booking_kept(int(kept)) if kept else None


def own_booking(request: HttpRequest, words: str) -> Appointment:
    """The same; refused (404), in these words, where there is none."""
    found = kept_booking(request)
    if found is None:
        raise Refused(words, code="no_booking", status=404)
    return found
