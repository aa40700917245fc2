"""A booking as whoever made it sees it, by its code."""

from __future__ import annotations

import json

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gongzhi.base.log.actions import subject_of
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Unit
from gongzhi.base.people.purposes import Purpose
from gongzhi.base.people.selectors import Read
from gongzhi.base.ui.errors import Refused
from gongzhi.work.appointments.events import CONTACT_READ
from gongzhi.work.appointments.models import Appointment
from gongzhi.work.appointments.selectors.offices import is_bookable
from gongzhi.work.appointments.states import ENDED
from gongzhi.work.participation.codes import hashed
from gongzhi.work.participation.models import Receipt
from gongzhi.work.participation.selectors.more import FollowPart
from gongzhi.work.public_services.models import Application


def booking_by(code: str) -> Appointment:
    """The booking of this code; refused (422) where there is none."""
    found = _bookings().filter(code_hash=hashed(code)).first()
    if found is None:
        wrong = _("没有这个预约码，请核对一下。")
        raise Refused(wrong, code="no_such_code", status=422, fields={"code": wrong})
    return found


def booking_kept(key: int) -> Appointment | None:
    """The booking that a browser remembers."""
    return _bookings().filter(pk=key).first()


def booking_sent(key: str) -> Appointment | None:
    """The booking that a form with this key has made already."""
    return _bookings().filter(key=key).first()


def coming_for(application: int) -> Appointment | None:
    """The booking that is still to come for an application."""
    found = _bookings().filter(application=application).exclude(state__in=ENDED)
    return found.order_by("-pk").first()


def part_for(matter: Matter, receipt: Receipt) -> FollowPart | None:
    """For the page that follows an application: when one comes, or the way to book."""
    found = Application.objects.filter(pk=matter.pk).first()
    service = found.service_item if found else None
    if found is None or service is None or not is_bookable(service) or receipt.joined:
        return None
    coming = coming_for(matter.pk)
    if coming is None and matter.closed_at is not None:
        return None
    told = {"booking": coming, "service": service}
    return FollowPart("appointments/follow.html", told)


def _bookings() -> QuerySet[Appointment]:
    return Appointment.objects.select_related("office", "application")


def looks_at_booking(booking: Appointment) -> list[Read]:
    """Who looked at the name and the phone, and what for; the latest first."""
    entries = Entry.objects.filter(subject=subject_of(booking), kind=CONTACT_READ.kind)
    told = [(one.at, json.loads(one.text)) for one in entries.order_by("-seq")]
    units = Unit.objects.in_bulk({fields["unit"] for _at, fields in told if "unit" in fields})
    return [
        Read(at, units.get(fields.get("unit")), str(Purpose(fields["purpose"]).label))
        for at, fields in told
    ]
