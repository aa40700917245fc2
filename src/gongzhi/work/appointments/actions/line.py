"""Who waits for a full day gets what comes free, the first in line first; and who doesn't come
lets go of their time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Unit
from gongzhi.base.ui.errors import Refused
from gongzhi.work.appointments import events
from gongzhi.work.appointments.actions.booking import forget
from gongzhi.work.appointments.holding import let_go, locked, take
from gongzhi.work.appointments.models import Appointment
from gongzhi.work.appointments.selectors.line import freed_on
from gongzhi.work.appointments.selectors.offices import rules_for
from gongzhi.work.appointments.states import State

LAST_WORD = timedelta(minutes=5)
"""So long before its time an offer ends at the latest."""


@action
def offer(by: Actor, waiting: Appointment, at: datetime, counters: Sequence[str]) -> Appointment:
    """Keep a time for somebody who waits, until they answer. Refuses when it is gone already."""
    held = locked(waiting)
    free = held.state == State.WAITING
    if not free or not any(take(held, at, counter, freed=True) for counter in counters):
        raise Refused(_("这个时间不能约。"), code="taken", status=409)
    limit = now() + timedelta(minutes=rules_for(held.office).answer)
    held.state, held.answer_by = State.OFFERED, min(limit, at - LAST_WORD)
    held.save()
    record(events.OFFERED, held, office=held.office_id, counter=held.counter, at=at)
    return held


@action
def reopen(by: Actor, office: Unit, day: date) -> int:
    """Open to everybody what came free and none of those who wait can use; how many steps."""
    opened = int(freed_on(office, day).delete()[0])
    record(events.REOPENED, office, office=office.pk, steps=opened)
    return opened


@action
def lapse(by: Actor, appointments: Sequence[Appointment]) -> int:
    """End offers that nobody answered, and wishes whose day is over; how many."""
    ended = 0
    for one in appointments:
        held = locked(one)
        if held.state in (State.WAITING, State.OFFERED):
            _end(held, State.LAPSED)
            record(events.LAPSED, held, office=held.office_id)
            ended += 1
    return ended


@action
def miss(by: Actor, appointments: Sequence[Appointment]) -> int:
    """Give up bookings whose time has passed without anybody coming. No more is kept of it than of
    one that was cancelled: some days later nobody can tell who it was."""
    missed = 0
    for one in appointments:
        held = locked(one)
        if held.state == State.BOOKED:
            _end(held, State.MISSED)
            record(events.MISSED, held, office=held.office_id)
            missed += 1
    return missed


@action
def forget_old(by: Actor, appointments: Sequence[Appointment]) -> int:
    """Erase the names and phones of visits long over; how many."""
    for one in appointments:
        forget(by, one, reason="expired")
    return len(appointments)


def _end(held: Appointment, state: str) -> None:
    held.state, held.answer_by = state, None
    held.save(update_fields=["state", "answer_by"])
    let_go(held)
