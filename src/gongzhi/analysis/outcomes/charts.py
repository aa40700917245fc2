"""Control charts: what is as always, and what is not.

A point is called changed only when a rule says so. There are two, no more, as each rule added calls
more that is chance:

- *point*: it lies beyond the limits, three standard deviations from the baseline's centre;
- *run*: the last `RUN` points all lie on one side of the centre, and together so far from it as
  chance would put them once in some seven hundred.

Shares and rates have p′ and u′ charts (D. B. Laney, Quality Engineering 14, 2002): how far points
are apart is what counts of that size do by chance, times how much farther they really were in the
baseline, never less than once. Times and means have XmR charts (moving ranges; D. J. Wheeler).
Limits that rest on few points are wider, by what not knowing the centre costs, and for XmR by
Student's law with the degrees of freedom that moving ranges have.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from typing import Literal

from scipy.special import bdtr, bdtrc, pdtr, pdtrc, stdtrit

Kind = Literal["share", "rate", "single"]
Side = Literal["above", "below"]
SIGMAS = 3.0
RUN = 8
LEAST = 8
"""Points that a baseline has at least; of fewer nothing is said."""
MOST = 26
TO_SIGMA = 1.128
"""A mean moving range of two is so many standard deviations (d2)."""
ASIDE = 1.25
"""Counts that are farther apart than by chance, by more than this factor, are treated as single
values are: how far apart they are is not known, but estimated from a few."""
FREEDOM = 0.62
"""Degrees of freedom that each moving range is worth."""
ONE_TAIL = 0.00135


@dataclass(frozen=True)
class Point:
    """`n` of `of`; for a single value `of` is 1. None: there was nothing to measure."""

    n: float
    of: float = 1.0

    @property
    def value(self) -> float | None:
        """What is drawn."""
        return self.n / self.of if self.of > 0 else None


@dataclass(frozen=True)
class Signal:
    """Since which point it is otherwise, to which side, and which rule says so."""

    rule: Literal["point", "run"]
    since: int
    at: int
    side: Side


@dataclass(frozen=True)
class Chart:
    """Centre and limits (None where there are none), and what the rules found after the baseline
    of the first `baseline` points."""

    centre: float | None
    low: Sequence[float | None]
    high: Sequence[float | None]
    baseline: int
    signals: Sequence[Signal]

    @property
    def judged(self) -> bool:
        """Whether there was enough to go by."""
        return self.centre is not None

    def last(self, points: int) -> Signal | None:
        """What is said of the last of so many points, the longer story first."""
        here = [one for one in self.signals if one.at == points - 1]
        return min(here, key=lambda one: one.since, default=None)


def baseline_of(points: int) -> int:
    """How many of so many points are the baseline: two thirds, 8 at least and 26 at most."""
    return max(LEAST, min(MOST, points * 2 // 3))


def chart(points: Sequence[Point], kind: Kind, *, baseline: int | None = None) -> Chart:
    """Judge points in order by the first `baseline` of them; None: as `baseline_of` says."""
    there = [(place, one) for place, one in enumerate(points) if one.of > 0]
    length = baseline_of(len(there)) if baseline is None else baseline
    nothing: list[float | None] = [None] * len(points)
    if length < LEAST or len(there) <= length:
        return Chart(None, nothing, list(nothing), length, ())
    first = [one for _place, one in there[:length]]
    centre, scale = _centre(first, kind), _scale(first, kind)
    known = kind != "single" and scale <= ASIDE
    wide = SIGMAS * sqrt(1 + 1 / length) if known else _wide(length)
    low, high = list(nothing), list(nothing)
    usual = _usual(first, kind)
    spreads = [_sigma(one, usual, kind) * scale for _place, one in there]
    for (place, _one), spread in zip(there, spreads, strict=True):
        low[place], high[place] = _bounds(centre, wide * spread, kind)
    standing = [
        _Standing(place, one, spread) for (place, one), spread in zip(there, spreads, strict=True)
    ]
    late = standing[length:]
    alone = [
        one for one in _points(late, low, high) if _rare(points[one.at], usual, kind, one.side)
    ]
    signals = [*alone, *_runs(late, centre, length)]
    return Chart(centre, low, high, length, sorted(signals, key=lambda one: (one.at, one.since)))


@dataclass(frozen=True)
class _Standing:
    place: int
    point: Point
    spread: float

    @property
    def value(self) -> float:
        return self.point.n / self.point.of


def _centre(first: Sequence[Point], kind: Kind) -> float:
    if kind == "single":
        return sum(one.n / one.of for one in first) / len(first)
    return sum(one.n for one in first) / sum(one.of for one in first)


def _usual(first: Sequence[Point], kind: Kind) -> float:
    """The centre as chance is reckoned from: where nothing, or everything, ever hit, half a one
    more or less, so that the first miss of a perfect county is no alarm."""
    if kind == "single":
        return _centre(first, kind)
    n, of = sum(one.n for one in first), sum(one.of for one in first)
    return (n + 0.5) / (of + 1) if kind == "share" else max(n, 0.5) / of


def _sigma(one: Point, centre: float, kind: Kind) -> float:
    """What chance alone does to a count of that size."""
    if kind == "single":
        return 1.0
    varies = centre * (1 - centre) if kind == "share" else centre
    return sqrt(max(varies, 0.0) / one.of)


def _scale(first: Sequence[Point], kind: Kind) -> float:
    """How much farther points are apart than by that alone, from moving ranges."""
    centre, usual = _centre(first, kind), _usual(first, kind)
    apart = [(one.n / one.of - centre) / _sigma(one, usual, kind) for one in first]
    ranges = [abs(later - sooner) for sooner, later in pairwise(apart)]
    scale = sum(ranges) / len(ranges) / TO_SIGMA
    return scale if kind == "single" else max(scale, 1.0)


def _wide(length: int) -> float:
    """Limits of single values that are as rarely passed by chance as three known sigmas."""
    return float(stdtrit(FREEDOM * (length - 1), 1 - ONE_TAIL)) * sqrt(1 + 1 / length)


def _bounds(centre: float, reach: float, kind: Kind) -> tuple[float, float]:
    low, high = centre - reach, centre + reach
    if kind == "single":
        return low, high
    return max(low, 0.0), min(high, 1.0) if kind == "share" else high


def _points(
    standing: Sequence[_Standing], low: Sequence[float | None], high: Sequence[float | None]
) -> list[Signal]:
    found = []
    for one in standing:
        least, most = low[one.place], high[one.place]
        if least is not None and one.value < least:
            found.append(Signal("point", one.place, one.place, "below"))
        if most is not None and one.value > most:
            found.append(Signal("point", one.place, one.place, "above"))
    return found


def _rare(one: Point, usual: float, kind: Kind, side: Side) -> bool:
    """Whether a count is rare by its own exact law, too: where next to nothing is expected, one
    is beyond three sigmas and yet nothing special."""
    if kind == "single":
        return True
    n, below = int(one.n), side == "below"
    if kind == "share":
        of = int(one.of)
        tail = bdtr(n, of, usual) if below else bdtrc(n - 1, of, usual) if n else 1.0
    else:
        tail = pdtr(n, usual * one.of) if below else pdtrc(n - 1, usual * one.of) if n else 1.0
    return bool(tail < ONE_TAIL)


def _runs(standing: Sequence[_Standing], centre: float, length: int) -> list[Signal]:
    """Of each run that is long enough: for every point of it from then on, since when it lasts."""
    found = []
    begun, side = 0, 0
    for at, one in enumerate(standing):
        here = (one.value > centre) - (one.value < centre)
        if here != side or not here:
            begun, side = at, here
        together = standing[begun : at + 1]
        if here and len(together) >= RUN and _far(together, centre, length):
            way: Side = "above" if here > 0 else "below"
            found.append(Signal("run", standing[begun].place, one.place, way))
    return found


def _far(together: Sequence[_Standing], centre: float, length: int) -> bool:
    """Whether a run lies farther off than its own chance and the centre's explain."""
    if any(one.spread == 0 for one in together):
        return True
    apart = sum((one.value - centre) / one.spread for one in together) / len(together)
    return abs(apart) > SIGMAS * sqrt(1 / len(together) + 1 / length)
