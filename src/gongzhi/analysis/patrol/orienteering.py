"""Instances of the team orienteering problem with time windows, as they are published.

One file an instance, in the format of P. Vansteenwegen's collection: a first line ``k v N t``,
another one that doesn't matter, then a line for each point: ``i x y duration profit f a list opens
closes``. Point 0 is where every route begins and ends; its closing time is how long it may take.
Distances are rounded down: to one decimal for Solomon's instances, to two for Cordeau's, whose
coordinates have three.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from gongzhi.analysis.patrol.problem import Floats, Problem, Stop, Unit, Window

STEPS = 100
"""A unit of time of the instances has so many of our seconds: everything is a whole number."""
FIELDS = 7
"""That a point has at least."""


def read(path: Path, routes: int) -> Problem:
    """The instance with so many routes. ValueError, in words, where it isn't one."""
    lines = [line.split() for line in path.read_text("utf-8").splitlines() if line.strip()]
    points = [line for line in lines[2:] if len(line) >= FIELDS]
    if len(lines) < 3 or len(points) != len(lines) - 2:
        raise ValueError(f"{path.name}: not an instance: two lines, then one for each point")
    try:
        rows = [[float(one) for one in (*line[1:5], *line[-2:])] for line in points]
    except ValueError:
        raise ValueError(f"{path.name}: something that is no number") from None
    decimals = max(len(one.partition(".")[2]) for line in points for one in line[1:3])
    travel = _distances(np.array(rows)[:, :2], 2 if decimals > 2 else 1)
    closes = _steps(rows[0][5])
    stops = tuple(
        Stop(n, n, profit, _steps(duration), (Window(_steps(opens), _steps(until)),))
        for n, (_x, _y, duration, profit, opens, until) in enumerate(rows)
        if n
    )
    units = tuple(Unit(n, "route", 0, 0, Window(_steps(rows[0][4]), closes)) for n in range(routes))
    return Problem(units, stops, {"route": travel})


def _steps(time: float) -> int:
    return round(time * STEPS)


def _distances(xy: Floats, decimals: int) -> Floats:
    apart = np.hypot(*(xy[:, None] - xy[None]).transpose(2, 0, 1))
    unit = 10**decimals
    found: Floats = np.floor(apart * unit + 1e-9) * (STEPS // unit)
    return found
