"""Which posts to stand at, exactly: for the most calls in time, or for the shortest way to them.

For ``cover`` the maximal expected covering (M. S. Daskin, "A Maximum Expected Covering Location
Model", Transportation Science 17, 1983): a call is reached in time if any of the units that could
is free, each of which is busy for the same part of the time, whatever the others do. For
``seconds`` the p-median (S. L. Hakimi, Operations Research 12, 1964): the way from the nearest.
Both are integer programs, solved by HiGHS; an hour with other calls is another problem.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array, hstack, vstack

Floats = NDArray[np.float64]
Aim = Literal["cover", "seconds"]
UNREACHED = 3600.0
"""Seconds that a cell counts which no unit reaches: help from elsewhere, an hour."""
CLOSE = 1e-6
"""Two plans are equally good when they differ by less: of the calls, or of a second."""


@dataclass(frozen=True)
class Fleet:
    """Units of one kind (a key of `Problem.seconds`), and the post at which each stands now."""

    kind: str
    posts: tuple[int, ...]

    @property
    def units(self) -> int:
        """How many there are."""
        return len(self.posts)


@dataclass(frozen=True)
class Problem:
    """One hour, or several that are alike.

    ``seconds``: for each kind of unit, from each post (row; infinite where such a unit can't stand
    there or get through) to each cell. ``demand``: each cell's part of all calls (any scale).
    ``busy``: the part of its time that a unit has a call. ``promise``: seconds that count as in
    time. ``room``: units of all kinds at one post, at most. ``worth_moving``: so much of the aim
    (a part of all calls, or seconds) each moved unit has to bring at least.
    """

    seconds: Mapping[str, Floats] = field(repr=False)
    demand: Floats = field(repr=False)
    fleets: tuple[Fleet, ...]
    busy: float = 0.0
    promise: float = 600.0
    room: int | None = None
    worth_moving: float = 0.0

    def __post_init__(self) -> None:
        """ValueError, in words, for what can't be meant."""
        shapes = {np.shape(one) for one in self.seconds.values()}
        if len(shapes) != 1 or len(cells := shapes.pop()) != 2 or cells[1] != len(self.demand):
            raise ValueError("for each kind a row for each post and a column for each cell")
        if not 0 <= self.busy < 1:
            raise ValueError("busy is a share below 1")
        if (np.asarray(self.demand) < 0).any() or not np.isfinite(self.demand).all():
            raise ValueError("demand below 0 or no number")
        for fleet in self.fleets:
            if fleet.kind not in self.seconds:
                raise ValueError(f"no times for {fleet.kind}")
            if any(not 0 <= post < cells[0] for post in fleet.posts):
                raise ValueError(f"{fleet.kind}: a post without times")

    @property
    def shares(self) -> Floats:
        """Of all calls; alike everywhere where none are expected."""
        demand = np.asarray(self.demand, float)
        whole = demand.sum()
        found: Floats = demand / whole if whole else np.full(len(demand), 1 / max(1, len(demand)))
        return found


@dataclass(frozen=True)
class Level:
    """Of the calls: the part reached in time, and the mean seconds from the nearest unit."""

    cover: float
    seconds: float


@dataclass(frozen=True)
class Sites:
    """The posts of each fleet, in the order of `Problem.fleets`; who needn't move stays first.
    ``proven``: nothing better is possible."""

    posts: tuple[tuple[int, ...], ...]
    before: Level
    after: Level
    moved: int
    proven: bool


def level(problem: Problem, posts: Sequence[Sequence[int]]) -> Level:
    """How well calls are reached with the fleets at these posts."""
    rows = [
        np.asarray(problem.seconds[fleet.kind], float)[post]
        for fleet, each in zip(problem.fleets, posts, strict=True)
        for post in each
    ]
    if not rows:
        return Level(0.0, UNREACHED)
    times = np.array(rows)
    able = (times <= problem.promise).sum(axis=0)
    nearest = np.minimum(times.min(axis=0), UNREACHED)
    cover = float((problem.shares * (1 - problem.busy**able) * (able > 0)).sum())
    return Level(cover, float((problem.shares * nearest).sum()))


def solve(problem: Problem, *, seed: int = 0, limit: float = 10.0, aim: Aim = "cover") -> Sites:
    """The best posts for `aim` that are found within `limit` seconds; never worse than the present
    ones. Nothing is drawn by chance: `seed` is taken as by every solver and changes nothing.
    """
    now = tuple(fleet.posts for fleet in problem.fleets)
    before = level(problem, now)
    found, proven = _placed(problem, aim, limit)
    posts = now if found is None else _ordered(problem, found)
    after, moved = level(problem, posts), _moved(problem, posts)
    if _good(problem, after, moved, aim) <= _good(problem, before, 0, aim) + CLOSE:
        posts, after, moved = now, before, 0
    return Sites(posts, before, after, moved, proven)


def _good(problem: Problem, reached: Level, moved: int, aim: Aim) -> float:
    value = reached.cover if aim == "cover" else -reached.seconds
    return value - problem.worth_moving * moved


def _moved(problem: Problem, posts: Sequence[Sequence[int]]) -> int:
    posts_ = range(_posts(problem))
    return sum(
        max(0, list(each).count(post) - fleet.posts.count(post))
        for fleet, each in zip(problem.fleets, posts, strict=True)
        for post in posts_
    )


def _ordered(problem: Problem, counts: NDArray[np.int64]) -> tuple[tuple[int, ...], ...]:
    """The posts of each fleet, those that stay in their old places."""
    found = []
    for fleet, row in zip(problem.fleets, counts, strict=True):
        left = {post: int(many) for post, many in enumerate(row) if many}
        posts: list[int | None] = []
        for post in fleet.posts:
            stays = left.get(post, 0) > 0
            posts.append(post if stays else None)
            left[post] = left.get(post, 0) - stays
        others = [post for post, many in sorted(left.items()) for _ in range(max(0, many))]
        found.append(tuple(others.pop(0) if post is None else post for post in posts))
    return tuple(found)


def _posts(problem: Problem) -> int:
    return int(next(iter(problem.seconds.values())).shape[0])


def _placed(problem: Problem, aim: Aim, limit: float) -> tuple[NDArray[np.int64] | None, bool]:
    """How many of each fleet at each post, and whether that is proven to be the best. Columns:
    units by fleet and post, those of them that came, and what the aim needs."""
    fleets, posts = len(problem.fleets), _posts(problem)
    placed = fleets * posts
    if not placed or not any(fleet.units for fleet in problem.fleets):
        return None, True
    cost, rows, upper = (_covering if aim == "cover" else _nearest)(problem)
    more = len(cost)
    present = np.array([[one.posts.count(p) for p in range(posts)] for one in problem.fleets])
    units = csr_array(np.kron(np.eye(fleets), np.ones((1, posts))))
    same = csr_array(np.eye(placed))
    constraints = [
        _rows([units, _zeros(fleets, placed), _zeros(fleets, more)],
              [one.units for one in problem.fleets], [one.units for one in problem.fleets]),
        _rows([same, -same, _zeros(placed, more)], -np.inf, present.ravel()),
        _rows([rows[0], _zeros(rows[0].shape[0], placed), rows[1]], -np.inf, rows[2]),
    ]  # fmt: skip
    if problem.room is not None:
        each = csr_array(np.kron(np.ones((1, fleets)), np.eye(posts)))
        parts = [each, _zeros(posts, placed), _zeros(posts, more)]
        constraints.append(_rows(parts, -np.inf, problem.room))
    most = np.concatenate([_most(problem), np.full(placed, np.inf), upper])
    found = milp(
        np.concatenate([np.zeros(placed), np.full(placed, problem.worth_moving), cost]),
        integrality=np.concatenate([np.ones(placed), np.zeros(placed + more)]),
        bounds=Bounds(0, most), constraints=constraints, options={"time_limit": limit},
    )  # fmt: skip
    if found.x is None:
        return None, False
    return np.rint(found.x[:placed]).astype(np.int64).reshape(fleets, posts), found.status == 0


def _most(problem: Problem) -> Floats:
    """Of each fleet at each post: none where it can't stand, but who stands there now may stay."""
    rows = []
    for fleet in problem.fleets:
        able = np.isfinite(np.asarray(problem.seconds[fleet.kind])).any(axis=1)
        now = np.array([fleet.posts.count(post) for post in range(_posts(problem))])
        rows.append(np.where(able, fleet.units, now))
    return np.concatenate(rows).astype(float)


def _rows(parts: Sequence[csr_array], low: object, high: object) -> LinearConstraint:
    return LinearConstraint(csr_array(hstack(parts)), low, high)


def _zeros(rows: int, columns: int) -> csr_array:
    return csr_array((rows, columns))


def _covering(problem: Problem) -> tuple[Floats, tuple[csr_array, csr_array, Floats], Floats]:
    """The kth unit in reach of a cell brings ``(1 - busy) busy**(k - 1)`` of its calls; no more of
    them than stand in reach. The gain falls with k, so that parts of units need no whole numbers.
    """
    cells, depth = len(problem.demand), sum(fleet.units for fleet in problem.fleets)
    gain = (1 - problem.busy) * problem.busy ** np.arange(depth)
    cost = -np.outer(problem.shares, gain).ravel()
    reach = np.concatenate([problem.seconds[one.kind] <= problem.promise for one in problem.fleets])
    counted = csr_array(np.kron(np.eye(cells), np.ones((1, depth))))
    return cost, (csr_array(-reach.T.astype(float)), counted, np.zeros(cells)), np.ones(len(cost))


def _nearest(problem: Problem) -> tuple[Floats, tuple[csr_array, csr_array, Floats], Floats]:
    """Each cell's calls go to posts where a unit stands, or wait for help from elsewhere."""
    times = np.concatenate([problem.seconds[one.kind] for one in problem.fleets])
    where, cell = np.nonzero(times < UNREACHED)
    cells, many = len(problem.demand), len(where)
    spent = problem.shares[cell] * (times[where, cell] - UNREACHED)
    number = np.arange(many)
    stands = coo_array((-np.ones(many), (number, where)), (many, len(times)))
    own = coo_array((np.ones(many), (number, number)), (many, many))
    once = coo_array((np.ones(many), (cell, number)), (cells, many))
    left = csr_array(vstack([stands, csr_array((cells, len(times)))]))
    right = csr_array(vstack([own, once]))
    limits = np.concatenate([np.zeros(many), np.ones(cells)])
    return spent, (left, right, limits), np.ones(many)
