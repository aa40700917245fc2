"""What residents do: book, move, cancel, wait for a day that is full, be forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.service import Service
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Unit
from gongzhi.base.ui.errors import Refused
from gongzhi.work.appointments import events
from gongzhi.work.appointments.holding import let_go, locked, require, take
from gongzhi.work.appointments.models import Appointment
from gongzhi.work.appointments.selectors.times import (
    Visit,
    counters_at,
    free_on,
    has_times,
    visit_of,
)
from gongzhi.work.appointments.states import ENDED, State
from gongzhi.work.appointments.taken import no_time, taken
from gongzhi.work.participation.codes import code_for, hashed
from gongzhi.work.participation.receiving import checked_contact, require_key
from gongzhi.work.public_services.models import Application


@dataclass(frozen=True)
class NewBooking:
    """What is to be booked, and for whom."""

    office: Unit
    services: Sequence[Service]
    contact: dict[str, str] = field(default_factory=dict)
    """``name``, and ``phone`` for whoever wants to be reached."""
    application: Application | None = None

    @property
    def visit(self) -> Visit:
        """Where and how long."""
        return Visit(self.office, self.services)


@action
def book(by: Actor, new: NewBooking, starts_at: datetime, *, key: str) -> Appointment:
    """Book a time at a counter that can deal with all of it. Its code is `code_for(key)`.

    Refuses (409) a time that nobody can book, and one that somebody else was quicker to take: the
    sentence says which is the next free one.
    """
    made = _draft(new, State.BOOKED, timezone.localdate(starts_at), key)
    able = counters_at(new.visit, starts_at)
    if not able:
        raise no_time(new.visit, starts_at)
    made.starts_at, made.counter = starts_at, able[0]
    made.save(force_insert=True)
    if not any(take(made, starts_at, counter) for counter in able):
        raise taken(new.visit, starts_at)
    made.save(update_fields=["starts_at", "counter"])
    services = [one.code for one in new.services]
    record(events.BOOKED, made, **_where(made), services=services, minutes=made.minutes)
    return made


@action
def wait_for_day(by: Actor, new: NewBooking, day: date, *, key: str) -> Appointment:
    """Get in line for a day that is full. Refuses one that has room, or can't be booked at all."""
    if not has_times(new.visit, day):
        raise Refused(_("这一天还不能约。"), code="no_such_day", status=409)
    if free_on(new.visit, day):
        raise Refused(_("这一天还有空位，直接约就行。"), code="has_room", status=409)
    made = _draft(new, State.WAITING, day, key)
    made.save(force_insert=True)
    services = [one.code for one in new.services]
    record(events.WISHED, made, office=made.office_id, services=services)
    return made


@action
def move(by: Actor, appointment: Appointment, starts_at: datetime) -> Appointment:
    """Move it to another time. Refuses what `book` does; what one has is kept then."""
    held = locked(appointment)
    require(held, State.BOOKED)
    visit = visit_of(held)
    able = counters_at(visit, starts_at)
    if not able:
        raise no_time(visit, starts_at)
    able.sort(key=lambda one: one != held.counter)
    if not any(take(held, starts_at, counter) for counter in able):
        raise taken(visit, starts_at)
    held.day = timezone.localdate(starts_at)
    held.state, held.answer_by = State.BOOKED, None
    held.save()
    record(events.MOVED, held, **_where(held))
    return held


@action
def cancel(by: Actor, appointment: Appointment) -> Appointment:
    """Give it up: the time is for others again at once."""
    held = locked(appointment)
    require(held, State.CANCELLED)
    held.state, held.answer_by = State.CANCELLED, None
    held.save(update_fields=["state", "answer_by"])
    let_go(held)
    record(events.CANCELLED, held, office=held.office_id)
    return held


@action
def accept_offer(by: Actor, appointment: Appointment) -> Appointment:
    """Take the time that came free. Refuses once it was given to the next."""
    held = locked(appointment)
    if held.state != State.OFFERED or held.answer_by is None or held.answer_by < now():
        words = _("这个时间已经让给下一位了。您可以另约一个时间，或者再排一次。")
        raise Refused(words, code="offer_over", status=409)
    held.state, held.answer_by = State.BOOKED, None
    held.save(update_fields=["state", "answer_by"])
    record(events.TAKEN, held, office=held.office_id)
    return held


@action
def forget(by: Actor, appointment: Appointment, *, reason: str = "asked") -> Appointment:
    """Erase name and phone, and what tied it to an application; one still to come is given up."""
    held = locked(appointment)
    if reason == "asked" and held.state not in (*ENDED, State.ARRIVED):
        held = cancel(by, held)
    held.name = held.phone = ""
    held.application, held.erased_at = None, now()
    held.save(update_fields=["name", "phone", "application", "erased_at"])
    record(events.ERASED, held, reason=reason)
    return held


def _draft(new: NewBooking, state: str, day: date, key: str) -> Appointment:
    require_key(key)
    told = checked_contact(new.contact)
    if not told.get("name"):
        wrong = _("请写怎么称呼您。")
        raise Refused(wrong, code="contact", status=422, fields={"name": wrong})
    return Appointment(
        office=new.office, day=day, services=[one.code for one in new.services],
        minutes=new.visit.minutes, state=state, name=told["name"], phone=told.get("phone", ""),
        key=key, code_hash=hashed(code_for(key)), application=new.application, made_at=now(),
    )  # fmt: skip


def _where(appointment: Appointment) -> dict[str, Any]:
    return {
        "office": appointment.office_id,
        "counter": appointment.counter,
        "at": appointment.starts_at,
    }
