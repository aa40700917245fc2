"""What other pages show of booking: a service's guide, an application's receipt."""

from __future__ import annotations

from django.http import HttpRequest

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.ui.pieces import Drawn
from gongzhi.work.appointments.selectors.following import coming_for
from gongzhi.work.appointments.selectors.offices import is_bookable


def on_guide(request: HttpRequest) -> Drawn | None:
    """The way to book, where the service that the page is about can be booked."""
    match = request.resolver_match
    service = catalogue().services.get(match.kwargs.get("code", "")) if match else None
    if service is None or not is_bookable(service):
        return None
    return "appointments/_guide.html", {"service": service}


def on_receipt(request: HttpRequest, application: int) -> Drawn | None:
    """When the applicant comes, on the printed receipt."""
    booking = coming_for(application)
    return ("appointments/_receipt.html", {"booking": booking}) if booking else None
