"""The queue of an office today: who is next for a counter, and what hangs above the hall."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max
from django.utils import timezone

from gongzhi.base.catalogue.kinds.counters import Counter, Counters
from gongzhi.base.log.actions import now
from gongzhi.base.people.models import Unit
from gongzhi.work.appointments.models import Appointment, Ticket
from gongzhi.work.appointments.order import InLine, turn
from gongzhi.work.appointments.selectors.offices import rules_of
from gongzhi.work.appointments.states import Queue, State

SHOWN = 6
"""Numbers on the screen that were called last."""


def tickets_of(office: Unit, day: date | None = None) -> list[Ticket]:
    """All numbers of a day, with the bookings behind them. One query."""
    found = Ticket.objects.filter(office=office, day=day or timezone.localdate(now()))
    return list(found.select_related("appointment", "office").order_by("number"))


def in_order(tickets: Iterable[Ticket], at: datetime) -> list[Ticket]:
    """Those who wait, in the order in which they are called."""
    waiting = [one for one in tickets if one.state == Queue.WAITING]
    return sorted(waiting, key=lambda one: turn(_in_line(one), at))


def _in_line(ticket: Ticket) -> InLine:
    booked = ticket.appointment.starts_at if ticket.appointment else None
    return InLine(ticket.number, ticket.taken_at, booked, bool(ticket.counter))


def can_serve(rules: Counters, counter: Counter, ticket: Ticket) -> bool:
    """Whether a counter can deal with it: one that it was handed to can, whatever it is for."""
    if ticket.counter:
        return ticket.counter == counter.code
    return all(counter.serves(one) for one in ticket.items)


def next_at(rules: Counters, counter: Counter, tickets: Iterable[Ticket]) -> Ticket | None:
    """Who is next at this counter."""
    waiting = in_order(tickets, now())
    return next((one for one in waiting if can_serve(rules, counter, one)), None)


def next_number(office: Unit, day: date) -> int:
    """The number that would be given now."""
    last = Ticket.objects.filter(office=office, day=day).aggregate(last=Max("number"))["last"]
    return int(last or 0) + 1


@dataclass(frozen=True)
class Screen:
    """What hangs above the hall: numbers and counters, no names and no reasons."""

    office: Unit
    open: bool
    called: list[Ticket]
    """At counters now, the last called first."""
    waiting: list[Ticket]
    """In their order."""


def screen_of(office: Unit) -> Screen:
    """The screen of an office as it is now. One query."""
    tickets = tickets_of(office)
    called = [one for one in tickets if one.state == Queue.CALLED and one.called_at]
    called.sort(key=lambda one: one.called_at or one.taken_at, reverse=True)
    return Screen(office, rules_of(office) is not None, called[:SHOWN], in_order(tickets, now()))


def bookings_of(office: Unit, day: date) -> list[Appointment]:
    """Bookings of a day in the order of their times, without those given up."""
    gone = (State.CANCELLED, State.LAPSED, State.WAITING)
    found = Appointment.objects.filter(office=office, day=day).exclude(state__in=gone)
    return list(found.select_related("application__matter").order_by("starts_at", "counter"))


def ahead_of(ticket: Ticket, tickets: Iterable[Ticket]) -> int:
    """How many are called before it, as things stand."""
    return in_order(tickets, now()).index(ticket)
