"""What is done about one team: its bound, a whole roster from it, and some of its officers anew."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

import numpy as np

from gongzhi.analysis.roster.building import Ground
from gongzhi.analysis.roster.checking import cost
from gongzhi.analysis.roster.columns import Choices, Columns, Line, Wanted
from gongzhi.analysis.roster.diving import Pace, dive
from gongzhi.analysis.roster.filling import filled
from gongzhi.analysis.roster.picking import pick
from gongzhi.analysis.roster.pricing import Pricer, Room
from gongzhi.analysis.roster.problem import Problem, Roster
from gongzhi.analysis.roster.walks import Walk

BROAD, USUAL, NARROW = 20_000, 2_000, 400
"""Beginnings kept on a day: where the bound depends on it; mostly; in a dive."""
GOOD = 1.0
"""Walks that cost no more than that above the cheapest are worth keeping for a dive."""
NEAR = 0.03
"""Where a roster is that near to its bound, the best may be among the walks that are known."""
AGAIN = 0.6
"""So much nearer it has to be before they are looked at again."""
ENOUGH = 60
"""Walks of an officer that are looked for then."""
WHOLE, SOME = Pace(rounds=15), Pace(rounds=8)
Going = Callable[[], bool]
Found = dict[int, Line] | None


@dataclass
class Team:
    """``part``: what it can do alone; ``wanted`` what `problem` asks of any of its officers.
    ``good``: walks that were among the best. ``floor``: no roster of the part costs less.
    ``columns``: all walks known; ``picked_at``: how far the bound was when the best were picked.
    """

    problem: Problem
    part: Problem
    ground: Ground
    wanted: Wanted
    walks: Mapping[int, Walk]
    floor: int = 0
    good: dict[int, list[Choices]] = field(default_factory=dict)
    columns: Columns | None = None
    picked_at: float = np.inf

    def room(self, wide: int) -> Room:
        """For that many beginnings on a day."""
        totals = max(len(one.sums) for one in self.walks.values())
        return Room(self.part.days, len(self.part.shifts) + 1, totals, wide)

    def filled(self) -> Found:
        """A first roster of the part, in a second or so; it may break something."""
        columns = Columns(self.part, self.ground.demands, self._pricers(self.walks))
        return filled(columns, [self.room(wide) for wide in (NARROW, USUAL, BROAD)]) or None

    def bounded(self, roster: Roster, going: Going) -> Found:
        """Find the bound, and the walks near to it; no roster yet."""
        columns = Columns(self.part, self.ground.demands, self._pricers(self.walks))
        columns.begin(roster)
        usual, broad = self.room(USUAL), self.room(BROAD)
        # With the sharpest prices, and room for all walks, only where there is nothing else left.
        while going() and (columns.round(usual) or columns.round(broad)):
            self.floor = max(self.floor, columns.floor())
            if columns.closed():
                break
        self.floor = max(self.floor, columns.floor())
        worth, own = columns.taken()
        prices = columns.prices(worth)
        dearer = [one.at(prices[n]) - own[n] for n, one in enumerate(columns.lines)]
        self.good = {
            key: list(columns.lines[n].choices[dearer[n] < GOOD])
            for n, key in enumerate(columns.who)
        }
        self.columns = columns
        return None

    def _pricers(self, who: Collection[int]) -> dict[int, Pricer]:
        return {key: Pricer(self.walks[key]) for key in who}

    def dived(self, roster: Roster, going: Going) -> Found:
        """A roster near to the bound, if one is found."""
        columns = Columns(self.problem, self.wanted, self._pricers(self.walks), roster)
        columns.begin(roster)
        self._seed(columns)
        columns.taken()
        return dive(columns, self.room(NARROW), np.inf, WHOLE, going)

    def _seed(self, columns: Columns) -> None:
        for n, key in enumerate(columns.who):
            columns.add(n, self.good.get(key, ()))

    def near(self, value: int) -> bool:
        """Whether the best roster may well be among the walks that are known."""
        known = self.columns is not None and self.wanted == self.ground.demands
        return known and value - self.floor <= min(NEAR * value, AGAIN * self.picked_at)

    def picked(self, roster: Roster, limit: float) -> Found:
        """The best of the walks known, and of others nearly as good."""
        columns = self.columns
        if columns is None:
            return None
        worth, own = columns.taken()
        prices, room = columns.prices(worth), self.room(BROAD)
        gap = self.picked_at = cost(self.part, roster) - columns.bound
        for n, pricer in enumerate(columns.pricers):
            more = pricer.cheapest(prices[n], room, float(own[n]) + gap, many=ENOUGH)
            columns.add(n, more.choices)
        dearer = [one.at(prices[n]) - own[n] for n, one in enumerate(columns.lines)]
        return pick(columns, dearer, roster, gap, limit)

    def anew(self, who: Collection[int], roster: Roster, going: Going) -> tuple[Found, bool]:
        """Better lines for some officers while all others keep theirs, if any were found; whether
        it is sure that there are none."""
        asked, room = set(who), self.room(NARROW)
        wanted = [(one, able) for one, able in self.wanted if any(o.key in asked for o in able)]
        columns = Columns(self.problem, wanted, self._pricers(who), roster)
        columns.begin(roster)
        columns.taken()
        limit = columns.value - 1
        self._seed(columns)
        while going() and columns.round(room) and not columns.closed():
            if columns.bound > limit + 0.001:
                return None, True
        columns.taken()
        if columns.bound > limit + 0.001 or columns.value > limit + 0.001:
            return None, columns.bound > limit + 0.001
        return dive(columns, room, limit, SOME, going), False
