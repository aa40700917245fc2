"""Which cells are next to each other: over land, where the county's ways are known."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from gongzhi.analysis.hotspots import Neighbours, reachable, rings
from gongzhi.work.dispatch.network import Edition, land_edition, land_network


def near(cells: Sequence[int]) -> Neighbours:
    """Cells that touch and that a way connects; until ways are imported, all that touch."""
    return _near(land_edition(), tuple(cells))


@lru_cache(maxsize=8)
def _near(edition: Edition | None, cells: tuple[int, ...]) -> Neighbours:
    ways = land_network(edition) if edition else None
    if ways is None:
        return rings(cells)
    land = ways.ferry < 0
    return reachable(cells, ways.lat, ways.lon, ways.tail[land], ways.head[land], ways.metres[land])
