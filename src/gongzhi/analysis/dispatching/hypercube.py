"""How busy each unit is, and who answers a call: the hypercube's approximation.

Larson, R. C. (1975), "Approximating the Performance of Urban Emergency Service Systems",
Operations Research 23(5), 845-868: units are busy more or less independently of each other; what
that leaves out, a factor Q puts right, as if the busy ones were drawn from all without replacement.
Jarvis, J. P. (1985), "Approximating the Equilibrium Behavior of Multi-Server Loss Systems",
Management Science 31(2), 235-239: the same for calls that nobody keeps waiting, and how the units'
unequal work is found by iteration.

Against the exact chain (Larson 1974) of 3 to 6 units, busy for 10 to 70 % of the time, in 120
seeded counties: the part of time that a unit is busy is off by 0.003 on average and 0.021 at most,
the expected time by 0.5 % on average and 2.5 % at most (`tests/analysis/test_hypercube.py` reckons
both). What it can't know: that calls come alike at all times, that a call takes everybody equally
long, and that the nearest is always the one that goes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
CLOSE = 1e-4
"""The iteration ends when no unit's busy part changes more than this."""
ROUNDS = 40
BUSIEST = 0.97
"""No unit is reckoned busier."""


@dataclass(frozen=True)
class Load:
    """What units are asked to do: calls an hour in the whole county, and how long one keeps a unit
    (s)."""

    calls_an_hour: float
    seconds_a_call: float

    @property
    def offered(self) -> float:
        """Units' worth of work at any moment (erlang): also the calls expected while a unit that
        leaves now is away."""
        return self.calls_an_hour * self.seconds_a_call / 3600


@dataclass(frozen=True)
class Crew:
    """How `units` alike units share the work ``offered`` (erlang). ``all_busy``: the part of time
    that none is free; ``mean``: the part of time that one is busy; ``factor[k]``: Larson's Q for
    the k-th choice, from 0."""

    units: int
    all_busy: float
    mean: float
    factor: Floats


def crew(units: int, offered: float, depth: int) -> Crew:
    """Erlang's loss system for so many units, and Q for the first `depth` choices.

    Raises ValueError without a unit.
    """
    if units < 1:
        raise ValueError("expected at least one unit")
    busy = np.arange(units + 1)
    steps = np.concatenate([[0.0], np.log(max(offered, 1e-9)) - np.log(busy[1:])])
    weights = np.cumsum(steps)
    chance = np.exp(weights - weights.max())
    chance /= chance.sum()
    mean = float(np.clip(offered * (1 - chance[-1]) / units, 1e-9, BUSIEST))
    return Crew(units, float(chance[-1]), mean, _factors(chance, units, mean, depth))


def _factors(chance: Floats, units: int, mean: float, depth: int) -> Floats:
    """For each k: how likely k drawn units are busy and the next one free, over what it would be
    if each were busy by itself."""
    busy = np.arange(units + 1)
    drawn, found = np.ones(units + 1), []
    for k in range(min(depth, units)):
        free_next = np.where(busy >= k, (units - busy) / (units - k), 0.0)
        found.append(float((chance * drawn * free_next).sum()) / (mean**k * (1 - mean)))
        drawn = drawn * np.clip(busy - k, 0, None) / (units - k)
    return np.array(found)


def busy_parts(
    order: Whole,
    demand: Floats,
    offered: float,
    like: Crew,
    *,
    start: Floats | None = None,
    elsewhere: Floats | float = 0.0,
    rounds: int = ROUNDS,
) -> Floats:
    """The part of time that each unit is busy.

    `order`: for each cell the units' numbers, the first choice first, -1 where no more can come;
    `demand`: each cell's part of all calls. To reckon some cells anew: `start` with what was, and
    `elsewhere`, the `work` that the other cells make.
    """
    parts: Floats = np.full(like.units, like.mean) if start is None else start
    for _ in range(rounds):
        load = work(order, demand, offered, like, parts) + elsewhere
        fresh = load / (1 + load)
        if fresh.sum() > 0:
            fresh = np.minimum(fresh * (like.mean * like.units / fresh.sum()), BUSIEST)
        moved = float(np.abs(fresh - parts).max())
        parts = fresh
        if moved < CLOSE:
            break
    return parts


def work(order: Whole, demand: Floats, offered: float, like: Crew, parts: Floats) -> Floats:
    """How much of these cells' work (erlang) comes to each unit in a time that it is free."""
    busy = np.append(parts, 1.0)  # the last: nobody, for the -1
    asked = (offered * demand)[:, None] * like.factor[: order.shape[1]] * _before(busy[order])
    whole = len(parts) + 1
    found = np.bincount(order.ravel() % whole, asked.ravel(), whole)
    return np.asarray(found[:-1], np.float64)


def answers(order: Whole, parts: Floats, like: Crew) -> Floats:
    """How likely a call from each cell is answered by its first, second, … choice; what a row
    lacks to 1 is left to wait until somebody is free."""
    busy = np.append(parts, 1.0)[order]
    found: Floats = like.factor[: order.shape[1]] * _before(busy) * (1 - busy)
    total = np.maximum(found.sum(axis=1, keepdims=True), 1e-12)
    whole = (order >= 0).sum(axis=1, keepdims=True) >= like.units
    most = np.where(whole, 1 - like.all_busy, np.minimum(total, 1.0))
    scaled: Floats = found * most / total
    return scaled


def _before(busy: Floats) -> Floats:
    """How likely all earlier choices are busy."""
    ahead = np.ones_like(busy)
    ahead[:, 1:] = np.cumprod(busy[:, :-1], axis=1)
    return ahead
