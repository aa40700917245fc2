"""All ways of a county in one: over its roads, over its sea, and estimated where it has neither."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gongzhi.analysis.travel.conditions import Condition
from gongzhi.analysis.travel.estimate import Mode, Spot, Trip, trip
from gongzhi.analysis.travel.network import Floats
from gongzhi.analysis.travel.router import EXACT, Router


class Ways:
    """``roads``: for all that goes on land; ``sea``: for boats. Either may be missing."""

    def __init__(self, roads: Router | None = None, sea: Router | None = None) -> None:
        self.roads = roads
        self.sea = sea

    def trips(
        self, mode: Mode, origins: Sequence[Spot], target: Spot, *, hour: int, exact: int = EXACT
    ) -> list[Trip | None]:
        """The way from each origin to the target (`Router.trips`)."""
        over = self.sea if mode == "boat" else self.roads
        if over is None or (mode != "boat" and target.land is None):
            return [trip(mode, spot, target, hour=hour) for spot in origins]
        return over.trips(mode, origins, target, hour=hour, exact=exact)

    def seconds(
        self, mode: Mode, origins: Sequence[Spot], targets: Sequence[Spot], *, hour: int
    ) -> Floats:
        """From each origin (rows) to each target (s), as `trips` says them; infinite where nothing
        leads there."""
        found = np.full((len(origins), len(targets)), np.inf)
        over = self.sea if mode == "boat" else self.roads
        reached = [n for n, one in enumerate(targets) if mode == "boat" or one.land is not None]
        ends = [targets[n] for n in reached]
        if over is not None:
            found[:, reached] = over.seconds(mode, origins, ends, hour=hour)
            return found
        for row, start in enumerate(origins):
            ways = [trip(mode, start, end, hour=hour) for end in ends]
            found[row, reached] = [way.seconds if way else np.inf for way in ways]
        return found

    def line(
        self, mode: Mode, origin: Spot, target: Spot, *, hour: int
    ) -> list[tuple[float, float]] | None:
        """The places (lat, lon) that the way leads through (`Router.line`); None where it is only
        estimated."""
        over = self.sea if mode == "boat" else self.roads
        if over is None or (mode != "boat" and target.land is None):
            return None
        return over.line(mode, origin, target, hour=hour)

    def under(self, conditions: Sequence[Condition]) -> None:
        """Reckon with these from now on, in place of those before."""
        for one in (self.roads, self.sea):
            if one is not None:
                one.under(conditions)
