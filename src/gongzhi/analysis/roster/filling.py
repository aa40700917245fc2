"""A roster one officer after another: each the walk that is cheapest, given what the others do."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gongzhi.analysis.roster.columns import Choices, Columns, Line
from gongzhi.analysis.roster.pricing import Room
from gongzhi.analysis.roster.walks import Floats

DEAR = 1000.0
"""What one officer missing counts."""
TURNS = 3


def filled(columns: Columns, rooms: Sequence[Room]) -> dict[int, Line]:
    """Everybody's line, those with most skills first; then again, to make room for each other.
    Fewer than must be there may be left somewhere. ``rooms``: the next one where there was too
    little in the one before; none at all where that doesn't help."""
    there = columns.known.copy()
    lines: dict[int, Choices] = {}
    order = np.argsort(-columns.able.sum(axis=1), kind="stable").tolist()
    for _turn in range(TURNS):
        before = dict(lines)
        for n in order:
            if n in lines:
                there -= columns.met(n, lines[n])
            prices = columns.prices(_worth(columns, there))[n]
            all_ = (columns.pricers[n].cheapest(prices, room, many=1) for room in rooms)
            found = next((one for one in all_ if len(one.costs)), None)
            if found is None:
                return {}
            lines[n] = found.choices[0]
            there += columns.met(n, lines[n])
        if before and all(np.array_equal(before[n], lines[n]) for n in order):
            break
    return {key: columns.line(lines[n]) for n, key in enumerate(columns.who)}


def _worth(columns: Columns, there: Floats) -> Floats:
    """What one more officer saves at each demand."""
    found = [
        DEAR if n < one.least else one.short if n < one.ideal else -one.over
        for one, n in zip(columns.demands, there, strict=True)
    ]
    return np.array(found, dtype=np.float64)
