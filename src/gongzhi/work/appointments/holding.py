"""Bookings and the minutes they hold, inside an open action: locked, taken, let go of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongzhi.base.ui.errors import Refused
from gongzhi.work.appointments.models import Appointment, Held
from gongzhi.work.appointments.selectors.times import Cell, cells
from gongzhi.work.appointments.states import MAY_FOLLOW, State


def take(
    appointment: Appointment, starts_at: datetime, counter: str, *, freed: bool = False
) -> bool:
    """Hold these minutes of this counter for it; False when somebody else has one of them.
    ``freed``: also those that came free and are kept for whoever waits.

    The database judges: each five minutes are a row of which it takes one only, so nothing is
    asked first that could change meanwhile. Rows go in from the earliest on, and nothing is let go
    of before everything is held: so two who want each other's times never wait for each other.
    """
    wanted = cells(counter, starts_at, appointment.minutes)
    own = {(one.counter, one.at) for one in appointment.held.all()}
    fresh = [_row(appointment, cell) for cell in wanted if cell not in own]
    try:
        with transaction.atomic():
            if freed:
                _take_freed(fresh)
            else:
                Held.objects.bulk_create(fresh)
    except IntegrityError:
        return False
    let_go(appointment, keep=wanted)
    appointment.starts_at, appointment.counter = starts_at, counter
    return True


def _row(appointment: Appointment, cell: Cell) -> Held:
    counter, at = cell
    return Held(office_id=appointment.office_id, counter=counter, at=at, appointment=appointment)


def _take_freed(rows: Sequence[Held]) -> None:
    for row in rows:
        free = Held.objects.filter(
            office=row.office_id, counter=row.counter, at=row.at, appointment=None
        )
        if not free.update(appointment=row.appointment):
            row.save(force_insert=True)


def let_go(appointment: Appointment, *, keep: Sequence[Cell] = ()) -> None:
    """Free what it holds, but for `keep`. On a day that others wait for it stays held, for the
    first of them."""
    gone = [one.pk for one in appointment.held.all() if (one.counter, one.at) not in keep]
    if not gone:
        return
    rows = Held.objects.filter(pk__in=gone)
    if _anybody_waits(appointment):
        rows.update(appointment=None)
    else:
        rows.delete()


def _anybody_waits(appointment: Appointment) -> bool:
    waiting = Appointment.objects.filter(office=appointment.office_id, state=State.WAITING)
    return waiting.filter(day=appointment.day).exclude(pk=appointment.pk).exists()


def locked(appointment: Appointment) -> Appointment:
    """The row as it is now, held for this action."""
    rows = Appointment.objects.select_for_update(of=("self",)).select_related("office")
    return rows.get(pk=appointment.pk)


def require(appointment: Appointment, state: str) -> None:
    """Refuse (409) a change that can't follow on what it is now."""
    if appointment.state not in MAY_FOLLOW[state]:
        words = _("这个预约现在是“%(state)s”，改不了了。")
        facts = {"state": appointment.get_state_display()}
        raise Refused(words % facts, code="not_now", status=409)
