"""Along the ways instead of as the crow flies: density on streets, and cells that reach each other.

On islands and along bays what lies near on the map may be far on the ground. Here a kernel spreads
along the ways and shares itself out at crossings (the equal split discontinuous kernel of A. Okabe,
T. Satoh and K. Sugihara, "A kernel density estimation method for networks, its computational method
and a GIS-based tool", IJGIS 23(1), 2009), and cells are neighbours where a way leads over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import h3.api.basic_int as h3
import numba
import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from gongzhi.analysis.hotspots.local import Neighbours

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
FAINT = 1e-3
"""A branch of a kernel that is so thin a part of it is left; its event keeps its whole weight."""
DETOUR = 2.0
"""How much longer than straight a way may be between cells that are neighbours."""


@dataclass(frozen=True)
class Streets:
    """Straight pieces between nodes at (`x`, `y`) (m), each from `first` to `second`, so long as
    `metres`; either way along."""

    x: Floats
    y: Floats
    first: Whole
    second: Whole
    metres: Floats

    @classmethod
    def of(cls, x: Floats, y: Floats, tail: Whole, head: Whole, metres: Floats) -> Streets:
        """From arcs, of which two may be the same street in both directions."""
        low, high = np.minimum(tail, head), np.maximum(tail, head)
        pairs, kept = np.unique(np.stack([low, high], axis=1), axis=0, return_index=True)
        apart = pairs[:, 0] != pairs[:, 1]
        pairs, kept = pairs[apart], kept[apart]
        lengths = np.maximum(np.asarray(metres, float)[kept], 0.1)
        return cls(np.asarray(x, float), np.asarray(y, float), pairs[:, 0], pairs[:, 1], lengths)

    def place(self, x: Floats, y: Floats, *, within: float) -> tuple[Whole, Floats]:
        """The nearest street of each place, -1 beyond `within` (m), and how far along it (m)."""
        ends = [
            np.stack([self.x[node], self.y[node]], axis=1) for node in (self.first, self.second)
        ]
        lines = shapely.linestrings(np.stack(ends, axis=1))
        points = shapely.points(np.asarray(x, float), np.asarray(y, float))
        street, along = np.full(len(points), -1, np.int64), np.zeros(len(points))
        if not len(lines) or not len(points):
            return street, along
        which, line = shapely.STRtree(lines).query_nearest(
            points, max_distance=within, all_matches=False
        )
        street[which] = line
        share = shapely.line_locate_point(lines[line], points[which], normalized=True)
        along[which] = share * self.metres[line]
        return street, along


@dataclass(frozen=True)
class AlongStreets:
    """Events a metre at the middles of short pieces: piece n lies on street `street[n]`, `at[n]`
    (m) along it, and is `length[n]` (m) long."""

    street: Whole
    at: Floats
    length: Floats
    values: Floats

    @property
    def total(self) -> float:
        """How many events are on them."""
        return float((self.values * self.length).sum())


def street_density(
    streets: Streets, street: Whole, along: Floats, *, bandwidth: float, step: float = 0.0
) -> AlongStreets:
    """The density of events `along` (m) their `street`, by a quartic kernel that ends `bandwidth`
    (m) away by the ways, on pieces of about `step` (m; a tenth of the bandwidth unless said).

    Events on no street (-1) are left out. An event weighs one however the ways fork: what reaches
    a crossing goes on in equal parts, what reaches a dead end comes back.
    """
    step = step or bandwidth / 10
    if not (bandwidth > 0 and 0 < step <= bandwidth):
        raise ValueError("A bandwidth is positive, and a step no longer than it.")
    many = np.maximum(np.ceil(streets.metres / step), 1).astype(np.int64)
    starts = np.concatenate([[0], np.cumsum(many)])
    owner = np.repeat(np.arange(len(many)), many)
    length = (streets.metres / many)[owner]
    at = (np.arange(starts[-1]) - starts[owner] + 0.5) * length
    here = np.asarray(street) >= 0
    values = np.zeros(int(starts[-1]))
    if here.any():
        _spread(
            np.asarray(street, np.int64)[here], np.asarray(along, float)[here], bandwidth,
            streets.first, streets.second, streets.metres, *_meetings(streets), starts, length,
            values,
        )  # fmt: skip
    return AlongStreets(owner, at, length, values)


def reachable(
    cells: Sequence[int], lat: Floats, lon: Floats, tail: Whole, head: Whole, metres: Floats
) -> Neighbours:
    """Cells that touch, among those given, where a way of at most `DETOUR` times their distance
    leads from one to the other. A cell without any way (at sea, on a rock) keeps those around it,
    for there is nothing to know about it."""
    number = {cell: n for n, cell in enumerate(cells)}
    if not number:
        return Neighbours.of([])
    size = h3.get_resolution(cells[0])
    nodes: dict[int, list[int]] = {}
    for node, (a, b) in enumerate(zip(lat.tolist(), lon.tolist(), strict=True)):
        cell = h3.latlng_to_cell(a, b, size)
        if cell in number:
            nodes.setdefault(cell, []).append(node)
    graph = csr_array((metres, (tail, head)), shape=(len(lat), len(lat)))
    return Neighbours.of(_touching(cell, number, nodes, graph) for cell in cells)


def _touching(
    cell: int, number: dict[int, int], nodes: dict[int, list[int]], graph: csr_array
) -> list[int]:
    around = [one for one in h3.grid_ring(cell, 1) if one in number]
    blind = [one for one in around if one not in nodes]
    if cell not in nodes or len(blind) == len(around):
        return sorted(number[one] for one in around)
    reach = DETOUR * max(
        h3.great_circle_distance(h3.cell_to_latlng(cell), h3.cell_to_latlng(one), unit="m")
        for one in around
    )
    far = dijkstra(graph, directed=False, indices=nodes[cell], limit=reach, min_only=True)
    reached = [one for one in around if one in nodes and np.isfinite(far[nodes[one]]).any()]
    return sorted(number[one] for one in (*reached, *blind))


def _meetings(streets: Streets) -> tuple[Whole, Whole]:
    """The streets that meet at node n: `street[starts[n]:starts[n + 1]]`."""
    ends = np.concatenate([streets.first, streets.second])
    which = np.tile(np.arange(len(streets.first)), 2)
    order = np.argsort(ends, kind="stable")
    starts = np.searchsorted(ends[order], np.arange(len(streets.x) + 1))
    return starts.astype(np.int64), which[order]


@numba.njit(cache=True, nogil=True)
def _spread(street, along, reach, first, second, metres, starts, meets, pieces, length, values):  # type: ignore[no-untyped-def]
    """Each event's kernel over the pieces, walked branch by branch."""
    touched = np.zeros(len(values))
    for n in range(len(street)):
        cells = numba.typed.List.empty_list(numba.int64)
        # a branch: its street, whether it goes from first to second, where it begins along that
        # direction, how far from the event that is, and what part of the kernel it carries
        stack = [(street[n], True, along[n], 0.0, 1.0)]
        stack.append((street[n], False, metres[street[n]] - along[n], 0.0, 1.0))
        while len(stack) > 0:
            branch = stack.pop()
            e, forward, begin, gone, _part = branch
            _lay(branch, reach, pieces, length, touched, cells)
            gone += metres[e] - begin
            if gone < reach:
                node = second[e] if forward else first[e]
                _go_on(stack, branch, gone, node, first, starts, meets)
        mass = 0.0
        for piece in cells:
            mass += touched[piece] * length[piece]
        for piece in cells:
            values[piece] += touched[piece] / mass
            touched[piece] = 0.0


@numba.njit(cache=True, nogil=True)
def _lay(branch, reach, pieces, length, touched, cells):  # type: ignore[no-untyped-def]
    """The kernel of one branch, on the pieces of its street."""
    e, forward, begin, gone, part = branch
    size, count = length[pieces[e]], pieces[e + 1] - pieces[e]
    for k in range(count):
        there = (k + 0.5) * size - begin
        if there < 0 or gone + there >= reach:
            continue
        ratio = (gone + there) / reach
        piece = pieces[e] + (k if forward else count - 1 - k)
        if touched[piece] == 0:
            cells.append(piece)
        touched[piece] += part * (1 - ratio * ratio) ** 2


@numba.njit(cache=True, nogil=True)
def _go_on(stack, branch, gone, node, first, starts, meets):  # type: ignore[no-untyped-def]
    """Back from a dead end; at a crossing into each other street, in equal parts."""
    e, forward, _begin, _gone, part = branch
    others = starts[node + 1] - starts[node] - 1
    if others == 0:
        stack.append((e, not forward, 0.0, gone, part))
    elif part / others >= FAINT:
        for m in range(starts[node], starts[node + 1]):
            if meets[m] != e:
                stack.append((meets[m], first[meets[m]] == node, 0.0, gone, part / others))
