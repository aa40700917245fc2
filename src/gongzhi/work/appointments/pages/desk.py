"""The counter's own page: who comes today, who waits, and who is next."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.throttle import throttled
from gongzhi.base.log.actions import now
from gongzhi.base.people.forms import PurposeForm
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.appointments import actions
from gongzhi.work.appointments.calendars import token_of
from gongzhi.work.appointments.models import Appointment
from gongzhi.work.appointments.permissions import SERVE, VIEW, booking_of, ticket_of
from gongzhi.work.appointments.selectors.following import booking_by
from gongzhi.work.appointments.selectors.offices import rules_of, served_at
from gongzhi.work.appointments.selectors.queue import (
    ahead_of,
    bookings_of,
    can_serve,
    in_order,
    tickets_of,
)
from gongzhi.work.appointments.selectors.times import DAY
from gongzhi.work.appointments.states import Queue, State


@staff(VIEW)
@never_cache
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Today at this office, as one counter sees it."""
    account = account_of(request)
    rules = rules_of(account.unit)
    if rules is None:
        return render(request, "appointments/no_counters.html", {"unit": account.unit})
    counter = rules.counter(request.GET.get("counter", "")) or rules.counters[0]
    tickets = tickets_of(account.unit)
    waiting = in_order(tickets, now())
    here = {
        "unit": account.unit, "rules": rules, "counter": counter,
        "here": [it for it in tickets if it.state == Queue.CALLED and it.counter == counter.code],
        "elsewhere": [
            it for it in tickets if it.state == Queue.CALLED and it.counter != counter.code
        ],
        "waiting": [(it, can_serve(rules, counter, it)) for it in waiting],
        "others": [it for it in rules.counters if it.code != counter.code],
        "day": timezone.localdate(now()), "at": now(),
        "coming": [it for it in bookings_of(account.unit, timezone.localdate(now()))
                   if it.state in (State.BOOKED, State.OFFERED)],
        "services": served_at(account.unit),
    }  # fmt: skip
    part = request.headers.get("HX-Request") == "true"
    template = "appointments/_queue.html" if part else "appointments/desk.html"
    return render(request, template, here)


@staff(VIEW)
@never_cache
@require_safe
def day(request: HttpRequest) -> HttpResponse:
    """Another day's bookings, in the order of their times; and the addresses for screens."""
    account = account_of(request)
    rules = rules_of(account.unit)
    if rules is None:
        return render(request, "appointments/no_counters.html", {"unit": account.unit})
    on = _day_asked(request.GET.get("day", ""))
    unit = account.unit
    here = {
        "unit": unit, "rules": rules, "day": on, "bookings": bookings_of(unit, on),
        "before": on - DAY, "after": on + DAY, "purposes": PurposeForm(),
        "screen_url": request.build_absolute_uri(reverse("appointments:hall", args=[unit.code])),
        "kiosk_url": request.build_absolute_uri(_secret("kiosk", account)),
        "feed_url": request.build_absolute_uri(_secret("feed", account)),
    }  # fmt: skip
    return render(request, "appointments/day.html", here)


def _secret(purpose: str, account: Account) -> str:
    unit = account.unit
    return reverse(f"appointments:{purpose}", args=[unit.code, token_of(purpose, unit)])


@staff(SERVE)
@require_POST
@throttled("counters.find", tries=120, seconds=600)
def find(request: HttpRequest) -> HttpResponse:
    """Somebody who booked says their code: they get a number."""
    account = account_of(request)
    found = booking_by(request.POST.get("code", "").strip()[:40])
    return _arrived(request, booking_of(account, found.pk))


@staff(SERVE)
@require_POST
def arrive(request: HttpRequest, key: int) -> HttpResponse:
    """The same, from the list."""
    return _arrived(request, booking_of(account_of(request), key))


def _arrived(request: HttpRequest, booking: Appointment) -> HttpResponse:
    given = actions.arrive(by_of(request), booking)
    return _done(request, _("到了，号是 %(number)s。") % {"number": given})


@staff(SERVE)
@require_POST
def not_come(request: HttpRequest, key: int) -> HttpResponse:
    """Somebody who booked hasn't come: their time is for others."""
    booking = booking_of(account_of(request), key)
    if booking.state != State.BOOKED or (booking.starts_at and booking.starts_at > now()):
        raise Refused(_("还没到约好的时间。"), code="too_early", status=409)
    actions.miss(by_of(request), [booking])
    return _done(request, _("时间让出来了。"))


@staff(SERVE)
@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """A number for somebody who walked in."""
    account = account_of(request)
    services = [it for it in served_at(account.unit) if it.code == request.POST.get("service")]
    given = actions.take_number(by_of(request), account.unit, services)
    return _done(request, _("取好了，号是 %(number)s。") % {"number": given})


@staff(VIEW)
@never_cache
@require_safe
def ticket(request: HttpRequest, key: int) -> HttpResponse:
    """A number to print and hand over: no name on it."""
    found = ticket_of(account_of(request), key)
    waits = found.state == Queue.WAITING
    ahead = ahead_of(found, tickets_of(found.office, found.day)) if waits else None
    return render(request, "appointments/ticket.html", {"ticket": found, "ahead": ahead})


@staff(SERVE)
@require_POST
def call(request: HttpRequest) -> HttpResponse:
    """Call whoever is next to this counter."""
    account = account_of(request)
    called = actions.call_next(by_of(request), account.unit, request.POST.get("counter", "")[:8])
    return _done(request, _("请 %(number)s 到窗口。") % {"number": called})


@staff(SERVE)
@require_POST
def end(request: HttpRequest, key: int, how: str) -> HttpResponse:
    """Whoever is at the counter is done, hasn't come, or goes on to another one."""
    found, by = ticket_of(account_of(request), key), by_of(request)
    if how == "served":
        actions.serve(by, found)
        return _done(request, _("办完了。"))
    if how == "left":
        actions.leave(by, found)
        return _done(request, _("记下了。回来可以再取一个号。"))
    if how == "on":
        actions.hand_on(by, found, request.POST.get("to", "")[:8])
        return _done(request, _("转过去了，那边先叫。"))
    raise Refused(_("没有这一步。"), code="no_such_step", status=404)


@staff(SERVE)
@never_cache
@require_POST
def contact(request: HttpRequest, key: int) -> HttpResponse:
    """Who booked, for a stated purpose; on record, and whoever booked can see it."""
    booking = booking_of(account_of(request), key)
    purpose = request.POST.get("purpose", "")
    booking = actions.read_contact(by_of(request), booking, purpose)
    return render(request, "appointments/contact.html", {"booking": booking})


def _done(request: HttpRequest, said: str) -> HttpResponse:
    messages.success(request, said)
    counter = request.POST.get("counter", "")[:8]
    page = reverse("appointments:desk") + (f"?counter={counter}" if counter.isalnum() else "")
    if request.headers.get("HX-Request"):
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = page
        return answer
    return redirect(page)


def _day_asked(given: str) -> date:
    try:
        return date.fromisoformat(given[:10])
    except ValueError:
        return timezone.localdate(now())
