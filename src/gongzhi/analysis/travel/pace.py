"""How long trips really take, learnt from trips that were made.

What the map expects is corrected by what was seen: along the distance (short ways are slower than
long ones, Kolesar, Walker and Hausner, "Determining the Relation between Fire Engine Travel Times
and Travel Distances in New York City", Operations Research 23(4), 1975), by hour and by priority.
On top of it comes what the last hours were like: rain, fog, a feast day.

Trips have no name: neither who drove nor in which vehicle is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
ENOUGH = 60
"""Trips below which nothing is learnt."""
PULL = 3.0
"""How many trips' worth each correction is held at none by: few trips correct little."""
SHORTEST, LONGEST = 10.0, 3 * 3600.0
"""Trips outside (s) were not made: a button pressed twice, or forgotten."""
FLATTEST = 0.15
"""A longer way takes longer, at least so much (in logarithms)."""
ROUNDS = 25
HALF_LIFE = 45 * 60.0
"""Seconds after which a trip says half as much of how things are now."""
LIVE_PULL = 16.0
"""How many trips' worth the last hours are held at the usual by: a trip is some 60 % off, the
hours themselves some 15 %, and (0.6 / 0.15) ** 2 trips tell the one from the other."""
SLOWEST, QUICKEST = 2.5, 0.6


@dataclass(frozen=True)
class Made:
    """A trip: what the map ``expected`` (s), what it ``took`` (s), the ``hour`` (0 to 23) and the
    ``priority`` (1 to 4) at which it began, and when it ended (``at``, s of any clock).
    ``sure``: whether it is known where it began."""

    expected: float
    took: float
    hour: int
    priority: int
    at: float = 0.0
    sure: bool = True

    @property
    def usable(self) -> bool:
        """Whether it can have been like that."""
        return SHORTEST <= self.took <= LONGEST and self.expected > 0


@dataclass(frozen=True)
class Pace:
    """Turns what the map expects into what is to be expected. Without anything learnt the two are
    the same; ``trips``: how many it was learnt from."""

    weights: tuple[float, ...] = (0.0,) * 9
    middle: float = 0.0
    bounds: tuple[float, float] = (0.0, 0.0)
    trips: int = 0
    live: float = 1.0

    def seconds(self, expected: float, *, hour: int, priority: int, sure: bool = True) -> float:
        """How long the trip will take (s); ``expected`` by the map (s)."""
        if not self.trips or expected <= 0:
            return expected * self.live
        one = Made(expected, 0.0, hour, priority, sure=sure)
        inside = min(max(log(expected), self.bounds[0]), self.bounds[1])
        added = float(_asked([one], self.middle, np.array([inside]))[0] @ np.array(self.weights))
        beyond = (log(expected) - inside) * (1 + self._slope(inside))
        return exp(inside + beyond + added) * self.live

    def _slope(self, x: float) -> float:
        return self.weights[1] + 2 * self.weights[2] * (x - self.middle)


def learn(made: Sequence[Made]) -> Pace:
    """The pace of these trips: the least absolute deviation of the logarithms, each correction
    held back by `PULL`. Fewer than `ENOUGH` usable trips teach nothing."""
    trips = [one for one in made if one.usable]
    if len(trips) < ENOUGH:
        return Pace()
    x = np.log([one.expected for one in trips])
    middle, bounds = float(np.median(x)), np.quantile(x, [0.02, 0.98])
    asked = _asked(trips, middle, x)
    missed = np.log([one.took for one in trips]) - x
    weights = _fitted(asked, missed)
    slopes = 1 + weights[1] + 2 * weights[2] * (bounds - middle)
    if slopes.min() < FLATTEST:  # a bend that would make longer ways quicker
        asked[:, 2] = 0.0
        weights = _fitted(asked, missed)
        weights[1] = max(weights[1], FLATTEST - 1)
    return Pace(tuple(weights.tolist()), middle, (float(bounds[0]), float(bounds[1])), len(trips))


def lately(pace: Pace, made: Sequence[Made], *, now: float) -> Pace:
    """The same pace, quickened or slowed as the trips of the last hours were. ``now``: on the
    clock of `Made.at`; trips that end later are left out."""
    pairs = [
        (0.5 ** ((now - one.at) / HALF_LIFE), log(one.took / usual))
        for one in made
        if one.usable and one.at <= now
        for usual in [_usually(pace, one)]
    ]
    heard = sum(weight for weight, _ in pairs) + LIVE_PULL
    factor = exp(sum(weight * missed for weight, missed in pairs) / heard)
    live = min(max(factor, QUICKEST), SLOWEST)
    return Pace(pace.weights, pace.middle, pace.bounds, pace.trips, live)


def _usually(pace: Pace, one: Made) -> float:
    usual = pace.seconds(one.expected, hour=one.hour, priority=one.priority, sure=one.sure)
    return usual / pace.live


def _asked(trips: Sequence[Made], middle: float, x: Floats) -> Floats:
    """A row for each trip: one, how long, its square, the hour as a circle, the priorities beside
    the third, and whether the start was guessed."""
    turn = 2 * np.pi * np.array([one.hour for one in trips]) / 24
    level = np.array([one.priority for one in trips])
    away = x - middle
    return np.column_stack([
        np.ones(len(trips)), away, away**2, np.cos(turn), np.sin(turn),
        level == 1, level == 2, level == 4, [not one.sure for one in trips],
    ]).astype(float)  # fmt: skip


def _fitted(asked: Floats, missed: Floats) -> Floats:
    """Least absolute deviations by weighted least squares, again and again."""
    held = np.sqrt(PULL) * np.eye(asked.shape[1])
    held[0, 0] = 0.1  # how quick all in all: nothing speaks for the map there
    nothing = np.zeros(asked.shape[1])
    heed = np.ones(len(missed))
    found = nothing
    for _ in range(ROUNDS):
        root = np.sqrt(heed)
        rows, sides = np.vstack([asked * root[:, None], held]), np.append(missed * root, nothing)
        found = np.linalg.lstsq(rows, sides, rcond=None)[0]
        heed = 1 / np.maximum(np.abs(missed - asked @ found), 0.05)
        heed /= heed.mean()
    return found
