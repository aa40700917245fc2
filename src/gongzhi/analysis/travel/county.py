"""All ways of a county in one: over its roads, over its sea, and estimated where it has neither."""

from __future__ import annotations

from collections.abc import Sequence

from gongzhi.analysis.travel.conditions import Condition
from gongzhi.analysis.travel.estimate import Mode, Spot, Trip, trip
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

    def under(self, conditions: Sequence[Condition]) -> None:
        """Reckon with these from now on, in place of those before."""
        for one in (self.roads, self.sea):
            if one is not None:
                one.under(conditions)
