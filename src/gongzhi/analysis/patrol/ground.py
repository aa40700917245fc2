"""What the compiled search works on: numbers alone.

A node is a number: first the visits, then breaks, then each unit's start, then each unit's end.
Times are whole seconds on the unit's clock (`clock`).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Small = NDArray[np.int32]
Flags = NDArray[np.bool_]
NEVER = -(1 << 40)
FAR = 1 << 40
"""Later than anything (s)."""
WORTH, WAY, BURDEN, ALIKE = range(4)
"""Of `Tours.total`: the sum that counts; the seconds on the way; and what else weighs like seconds
on the way: much work for one unit, and what is lost elsewhere; visits that begin when they should
keep away, counted where `Rules.alike` asks."""


class Ground(NamedTuple):
    """What doesn't change. `travel` by kind of unit from node to node; windows of node n on clock c
    are ``opens[c, starts[n]:starts[n + 1]]``; `rests`: how many breaks each unit has; `near`: the
    other visits, the nearest first; `even`: what a unit's stay, squared, weighs (1 / s); `cost`:
    what a visit by a unit weighs besides its way (s). Times that visit n should keep away from are
    ``past_opens[c, past[n]:past[n + 1]]`` until ``past_closes``."""

    travel: Small
    kind: Small
    clock: Small
    rests: Whole
    dwell: Whole
    starts: Whole
    opens: Whole
    closes: Whole
    floating: Flags
    can: Flags
    worth: Floats
    area: Whole
    whole: Floats
    near: Small
    even: Floats
    cost: Floats
    past: Whole
    past_opens: Whole
    past_closes: Whole


class Tours(NamedTuple):
    """Routes: the nodes of each unit's, and of each when it begins and leaves, the latest arrival
    that keeps the rest possible, and at which node's place it is (a break is where one is).
    `load`: how long each unit stays at stops (s); `alike`: how many of its visits come when they
    should keep away."""

    node: Small
    length: Whole
    begin: Whole
    leave: Whole
    latest: Whole
    at: Small
    unit: Small
    got: Floats
    load: Floats
    alike: Whole
    total: Floats


class Rules(NamedTuple):
    """What is weighed: worth of a second on the way; how much less the last of an area counts. How
    much a round takes out: the longest string of visits, and their number on average, about.
    `alike`: what a visit loses that comes when it should keep away, and `shy`: the detour (s) that
    is made instead."""

    second: float = 0.0
    fairness: float = 0.0
    longest: float = 10.0
    mean: float = 10.0
    alike: float = 0.0
    shy: float = 0.0
