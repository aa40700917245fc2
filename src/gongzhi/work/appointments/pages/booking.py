"""Booking: what for, where, when, who. Every choice is an address, so nothing needs a script."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongzhi.base.access.marks import public
from gongzhi.base.access.throttle import throttled
from gongzhi.base.catalogue.kinds.service import Service
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Unit
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.forms import refused_in
from gongzhi.work.appointments import actions
from gongzhi.work.appointments.forms import CodeForm, ContactForm
from gongzhi.work.appointments.pages.kept import to_booking
from gongzhi.work.appointments.selectors.following import booking_by, booking_sent
from gongzhi.work.appointments.selectors.offices import (
    bookable_groups,
    office_asked,
    offices_for,
    services_asked,
)
from gongzhi.work.appointments.selectors.times import Day, Visit, days_for, has_times
from gongzhi.work.appointments.taken import Taken, no_time
from gongzhi.work.participation.pages.kept import kept_receipt
from gongzhi.work.public_services.models import Application

RESIDENT = Actor.resident()


@dataclass(frozen=True)
class Asked:
    """What an address of these pages asks for."""

    services: list[Service]
    office: Unit | None
    application: bool = False

    @property
    def query(self) -> str:
        """The same as the end of an address."""
        told = [("service", one.code) for one in self.services]
        told += [("office", self.office.code)] if self.office else []
        told += [("for", "application")] if self.application else []
        return urlencode(told)

    @property
    def visit(self) -> Visit:
        """Where and how long; only where the office is chosen."""
        assert self.office is not None  # noqa: S101  (for the type checker)
        return Visit(self.office, self.services)


def asked_of(given: Mapping[str, str], codes: Sequence[str]) -> Asked:
    """What is asked for. Refuses what can't be booked."""
    services = services_asked(codes)
    office = office_asked(services, given.get("office", ""))
    return Asked(services, office, given.get("for") == "application")


@public
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What for: several things can go into one visit."""
    return _start(request)


def _start(request: HttpRequest, wrong: str = "", status: int = 200) -> HttpResponse:
    chosen = request.GET.getlist("service")
    application = "application" if request.GET.get("for") == "application" else ""
    here = {
        "groups": [
            {"name": it.name, "services": it.services,
             "chosen": any(one.code in chosen for one in it.services)}
            for it in bookable_groups()
        ],
        "chosen": chosen, "wrong": wrong, "ask": CodeForm(),
        "application": application,
    }  # fmt: skip
    return render(request, "appointments/start.html", here, status=status)


@public
@never_cache
@require_safe
def times(request: HttpRequest) -> HttpResponse:
    """Where, on which day and when."""
    try:
        asked = asked_of(request.GET, request.GET.getlist("service"))
    except Refused as refused:
        if "service" not in refused.fields:
            raise
        return _start(request, str(refused), refused.status)
    here: dict[str, Any] = {"asked": asked, "minutes": sum(it.minutes for it in asked.services)}
    if asked.office is None:
        here["offices"] = [_first_free(asked, unit) for unit in offices_for(asked.services)]
    else:
        here |= chosen_day(days_for(asked.visit), request.GET.get("day", ""))
        here |= {"several": len(offices_for(asked.services)) > 1, "visit": asked.visit}
    return render(request, "appointments/times.html", here)


def _first_free(asked: Asked, unit: Unit) -> tuple[Unit, str, datetime | None]:
    there = Asked(asked.services, unit, asked.application)
    first = next((at for day in days_for(there.visit) for at in day.times), None)
    return unit, there.query, first


def chosen_day(days: list[Day], given: str) -> dict[str, Any]:
    """The days, and the one that is looked at: the one asked for, else the first with room."""
    found = next((one for one in days if one.on.isoformat() == given), None)
    found = found or next((one for one in days if one.times), None)
    found = found or next(iter(days), None)
    return {"days": days, "day": found, "parts": _parts(found.times if found else [])}


def _parts(found: list[datetime]) -> list[tuple[str, list[tuple[str, datetime]]]]:
    """Times before and after noon, each as an address has it."""
    halves: dict[str, list[tuple[str, datetime]]] = {"am": [], "pm": []}
    for at in found:
        here = timezone.localtime(at)
        half = "am" if here.hour < 12 else "pm"
        halves[half].append((f"{here:%Y-%m-%dT%H:%M}", at))
    return [(name, times) for name, times in halves.items() if times]


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@throttled("appointments.book", tries=20, seconds=600)
def book(request: HttpRequest) -> HttpResponse:
    """Who comes; then it is booked."""
    asked = asked_of(request.GET, request.GET.getlist("service"))
    if asked.office is None:
        return redirect(f"{reverse('appointments:times')}?{asked.query}")
    at = moment_asked(request.GET.get("at", ""))
    if at is None:
        raise no_time(asked.visit, timezone.now())
    return _filled_in(request, asked, at=at)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@throttled("appointments.wait", tries=20, seconds=600)
def wait(request: HttpRequest) -> HttpResponse:
    """Who waits for a day that is full."""
    asked = asked_of(request.GET, request.GET.getlist("service"))
    if asked.office is None:
        return redirect(f"{reverse('appointments:times')}?{asked.query}")
    day = _day_asked(request.GET.get("day", ""))
    if not has_times(asked.visit, day):  # closed, over or too far ahead: nothing will come free
        return redirect(f"{reverse('appointments:times')}?{asked.query}")
    return _filled_in(request, asked, day=day)


def _filled_in(
    request: HttpRequest, asked: Asked, *, at: datetime | None = None, day: date | None = None
) -> HttpResponse:
    form = ContactForm(request.POST or None, initial={"key": secrets.token_urlsafe(24)})
    next_at: datetime | None = None
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        if (sent := booking_sent(told["key"])) is not None:
            return to_booking(sent)
        with refused_in(form):
            try:
                return to_booking(_made(request, asked, told, at, day))
            except Taken as refused:
                next_at = refused.next_at
                raise
    here = {
        "asked": asked, "form": form, "at": at, "day": day, "visit": asked.visit,
        "next": f"{timezone.localtime(next_at):%Y-%m-%dT%H:%M}" if next_at else "",
        "next_at": next_at,
    }  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render(request, "appointments/book.html", here, status=409 if next_at else status)


def _made(
    request: HttpRequest, asked: Asked, told: Mapping[str, str], at: datetime | None,
    day: date | None,
) -> Any:  # fmt: skip
    contact = {name: told.get(name, "") for name in ("name", "phone")}
    one = _application(request) if asked.application else None
    new = actions.NewBooking(asked.visit.office, asked.services, contact, one)
    if at is not None:
        return actions.book(RESIDENT, new, at, key=told["key"])
    return actions.wait_for_day(RESIDENT, new, day or timezone.localdate(), key=told["key"])


def _application(request: HttpRequest) -> Application | None:
    """The one whose code this browser has shown."""
    receipt = kept_receipt(request)
    if receipt is None or receipt.joined:
        return None
    return Application.objects.filter(pk=receipt.matter_id).first()


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@throttled("appointments.open", tries=20, seconds=600)
def open_code(request: HttpRequest) -> HttpResponse:
    """Ask for the code; what it opens is kept in a cookie."""
    ask = CodeForm(request.POST or None)
    if request.method == "POST" and ask.is_valid():
        with refused_in(ask):
            return to_booking(booking_by(ask.cleaned_data["code"]))
    status = 422 if request.method == "POST" else 200
    return render(request, "appointments/open.html", {"ask": ask}, status=status)


def moment_asked(given: str) -> datetime | None:
    """A time in the county's own, as an address has it; None for what is none."""
    try:
        found = datetime.fromisoformat(given[:16])
    except ValueError:
        return None
    return found.replace(tzinfo=timezone.get_current_timezone())


def _day_asked(given: str) -> date:
    try:
        return date.fromisoformat(given[:10])
    except ValueError:
        return timezone.localdate()
