"""Which units to send: those that are there first and can do what is needed, with the reasons.

Plain sums and a sort; nothing is drawn by chance, so the same question has the same answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from gongzhi.analysis.travel import Mode, Router, Spot, Trip, Ways, metres_between

ReasonCode = Literal["nearest", "skill", "lacks", "own_area", "ferry", "afloat", "old_position"]
LACKING = {1: 420.0, 2: 300.0, 3: 240.0, 4: 180.0}
"""Seconds that a missing skill weighs, by priority of the incident."""
OWN_AREA = 75.0
"""Seconds that knowing the area is worth."""
OLD_POSITION = 60.0
"""Seconds that a position weighs which nobody has heard of for a while."""


@dataclass(frozen=True)
class Option:
    """A unit that could go: ``key`` names it, ``own_area``: the place is its station's."""

    key: int
    mode: Mode
    spot: Spot
    skills: frozenset[str] = frozenset()
    own_area: bool = False
    old_position: bool = False


@dataclass(frozen=True)
class Need:
    """What an incident asks for."""

    spot: Spot
    skills: tuple[str, ...] = ()
    priority: int = 3
    hour: int = 12


@dataclass(frozen=True)
class Reason:
    """Why a unit stands where it does; ``skill`` for the reasons that are about one."""

    code: ReasonCode
    skill: str = ""


@dataclass(frozen=True)
class Ranked:
    """A unit, its way, what the ranking weighs (s), and why."""

    key: int
    trip: Trip
    weight: float
    reasons: tuple[Reason, ...]


def solve(
    need: Need, options: Iterable[Option], *, router: Router | Ways | None = None, limit: int = 5
) -> list[Ranked]:
    """The best `limit` units, the best first; those that can't get there are left out."""
    listed = list(options)
    ways = _ways(need, listed, router)
    reachable = [(o, way) for o, way in zip(listed, ways, strict=True) if way is not None]
    first = min((way.seconds for _, way in reachable), default=0.0)
    ranked = [_ranked(need, option, way, nearest=way.seconds == first) for option, way in reachable]
    return sorted(ranked, key=lambda one: (one.weight, one.key))[:limit]


def distances(
    need: Need, options: Iterable[Option], *, router: Router | Ways | None = None
) -> dict[int, tuple[float, Trip | None]]:
    """For a table of all units: the beeline (m) to the place, and the way where there is one."""
    listed = list(options)
    ways = _ways(need, listed, router)
    return {
        option.key: (metres_between(option.spot, need.spot), way)
        for option, way in zip(listed, ways, strict=True)
    }


def _ways(need: Need, options: Sequence[Option], router: Router | Ways | None) -> list[Trip | None]:
    """Each option's way: over the network, estimated where there is none."""
    county = router if isinstance(router, Ways) else Ways(router)
    ways: list[Trip | None] = [None] * len(options)
    for mode in {option.mode for option in options}:
        of_it = [i for i, option in enumerate(options) if option.mode == mode]
        spots = [options[i].spot for i in of_it]
        found = county.trips(mode, spots, need.spot, hour=need.hour)
        for i, way in zip(of_it, found, strict=True):
            ways[i] = way
    return ways


def _ranked(need: Need, option: Option, way: Trip, *, nearest: bool) -> Ranked:
    lacking = [skill for skill in need.skills if skill not in option.skills]
    weight = way.seconds + len(lacking) * LACKING[need.priority]
    weight -= OWN_AREA if option.own_area else 0.0
    weight += OLD_POSITION if option.old_position else 0.0
    reasons = _reasons(need, option, way, lacking, nearest=nearest)
    return Ranked(option.key, way, weight, tuple(reasons))


def _reasons(
    need: Need, option: Option, way: Trip, lacking: Sequence[str], *, nearest: bool
) -> list[Reason]:
    said = [Reason("nearest")] if nearest else []
    said += [Reason("skill", skill) for skill in need.skills if skill in option.skills]
    if option.own_area:
        said.append(Reason("own_area"))
    if option.mode == "boat":
        said.append(Reason("afloat"))
    if way.ferry:
        said.append(Reason("ferry"))
    said += [Reason("lacks", skill) for skill in lacking]
    if option.old_position:
        said.append(Reason("old_position"))
    return said
