"""Several incidents at once: which unit to which, so that all together are best served.

An incident asks for one unit or more; each ask goes to one unit at most and each unit to one ask.
What is made small is the sum of seconds until each is reached, weighed by priority, and of the
seconds that a missing skill or a left area weighs (as `ranking` weighs them). When units are short
the more urgent asks are filled first, whatever it costs the others; among equals the ones that
have waited longer.

That is an assignment problem, solved to the optimum by scipy's rectangular shortest augmenting
paths (Crouse, D. F. (2016), "On implementing 2D rectangular assignment algorithms", IEEE
Transactions on Aerospace and Electronic Systems 52(4), 1679-1696).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from gongzhi.analysis.dispatching.ranking import LACKING, OLD_POSITION, OWN_AREA, Option
from gongzhi.analysis.travel import Router, Spot, Ways

Floats = NDArray[np.float64]
URGENCY = {1: 8.0, 2: 4.0, 3: 2.0, 4: 1.0}
"""What a second of waiting weighs, by priority."""
UNFILLED = {1: 4e8, 2: 3e8, 3: 2e8, 4: 1e8}
"""What an unfilled ask weighs. A unit fills one ask, so leaving one can fill at most one other:
from one priority to the next lies more than all ways together could save."""
A_SECOND_UNFILLED, LONGEST_WAIT = 1000.0, 50_000.0
"""What a second of waiting adds to that, and after how many (s) nothing more is added."""
REACH = 5400.0
"""A unit that is farther (s) isn't sent: better to ask a neighbour."""


@dataclass(frozen=True)
class Incident:
    """One that waits. ``asks``: for each unit wanted the skills that it should bring; ``waited``:
    seconds."""

    key: int
    spot: Spot
    priority: int = 3
    asks: tuple[tuple[str, ...], ...] = ((),)
    waited: float = 0.0
    area: str = ""
    """Code of the area that it lies in."""
    modes: frozenset[str] = frozenset()
    """What may go there; empty: anything."""


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
    """This unit to that incident, reached after so many seconds; ``ask``: the number of the ask."""

    incident: int
    ask: int
    unit: int
    seconds: float
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result:
    """``pairs``: the proposal, the most urgent first; ``waiting``: incidents that get no unit;
    ``weight``: what was made small. ``greedy``: the same when one sends the best unit to each in
    turn, and what that weighs."""

    pairs: tuple[Pair, ...]
    waiting: tuple[int, ...]
    weight: float
    greedy: tuple[Pair, ...]
    greedy_weight: float


def solve(problem: Problem, *, seed: int = 0, limit: int = 50) -> Result:
    """The best joint assignment for the first `limit` incidents by urgency and waiting.

    Nothing is drawn by chance: `seed` is taken as by every solver and changes nothing.
    """
    chosen = sorted(problem.incidents, key=_turn)[:limit]
    asks = [(one, n) for one in chosen for n in range(len(one.asks))]
    seconds, weights = table(problem, chosen)
    pairs = _joint(weights)
    greedy = _one_by_one(weights)
    return Result(
        pairs=_told(asks, problem.options, pairs, seconds),
        waiting=_waiting(asks, pairs),
        weight=_sum(weights, pairs),
        greedy=_told(asks, problem.options, greedy, seconds),
        greedy_weight=_sum(weights, greedy),
    )


def table(problem: Problem, incidents: Sequence[Incident]) -> tuple[Floats, Floats]:
    """For each ask (rows) and unit: the seconds of the way, and what sending it weighs; after the
    units a column for each ask, what leaving it unfilled weighs (infinite for the others)."""
    ways = _ways(problem, incidents)
    rows = [ways[n] for n, one in enumerate(incidents) for _ in one.asks]
    seconds = np.array(rows).reshape(len(rows), len(problem.options))
    asks = [(one, ask) for one in incidents for ask in one.asks]
    weights = np.array(
        [
            [
                _weight(problem, one, ask, option, way)
                for option, way in zip(problem.options, row, strict=True)
            ]
            for (one, ask), row in zip(asks, seconds.tolist(), strict=True)
        ]
    ).reshape(seconds.shape)
    unfilled = np.full((len(asks), len(asks)), np.inf)
    np.fill_diagonal(unfilled, [_unfilled(one) for one, _ in asks])
    return seconds, np.concatenate([weights, unfilled], axis=1)


def _weight(
    problem: Problem, one: Incident, ask: tuple[str, ...], option: Option, seconds: float
) -> float:
    if not seconds <= REACH or (one.modes and option.mode not in one.modes):
        return float("inf")
    lacking = sum(skill not in option.skills for skill in ask)
    weight = seconds + lacking * LACKING[one.priority]
    weight += OLD_POSITION if option.old_position else 0.0
    weight -= OWN_AREA if one.area and option.area == one.area else 0.0
    weight += problem.keep.get((option.key, one.priority), 0.0)
    return URGENCY[one.priority] * weight


def _unfilled(one: Incident) -> float:
    return UNFILLED[one.priority] + A_SECOND_UNFILLED * min(one.waited, LONGEST_WAIT)


def _ways(problem: Problem, incidents: Sequence[Incident]) -> Floats:
    """Seconds from each unit (columns) to each incident."""
    county = problem.router if isinstance(problem.router, Ways) else Ways(problem.router)
    found = np.full((len(incidents), len(problem.options)), np.inf)
    targets = [one.spot for one in incidents]
    for mode in {option.mode for option in problem.options}:
        columns = [n for n, option in enumerate(problem.options) if option.mode == mode]
        spots = [problem.options[n].spot for n in columns]
        found[:, columns] = county.seconds(mode, spots, targets, hour=problem.hour).T
    return found


def _joint(weights: Floats) -> list[tuple[int, int]]:
    if not len(weights):
        return []
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


def _told(
    asks: Sequence[tuple[Incident, int]],
    options: Sequence[Option],
    pairs: Sequence[tuple[int, int]],
    seconds: Floats,
) -> tuple[Pair, ...]:
    found = []
    for row, column in pairs:
        (one, ask), option = asks[row], options[column]
        lacking = tuple(skill for skill in one.asks[ask] if skill not in option.skills)
        found.append(Pair(one.key, ask, option.key, float(seconds[row, column]), lacking))
    return tuple(found)


def _waiting(
    asks: Sequence[tuple[Incident, int]], pairs: Sequence[tuple[int, int]]
) -> tuple[int, ...]:
    served = {asks[row][0].key for row, _ in pairs}
    return tuple(dict.fromkeys(one.key for one, _ in asks if one.key not in served))


def _turn(one: Incident) -> tuple[int, float, int]:
    return one.priority, -one.waited, one.key
