"""A whole plan as it was worked out, before anything is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from gongzhi.work.patrol.nodes.models import Node
from gongzhi.work.patrol.nodes.selectors.hours import Need
from gongzhi.work.patrol.plans.selectors.shifts import OnDuty, Shift

Key = tuple[int, datetime, int]
"""A node, the beginning of its hours, and the number of the visit: the same in every plan of a
shift."""


@dataclass(frozen=True)
class MadeStop:
    """One visit: by the unit of this number, then; or left out, and why (`states.LeftOut`)."""

    need: Need
    nth: int
    crew: int | None = None
    place: int = 0
    arrives: datetime | None = None
    leaves: datetime | None = None
    left_out: str = ""
    pinned: bool = False
    rather: Node | None = None
    """Where the unit that could go there goes instead."""


@dataclass(frozen=True)
class MadeRest:
    """A break of the unit of this number: its code, how long, between when it begins, and when it
    does; None: there is no time for it."""

    crew: int
    code: str
    minutes: int
    earliest: datetime
    latest: datetime
    begins: datetime | None = None


@dataclass(frozen=True)
class Made:
    """Who could patrol, and what became of each visit that is wanted. ``idle``: why units, by their
    numbers, have no stop (`states.Idle`)."""

    shift: Shift
    units: tuple[OnDuty, ...]
    stops: tuple[MadeStop, ...]
    seed: int
    rests: tuple[MadeRest, ...] = ()
    idle: Mapping[int, str] = field(default_factory=dict)

    @property
    def visits(self) -> int:
        """How many are planned."""
        return sum(not one.left_out for one in self.stops)


@dataclass(frozen=True)
class Edits:
    """What a person settled by hand, which a plan made anew keeps: the unit of a visit, and visits
    that nobody makes."""

    pinned: dict[Key, int]
    taken_out: frozenset[Key]


NO_EDITS = Edits({}, frozenset())
