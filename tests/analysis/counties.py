"""Small counties on a flat square, seeded, for the tests of cover."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from gongzhi.analysis.dispatching import Cover, Ground, Load

SIDE, PROMISE = 20_000.0, 600.0


@dataclass(frozen=True)
class Small:
    """Units and cells (m east and north), and what is asked of them."""

    units: Any
    cells: Any
    demand: Any
    load: Load

    def seconds(self, places: Any = None) -> Any:
        """From each place (columns) to each cell: 40 s, then 12.5 m/s on roads a third longer."""
        places = self.units if places is None else places
        away = np.hypot(*(self.cells[:, None] - places[None]).transpose(2, 0, 1))
        return 40 + away * 1.38 / 12.5

    def cover(self, left_out: int = -1) -> Cover:
        """The cover by all units but one; each unit's key is its number."""
        kept = [n for n in range(len(self.units)) if n != left_out]
        ground = Ground(self.demand, np.zeros(len(self.demand), int))
        return Cover(ground, kept, self.seconds()[:, kept], self.load, PROMISE, [0] * len(kept))


def small(seed: int, units: int, cells: int = 20) -> Small:
    """A county drawn by this seed; its units are busy for 10 to 70 % of the time."""
    draw = np.random.default_rng(seed)
    return Small(
        draw.uniform(0, SIDE, (units, 2)),
        draw.uniform(0, SIDE, (cells, 2)),
        draw.dirichlet(np.ones(cells)),
        Load(float(draw.uniform(0.1, 0.7)) * units, 3600.0),
    )
