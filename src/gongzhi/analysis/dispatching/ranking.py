"""Which units to send: those that are there first and can do what is needed, with the reasons.

Plain sums and a sort; nothing is drawn by chance, so the same question has the same answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from gongzhi.analysis.dispatching.cover import Cover, Loss
from gongzhi.analysis.travel import Mode, Router, Spot, Trip, Ways, metres_between
from gongzhi.analysis.travel.router import EXACT

ReasonCode = Literal[
    "nearest", "skill", "lacks", "own_area", "ferry", "afloat", "old_position",
    "cover", "just_done", "long_shift",
]  # fmt: skip
LACKING = {1: 420.0, 2: 300.0, 3: 240.0, 4: 180.0}
"""Seconds that a missing skill weighs, by priority of the incident."""
OWN_AREA = 75.0
"""Seconds that knowing the area is worth."""
OLD_POSITION = 60.0
"""Seconds that a position weighs which nobody has heard of for a while."""
COVER = {1: 0.0, 2: 0.1, 3: 0.5, 4: 1.0}
"""Seconds that weighs, by priority, each second that the calls expected while a unit is away are
reached later, all together (`Loss.later`). Where a life is at risk now nothing but getting there
counts."""
COVER_MOST = 600.0
"""No more than these seconds are put down to the cover, before `COVER`."""
LOOKED, MOST_LOOKED = 8, 24
"""Of how many, the best without it, the cover is looked at, and the whole way for metres and
ferries; of more where a caller wants more, up to the second."""
JUST_DONE, LONG_SHIFT = 600.0, 10 * 3600.0
"""Cleared less than this (s) ago; on duty for longer than this: care for who goes, weighed where
nothing presses (P3, P4)."""
REST = {"just_done": 30.0, "long_shift": 60.0}
"""Seconds that these weigh then."""
CLEARLY = 120.0
"""One option is clearly better than another from this difference of weights (s) on."""


@dataclass(frozen=True)
class Option:
    """A unit that could go: ``key`` names it, ``own_area``: the place is its station's."""

    key: int
    mode: Mode
    spot: Spot
    skills: frozenset[str] = frozenset()
    own_area: bool = False
    old_position: bool = False
    rested: float | None = None
    """Seconds since it was done with the last incident; None: not lately."""
    shift: float = 0.0
    """Seconds on duty."""
    area: str = ""
    """Code of the area that is its station's."""
    kind: str = ""
    """What it rides in, as run cards name it; "" is as `mode`."""
    equipment: frozenset[str] = frozenset()
    crew: int = 1
    officers: int = 1


@dataclass(frozen=True)
class Need:
    """What an incident asks for."""

    spot: Spot
    skills: tuple[str, ...] = ()
    priority: int = 3
    hour: int = 12


@dataclass(frozen=True)
class Reason:
    """Why a unit stands where it does; ``skill`` for the reasons that are about one. ``seconds``:
    how long ago, for how long; of the cover, until the next call of its area is reached once it is
    gone, and ``before`` now."""

    code: ReasonCode
    skill: str = ""
    seconds: float = 0.0
    before: float = 0.0


@dataclass(frozen=True)
class Ranked:
    """A unit, its way, what the ranking weighs (s), and why."""

    key: int
    trip: Trip
    weight: float
    reasons: tuple[Reason, ...]


def solve(
    need: Need,
    options: Iterable[Option],
    *,
    router: Router | Ways | None = None,
    cover: Cover | None = None,
    limit: int = 5,
) -> list[Ranked]:
    """The best `limit` units, the best first; those that can't get there are left out."""
    ranked = _by_weight(need, options, router)
    if cover is not None:
        first = max(LOOKED, min(limit, MOST_LOOKED))
        looked = [_covered(need, one, cover) for one in ranked[:first]]
        ranked = [*sorted(looked, key=_order), *ranked[first:]]
    return ranked[:limit]


def clearly_better(first: Ranked, chosen: Ranked | None) -> bool:
    """Whether the first stands so far before the chosen one that a reason is asked for; None: it
    isn't even among those that can get there."""
    if chosen is None:
        return True
    return first.key != chosen.key and chosen.weight - first.weight >= CLEARLY


def asking_for(
    ranked: Iterable[Ranked], skills: Sequence[str], able: Mapping[int, frozenset[str]],
    priority: int,
) -> list[Ranked]:  # fmt: skip
    """Units that were ranked without asking for skills, as they stand when these are asked for;
    `able`: what each can do, by key. No way is looked for again."""
    return sorted((_asked(one, skills, able[one.key], priority) for one in ranked), key=_order)


def _asked(one: Ranked, skills: Sequence[str], able: frozenset[str], priority: int) -> Ranked:
    has = [Reason("skill", skill) for skill in skills if skill in able]
    lacks = [Reason("lacks", skill) for skill in skills if skill not in able]
    first = [reason for reason in one.reasons if reason.code == "nearest"]
    rest = [reason for reason in one.reasons if reason.code != "nearest"]
    weight = one.weight + len(lacks) * LACKING[priority]
    return replace(one, weight=weight, reasons=(*first, *has, *lacks, *rest))


def cover_weight(priority: int, loss: Loss) -> float:
    """The seconds that a unit's leaving weighs in the order."""
    return COVER[priority] * min(max(loss.later, 0.0), COVER_MOST)


def _by_weight(need: Need, options: Iterable[Option], router: Router | Ways | None) -> list[Ranked]:
    listed = list(options)
    ways = _ways(need, listed, router, LOOKED)
    reachable = [(o, way) for o, way in zip(listed, ways, strict=True) if way is not None]
    first = min((way.seconds for _, way in reachable), default=0.0)
    found = [_ranked(need, option, way, nearest=way.seconds == first) for option, way in reachable]
    return sorted(found, key=_order)


def _order(one: Ranked) -> tuple[float, int]:
    return one.weight, one.key


def _covered(need: Need, one: Ranked, cover: Cover) -> Ranked:
    if one.key not in cover.units:
        return one
    loss = cover.loss(one.key)
    said = Reason("cover", seconds=loss.after.seconds, before=loss.before.seconds)
    weight = one.weight + cover_weight(need.priority, loss)
    return replace(one, weight=weight, reasons=(*one.reasons, said))


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


def _ways(
    need: Need, options: Sequence[Option], router: Router | Ways | None, exact: int = EXACT
) -> list[Trip | None]:
    """Each option's way: over the network, estimated where there is none."""
    county = router if isinstance(router, Ways) else Ways(router)
    ways: list[Trip | None] = [None] * len(options)
    for mode in {option.mode for option in options}:
        of_it = [i for i, option in enumerate(options) if option.mode == mode]
        spots = [options[i].spot for i in of_it]
        found = county.trips(mode, spots, need.spot, hour=need.hour, exact=exact)
        for i, way in zip(of_it, found, strict=True):
            ways[i] = way
    return ways


def _ranked(need: Need, option: Option, way: Trip, *, nearest: bool) -> Ranked:
    lacking = [skill for skill in need.skills if skill not in option.skills]
    weight = way.seconds + len(lacking) * LACKING[need.priority]
    weight -= OWN_AREA if option.own_area else 0.0
    weight += OLD_POSITION if option.old_position else 0.0
    tired = _rest(option)
    weight += sum(REST[one.code] for one in tired) if need.priority > 2 else 0.0
    reasons = _reasons(need, option, way, lacking, nearest=nearest)
    return Ranked(option.key, way, weight, (*reasons, *tired))


def _rest(option: Option) -> list[Reason]:
    said = []
    if option.rested is not None and option.rested < JUST_DONE:
        said.append(Reason("just_done", seconds=option.rested))
    if option.shift > LONG_SHIFT:
        said.append(Reason("long_shift", seconds=option.shift))
    return said


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
