"""Which units fill which roles of a run card: exactly, never by grabbing the first that comes.

Roles are filled in their order: no later role is filled at the cost of an earlier one, and among
all ways to fill those that can be filled, the one that weighs least is taken. Roles are inserted
one by one by cheapest augmenting paths with potentials (Jonker and Volgenant, "A shortest
augmenting path algorithm for dense and sparse linear assignment problems", Computing 38, 1987);
sets that can be matched are a matroid, so what is skipped could not have been filled at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
THERE = 1e7
"""A unit that is there already comes before any that would have to be sent, whatever it weighs."""
EARLIER = 0.001
"""By so much more a unit's way counts for each role that comes after its own: of the same units,
the one that is there first takes the first role."""
OTHERWISE = 1.0
"""What another role weighs than the one that a unit was sent for: it keeps its own if it can."""


@dataclass(frozen=True)
class Role:
    """One unit wanted. Of a want for two units there are two, one after the other."""

    code: str
    skills: frozenset[str] = frozenset()
    equipment: frozenset[str] = frozenset()
    modes: frozenset[str] = frozenset()
    """One of these; empty: any."""
    crew: int = 1
    officers: int = 0
    place: str = ""
    """Where it goes, when that isn't the scene."""


@dataclass(frozen=True)
class Candidate:
    """A unit: ``weight`` (s) as the ranking has it, infinite where it can't get to the scene;
    ``elsewhere``: the same for other places. ``sent``: it is on the incident, as `role`."""

    key: int
    mode: str
    skills: frozenset[str] = frozenset()
    equipment: frozenset[str] = frozenset()
    crew: int = 1
    officers: int = 1
    weight: float = 0.0
    sent: bool = False
    role: str = ""
    elsewhere: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Filled:
    """A role, and who fills it: None where nobody can."""

    role: Role
    unit: Candidate | None


def fits(role: Role, unit: Candidate) -> bool:
    """Whether the unit is all that the role asks for."""
    return (
        role.skills <= unit.skills
        and role.equipment <= unit.equipment
        and (not role.modes or unit.mode in role.modes)
        and unit.crew >= role.crew
        and unit.officers >= role.officers
    )


def solve(roles: Sequence[Role], units: Sequence[Candidate]) -> list[Filled]:
    """Who fills which role, in the order of the roles. One unit fills one role."""
    if not units:
        return [Filled(role, None) for role in roles]
    rows = [[_cost(role, unit, len(roles) - n) for unit in units] for n, role in enumerate(roles)]
    costs = np.array(rows, dtype=np.float64)
    matched = match(costs.reshape(len(roles), len(units)))
    return [
        Filled(role, units[at] if at is not None else None)
        for role, at in zip(roles, matched, strict=True)
    ]


def _cost(role: Role, unit: Candidate, later: int) -> float:
    if not fits(role, unit):
        return np.inf
    if not unit.sent:
        weight = unit.elsewhere.get(role.place, np.inf) if role.place else unit.weight
        return float(THERE + max(weight, 0.0) * (1 + EARLIER * later))
    return 0.0 if unit.role == role.code else OTHERWISE


def match(costs: Floats) -> list[int | None]:
    """For each row its column, or None: no row goes without for the sake of a later one, and the
    sum of the costs is the least then. Infinite: they don't go together."""
    rows, columns = costs.shape
    of_column = np.full(columns, -1)
    u, v = np.zeros(rows), np.zeros(columns)
    for row in range(rows):
        _insert(costs, row, of_column, u, v)
    found: list[int | None] = [None] * rows
    for column, row in enumerate(of_column.tolist()):
        if row >= 0:
            found[row] = column
    return found


def _insert(costs: Floats, row: int, of_column: NDArray[np.int64], u: Floats, v: Floats) -> None:
    """Match one more row by the cheapest path; leave all as it was where there is none."""
    columns = costs.shape[1]
    length, before = np.full(columns, np.inf), np.full(columns, -1)
    done = np.zeros(columns, dtype=bool)
    current, here, at = row, 0.0, -1
    while True:
        step = here + costs[current] - u[current] - v
        better = ~done & (step < length)
        length[better], before[better] = step[better], at
        reach = np.where(done, np.inf, length)
        at = int(reach.argmin())
        if not np.isfinite(reach[at]):
            return
        here, done[at] = float(reach[at]), True
        if of_column[at] < 0:
            break
        current = int(of_column[at])
    _update(row, here, length, done & (of_column >= 0), of_column, u, v)
    while at >= 0:
        back = int(before[at])
        of_column[at] = row if back < 0 else of_column[back]
        at = back


def _update(
    row: int, end: float, length: Floats, passed: NDArray[np.bool_],
    of_column: NDArray[np.int64], u: Floats, v: Floats,
) -> None:  # fmt: skip
    """Keep all reduced costs from zero up, so that the next path is found in the same way."""
    u[row] += end
    u[of_column[passed]] += end - length[passed]
    v[passed] -= end - length[passed]
