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
class Run:
    """One unit from a moment on: where it is then, until when it has to be at its post, and the
    visits to come in their order."""

    key: int
    spot: int
    post: int
    begins: float
    ends: float
    visits: tuple[Visit, ...] = ()


@dataclass(frozen=True)
class Misfit:
    """Which visit can't be made in this order, and why; ``home``: none, but the unit would be back
    too late."""

    visit: Visit | None
    why: str
    """``late``: its hours are over by then; ``unreachable``; ``near``: too soon after, or before,
    another one to the same place; ``home``."""


@dataclass(frozen=True)
class Fit:
    """Where a visit fits in: before the visit number ``place``, for so many seconds more on the
    way; it arrives then."""

    place: int
    added: float
    arrives: float


def timed(run: Run, seconds: Seconds) -> list[tuple[float, float]] | Misfit:
    """When the unit arrives and leaves, visit by visit; or the first that can't be."""
    at, spot, times = run.begins, run.spot, []
    for one in run.visits:
        way = float(seconds[spot, one.spot])
        if not np.isfinite(way):
            return Misfit(one, "unreachable")
        arrives = max(at + way, one.opens)
        if arrives + one.stay > one.closes + 1e-6:
            return Misfit(one, "late")
        if any(arrives < until and arrives + one.stay > since for since, until in one.near):
            return Misfit(one, "near")
        at, spot = arrives + one.stay, one.spot
        times.append((arrives, at))
    home = float(seconds[spot, run.post])
    if run.visits and not at + home <= run.ends + 1e-6:
        return Misfit(None, "home" if np.isfinite(home) else "unreachable")
    return times


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
        fit = Fit(place, _added(run, visit, place, seconds), times[place][0])
        if found is None or (fit.added, fit.arrives) < (found.added, found.arrives):
            found = fit
    return found


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
