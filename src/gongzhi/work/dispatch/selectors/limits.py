"""Units that have stayed at one thing for long: one definition for desk, crew and sweep."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from gongzhi.base.catalogue.kinds.unit_limit import UnitLimit
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import now
from gongzhi.base.ui.parts import Clock
from gongzhi.work.dispatch.models import Assignment, ResponseUnit

UNKNOWN_WAY = timedelta(minutes=20)
"""For how long a unit is taken to be on the way where nobody could reckon it."""


@dataclass(frozen=True)
class Stay:
    """That a unit nears a limit of ``catalogue/unit_limits`` (``soon``), or is past it (``late``).
    `since`: when the status began."""

    unit: ResponseUnit
    limit: UnitLimit
    state: Literal["soon", "late"]
    due_at: datetime
    since: datetime

    @property
    def words(self) -> str:
        """What is said of it."""
        return str(self.limit.late if self.state == "late" else self.limit.soon)

    @property
    def clock(self) -> Clock:
        """As a chip shows it. It counts as soon in its last fifth: so it begins five times as far
        ahead as the catalogue wants to have it said."""
        ahead = timedelta(minutes=self.limit.before)
        return Clock(self.words, self.due_at, self.due_at - ahead * 5)

    @property
    def short(self) -> Clock:
        """The same by its name alone, for a table."""
        ahead = timedelta(minutes=self.limit.before)
        return Clock(str(self.limit.name), self.due_at, self.due_at - ahead * 5)


def stays_of(unit: ResponseUnit, on: Assignment | None) -> list[Stay]:
    """What is to be said of this unit now, the latest first; `on`: what it is on, with its matter.
    No query."""
    return sorted(_stays(unit, on, now()), key=lambda one: (one.state != "late", one.due_at))


def _stays(unit: ResponseUnit, on: Assignment | None, at: datetime) -> Iterator[Stay]:
    for limit in catalogue().unit_limits.values():
        if unit.status in limit.at:
            begun = _begun(limit, unit, on)
            about = _about(unit, on)
            said = limit.says((at - begun).total_seconds() / 60, *about)
            if said != "nothing":
                due = begun + timedelta(minutes=limit.minutes_for(*about))
                yield Stay(unit, limit, said, due, unit.status_since)


def _about(unit: ResponseUnit, on: Assignment | None) -> tuple[int | None, str, str]:
    """Priority and category of what it is on, and its finer status."""
    if on is None:
        return None, "", unit.sub_status
    return on.matter.priority, on.matter.category, unit.sub_status


def _begun(limit: UnitLimit, unit: ResponseUnit, on: Assignment | None) -> datetime:
    """From when the limit counts."""
    if limit.since == "expected":
        expected = on.expected_at if on else None
        return expected or unit.status_since + UNKNOWN_WAY
    if limit.since == "heard":
        moving = on.assigned_at if on else unit.status_since
        return max(unit.seen_at or moving, moving)
    return unit.status_since
