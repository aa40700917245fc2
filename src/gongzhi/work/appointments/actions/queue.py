"""The hall: numbers are taken, called, handed on and served."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.counters import Counter
from gongzhi.base.catalogue.kinds.service import Service
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.people.purposes import Purpose
from gongzhi.base.ui.errors import Refused
from gongzhi.work.appointments import events
from gongzhi.work.appointments.holding import locked, require
from gongzhi.work.appointments.models import Appointment, Ticket
from gongzhi.work.appointments.permissions import require_office
from gongzhi.work.appointments.selectors.offices import dealt_with, rules_for
from gongzhi.work.appointments.selectors.queue import next_at, next_number, tickets_of
from gongzhi.work.appointments.states import Queue, State
from gongzhi.work.public_services.actions import count_visit
from gongzhi.work.public_services.selectors.counted import was_counted

TRIES = 20
A_MOMENT = timedelta(seconds=3)


@action
def take_number(by: Actor, office: Unit, services: Sequence[Service]) -> Ticket:
    """Give a number to somebody who walked in. Refuses what no counter here can deal with."""
    if by.kind == "account":
        require_office(by, office.pk)
    rules = rules_for(office)
    here = services and all(dealt_with(rules, one) for one in services)
    if not here or not rules.able(services):
        words = _("这里没有窗口能办，请看看该去哪里。")
        raise Refused(words, code="services", status=409, fields={"service": words})
    return _number(office, [one.code for one in services])


@action
def arrive(by: Actor, appointment: Appointment) -> Ticket:
    """Somebody who booked is here: they get a number in the same queue."""
    held = locked(appointment)
    require_office(by, held.office_id)
    if held.day != timezone.localdate(now()):
        words = _("这个预约不是今天的，请看一下日期。")
        raise Refused(words, code="not_today", status=409)
    require(held, State.ARRIVED)
    held.state = State.ARRIVED
    held.save(update_fields=["state"])
    ticket = _number(held.office, held.services, held)
    record(events.ARRIVED, held, office=held.office_id, ticket=ticket.pk)
    return ticket


@action
def call_next(by: Actor, office: Unit, counter: str) -> Ticket:
    """Call whoever is next to this counter; whoever stands there still is done."""
    require_office(by, office.pk)
    here = _counter(office, counter)
    tickets = tickets_of(office)
    for one in tickets:
        if one.state == Queue.CALLED and one.counter == counter:
            _require_a_moment(one)
            serve(by, one)
    called = _claim(tickets, office, here)
    if called is None:
        raise Refused(_("现在没有人等这个窗口。"), code="nobody_waits", status=409)
    since = _since(called)
    waited = max(0, int((now() - since).total_seconds()))
    record(events.CALLED, called, office=office.pk, counter=counter, waited=waited)
    return called


@action
def serve(by: Actor, ticket: Ticket) -> Ticket:
    """It is done. Where it was booked for an application, that is one visit, counted once."""
    held = _called(by, ticket)
    _end(held, Queue.SERVED)
    took = int((now() - (held.called_at or now())).total_seconds())
    record(events.SERVED, held, office=held.office_id, counter=held.counter, took=max(0, took))
    if held.appointment is not None:
        booked = locked(held.appointment)
        booked.state = State.SERVED
        booked.save(update_fields=["state"])
        _count(by, booked)
    return held


@action
def leave(by: Actor, ticket: Ticket) -> Ticket:
    """It was called and nobody came. They can take another number; nothing is kept of it."""
    held = _called(by, ticket)
    _end(held, Queue.LEFT)
    if held.appointment is not None:
        Appointment.objects.filter(pk=held.appointment.pk).update(state=State.MISSED)
    record(events.LEFT, held, office=held.office_id)
    return held


@action
def hand_on(by: Actor, ticket: Ticket, counter: str) -> Ticket:
    """Send whoever is here on to another counter, where they are called before all others."""
    held = _called(by, ticket)
    to = _counter(held.office, counter)
    if to.code == held.counter:
        raise Refused(_("已经在这个窗口了。"), code="same_counter", status=409)
    held.state, held.counter, held.called_at = Queue.WAITING, to.code, None
    held.save(update_fields=["state", "counter", "called_at"])
    record(events.HANDED, held, office=held.office_id, counter=to.code)
    return held


@action
def read_contact(by: Actor, appointment: Appointment, purpose: str) -> Appointment:
    """Look at who booked, for a stated purpose; whoever booked can see that the office did."""
    require_office(by, appointment.office_id)
    if purpose not in Purpose.values:
        wrong = _("请选查看用途。")
        raise Refused(wrong, code="purpose", status=422, fields={"purpose": wrong})
    unit = by.source.unit_id if isinstance(by.source, Account) else None
    record(events.CONTACT_READ, appointment, unit=unit, purpose=purpose)
    return appointment


def _number(office: Unit, services: list[str], booked: Appointment | None = None) -> Ticket:
    """The next number of today. Two who draw the same one at once: the database takes one, the
    other draws again."""
    day = timezone.localdate(now())
    for _again in range(TRIES):
        ticket = Ticket(
            office=office, day=day, number=next_number(office, day), appointment=booked,
            services=services, taken_at=now(),
        )  # fmt: skip
        with suppress(IntegrityError), transaction.atomic():
            ticket.save(force_insert=True)
            flag = booked is not None
            record(events.TICKET_TAKEN, ticket, office=office.pk, services=services, booked=flag)
            return ticket
    raise Refused(_("取号的人太多了，请再按一次。"), code="busy", status=409)


def _counter(office: Unit, code: str) -> Counter:
    found = rules_for(office).counter(code)
    if found is None:
        wrong = _("没有这个窗口。")
        raise Refused(wrong, code="no_such_counter", status=422, fields={"counter": wrong})
    return found


def _require_a_moment(ticket: Ticket) -> None:
    """Refuse a button that was pressed twice: whoever was just called would be skipped."""
    if ticket.called_at is not None and now() - ticket.called_at < A_MOMENT:
        words = _("刚叫了 %(number)s，请等一下。") % {"number": ticket}
        raise Refused(words, code="just_called", status=409)


def _claim(tickets: Sequence[Ticket], office: Unit, here: Counter) -> Ticket | None:
    """Whoever is next, called to this counter. Of two counters that call at once, one changes the
    row; the other looks for the next."""
    waiting = [one for one in tickets if one.state == Queue.WAITING]
    while (found := next_at(rules_for(office), here, waiting)) is not None:
        free = Ticket.objects.filter(pk=found.pk, state=Queue.WAITING)
        if free.update(state=Queue.CALLED, counter=here.code, called_at=now()):
            found.state, found.counter, found.called_at = Queue.CALLED, here.code, now()
            return found
        waiting.remove(found)
    return None


def _called(by: Actor, ticket: Ticket) -> Ticket:
    rows = Ticket.objects.select_for_update(of=("self",)).select_related("office", "appointment")
    held = rows.get(pk=ticket.pk)
    require_office(by, held.office_id)
    if held.state != Queue.CALLED:
        raise Refused(_("这个号不在窗口上。"), code="not_called", status=409)
    return held


def _end(ticket: Ticket, state: str) -> None:
    ticket.state, ticket.ended_at = state, now()
    ticket.save(update_fields=["state", "ended_at"])


def _since(ticket: Ticket) -> datetime:
    booked = ticket.appointment.starts_at if ticket.appointment else None
    return max(ticket.taken_at, booked) if booked else ticket.taken_at


def _count(by: Actor, booked: Appointment) -> None:
    one = booked.application
    if one is None or was_counted(one, booked.day):
        return
    with suppress(Refused):  # it lies at another counter by now, which counts for itself
        count_visit(by, one, why="collect" if one.matter.step == "ready" else "show")
