"""The hall: the screen above it, the kiosk that gives numbers, and the office's calendar feed."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongzhi.base.access.marks import public
from gongzhi.base.access.throttle import throttled
from gongzhi.base.log.actions import now
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Unit
from gongzhi.base.ui.errors import Refused
from gongzhi.work.appointments import actions
from gongzhi.work.appointments.calendars import CONTENT_TYPE, is_token, office_feed
from gongzhi.work.appointments.models import Appointment, Ticket
from gongzhi.work.appointments.selectors.following import booking_by
from gongzhi.work.appointments.selectors.offices import rules_for, served_at
from gongzhi.work.appointments.selectors.queue import ahead_of, screen_of, tickets_of
from gongzhi.work.appointments.states import State

KIOSK = Actor.system("kiosk")
BACK = timedelta(days=7)
"""So far back the feed reaches: a calendar that was asleep catches up."""
IN_FEED = (State.BOOKED, State.ARRIVED, State.SERVED)


@public
@never_cache
@require_safe
def hall(request: HttpRequest, office: str) -> HttpResponse:
    """Who is called to which counter. Numbers only; it renews itself, and without a script, too."""
    unit = office_named(office)
    part = request.headers.get("HX-Request") == "true"
    here = {"screen": screen_of(unit), "office": unit, "rules": rules_for(unit), "at": now()}
    template = "appointments/_screen.html" if part else "appointments/hall.html"
    return render(request, template, here)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@throttled("appointments.kiosk", tries=300, seconds=600)
def kiosk(request: HttpRequest, office: str, token: str) -> HttpResponse:
    """The machine at the door: choose, take a number. Its address is the office's own, so that
    nobody takes numbers from afar."""
    unit = office_named(office)
    if not is_token("kiosk", unit, token):
        raise _unknown()
    if request.method == "POST":
        ticket = _number(request, unit)
        address = reverse("appointments:kiosk", args=[office, token])
        return redirect(f"{address}?number={ticket.number}")
    here = {"office": unit, "services": served_at(unit), "token": token}
    return render(request, "appointments/kiosk.html", here | _given(unit, request))


def _number(request: HttpRequest, unit: Unit) -> Ticket:
    """For whoever says their booking's code, or what they come for."""
    if code := request.POST.get("code", "").strip()[:40]:
        booking = booking_by(code)
        if booking.office_id != unit.pk:
            words = _("这个预约在%(office)s，请到那里办。") % {"office": booking.office}
            raise Refused(words, code="other_office", status=409)
        return actions.arrive(KIOSK, booking)
    services = [one for one in served_at(unit) if one.code == request.POST.get("service")]
    return actions.take_number(KIOSK, unit, services)


def _given(unit: Unit, request: HttpRequest) -> dict[str, object]:
    """The number that was just taken, with how many are before it."""
    number = request.GET.get("number", "")
    if not (number.isdecimal() and len(number) < 5):
        return {}
    tickets = tickets_of(unit)
    found: Ticket | None = next((it for it in tickets if it.number == int(number)), None)
    if found is None or found.state != "waiting":
        return {}
    return {"ticket": found, "ahead": ahead_of(found, tickets)}


@public
@never_cache
@require_safe
def feed(request: HttpRequest, office: str, token: str) -> HttpResponse:
    """The office's bookings, for a calendar that subscribes: what for and when, never who."""
    unit = office_named(office)
    if not is_token("feed", unit, token):
        raise _unknown()
    since = timezone.localdate(now()) - BACK
    found = Appointment.objects.filter(office=unit, day__gte=since, state__in=IN_FEED)
    body = office_feed(unit, found.order_by("starts_at", "counter"))
    return HttpResponse(body, content_type=CONTENT_TYPE)


def office_named(code: str) -> Unit:
    """The office; refused (404) where there is none, or it has no counters."""
    found = Unit.objects.filter(code=code).first()
    if found is None:
        raise _unknown()
    rules_for(found)
    return found


def _unknown() -> Refused:
    return Refused(_("没有这个网点，请核对一下地址。"), code="no_such_office", status=404)
