"""Who may see and serve the queue: those of the office."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.appointments.models import Appointment, Ticket

VIEW = "appointments.view_counters"
SERVE = "appointments.serve_counter"


def require_office(by: Actor, office: int) -> None:
    """Refuse whoever doesn't serve counters, and those of another office."""
    require(by, SERVE)
    if isinstance(by.source, Account) and by.source.unit_id != office:
        raise _elsewhere()


def booking_of(account: Account, key: int) -> Appointment:
    """A booking of this account's office; refused (404) where there is none."""
    found = Appointment.objects.filter(pk=key, office=account.unit_id).first()
    if found is None:
        raise _elsewhere()
    return found


def ticket_of(account: Account, key: int) -> Ticket:
    """A number of this account's office; refused (404) where there is none."""
    found = Ticket.objects.filter(pk=key, office=account.unit_id).first()
    if found is None:
        raise _elsewhere()
    return found


def _elsewhere() -> Refused:
    words = _("这里没有这个号。别的网点约的，请到那里办。")
    return Refused(words, code="no_such_visit", status=404)
