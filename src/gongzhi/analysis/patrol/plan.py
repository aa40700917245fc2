"""A plan: who is where when, what was left out, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Reason(StrEnum):
    """Why a stop gets fewer visits than were asked for."""

    NO_UNIT = "no_unit"
    """No unit of a kind that may go there is on duty."""
    UNREACHABLE = "unreachable"
    """No way leads there for those that may."""
    NO_WINDOW = "no_window"
    """Its windows, or so many visits with these gaps, are in nobody's shift."""
    TOO_FAR = "too_far"
    """Nobody could be there in time and back before the shift ends, with nothing else to do."""
    NO_TIME = "no_time"
    """More than one stop of the plan would have to go for it."""
    WORTH_LESS = "worth_less"
    """It would fit in place of another stop (`LeftOut.instead`) that is worth as much or more."""
    NEEDED = "needed"
    """Who could go there is needed more where it is: `Problem.losses`."""


class Trouble(StrEnum):
    """Why a unit has no patrol."""

    NO_WAY_BACK = "no_way_back"
    """It can't even get from where it starts to where it ends within its shift."""
    NO_BREAK = "no_break"
    """Its breaks don't fit into its shift."""


@dataclass(frozen=True)
class Visit:
    """At a stop: comes, begins (after waiting for the window, maybe), leaves; seconds."""

    stop: int
    arrive: int
    begin: int
    leave: int


@dataclass(frozen=True)
class Rest:
    """A break, in seconds; `place` None: where the unit is."""

    begin: int
    leave: int
    place: int | None = None


@dataclass(frozen=True)
class Absence:
    """Off the route, on a call say; then at `place` (None: where it was before)."""

    begin: int
    leave: int
    place: int | None = None


@dataclass(frozen=True)
class Route:
    """A unit's visits in order. ``leaves`` its start; is ``back`` at its end."""

    unit: int
    leaves: int
    visits: tuple[Visit, ...]
    rests: tuple[Rest, ...]
    back: int
    absences: tuple[Absence, ...] = ()


@dataclass(frozen=True)
class LeftOut:
    """So many of a stop's `visits` are not in the plan."""

    stop: int
    visits: int
    reason: Reason
    instead: int | None = None
    """The stop that it would have to replace."""


@dataclass(frozen=True)
class Idle:
    """A unit that can't patrol."""

    unit: int
    trouble: Trouble


@dataclass(frozen=True)
class Plan:
    """``value``: of all visits. ``shares``: of each area's value, the part that is in the plan.
    ``way``: all units' seconds on the way. ``rounds`` the search made."""

    routes: tuple[Route, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    idle: tuple[Idle, ...] = ()
    value: float = 0.0
    shares: Mapping[int, float] = field(default_factory=dict)
    way: int = 0
    rounds: int = 0

    def visits(self) -> Iterator[tuple[int, Visit]]:
        """Each with its unit."""
        for route in self.routes:
            for visit in route.visits:
                yield route.unit, visit
