"""Where people live: seats of towns, communities around them, villages along the coast."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon

from gongzhi.config.demo.geography import plan
from gongzhi.config.demo.geography.land import Land
from gongzhi.config.demo.geography.lattice import Cell, Mask, Spread, around

Score = NDArray[np.float64]
ROOM = 0.7
"""Share of dry ground within two cells of a town's seat."""


@dataclass(frozen=True)
class Settlement:
    """A community (社区) or village (村): its middle, its people, the town it belongs to."""

    code: str
    town: str
    island: str
    kind: str
    cell: int
    x: float
    y: float
    people: int


@dataclass(frozen=True)
class Settled:
    """All settlements, and for every cell of the ground which of them is nearest by effort."""

    places: tuple[Settlement, ...]
    spread: Spread
    built_up: dict[str, Polygon]

    def seat(self, town: str) -> Settlement:
        """The community the town is run from."""
        return next(place for place in self.places if place.town == town)

    def of(self, town: str) -> list[Settlement]:
        """Settlements of one town, its seat first."""
        return [place for place in self.places if place.town == town]


def settle(land: Land, seed: int) -> Settled:
    """Find a place for every community and village of the plan."""
    rng = np.random.default_rng([seed, 2])
    score = _comfort(land)
    seats = {town.code: _seat(land, score, town) for town in plan.TOWNS}
    districts = _districts(land, seats)
    places: list[Settlement] = []
    for town in plan.TOWNS:
        places += _people(rng, town, _sites(rng, land, score, town, seats, districts))
    spread = land.ground.spread({place.cell: i for i, place in enumerate(places)})
    return Settled(tuple(places), spread, _built_up(land, places, spread))


def _comfort(land: Land) -> Score:
    """How good each cell is to live on: flat, low, near the water, in a bay rather than a cape."""
    height = land.ground.height
    slope = np.sqrt(np.maximum(around(height**2, 2) - around(height, 2) ** 2, 0))
    near = -np.abs(land.shore - 4.0) / 5
    sheltered = around((height > 0).astype(float), 6)
    low = -np.clip(height - 12, 0, 200) / 30
    return np.asarray(-slope / 9 + near + low + 0.8 * np.minimum(sheltered, 0.75))


def _seat(land: Land, score: Score, town: plan.Town) -> int:
    """Where the town began: close to where the plan wants it, with ground around to grow on."""
    mine = land.cells[next(iter(town.villages))]
    rows, columns = np.nonzero(mine & (around(mine.astype(float), 2) > ROOM))
    x = land.ground.west + columns * land.ground.step
    y = land.ground.south + rows * land.ground.step
    away = np.hypot(x - town.seat[0] * 1000, y - town.seat[1] * 1000)
    best = int(np.argmax(score[rows, columns] - away / 1400))
    return int(rows[best]) * land.ground.columns + int(columns[best])


def _districts(land: Land, seats: dict[str, int]) -> NDArray[np.int64]:
    """Which town (its index in the plan) each cell belongs to; ridges make the borders."""
    index = {town.code: i for i, town in enumerate(plan.TOWNS)}
    spread = land.ground.spread({cell: index[code] for code, cell in seats.items()})
    owner = np.array(spread.source, dtype=np.int64).reshape(land.ground.open.shape)
    for i, town in enumerate(plan.TOWNS):
        for island in list(town.villages)[1:]:  # islands without a seat
            owner[_main_part(land, island)] = i
    return owner


def _main_part(land: Land, island: str) -> Mask:
    """The largest part of an island that one can walk over without getting wet feet."""
    left, best = land.cells[island].copy(), np.zeros_like(land.cells[island])
    while left.sum() > best.sum():
        start = int(np.flatnonzero(left.ravel())[0])
        reached = np.isfinite(land.ground.spread({start: 0}, left).cost).reshape(left.shape)
        best = max(best, reached, key=np.sum)
        left &= ~reached
    return best


def _sites(
    rng: np.random.Generator,
    land: Land,
    score: Score,
    town: plan.Town,
    seats: dict[str, int],
    districts: NDArray[np.int64],
) -> list[Settlement]:
    """The town's settlements, seat first, still without people."""
    mine = districts == next(i for i, other in enumerate(plan.TOWNS) if other.code == town.code)
    seat = seats[town.code]
    taken = [divmod(seat, land.ground.columns)]
    rows, columns = np.indices(score.shape)
    wobble = score + rng.normal(0, 0.25, score.shape)
    close = wobble - np.hypot(rows - taken[0][0], columns - taken[0][1]) / 3.2
    home = next(iter(town.villages))
    _pick(taken, close, mine & land.cells[home], town.communities - 1, 4.2)
    sites = [("community", home, cell) for cell in taken]
    for island, count in town.villages.items():
        start = list(taken)
        _pick(taken, wobble, mine & land.cells[island], count, 13.0)
        sites += [("village", island, cell) for cell in taken[len(start) :]]
    return [_site(land, town, *site, number) for number, site in enumerate(sites, 1)]


def _pick(taken: list[Cell], score: Score, allowed: Mask, count: int, apart: float) -> None:
    """Add the ``count`` best cells that keep ``apart`` (cells) from others; closer if need be."""
    rows, columns = np.nonzero(allowed)
    order = np.argsort(-score[rows, columns], kind="stable")
    goal = len(taken) + count
    while len(taken) < goal and apart > 1:
        for i in order:
            cell = int(rows[i]), int(columns[i])
            if all((cell[0] - r) ** 2 + (cell[1] - c) ** 2 >= apart**2 for r, c in taken):
                taken.append(cell)
                if len(taken) == goal:
                    return
        apart *= 0.85


def _site(
    land: Land, town: plan.Town, kind: str, island: str, cell: Cell, number: int
) -> Settlement:
    index = cell[0] * land.ground.columns + cell[1]
    x, y = land.ground.place(index)
    return Settlement(f"{town.code}-{number:02d}", town.code, island, kind, index, x, y, 0)


def _people(rng: np.random.Generator, town: plan.Town, sites: list[Settlement]) -> list[Settlement]:
    """Share the town's people out; a community holds about four times what a village does."""
    size = [3.6 if site.kind == "community" else 1.0 for site in sites]
    weight = np.array(size) * rng.lognormal(0, 0.3, len(sites))
    heads = np.floor(weight / weight.sum() * town.people).astype(int)
    heads[0] += town.people - int(heads.sum())
    return [
        Settlement(**{**vars(site), "people": int(count)})
        for site, count in zip(sites, heads, strict=True)
    ]


def _built_up(land: Land, places: list[Settlement], spread: Spread) -> dict[str, Polygon]:
    """Around every settlement the ground its houses stand on, never on the water."""
    homes = np.array([land.ground.height.ravel()[place.cell] for place in places])
    above = land.ground.height.ravel() - np.maximum(homes[np.array(spread.source)], 14)
    cost = np.array(spread.cost) + np.clip(above, 0, None) * 30
    order = np.argsort(cost, kind="stable")
    room = [_cells_for(place) for place in places]
    members: list[list[int]] = [[] for _ in places]
    for cell in order:
        owner = spread.source[cell]
        if owner >= 0 and len(members[owner]) < room[owner] and cost[cell] < 2500:
            members[owner].append(int(cell))
    firm = shapely.buffer(land.whole, -32)
    return {
        place.code: _outline(land, cells, firm)
        for place, cells in zip(places, members, strict=True)
    }


def _cells_for(place: Settlement) -> int:
    density = 9500 if place.kind == "community" else 6000  # people per square kilometre
    return max(5, round(place.people / density / 0.0144))


def _outline(land: Land, cells: list[int], firm: Polygon) -> Polygon:
    half = land.ground.step / 2 + 6
    squares = [shapely.box(x - half, y - half, x + half, y + half)
               for x, y in map(land.ground.place, cells)]  # fmt: skip
    rounded = shapely.union_all(squares).buffer(70).buffer(-110).buffer(45)
    inside = shapely.simplify(rounded, 6).intersection(firm)
    return max(shapely.get_parts(inside), key=lambda part: part.area)
