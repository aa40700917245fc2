"""Stops of one unit in their order: when it is there, and where another stop fits in best.

Plain reckoning in seconds from the beginning of the plan; it knows neither units nor nodes. Making
a whole plan is `analysis.patrol`'s work; this is for one change at a time, where everything else
stays as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Seconds = NDArray[np.float64]
"""From each spot (rows) to each other (columns)."""


@dataclass(frozen=True)
class Visit:
    """A stop to be made. ``spot``: its row in the table of seconds; ``opens``, ``closes``: between
    them the whole visit lies. ``near``: visits of others to the same place, from when to when, with
    the pause that has to lie between."""

    key: int
    spot: int
    opens: float
    closes: float
    stay: float
    near: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True)
class Pause:
    """A break that begins between `opens` and `closes`, wherever the unit then is; not before
    ``wish``, when it was planned, if that can be."""

    key: int
    opens: float
    closes: float
    stay: float
    wish: float = 0.0


@dataclass(frozen=True)
class Run:
    """One unit from a moment on: where it is then, until when it has to be at its post, the visits
    to come in their order, and the breaks in theirs."""

    key: int
    spot: int
    post: int
    begins: float
    ends: float
    visits: tuple[Visit, ...] = ()
    pauses: tuple[Pause, ...] = ()


@dataclass(frozen=True)
class Times:
    """When the unit arrives and leaves, visit by visit, and when each break begins."""

    free: float
    visits: tuple[tuple[float, float], ...] = ()
    pauses: tuple[float, ...] = ()


@dataclass(frozen=True)
class Misfit:
    """Which visit can't be made in this order, and why; ``home``: none, but the unit would be back
    too late; ``rest``: none, but there would be no time for a break."""

    visit: Visit | None
    why: str
    """``late``: its hours are over by then; ``unreachable``; ``near``: too soon after, or before,
    another one to the same place; ``home``; ``rest``."""


@dataclass(frozen=True)
class Fit:
    """Where a visit fits in: before the visit number ``place``, for so many seconds more on the
    way; it arrives then."""

    place: int
    added: float
    arrives: float


def timed(run: Run, seconds: Seconds) -> Times | Misfit:
    """When the unit arrives and leaves, visit by visit, with its breaks between; or the first that
    can't be. Breaks stay when they were planned, unless that makes a visit impossible."""
    found = _through(run, seconds)
    if isinstance(found, Times) or not run.pauses:
        return found
    found = _through(replace(run, pauses=tuple(replace(p, wish=0.0) for p in run.pauses)), seconds)
    if isinstance(found, Times):
        return found
    bare = _through(replace(run, pauses=()), seconds)
    return Misfit(None, "rest") if isinstance(bare, Times) else bare


def _through(run: Run, seconds: Seconds) -> Times | Misfit:
    """By how many breaks were taken so far, the way that is free soonest: of two ways through the
    same visits and breaks, who is free sooner can do all that the other can."""
    ways, spot = _rested({0: Times(run.begins)}, run.pauses), run.spot
    for one in run.visits:
        way = float(seconds[spot, one.spot])
        if not np.isfinite(way):
            return Misfit(one, "unreachable")
        then: dict[int, Times] = {}
        why = "late"
        for taken, before in ways.items():
            arrives = max(before.free + way, one.opens)
            leaves = arrives + one.stay
            if leaves > one.closes + 1e-6:
                continue
            if any(arrives < until and leaves > since for since, until in one.near):
                why = "near"
                continue
            then[taken] = Times(leaves, (*before.visits, (arrives, leaves)), before.pauses)
        if not then:
            return Misfit(one, why)
        ways, spot = _rested(then, run.pauses), one.spot
    home, last = float(seconds[spot, run.post]), ways.get(len(run.pauses))
    if last is None:
        return Misfit(None, "rest")
    if run.visits and not last.free + home <= run.ends + 1e-6:
        return Misfit(None, "home" if np.isfinite(home) else "unreachable")
    return last


def _rested(ways: dict[int, Times], pauses: Sequence[Pause]) -> dict[int, Times]:
    """The same, and with the next breaks taken here."""
    for n, one in enumerate(pauses):
        before = ways.get(n)
        if before is None:
            continue
        begins = max(before.free, one.opens, one.wish)
        after = ways.get(n + 1)
        if begins <= one.closes and (after is None or begins + one.stay < after.free):
            ways[n + 1] = Times(begins + one.stay, before.visits, (*before.pauses, begins))
    return ways


def with_visit(run: Run, visit: Visit, place: int) -> Run:
    """The run with one visit more, before the one that has this number."""
    return replace(run, visits=(*run.visits[:place], visit, *run.visits[place:]))


def best_fit(run: Run, visit: Visit, seconds: Seconds) -> Fit | None:
    """Where the visit costs the least way; None where it fits nowhere."""
    found: Fit | None = None
    for place in range(len(run.visits) + 1):
        times = timed(with_visit(run, visit, place), seconds)
        if isinstance(times, Misfit):
            continue
        fit = Fit(place, _added(run, visit, place, seconds), times.visits[place][0])
        if found is None or (fit.added, fit.arrives) < (found.added, found.arrives):
            found = fit
    return found


def likely_place(run: Run, visit: Visit) -> int:
    """Where in the order its hours have it: for saying why it fits nowhere."""
    return sum(one.opens <= visit.opens for one in run.visits)


def _added(run: Run, visit: Visit, place: int, seconds: Seconds) -> float:
    before = run.visits[place - 1].spot if place else run.spot
    after = run.visits[place].spot if place < len(run.visits) else run.post
    way = seconds[before, visit.spot] + seconds[visit.spot, after] - seconds[before, after]
    return max(float(way), 0.0)


def why_not(runs: Sequence[tuple[Run, Seconds]], visit: Visit) -> str:
    """Why none of these can make it: ``unreachable`` when no way leads there for any, else
    ``no_time``."""
    reached = any(np.isfinite(seconds[run.spot, visit.spot]) for run, seconds in runs)
    return "no_time" if reached else "unreachable"
