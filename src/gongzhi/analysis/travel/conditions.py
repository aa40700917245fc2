"""What slows or closes ways for a while: a flood, fog, a feast, a bridge that is shut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from gongzhi.analysis.travel.estimate import Mode
from gongzhi.analysis.travel.network import Floats, Network


@dataclass(frozen=True)
class Condition:
    """Within a ``ring`` of at least three (lon, lat), WGS84, ``speed`` is the share of the usual
    speed that is left; 0: closed, also for what only crosses it. ``modes``: whom it concerns;
    none named: everybody. ``ferries``: it concerns ferries, and no road."""

    ring: tuple[tuple[float, float], ...]
    speed: float
    modes: frozenset[Mode] = frozenset()
    ferries: bool = False

    def __post_init__(self) -> None:
        """Raises ValueError for what is no area, or no share."""
        if len(self.ring) < 3 or not 0 <= self.speed <= 1:
            raise ValueError(f"no condition: {len(self.ring)} corners, speed {self.speed}")

    def concerns(self, mode: Mode) -> bool:
        """Whether it slows this means."""
        return not self.modes or mode in self.modes


def share_left(network: Network, conditions: Sequence[Condition], mode: Mode) -> Floats:
    """Of each arc the share of the usual speed that is left (0: closed); where several conditions
    lie over each other, the worst counts."""
    share = np.ones(network.arcs)
    mine = [one for one in conditions if one.concerns(mode)]
    if not mine:
        return share
    both = (network.tail, network.head)
    ends = np.stack([np.column_stack([network.lon[end], network.lat[end]]) for end in both], axis=1)
    whole = shapely.STRtree(shapely.linestrings(ends))
    middle = shapely.STRtree(shapely.points(ends.mean(axis=1)))
    for one in mine:
        area = shapely.make_valid(shapely.Polygon(one.ring))
        within = (middle if one.speed else whole).query(area, predicate="intersects")
        if one.ferries:
            within = within[network.ferry[within] >= 0]
        share[within] = np.minimum(share[within], one.speed)
    return share
