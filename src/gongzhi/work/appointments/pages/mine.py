"""A booking that was made: see it, move it, give it up, take what came free, be forgotten."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.base.access.marks import public
from gongzhi.base.access.throttle import throttled
from gongzhi.base.ui.errors import Refused
from gongzhi.work.appointments import actions
from gongzhi.work.appointments.calendars import CONTENT_TYPE, booking_file
from gongzhi.work.appointments.models import Appointment
from gongzhi.work.appointments.pages.booking import RESIDENT, chosen_day, moment_asked
from gongzhi.work.appointments.pages.kept import kept_booking, own_booking
from gongzhi.work.appointments.selectors.following import looks_at_booking
from gongzhi.work.appointments.selectors.line import place_in_line
from gongzhi.work.appointments.selectors.offices import rules_of
from gongzhi.work.appointments.selectors.queue import ahead_of, tickets_of
from gongzhi.work.appointments.selectors.times import days_for, visit_of
from gongzhi.work.appointments.states import ENDED, MAY_FOLLOW, Queue, State
from gongzhi.work.appointments.taken import no_time
from gongzhi.work.participation.codes import code_for, shown


@public
@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """When and where, its code, and what can be done now."""
    booking = kept_booking(request)
    if booking is None:
        return redirect("appointments:open")
    here: dict[str, Any] = {
        "booking": booking,
        "rules": rules_of(booking.office),
        "code": "" if booking.state in ENDED else shown(code_for(booking.key)),
        "may": {state: booking.state in before for state, before in MAY_FOLLOW.items()},
        "over": booking.state in ENDED,
        "before": place_in_line(booking) if booking.state == State.WAITING else None,
        "looks": looks_at_booking(booking),
        **_queue(booking),
    }
    return render(request, "appointments/mine.html", here)


def _queue(booking: Appointment) -> dict[str, Any]:
    """The number, once it was given, and how many are before it."""
    if booking.state != State.ARRIVED:
        return {}
    tickets = tickets_of(booking.office, booking.day)
    ticket = next((one for one in tickets if one.appointment_id == booking.pk), None)
    waits = ticket is not None and ticket.state == Queue.WAITING
    return {"ticket": ticket, "ahead": ahead_of(ticket, tickets) if ticket and waits else None}


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@throttled("appointments.move", tries=20, seconds=600)
def move(request: HttpRequest) -> HttpResponse:
    """Another time for it; the old one is kept until the new one is there."""
    booking = kept_booking(request)
    if booking is None:
        return redirect("appointments:open")
    visit = visit_of(booking)
    if booking.state not in MAY_FOLLOW[State.BOOKED] or not visit.services:
        return redirect("appointments:mine")
    wrong = ""
    if request.method == "POST":
        try:
            at = moment_asked(request.POST.get("at", ""))
            if at is None:
                raise no_time(visit, booking.made_at)
            actions.move(RESIDENT, booking, at)
        except Refused as refused:
            wrong = str(refused)
        else:
            messages.success(request, _("改好了。"))
            return redirect("appointments:mine")
    days = days_for(visit, own=booking.pk)
    here = {
        **chosen_day(days, request.GET.get("day", "")), "visit": visit, "booking": booking,
        "wrong": wrong,
    }  # fmt: skip
    return render(request, "appointments/move.html", here, status=409 if wrong else 200)


@public
@require_POST
@throttled("appointments.cancel", tries=20, seconds=600)
def cancel(request: HttpRequest) -> HttpResponse:
    """Give it up."""
    actions.cancel(RESIDENT, _own(request))
    messages.success(request, _("取消了，时间让给了别人。"))
    return redirect("appointments:mine")


@public
@require_POST
@throttled("appointments.accept", tries=20, seconds=600)
def accept(request: HttpRequest) -> HttpResponse:
    """Take the time that came free."""
    actions.accept_offer(RESIDENT, _own(request))
    messages.success(request, _("约好了。"))
    return redirect("appointments:mine")


@public
@require_POST
@throttled("appointments.forget", tries=20, seconds=600)
def forget(request: HttpRequest) -> HttpResponse:
    """Erase name and phone."""
    actions.forget(RESIDENT, _own(request))
    messages.success(request, _("您的称呼和电话已经清除。"))
    return redirect("appointments:mine")


@public
@never_cache
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """The booking for one's own calendar."""
    booking = kept_booking(request)
    if booking is None:
        return redirect("appointments:open")
    if booking.starts_at is None:
        raise Refused(_("还没有定下时间。"), code="no_time", status=409)
    answer = HttpResponse(booking_file(booking), content_type=CONTENT_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{booking}.ics"'
    return answer


def _own(request: HttpRequest) -> Appointment:
    return own_booking(request, _("请先输入预约码。"))
