"""How crowded events are: which part of the places has which part of them (80-20).

Where there are fewer events than places, many places have none however events are strewn, and the
usual Gini index calls that crowded. W. Bernasco and W. Steenbeek, "More Places than Crimes",
Journal of Quantitative Criminology 33, 2017, correct it: 0 is as even as so few events can be.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Concentration:
    """Lorenz's curve from the place with the most events on: the first `places` (part of all)
    have `events` (part of all). ``gini``: 0 even, 1 all in one place."""

    places: Floats
    events: Floats
    gini: float
    corrected: float

    def places_with(self, part: float) -> float:
        """The least part of the places that has this part of the events: 0.2 for 0.8, say."""
        return float(self.places[np.searchsorted(self.events, part - 1e-12)])

    def events_in(self, part: float) -> float:
        """The part of the events in this part of the places, the fullest ones."""
        return float(np.interp(part, self.places, self.events))


def concentration(counts: Floats) -> Concentration:
    """Of the counts of all places, those with none included. No events are even."""
    y = np.asarray(counts, dtype=float)
    if (y < 0).any() or not np.isfinite(y).all():
        raise ValueError("A count is missing or below 0.")
    size, total = len(y), y.sum()
    places = np.arange(size + 1) / max(size, 1)
    if not total:
        return Concentration(places, places.copy(), 0.0, 0.0)
    up = np.sort(y) / total
    rank = np.arange(1, size + 1)
    sums = float((rank * up).sum())
    fewer = min(size, total)
    corrected = (2 * sums - size - 1) / fewer - max(size / total, 1) + 1
    events = np.concatenate([[0.0], np.cumsum(up[::-1])])
    return Concentration(places, events, float((2 * sums - size - 1) / size), float(corrected))
