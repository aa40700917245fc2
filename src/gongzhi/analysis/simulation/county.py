"""What is simulated: places, ways, units, kinds of call, run cards. Numbers and codes only.

Places are nodes (a cell, a post, a pier), by number. Nothing here stands for somebody: a unit is
a vehicle with seats to fill, a call is a time, a node and a kind.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import inf

import numpy as np
from numpy.typing import NDArray

from gongzhi.analysis.simulation.laws import Duration, Floats, Whole

HOURS_A_WEEK, MONTHS = 168, 12
ALWAYS: tuple[bool, ...] = (True,) * HOURS_A_WEEK
Seconds = NDArray[np.float32]
AT_ONCE, A_TURNOUT, AS_MAPPED = Duration.fixed(0.0), Duration.fixed(40.0), Duration.fixed(1.0)


@dataclass(frozen=True)
class Ways:
    """How long ways take (s): ``seconds[period, mode, from, to]``, infinite where none leads;
    ``period``: which of them holds at each hour of the day, for traffic and ferries."""

    modes: tuple[str, ...]
    seconds: Seconds
    period: tuple[int, ...] = (0,) * 24

    def __post_init__(self) -> None:
        """Raises ValueError where the parts don't fit each other."""
        shape = self.seconds.shape
        if len(shape) != 4 or shape[1] != len(self.modes) or shape[2] != shape[3]:
            raise ValueError(f"no ways: {shape} for {self.modes}")
        if len(self.period) != 24 or not all(0 <= one < shape[0] for one in self.period):
            raise ValueError("expected a period for each of 24 hours")
        if bool(np.isnan(self.seconds).any()) or bool((self.seconds < 0).any()):
            raise ValueError("a way takes some seconds, or leads nowhere")

    @property
    def nodes(self) -> int:
        """How many places there are."""
        return int(self.seconds.shape[2])


@dataclass(frozen=True)
class County:
    """The ground: areas by their codes, the area of each node (-1: none), and the ways."""

    areas: tuple[str, ...]
    area_of: tuple[int, ...]
    ways: Ways

    def __post_init__(self) -> None:
        """Raises ValueError where nodes and areas don't fit."""
        if len(self.area_of) != self.ways.nodes:
            raise ValueError(f"{len(self.area_of)} areas for {self.ways.nodes} nodes")
        if any(not -1 <= one < len(self.areas) for one in self.area_of):
            raise ValueError("an area that isn't there")


@dataclass(frozen=True)
class Stop:
    """A stop of a patrol: the node, and how long (s) the unit stays."""

    node: int
    seconds: float


@dataclass(frozen=True)
class Unit:
    """What can be sent: ``mode``: what it goes by (of `Ways`); ``kind``: what run cards call it;
    ``duty``: on or off, by hour of the week from Monday 00:00, or of any other time that then
    begins again; ``route``: the stops that it goes round by while nobody calls; without, it stands
    at its post."""

    code: str
    kind: str
    mode: str
    post: int
    skills: frozenset[str] = frozenset()
    duty: tuple[bool, ...] = ALWAYS
    route: tuple[Stop, ...] = ()


@dataclass(frozen=True)
class Want:
    """So many units of one of these kinds (none named: any) with all these skills. ``lacking``: the
    seconds later that a unit may be there for each skill more that it has; infinite: without, none
    goes. ``work``: how long one stays at the scene; None: as long as the kind of call says."""

    kinds: frozenset[str] = frozenset()
    skills: frozenset[str] = frozenset()
    count: int = 1
    lacking: float = inf
    work: Duration | None = None

    def weighs(self, unit: Unit) -> float:
        """Seconds that what the unit lacks weighs; infinite: it can't be sent."""
        if self.kinds and unit.kind not in self.kinds:
            return inf
        lacks = len(self.skills - unit.skills)
        return lacks * self.lacking if lacks else 0.0


@dataclass(frozen=True)
class Calls:
    """One kind of call: what comes, and what it takes.

    ``a_day``: on average over the year; ``places``: each node's part of them; ``week`` and
    ``season``: how much more or less than on average in each hour of the week, in each month.
    ``handling``: from the call until somebody can be sent; ``work``: how long a unit stays.
    ``cancelled``: the part of ways that end underway because nobody is needed any more;
    ``handed_back``: the part that end underway because the crew hands the call back, so that
    another unit goes. Priority 1 is the gravest. ``turnout``, ``stretch``: where they are others
    than the scenario's."""

    category: str
    priority: int
    a_day: float
    places: Floats
    wants: tuple[Want, ...]
    work: Duration
    handling: Duration = AT_ONCE
    week: tuple[float, ...] = (1.0,) * HOURS_A_WEEK
    season: tuple[float, ...] = (1.0,) * MONTHS
    cancelled: float = 0.0
    handed_back: float = 0.0
    turnout: Duration | None = None
    stretch: Duration | None = None

    def __post_init__(self) -> None:
        """Raises ValueError for calls that can't come."""
        shares = (self.cancelled, self.handed_back)
        if not 0 <= self.a_day < 1e6 or not all(0 <= one <= 0.95 for one in (*shares, sum(shares))):
            raise ValueError(f"no calls: {self.a_day} a day, {shares}")
        if len(self.week) != HOURS_A_WEEK or len(self.season) != MONTHS:
            raise ValueError("expected 168 hours and 12 months")
        if min(*self.week, *self.season, float(self.places.min())) < 0 or self.places.sum() <= 0:
            raise ValueError("a part of calls below nothing, or of no place")
        if not 1 <= self.priority <= 9 or not self.wants or any(w.count < 1 for w in self.wants):
            raise ValueError("a call has a priority and wants somebody")


@dataclass(frozen=True)
class Factor:
    """So many times as many calls; of these categories (none: all), in these months (0 to 11;
    none: all), in these areas (none: everywhere)."""

    times: float
    categories: frozenset[str] = frozenset()
    months: frozenset[int] = frozenset()
    areas: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Raises ValueError for a factor that can't be."""
        if not 0 <= self.times <= 100:
            raise ValueError(f"no factor: {self.times}")

    def of(self, category: str, county: County) -> Floats:
        """What it makes of this category's calls, by month and node."""
        touched = not self.categories or category in self.categories
        months = np.array([not self.months or month in self.months for month in range(MONTHS)])
        numbers = [n for n, code in enumerate(county.areas) if code in self.areas]
        there = np.isin(county.area_of, numbers) if self.areas else np.ones(county.ways.nodes, bool)
        return np.where(months[:, None] & there & touched, self.times, 1.0)


@dataclass(frozen=True)
class Scenario:
    """A county that can be simulated. ``promise``: from the call to somebody being there (s), by
    priority; ``turnout``: from being sent until one moves; ``stretch``: how many times as long as
    the map expects ways take.

    ``diverts``: a unit underway to a less urgent call goes to a more urgent one instead, if it is
    there so many seconds sooner than any that is free; infinite: never.
    ``waits``: whether calls wait where nobody is free; else they are lost. ``ideal``: as queueing
    theory has it: units are always at their posts, and busy for the work alone."""

    county: County
    units: tuple[Unit, ...]
    calls: tuple[Calls, ...]
    promise: Mapping[int, float] = field(default_factory=dict)
    turnout: Duration = A_TURNOUT
    stretch: Duration = AS_MAPPED
    factors: tuple[Factor, ...] = ()
    diverts: float = inf
    waits: bool = True
    ideal: bool = False

    def __post_init__(self) -> None:
        """Raises ValueError, in words, for a county that can't be."""
        nodes, modes = self.county.ways.nodes, self.county.ways.modes
        codes = [unit.code for unit in self.units]
        if len(set(codes)) < len(codes):
            raise ValueError("two units have one code")
        for unit in self.units:
            stops = [unit.post, *(stop.node for stop in unit.route)]
            if unit.mode not in modes or not all(0 <= node < nodes for node in stops):
                raise ValueError(f"unit {unit.code}: no such place or no such way to go")
        if len({len(unit.duty) for unit in self.units}) > 1 or not all(u.duty for u in self.units):
            raise ValueError("expected as many hours of duty of every unit")
        if any(len(one.places) != nodes for one in self.calls):
            raise ValueError("calls from places that aren't there")

    @property
    def priorities(self) -> tuple[int, ...]:
        """Those that come, the gravest first."""
        return tuple(sorted({one.priority for one in self.calls}))

    def unit(self, code: str) -> Unit:
        """The unit of this code. Raises ValueError where there is none."""
        found = next((one for one in self.units if one.code == code), None)
        if found is None:
            raise ValueError(f"no unit {code}; there is: {', '.join(u.code for u in self.units)}")
        return found


def duty_of(hours: Sequence[int], days: Sequence[int] = range(7)) -> tuple[bool, ...]:
    """On duty in these hours of the day, on these days (0: Monday)."""
    return tuple(hour % 24 in hours and hour // 24 in days for hour in range(HOURS_A_WEEK))


__all__ = [
    "ALWAYS", "HOURS_A_WEEK", "MONTHS", "Calls", "County", "Factor", "Scenario", "Stop", "Unit",
    "Want", "Ways", "Whole", "duty_of",
]  # fmt: skip
