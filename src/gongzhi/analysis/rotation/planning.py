"""A rotation: seats that are due, matched with places that are free or come free.

The matching is an assignment of least cost (H. W. Kuhn 1955; scipy's Jonker-Volgenant): each seat
that is due goes to one place, of all ways the one after which units are nearest to the county's
mean experience and the front line's free places are filled first. How many leave a unit at once is
limited before: those who have been there longest go first, the others wait for the next round.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import mean
from typing import Literal

import numpy as np
from scipy.optimize import linear_sum_assignment

Why = Literal["sensitive", "office"]
Wait = Literal["limit", "no_place"]
NEVER = 1e6
"""Costs more than all ways together that are allowed."""
FRONT_FIRST = 5.0
"""Years of imbalance that filling a free place at the front is worth."""


@dataclass(frozen=True)
class Place:
    """So many places of one post. ``sensitive``: it is rotated; ``front``: at the front line."""

    post: int
    unit: int
    front: bool
    sensitive: bool
    skills: frozenset[str] = frozenset()
    free: int = 0


@dataclass(frozen=True)
class Seat:
    """A place that is held: how long (years) in the post, behind the front line since its holder
    last was there, and in service; and what its holder can do."""

    key: int
    post: int
    years: float
    off_front: float
    service: float
    skills: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Rules:
    """The county's: after how many years, and which part of a unit may leave at once."""

    sensitive_years: float = 5.0
    office_years: float = 3.0
    most_of_unit: float = 0.2


@dataclass(frozen=True)
class Move:
    """A seat's holder goes to another post, and why."""

    key: int
    source: int
    target: int
    why: Why


@dataclass(frozen=True)
class Left:
    """Due, and not moved this time."""

    key: int
    why: Why
    wait: Wait


@dataclass(frozen=True)
class Plan:
    """Moves, those who are due and stay, and how far units are from the county's mean experience
    (years, mean of absolute distances) before and after."""

    moves: tuple[Move, ...]
    left: tuple[Left, ...]
    apart_before: float
    apart_after: float


def plan(seats: Sequence[Seat], places: Sequence[Place], rules: Rules) -> Plan:
    """The rotation. The order of seats and places, and how they are numbered, change nothing but
    which of equal ways is taken. Raises KeyError for a seat of a post that isn't among `places`."""
    of_post = {one.post: one for one in places}
    due = [(one, why) for one in seats if (why := _due(one, of_post[one.post], rules))]
    going, waiting = _limited(due, seats, of_post, rules)
    moves, stuck = _all_placed(going, seats, places, of_post)
    return Plan(
        tuple(sorted(moves, key=lambda one: one.key)),
        tuple(sorted([*waiting, *stuck], key=lambda one: one.key)),
        _apart(seats, of_post, {}),
        _apart(seats, of_post, {one.key: one.target for one in moves}),
    )


Due = Sequence[tuple[Seat, Why]]
Posts = Mapping[int, Place]


def _due(seat: Seat, place: Place, rules: Rules) -> Why | None:
    if place.sensitive and seat.years >= rules.sensitive_years:
        return "sensitive"
    return "office" if not place.front and seat.off_front >= rules.office_years else None


def _limited(
    due: Due, seats: Sequence[Seat], of_post: Posts, rules: Rules
) -> tuple[list[tuple[Seat, Why]], list[Left]]:
    """Of each unit those who have been in their post longest, as many as may leave at once."""
    heads: dict[int, int] = defaultdict(int)
    for seat in seats:
        heads[of_post[seat.post].unit] += 1
    going, waiting = [], []
    gone: dict[int, int] = defaultdict(int)
    for seat, why in sorted(due, key=lambda one: (-one[0].years, one[0].key)):
        unit = of_post[seat.post].unit
        if gone[unit] < max(1, int(heads[unit] * rules.most_of_unit)):
            gone[unit] += 1
            going.append((seat, why))
        else:
            waiting.append(Left(seat.key, why, "limit"))
    return going, waiting


def _all_placed(
    going: Due, seats: Sequence[Seat], places: Sequence[Place], of_post: Posts
) -> tuple[list[Move], list[Left]]:
    """Matched until everybody who goes has where to go: who finds no place keeps theirs, which is
    then nobody else's to take."""
    stuck: list[Left] = []
    while going:
        moves = _matched(going, _targets(going, places, of_post), seats, of_post)
        moved = {one.key for one in moves}
        if len(moves) == len(going):
            return moves, stuck
        stuck += [Left(seat.key, why, "no_place") for seat, why in going if seat.key not in moved]
        going = [one for one in going if one[0].key in moved]
    return [], stuck


def _targets(going: Due, places: Sequence[Place], of_post: Posts) -> list[tuple[Place, bool]]:
    """A place for each that is free or comes free, and whether it is free now."""
    free = [(one, True) for one in sorted(places, key=lambda it: it.post) for _n in range(one.free)]
    return free + [(of_post[seat.post], False) for seat, _why in going]


def _matched(
    going: Due, targets: Sequence[tuple[Place, bool]], seats: Sequence[Seat], of_post: Posts
) -> list[Move]:
    rest = _staying(going, seats, of_post)
    middle = mean(one.service for one in seats)
    cost = np.array(
        [[_cost(seat, why, of_post[seat.post], place, free, rest, middle)
          for place, free in targets] for seat, why in going]
    )  # fmt: skip
    rows, columns = linear_sum_assignment(cost)
    return [
        Move(going[row][0].key, going[row][0].post, targets[column][0].post, going[row][1])
        for row, column in zip(rows, columns, strict=True)
        if cost[row, column] < NEVER
    ]


def _staying(going: Due, seats: Sequence[Seat], of_post: Posts) -> Mapping[int, Sequence[float]]:
    """Unit → years of service of those who stay."""
    leaving = {seat.key for seat, _why in going}
    found: dict[int, list[float]] = defaultdict(list)
    for seat in seats:
        if seat.key not in leaving:
            found[of_post[seat.post].unit].append(seat.service)
    return found


def _cost(
    seat: Seat, why: Why, source: Place, place: Place, free: bool,
    rest: Mapping[int, Sequence[float]], middle: float,
) -> float:  # fmt: skip
    """Years by which the unit would be from the county's mean, less what a free place is worth."""
    if place.post == seat.post or not place.skills <= seat.skills:
        return NEVER
    if why == "sensitive" and place.sensitive and place.unit == source.unit:
        return NEVER
    if why == "office" and not place.front:
        return NEVER
    there = [*rest.get(place.unit, ()), seat.service]
    return abs(mean(there) - middle) - (FRONT_FIRST if free and place.front else 0.0)


def _apart(seats: Sequence[Seat], of_post: Posts, moved: Mapping[int, int]) -> float:
    units: dict[int, list[float]] = defaultdict(list)
    for seat in seats:
        units[of_post[moved.get(seat.key, seat.post)].unit].append(seat.service)
    if not units:
        return 0.0
    middle = mean(one.service for one in seats)
    return mean(abs(mean(some) - middle) for some in units.values())
