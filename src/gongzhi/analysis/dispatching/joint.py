"""Several incidents at once: which units to which, so that all together are best served.

An incident asks for what its run card wants, role by role; each ask goes to one unit at most that
is all the role asks for, and each unit to one ask. What is made small is the sum of seconds until
each is reached, weighed by priority, and of the seconds that a left area weighs (as `ranking`
weighs them). When units are short, what is filled goes before how fast: each incident's first role
before the second of one that is a level more urgent, and so on (`_tiers`); among equals the
incidents that have waited longer.

An incident that would get nobody, because no unit fits any of its roles or others need those that
do, is given whoever can get there for its first role, and what that unit lacks is said.

That is an assignment problem, solved to the optimum by scipy's rectangular shortest augmenting
paths (Crouse, D. F. (2016), "On implementing 2D rectangular assignment algorithms", IEEE
Transactions on Aerospace and Electronic Systems 52(4), 1679-1696). Sets of asks that can be filled
together are a matroid, so what an earlier tier weighs need only outweigh one ask of a later one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from gongzhi.analysis.dispatching.ranking import LACKING, OLD_POSITION, OWN_AREA, Option
from gongzhi.analysis.filling import EARLIER, Candidate, Role, fits
from gongzhi.analysis.travel import Router, Spot, Ways

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
URGENCY = {1: 8.0, 2: 4.0, 3: 2.0, 4: 1.0}
"""What a second of waiting weighs, by priority."""
A_TIER = 1e8
"""What an unfilled ask weighs more than one of the next tier: more than any ways could save."""
A_SECOND_UNFILLED, LONGEST_WAIT = 1000.0, 50_000.0
"""What a second of waiting adds to that, and after how many (s) nothing more is added."""
SUBSTITUTE = 2e7
"""What a unit weighs that isn't what the role asks for: no ways are worth it where another is."""
ROUNDS = 4
"""So often it is looked again who would get nobody."""
ANYBODY = Role("")
REACH = 5400.0
"""A unit that is farther (s) isn't sent: better to ask a neighbour."""


@dataclass(frozen=True)
class Ask:
    """One unit wanted. ``spot``: where it goes when that isn't the scene: a pier, say."""

    role: Role = ANYBODY
    spot: Spot | None = None


ONE = Ask()


@dataclass(frozen=True)
class Incident:
    """One that waits. ``asks``: the units wanted, the most important first; ``waited``: seconds;
    ``area``: code of the area that it lies in."""

    key: int
    spot: Spot
    priority: int = 3
    asks: tuple[Ask, ...] = (ONE,)
    waited: float = 0.0
    area: str = ""


@dataclass(frozen=True)
class Problem:
    """``keep``: seconds that a unit's leaving weighs by its key, for incidents of each priority
    (`ranking.cover_weight`)."""

    incidents: tuple[Incident, ...]
    options: tuple[Option, ...]
    hour: int = 12
    router: Router | Ways | None = None
    keep: Mapping[tuple[int, int], float] = field(default_factory=dict)


@dataclass(frozen=True)
class Pair:
    """This unit to that incident, reached after so many seconds; ``ask``: the number of the ask.
    ``instead``: it isn't all that is asked for; ``lacking``: the skills of that."""

    incident: int
    ask: int
    unit: int
    seconds: float
    instead: bool = False
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True)
class Missing:
    """An ask that nobody fills: no free unit is what it asks for (``nobody``), none that is can be
    there in time (``far``), or all that are go elsewhere (``taken``)."""

    incident: int
    ask: int
    why: Literal["nobody", "far", "taken"]


@dataclass(frozen=True)
class Result:
    """``pairs``: the proposal, the most important first; ``missing``: what isn't filled, and why;
    ``waiting``: incidents that get no unit; ``weight``: what was made small. ``greedy``: the same
    when one fills each ask in turn with the best unit, and what that weighs. ``weights``: the table
    that was solved, for whoever checks it: an ask a row; a unit a column, and then, each in a
    column of its own, what leaving the ask unfilled weighs."""

    pairs: tuple[Pair, ...]
    missing: tuple[Missing, ...]
    waiting: tuple[int, ...]
    weight: float
    greedy: tuple[Pair, ...]
    greedy_weight: float
    weights: Floats = field(compare=False, repr=False)


def solve(problem: Problem, *, seed: int = 0, limit: int = 50) -> Result:
    """The best joint assignment for the first `limit` incidents by urgency and waiting.

    Nothing is drawn by chance: `seed` is taken as by every solver and changes nothing.
    """
    chosen = sorted(problem.incidents, key=_turn)[:limit]
    asks = [(one, n) for one in chosen for n in range(len(one.asks))]
    asks.sort(key=lambda ask: (_tier(*ask), *_turn(ask[0])))
    table = _Table(problem, asks)
    relaxed: frozenset[int] = frozenset()
    for _ in range(ROUNDS):
        weights = table.weights(relaxed)
        pairs = _joint(weights)
        nobody = table.could_get(_waiting(asks, pairs)) - relaxed
        if not nobody:
            break
        relaxed |= nobody
    greedy = _one_by_one(weights)
    return Result(
        pairs=table.told(pairs),
        missing=table.missing(pairs),
        waiting=_waiting(asks, pairs),
        weight=_sum(weights, pairs),
        greedy=table.told(greedy),
        greedy_weight=_sum(weights, greedy),
        weights=weights,
    )


class _Table:
    """Every ask (rows) against every unit (columns): the seconds, who fits, what sending weighs."""

    def __init__(self, problem: Problem, asks: Sequence[tuple[Incident, int]]) -> None:
        self.problem, self.asks = problem, asks
        self.units = [_candidate(option) for option in problem.options]
        shape = (len(asks), len(self.units))
        self.seconds = _ways(problem, [_spot(one, n) for one, n in asks]).reshape(shape)
        roles = [one.asks[n].role for one, n in asks]
        of_role = {role: self._fitting(role) for role in dict.fromkeys(roles)}
        known = [of_role[role] for role in roles]
        self.fit = np.array([one[0] for one in known], dtype=bool).reshape(shape)
        self.might = np.array([one[1] for one in known], dtype=bool).reshape(shape)
        self.lacks = np.array([one[2] for one in known]).reshape(shape)
        self.near = self.seconds <= REACH
        self.cost = self._cost()
        tiers = sorted({_tier(*ask) for ask in asks}, reverse=True)
        self.unfilled = [
            A_TIER * (1 + tiers.index(_tier(*ask)))
            + A_SECOND_UNFILLED * min(ask[0].waited, LONGEST_WAIT)
            for ask in asks
        ]

    def weights(self, relaxed: frozenset[int]) -> Floats:
        """What each way to fill an ask weighs, infinite where it can't be; `relaxed`: incidents
        whose first ask anybody may fill who can get there."""
        found = np.where(self.fit & self.near, self.cost, np.inf)
        for row, (one, n) in enumerate(self.asks):
            if n == 0 and one.key in relaxed:
                lacking = URGENCY[one.priority] * LACKING[one.priority] * self.lacks[row]
                able = self.might[row] & self.near[row] & ~self.fit[row]
                found[row] = np.where(able, SUBSTITUTE + lacking + self.cost[row], found[row])
        unfilled = np.full((len(self.asks), len(self.asks)), np.inf)
        np.fill_diagonal(unfilled, self.unfilled)
        return np.concatenate([found, unfilled], axis=1)

    def could_get(self, incidents: Sequence[int]) -> frozenset[int]:
        """Those of these incidents to which anybody at all can get."""
        able = np.flatnonzero((self.might & self.near).any(axis=1)).tolist()
        first = (one.key for one, n in (self.asks[row] for row in able) if n == 0)
        return frozenset(first).intersection(incidents)

    def told(self, pairs: Sequence[tuple[int, int]]) -> tuple[Pair, ...]:
        """These pairs, as the caller knows incidents and units."""
        found = []
        for row, column in pairs:
            (one, n), unit = self.asks[row], self.units[column]
            lacking = tuple(sorted(one.asks[n].role.skills - unit.skills))
            seconds, instead = float(self.seconds[row, column]), not self.fit[row, column]
            found.append(Pair(one.key, n, unit.key, seconds, instead, lacking))
        return tuple(found)

    def missing(self, pairs: Sequence[tuple[int, int]]) -> tuple[Missing, ...]:
        """What these leave unfilled."""
        filled = {row for row, _ in pairs}
        return tuple(
            Missing(one.key, n, self._why(row))
            for row, (one, n) in enumerate(self.asks)
            if row not in filled
        )

    def _why(self, row: int) -> Literal["nobody", "far", "taken"]:
        if not self.fit[row].any():
            return "nobody"
        return "taken" if (self.fit[row] & self.near[row]).any() else "far"

    def _fitting(self, role: Role) -> tuple[list[bool], list[bool], list[int]]:
        """For each unit: whether it is what the role asks for, whether it rides in the right
        thing at least, and how many skills it lacks."""
        return (
            [fits(role, unit) for unit in self.units],
            [not role.modes or unit.mode in role.modes for unit in self.units],
            [len(role.skills - unit.skills) for unit in self.units],
        )

    def _cost(self) -> Floats:
        options, keep = self.problem.options, self.problem.keep
        areas = np.array([option.area for option in options], dtype=object)
        old = np.array([OLD_POSITION if option.old_position else 0.0 for option in options])
        kept = {
            level: np.array([keep.get((option.key, level), 0.0) for option in options])
            for level in URGENCY
        }
        found: Floats = self.seconds + old
        for row, (one, n) in enumerate(self.asks):
            if one.area:
                found[row] -= np.where(areas == one.area, OWN_AREA, 0.0)
            later = len(one.asks) - n
            found[row] += kept[one.priority]
            found[row] *= URGENCY[one.priority] * (1 + EARLIER * later)
        return found


def _candidate(option: Option) -> Candidate:
    return Candidate(
        option.key, option.kind or option.mode, option.skills, option.equipment,
        option.crew, option.officers,
    )  # fmt: skip


def _spot(one: Incident, ask: int) -> Spot:
    return one.asks[ask].spot or one.spot


def _tier(one: Incident, ask: int) -> tuple[int, int]:
    """Which asks are filled first: the first of P1; the first of P2, the second of P1; the first of
    P3, the second of P2, the third of P1; and so on."""
    return one.priority + ask, ask


def _ways(problem: Problem, targets: Sequence[Spot]) -> Floats:
    """Seconds from each unit (columns) to each place, of which several may be the same."""
    county = problem.router if isinstance(problem.router, Ways) else Ways(problem.router)
    places = list(dict.fromkeys(targets))
    found = np.full((len(places), len(problem.options)), np.inf)
    for mode in {option.mode for option in problem.options}:
        columns = [n for n, option in enumerate(problem.options) if option.mode == mode]
        spots = [problem.options[n].spot for n in columns]
        found[:, columns] = county.seconds(mode, spots, places, hour=problem.hour).T
    at = {place: n for n, place in enumerate(places)}
    return np.take(found, [at[one] for one in targets], axis=0)


def _joint(weights: Floats) -> list[tuple[int, int]]:
    if not len(weights):
        return []
    # Here, because every process of a county would load all of scipy's solvers at its start.
    from scipy.optimize import linear_sum_assignment

    rows, columns = linear_sum_assignment(weights)
    found = zip(rows.tolist(), columns.tolist(), strict=True)
    units = weights.shape[1] - len(weights)
    return [(row, column) for row, column in found if column < units]


def _one_by_one(weights: Floats) -> list[tuple[int, int]]:
    """The best free unit to each in turn, as somebody does who sees only one at a time."""
    left, found = weights[:, : weights.shape[1] - len(weights)].copy(), []
    for row in range(len(left)):
        if left.shape[1] and np.isfinite(left[row]).any():
            column = int(left[row].argmin())
            found.append((row, column))
            left[:, column] = np.inf
    return found


def _sum(weights: Floats, pairs: Sequence[tuple[int, int]]) -> float:
    units, filled = weights.shape[1] - len(weights), {row for row, _ in pairs}
    unfilled = sum(weights[row, units + row] for row in range(len(weights)) if row not in filled)
    return float(sum(weights[row, column] for row, column in pairs) + unfilled)


def _waiting(
    asks: Sequence[tuple[Incident, int]], pairs: Sequence[tuple[int, int]]
) -> tuple[int, ...]:
    served = {asks[row][0].key for row, _ in pairs}
    return tuple(dict.fromkeys(one.key for one, _ in asks if one.key not in served))


def _turn(one: Incident) -> tuple[int, float, int]:
    return one.priority, -one.waited, one.key
