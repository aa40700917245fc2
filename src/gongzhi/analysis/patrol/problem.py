"""What a plan of patrols is asked for: units on shifts, stops worth visiting, and the ways between.

All times are whole seconds since the midnight that the plan's day begins with; a shift across the
next one goes on above 86,400. Places are numbers: rows and columns of the travel times.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
HOUR = 3600
MOST_LOST = 0.9
"""Of an hour, that calls can take from a patrol; more is no patrol."""


@dataclass(frozen=True)
class Window:
    """A visit may begin from `opens` until `closes`, both included; it may end later. Of a shift:
    from when until when."""

    opens: int
    closes: int


@dataclass(frozen=True)
class Break:
    """A rest that begins within the window; where the unit happens to be, or at a `place`."""

    window: Window
    seconds: int
    place: int | None = None


@dataclass(frozen=True)
class Unit:
    """A crew on a shift: from its `start` to its `end` (None: wherever it is then).

    ``kind``: what it rides in, a key of `Problem.travel`. ``lost``: of each hour of the day, the
    share that calls are expected to take from it (24 numbers from 0 to `MOST_LOST`; empty: none).
    """

    key: int
    kind: str
    start: int
    end: int | None
    shift: Window
    breaks: tuple[Break, ...] = ()
    lost: tuple[float, ...] = ()


@dataclass(frozen=True)
class Stop:
    """A place worth a visit of `dwell` seconds, or of up to `most` where there is time.

    ``windows``: when a visit may begin; empty: at any time. ``visits`` are wanted, `gap` seconds
    between leaving and coming again, each further one worth `again` times the one before.
    ``kinds`` and ``units`` that may go there; None: all. ``must``: before all that needn't be.
    ``area``: for sharing alike among areas; -1: none.
    """

    key: int
    place: int
    value: float
    dwell: int
    windows: tuple[Window, ...] = ()
    kinds: frozenset[str] | None = None
    units: frozenset[int] | None = None
    area: int = -1
    visits: int = 1
    gap: int = 0
    again: float = 1.0
    most: int = 0
    must: bool = False

    def worth(self, nth: int) -> float:
        """The value of its nth visit, from 0."""
        return self.value * float(self.again) ** nth

    def suits(self, unit: Unit) -> bool:
        """Whether this unit may go there at all."""
        return (self.kinds is None or unit.kind in self.kinds) and (
            self.units is None or unit.key in self.units
        )


@dataclass(frozen=True)
class Problem:
    """``travel``: for each kind of unit the seconds from place (row) to place, infinite where no
    way leads.

    ``fairness``: 0 to 1; by how much less the last visit of an area counts than its first would.
    ``variety``: the share of the value that may be given up so that days differ (0.02, say); the
    seed tells the day. ``before``: of a stop (key), when visits to it began on the days before, in
    seconds of their day, the latest day first: they are kept away from.
    ``even``: how many times a unit's stay at stops, squared and over its shift, counts as way: so a
    unit with much to do leaves a stop to one with little, as long as the detour is worth it.
    ``losses``: by unit and stop (keys), the value that a visit takes away elsewhere (calls that
    would be reached too late meanwhile, say); below 0: that it adds.
    """

    units: tuple[Unit, ...]
    stops: tuple[Stop, ...]
    travel: Mapping[str, Floats] = field(repr=False)
    fairness: float = 0.0
    variety: float = 0.0
    before: Mapping[int, tuple[int, ...]] = field(default_factory=dict, repr=False)
    even: float = 0.0
    losses: Mapping[tuple[int, int], float] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        """ValueError, in words, for what can't be meant. Windows that nobody can meet, no units,
        and places that can't be reached are no errors: the plan says so."""
        _alone("unit", [one.key for one in self.units])
        _alone("stop", [one.key for one in self.stops])
        places = {np.shape(one) for one in self.travel.values()}
        if len(places) > 1 or any(len(one) != 2 or one[0] != one[1] for one in places):
            raise ValueError("travel times are one square for each kind, all of one size")
        if any(np.isnan(one).any() or (np.asarray(one) < 0).any() for one in self.travel.values()):
            raise ValueError("a travel time is below 0 or no number")
        if not (0 <= self.fairness <= 1 and 0 <= self.variety < 1):
            raise ValueError("fairness and variety are shares")
        if not (np.isfinite(self.even) and self.even >= 0):
            raise ValueError("even is below 0 or no number")
        if not np.isfinite(list(self.losses.values())).all():
            raise ValueError("a loss is no number")
        many = places.pop()[0] if places else 0
        for unit in self.units:
            _check_unit(unit, self.travel, many)
        for stop in self.stops:
            _check_stop(stop, many)


def _alone(what: str, keys: list[int]) -> None:
    if len(set(keys)) != len(keys):
        raise ValueError(f"two of the same key: {what}")


def _check_unit(unit: Unit, travel: Mapping[str, Floats], places: int) -> None:
    if unit.kind not in travel:
        raise ValueError(f"unit {unit.key}: no travel times for {unit.kind}")
    where = [unit.start, unit.end, *(one.place for one in unit.breaks)]
    if any(one is not None and not 0 <= one < places for one in where):
        raise ValueError(f"unit {unit.key}: a place without travel times")
    if unit.lost and (len(unit.lost) != 24 or not all(0 <= x <= MOST_LOST for x in unit.lost)):
        raise ValueError(f"unit {unit.key}: lost has 24 shares from 0 to {MOST_LOST}")
    if any(one.seconds < 0 for one in unit.breaks):
        raise ValueError(f"unit {unit.key}: a break below 0")


def _check_stop(stop: Stop, places: int) -> None:
    if not 0 <= stop.place < places:
        raise ValueError(f"stop {stop.key}: a place without travel times")
    if not (np.isfinite(stop.value) and stop.value >= 0 and stop.again >= 0):
        raise ValueError(f"stop {stop.key}: a value below 0 or no number")
    if min(stop.dwell, stop.gap, stop.visits, stop.most) < 0:
        raise ValueError(f"stop {stop.key}: a number below 0")
