"""In which order numbers are called. Plain: the same rule hangs in the hall."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class InLine:
    """What the order looks at of one who waits; nothing else counts."""

    number: int
    taken_at: datetime
    booked_for: datetime | None = None
    handed_on: bool = False
    """Sent on from another counter: they have waited their turn already."""


def turn(one: InLine, at: datetime) -> tuple[int, datetime, int]:
    """Whoever has the smallest is called first, at this moment.

    1. Who was sent on from another counter, by when they took their number.
    2. Who booked and whose time has come, by the booked time.
    3. Who walked in, by when they took their number.
    4. Who booked and came early: when nobody else waits.
    """
    if one.handed_on:
        return 0, one.taken_at, one.number
    if one.booked_for is None:
        return 2, one.taken_at, one.number
    return (1 if one.booked_for <= at else 3), one.booked_for, one.number
