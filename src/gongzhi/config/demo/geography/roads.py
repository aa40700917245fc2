"""Roads between settlements: they follow the ground, share their way, and use bridges."""

from __future__ import annotations

import heapq
import itertools
from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import LineString, MultiPolygon

from gongzhi.config.demo.geography import plan
from gongzhi.config.demo.geography.land import Land
from gongzhi.config.demo.geography.settlements import Settled

RANKS = ("trunk", "main", "minor")
Step = tuple[int, int]
Links = dict[tuple[int, int], tuple[float, list[int]]]


@dataclass(frozen=True)
class Way:
    """A stretch of road between two junctions; ``ends``: the settlements its link joins."""

    rank: str
    ends: tuple[str, str]
    line: LineString


@dataclass(frozen=True)
class Crossing:
    """A bridge or causeway."""

    kind: str
    name: plan.Name
    line: LineString


@dataclass(frozen=True)
class RoadPlan:
    """All roads outside of towns, and what carries them over water."""

    ways: tuple[Way, ...]
    crossings: tuple[Crossing, ...]


def lay_roads(land: Land, settled: Settled) -> RoadPlan:
    """Join all settlements that can be joined over land or by the planned bridges."""
    links = _links(land, settled)
    crossings = []
    for islands, name, kind in (plan.BRIDGE, plan.CAUSEWAY):
        crossing, link = _bridge(land, settled, islands, name, kind)
        crossings.append(crossing)
        links.update(link)
    chosen = _network(len(settled.places), links)
    ranks = _ranks(settled, links, chosen)
    return RoadPlan(tuple(_ways(land, settled, links, ranks)), tuple(crossings))


def _links(land: Land, settled: Settled) -> Links:
    """For each two neighbouring settlements the cheapest way between them, cell by cell."""
    spread, columns = settled.spread, land.ground.columns
    best: dict[tuple[int, int], tuple[float, Step]] = {}
    for cell, owner in enumerate(spread.source):
        if owner < 0:
            continue
        for shift in (1, columns, columns + 1, columns - 1):
            other = spread.source[cell + shift] if cell + shift < len(spread.source) else -1
            if other < 0 or other == owner:
                continue
            pair = (min(owner, other), max(owner, other))
            cost = spread.cost[cell] + spread.cost[cell + shift] + 120
            if pair not in best or cost < best[pair][0]:
                best[pair] = (cost, (cell, cell + shift))
    return {pair: (cost, _joined(settled, step)) for pair, (cost, step) in best.items()}


def _joined(settled: Settled, step: Step) -> list[int]:
    return settled.spread.way(step[0])[::-1] + settled.spread.way(step[1])


def _bridge(
    land: Land, settled: Settled, islands: tuple[str, str], name: plan.Name, kind: str
) -> tuple[Crossing, Links]:
    """The shortest crossing between two islands, as a link between what lies at its ends."""
    source = np.array(settled.spread.source)
    ends = []
    for code in islands:
        cells = np.flatnonzero(land.cells[code].ravel() & (source >= 0))
        ends.append((cells, np.array([land.ground.place(int(cell)) for cell in cells])))
    tree = shapely.STRtree(shapely.points(ends[1][1]))
    pairs, away = tree.query_nearest(
        shapely.points(ends[0][1]), return_distance=True, all_matches=False
    )
    shortest = int(np.argmin(away))
    a, b = int(ends[0][0][pairs[0][shortest]]), int(ends[1][0][pairs[1][shortest]])
    cost = settled.spread.cost[a] + settled.spread.cost[b] + float(away[shortest])
    line = LineString([land.ground.place(a), land.ground.place(b)])
    pair = (min(source[a], source[b]), max(source[a], source[b]))
    return Crossing(kind, name, line), {
        (int(pair[0]), int(pair[1])): (cost, _joined(settled, (a, b)))
    }


def _network(count: int, links: Links) -> set[tuple[int, int]]:
    """The cheapest links that join everything, and those that save a long way round."""
    group = list(range(count))

    def root(i: int) -> int:
        while group[i] != i:
            i = group[i]
        return i

    chosen: set[tuple[int, int]] = set()
    order = sorted(links, key=lambda pair: (links[pair][0], pair))
    for a, b in order:
        if root(a) != root(b):
            group[root(a)] = root(b)
            chosen.add((a, b))
    for a, b in order:
        cost = links[a, b][0]
        if (a, b) not in chosen and cost < 20_000 and _far(links, chosen, a)[b] > 1.7 * cost:
            chosen.add((a, b))
    return chosen


def _far(links: Links, chosen: set[tuple[int, int]], start: int) -> dict[int, float]:
    return {place: cost for place, (cost, _) in _routes(links, chosen, start).items()}


def _routes(
    links: Links, chosen: set[tuple[int, int]], start: int
) -> dict[int, tuple[float, list[int]]]:
    """Cheapest routes over the chosen links from one settlement to all it can reach."""
    near: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for a, b in chosen:
        near[a].append((b, links[a, b][0]))
        near[b].append((a, links[a, b][0]))
    found: dict[int, tuple[float, list[int]]] = defaultdict(lambda: (float("inf"), []))
    heap: list[tuple[float, list[int]]] = [(0.0, [start])]
    while heap:
        cost, route = heapq.heappop(heap)
        if route[-1] in found:
            continue
        found[route[-1]] = (cost, route)
        for other, far in sorted(near[route[-1]]):
            if other not in found:
                heapq.heappush(heap, (cost + far, [*route, other]))
    return found


def _ranks(
    settled: Settled, links: Links, chosen: set[tuple[int, int]]
) -> dict[tuple[int, int], str]:
    """Trunk roads join the seats, main roads every larger village to its seat."""
    ranks = dict.fromkeys(chosen, "minor")
    index = {place.code: i for i, place in enumerate(settled.places)}
    seats = [index[settled.seat(town.code).code] for town in plan.TOWNS]

    def raise_to(rank: str, route: list[int]) -> None:
        for a, b in itertools.pairwise(route):
            pair = (min(a, b), max(a, b))
            ranks[pair] = min(ranks[pair], rank, key=RANKS.index)

    for town, seat in zip(plan.TOWNS, seats, strict=True):
        routes = _routes(links, chosen, seat)
        for other in seats:
            raise_to("trunk", routes[other][1])
        for place in settled.of(town.code):
            if place.kind == "community" or place.people > 650:
                raise_to("main", routes[index[place.code]][1])
    return ranks


def _ways(
    land: Land, settled: Settled, links: Links, ranks: dict[tuple[int, int], str]
) -> list[Way]:
    """Draw the links: steps they share become one road, smooth between its junctions."""
    rank_of: dict[Step, tuple[str, tuple[int, int]]] = {}
    for pair in sorted(ranks, key=lambda pair: (RANKS.index(ranks[pair]), pair)):
        for a, b in itertools.pairwise(links[pair][1]):
            if abs(a - b) > land.ground.columns + 1:
                continue  # over water: the crossing itself is drawn there
            rank_of.setdefault((min(a, b), max(a, b)), (ranks[pair], pair))
    firm = shapely.buffer(land.whole, -18)
    shapely.prepare(firm)
    ways = []
    for chain in _chains(rank_of):
        rank, (a, b) = rank_of[min(chain[:2]), max(chain[:2])]
        ends = (settled.places[a].code, settled.places[b].code)
        ways.append(Way(rank, ends, smooth([land.ground.place(cell) for cell in chain], firm)))
    return ways


def _chains(rank_of: dict[Step, tuple[str, tuple[int, int]]]) -> list[list[int]]:
    """Runs of steps of one kind between junctions."""
    near: dict[int, list[int]] = defaultdict(list)
    for a, b in sorted(rank_of):
        near[a].append(b)
        near[b].append(a)

    def kind(a: int, b: int) -> tuple[str, tuple[int, int]]:
        return rank_of[min(a, b), max(a, b)]

    def ends_at(cell: int) -> bool:
        return len(near[cell]) != 2 or kind(cell, near[cell][0]) != kind(cell, near[cell][1])

    done: set[Step] = set()
    chains = []
    for start in sorted(near):
        for second in near[start]:
            if not ends_at(start) or (min(start, second), max(start, second)) in done:
                continue
            chain = [start, second]
            while not ends_at(chain[-1]):
                chain.append(next(cell for cell in near[chain[-1]] if cell != chain[-2]))
            done |= {(min(s), max(s)) for s in itertools.pairwise(chain)}
            chains.append(chain)
    return chains


def smooth(points: list[tuple[float, float]], firm: MultiPolygon) -> LineString:
    """Round a way off as far as it stays on firm ground; its ends stay where they are."""
    raw = LineString(points)
    for tolerance in (75.0, 45.0, 0.0):
        bent = np.array(raw.simplify(tolerance).coords)
        for _ in range(3):
            cut = np.empty((2 * len(bent) - 2, 2))
            cut[0::2] = 0.75 * bent[:-1] + 0.25 * bent[1:]
            cut[1::2] = 0.25 * bent[:-1] + 0.75 * bent[1:]
            bent = np.concatenate([bent[:1], cut[1:-1] if len(cut) > 2 else cut[:0], bent[-1:]])
        line = LineString(bent).simplify(2.5)
        if firm.covers(line):
            return line
    return raw
