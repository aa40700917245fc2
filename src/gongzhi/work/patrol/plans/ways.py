"""How long units take from one place of a plan to another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

import numpy as np
from django.utils import timezone

from gongzhi.analysis.travel import Mode
from gongzhi.base.places.coordinates import Point
from gongzhi.work.dispatch.conditions import conditions
from gongzhi.work.dispatch.models import ResponseUnit
from gongzhi.work.dispatch.network import router
from gongzhi.work.dispatch.selectors.units import MODES, spots_of
from gongzhi.work.patrol.plans.routing import Seconds

KEPT = 6
"""Plans whose ways a process keeps at hand: those of today's and tomorrow's shifts."""


def ways_between(points: Sequence[Point], at: datetime) -> Ways:
    """The ways between these places at this hour, as the roads are now; kept for the next question,
    so that a change takes milliseconds."""
    hour, places = timezone.localtime(at).hour, tuple(dict.fromkeys(points))
    return _ways(places, hour, id(router()), hash(conditions()))


@lru_cache(maxsize=KEPT)
def _ways(places: tuple[Point, ...], hour: int, network: int, closed: int) -> Ways:
    return Ways(places, hour)


class Ways:
    """Seconds between some places, asked of the county's network once for each kind of unit."""

    def __init__(self, places: Sequence[Point], hour: int) -> None:
        self.rows = {point: row for row, point in enumerate(places)}
        self.spots = spots_of(list(places))
        self.hour = hour
        self._tables: dict[Mode, Seconds] = {}

    def row(self, point: Point) -> int:
        """The place's row in the tables."""
        return self.rows[point]

    def table(self, unit: ResponseUnit) -> Seconds:
        """From each place to each other for what this unit rides in (s); 0 to the same place."""
        mode = MODES[unit.kind]
        if mode not in self._tables:
            found = router().seconds(mode, self.spots, self.spots, hour=self.hour)
            table = np.asarray(found, np.float64).copy()
            np.fill_diagonal(table, 0.0)
            self._tables[mode] = table
        return self._tables[mode]


def forget_ways() -> None:
    """Ask the network anew at the next question."""
    _ways.cache_clear()
