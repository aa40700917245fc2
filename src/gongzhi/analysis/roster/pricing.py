"""The cheapest walks of an officer at given prices of days and shifts: exact, or with a bound.

Backwards first, with a price for each unit of a total instead of what the totals cost: that is
quick, and no walk costs less. Then forwards, with all totals as they are, only where that bound
leaves hope (Irnich and Desaulniers, "Shortest path problems with resource constraints", 2005).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

import numba
import numpy as np
import numpy.typing as npt

from gongzhi.analysis.roster.walks import Floats, Walk


@dataclass(frozen=True)
class Priced:
    """``choices``: walks that cost less than the threshold, the cheapest first, and what they cost
    at these prices. ``bound``: no walk costs less than this, or than the threshold."""

    choices: npt.NDArray[np.int8]
    costs: Floats
    bound: float


class Room:
    """Where walks are kept while one is searched for: so many beginnings on a day at most. For one
    thread at a time."""

    def __init__(self, days: int, choices: int, totals: int, wide: int) -> None:
        many, slots = wide * choices, 1 << (2 * wide * choices).bit_length()
        self.slots = np.zeros((2, slots), np.int64)
        # Of a beginning: node, then totals; of a new one also where it came from, and the choice.
        self.kept = np.zeros((wide, totals + 1), np.int64)
        self.kept_cost = np.zeros(wide)
        self.new = np.zeros((many, totals + 3), np.int64)
        self.new_cost = np.zeros((many, 2))
        self.way = np.zeros((2, days, wide), np.int32)


class Pricer:
    """One officer's walk, searched again and again; remembers what totals were worth last time, and
    what was decided."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self.may = walk.may.copy()
        self.rates = np.zeros(len(walk.sums))
        ways = walk.ways
        self._ways = (ways.to, ways.costs, ways.weekend, ways.days)
        self._totals = (walk.sums, walk.worth, walk.sizes)

    def decide(self, day: int, choice: int) -> None:
        """Only this choice on that day, until `free`."""
        self.may[day] = False
        self.may[day, choice] = True

    def free(self) -> None:
        """Nothing is decided any more."""
        self.may[:] = self.walk.may

    def costs(self, choices: npt.NDArray[np.int8]) -> float:
        """What these choices cost alone; infinite where they aren't allowed."""
        walk = self.walk
        own = np.where(self.may, walk.own, inf)
        return float(_told(self._ways, walk.begin, own, self._totals, choices))

    def cheapest(
        self, prices: Floats, room: Room, below: float = inf, *, many: int = 3, turns: int = 10
    ) -> Priced:
        """Walks that cost less than ``below`` at `prices` (of days and choices, added to their own
        costs). Where there is no ``room`` for all, the walks need not be the cheapest, but the
        bound still holds. ``turns``: how often totals' rates are bettered."""
        priced = np.where(self.may, prices + self.walk.own, inf)
        kept = (room.slots, room.kept, room.kept_cost, room.new, room.new_cost, room.way)
        choices, costs, bound = _cheapest(
            self._ways, self.walk.begin, priced, self._totals, self.rates, below, many, turns, kept
        )
        return Priced(choices, costs, float(bound))


@numba.njit(cache=True, nogil=True)
def _told(ways, begin, own, totals, choices):  # type: ignore[no-untyped-def]
    to, costs, weekend, _days = ways
    sums, worth, sizes = totals
    node, whole = begin, 0.0
    total = np.zeros(len(sums), np.int64)
    for day in range(len(choices)):
        choice = choices[day]
        if to[node, choice] < 0:
            return np.inf
        whole += own[day, choice] + costs[node, choice]
        for k in range(len(sums)):
            total[k] += sums[k, day, choice]
        total[0] += weekend[node, choice]
        node = to[node, choice]
    return whole + _ended(worth, sizes, total)


@numba.njit(cache=True, nogil=True)
def _ended(worth, sizes, total):  # type: ignore[no-untyped-def]
    """What the totals cost in the end; infinite where one is too much."""
    whole = 0.0
    for k in range(len(sizes)):
        whole += worth[k, total[k]] if total[k] < sizes[k] else np.inf
    return whole


@numba.njit(cache=True, nogil=True)
def _tilted(priced, sums, rates):  # type: ignore[no-untyped-def]
    """Prices with totals at their rates."""
    tilted = priced.copy()
    for k in range(len(rates)):
        for day in range(priced.shape[0]):
            for choice in range(priced.shape[1]):
                tilted[day, choice] += rates[k] * sums[k, day, choice]
    return tilted


@numba.njit(cache=True, nogil=True)
def _backwards(ways, tilted, rate, least):  # type: ignore[no-untyped-def]
    """From each node to the end, the least there is. ``rate``: of a weekend."""
    to, costs, weekend, days = ways
    least[0] = 0.0
    for node in range(1, len(to)):
        best = np.inf
        for choice in range(to.shape[1]):
            after = to[node, choice]
            if after >= 0:
                here = least[after] + costs[node, choice] + tilted[days[node], choice]
                best = min(best, here + rate * weekend[node, choice])
        least[node] = best


@numba.njit(cache=True, nogil=True)
def _followed(ways, begin, tilted, sums, rates, least, total, path):  # type: ignore[no-untyped-def]
    """The walk that the least comes from, and its totals; what it costs without them."""
    to, costs, weekend, days = ways
    node, plain = begin, least[begin]
    total[:] = 0
    while node > 0:
        best, chosen, day = np.inf, 0, days[node]
        for choice in range(to.shape[1]):
            after = to[node, choice]
            if after >= 0:
                here = least[after] + costs[node, choice] + tilted[day, choice]
                here += rates[0] * weekend[node, choice]
                if here < best:
                    best, chosen = here, choice
        path[day] = chosen
        for k in range(len(rates)):
            total[k] += sums[k, day, chosen]
        total[0] += weekend[node, chosen]
        node = to[node, chosen]
    for k in range(len(rates)):
        plain -= rates[k] * total[k]
    return plain


@numba.njit(cache=True, nogil=True)
def _settled(worth, sizes, rates, wanted):  # type: ignore[no-untyped-def]
    """What the totals cost at least beyond their rates, and the values where that is so."""
    whole = 0.0
    for k in range(len(rates)):
        best = np.inf
        for v in range(sizes[k]):
            here = worth[k, v] - rates[k] * v
            if here < best:
                best, wanted[k] = here, v
        whole += best
    return whole


@numba.njit(cache=True, nogil=True)
def _moved(rates, far, scale, step):  # type: ignore[no-untyped-def]
    """Rates, the higher the further their total is above what is wanted; no where all are."""
    norm = 0.0
    for k in range(len(rates)):
        norm += (far[k] / scale[k]) ** 2
    if norm == 0:
        return False
    for k in range(len(rates)):
        rates[k] += step * far[k] / norm / scale[k] ** 2
    return True


@numba.njit(cache=True, nogil=True)
def _tightened(ways, begin, priced, totals, rates, least, below, turns):  # type: ignore[no-untyped-def]
    """Rates with a high bound, by steps along the difference of totals walked and wanted; that
    bound, and the cheapest walk met on the way."""
    sums, worth, sizes = totals
    wanted, total = np.zeros(len(rates), np.int64), np.zeros(len(rates), np.int64)
    path = np.zeros(priced.shape[0], np.int8)
    met, met_path, best, best_rates = np.inf, path.copy(), -np.inf, rates.copy()
    scale = np.ones(len(rates))
    for k in range(1, len(rates)):
        scale[k] = max(1, sums[k].max())
    step, last = 1.0, -np.inf
    for _turn in range(turns):
        tilted = _tilted(priced, sums, rates)
        _backwards(ways, tilted, rates[0], least)
        if least[begin] == np.inf:
            return np.inf, met, met_path
        bound = least[begin] + _settled(worth, sizes, rates, wanted)
        plain = _followed(ways, begin, tilted, sums, rates, least, total, path)
        plain += _ended(worth, sizes, total)
        if plain < met:
            met, met_path[:] = plain, path
        if bound > best:
            best, best_rates[:] = bound, rates
        step *= 0.6 if bound < last else 1.0
        last, top = bound, min(met, below)
        ahead = 20.0 if top == np.inf else top - bound
        if best >= top - 1e-6 or not _moved(rates, total - wanted, scale, step * ahead):
            break
    rates[:] = best_rates
    _backwards(ways, _tilted(priced, sums, rates), rates[0], least)
    return best, met, met_path


@numba.njit(cache=True, nogil=True)
def _rest(worth, sizes, rates):  # type: ignore[no-untyped-def]
    """What each total costs at least in the end from a value on, less its rate for what is still to
    come."""
    rest = np.full(worth.shape, np.inf)
    for k in range(len(rates)):
        best = np.inf
        for v in range(sizes[k] - 1, -1, -1):
            best = min(best, worth[k, v] - rates[k] * v)
            rest[k, v] = best + rates[k] * v
    return rest


@numba.njit(cache=True, nogil=True)
def _cheapest(ways, begin, priced, totals, rates, below, many, turns, room):  # type: ignore[no-untyped-def]
    sums, worth, sizes = totals
    _slots, kept, kept_cost, _new, new_cost, way = room
    least = np.full(len(ways[0]), np.inf)
    bound, met, path = _tightened(ways, begin, priced, totals, rates, least, below, turns)
    if bound >= below - 1e-6:
        return np.zeros((0, len(priced)), np.int8), np.zeros(0), bound
    rest = _rest(worth, sizes, rates)
    kept[0, :] = 0
    kept[0, 0], kept_cost[0], lost, here = begin, 0.0, np.inf, 1
    for day in range(len(priced)):
        found = _stepped(ways, day, priced[day], totals, least, rest, below, here, room)
        gone = np.inf
        if found > len(kept):
            gone = np.partition(new_cost[:found, 1].copy(), len(kept))[len(kept)]
        here = _narrowed(day, found, len(sums), gone, room)
        lost = min(lost, gone)
    for n in range(here):
        kept_cost[n] += _ended(worth, sizes, kept[n, 1:])
    order = np.argsort(kept_cost[:here])
    told = 0
    while told < min(here, many) and kept_cost[order[told]] < below - 1e-6:
        told += 1
    low = min(lost, below)
    if told == 0 and met < below - 1e-6:
        return path.reshape(1, -1), np.full(1, met), max(low, bound)
    if told:
        low = min(low, kept_cost[order[0]])
    return _walked(order[:told], way), kept_cost[order[:told]], max(low, bound)


@numba.njit(cache=True, nogil=True)
def _walked(order, way):  # type: ignore[no-untyped-def]
    """The choices that led to each, day by day."""
    paths = np.zeros((len(order), way.shape[1]), np.int8)
    for m in range(len(order)):
        n = order[m]
        for day in range(way.shape[1] - 1, -1, -1):
            paths[m, day] = way[1, day, n]
            n = way[0, day, n]
    return paths


@numba.njit(cache=True, nogil=True)
def _stepped(ways, day, priced, totals, least, rest, below, here, room):  # type: ignore[no-untyped-def]
    """All beginnings one day longer that leave hope; of those that nothing tells apart, the
    cheapest. Of each what it cost, and what it will at least."""
    to, costs, weekend, _days = ways
    slots, kept, kept_cost, new, new_cost, _way = room
    sums, kinds, found = totals[0], len(totals[0]), 0
    # A turn's own number says which slots are its own: none has to be emptied.
    slots[0, -1] += 1
    now = np.zeros(kinds, np.int64)
    for n in range(here):
        node = kept[n, 0]
        for choice in range(to.shape[1]):
            after = to[node, choice]
            if after < 0 or priced[choice] == np.inf:
                continue
            for k in range(kinds):
                now[k] = kept[n, k + 1] + sums[k, day, choice]
            now[0] += weekend[node, choice]
            paid = kept_cost[n] + costs[node, choice] + priced[choice]
            hope = paid + least[after] + _hoped(rest, totals[2], now)
            if hope >= below - 1e-6:
                continue
            slot = _slot(slots, new, after, now)
            if slots[0, slot] != slots[0, -1]:
                slots[0, slot], slots[1, slot] = slots[0, -1], found
                new[found, 0], new[found, 1 : kinds + 1] = after, now
                new_cost[found, 0] = np.inf
                found += 1
            old = slots[1, slot]
            if paid < new_cost[old, 0]:
                new[old, kinds + 1], new[old, kinds + 2] = n, choice
                new_cost[old, 0], new_cost[old, 1] = paid, hope
    return found


@numba.njit(cache=True, nogil=True)
def _hoped(rest, sizes, now):  # type: ignore[no-untyped-def]
    whole = 0.0
    for k in range(len(sizes)):
        if now[k] >= sizes[k]:
            return np.inf
        whole += rest[k, now[k]]
    return whole


@numba.njit(cache=True, nogil=True)
def _slot(slots, new, after, now):  # type: ignore[no-untyped-def]
    """Where a beginning with that node and those totals is, or would be put. The last slot is
    none."""
    mask = slots.shape[1] - 1
    key = np.int64(after)
    for k in range(len(now)):
        key = key * 1009 + now[k]
    slot = ((key * 0x9E3779B97F4A7C1) >> 20) & mask
    while True:
        if slot == mask:
            slot = 0
        if slots[0, slot] != slots[0, mask]:
            return slot
        old = slots[1, slot]
        same = new[old, 0] == after
        for k in range(len(now)):
            same = same and new[old, k + 1] == now[k]
        if same:
            return slot
        slot += 1


@numba.njit(cache=True, nogil=True)
def _narrowed(day, found, kinds, limit, room):  # type: ignore[no-untyped-def]
    """Keep those with a better hope than the limit; how many."""
    _slots, kept, kept_cost, new, new_cost, way = room
    here = 0
    for n in range(found):
        if new_cost[n, 1] < limit:
            kept[here, : kinds + 1] = new[n, : kinds + 1]
            kept_cost[here] = new_cost[n, 0]
            way[0, day, here], way[1, day, here] = new[n, kinds + 1], new[n, kinds + 2]
            here += 1
    return here
