"""Who fills which role: the first roles first, and nobody is grabbed whom a later one needs."""

from __future__ import annotations

from itertools import permutations, product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from gongzhi.analysis.filling import EARLIER, Candidate, Filled, Role, fits, match, solve

SKILLS = st.frozensets(st.sampled_from("abc"), max_size=2)
ROLES = st.lists(st.builds(Role, code=st.sampled_from(["x", "y"]), skills=SKILLS), max_size=4)
UNITS = st.lists(
    st.builds(
        Candidate, key=st.integers(0, 99), mode=st.just("car"), skills=SKILLS,
        weight=st.integers(0, 60).map(float), sent=st.booleans(), role=st.sampled_from(["", "x"]),
    ),
    max_size=4, unique_by=lambda one: one.key,
)  # fmt: skip


def worth(filled: list[Filled]) -> tuple[object, ...]:
    """What is compared: which roles stay open, the first ones weighing most; how many had to be
    sent; how few of those that are there changed their role; how long the others take, those for
    earlier roles weighing a little more."""
    units = [(n, one.role, one.unit) for n, one in enumerate(filled) if one.unit]
    sent = [
        unit.weight * (1 + EARLIER * (len(filled) - n)) for n, _, unit in units if not unit.sent
    ]
    moved = sum(unit.sent and unit.role != role.code for _, role, unit in units)
    return [one.unit is None for one in filled], len(sent), round(sum(sent) + moved, 3)


def every_way(roles: list[Role], units: list[Candidate]) -> list[list[Filled]]:
    ways = product([None, *units], repeat=len(roles))
    return [
        [Filled(role, unit) for role, unit in zip(roles, way, strict=True)]
        for way in ways
        if len({one.key for one in way if one}) == sum(one is not None for one in way)
        and all(unit is None or fits(role, unit) for role, unit in zip(roles, way, strict=True))
    ]


@settings(max_examples=300, deadline=None)
@given(roles=ROLES, units=UNITS)
def test_no_other_way_to_fill_the_card_is_better(roles: list[Role], units: list[Candidate]) -> None:
    assert worth(solve(roles, units)) == min(map(worth, every_way(roles, units)))


COST = st.one_of(st.just(np.inf), st.integers(0, 9).map(float))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(COST, min_size=5, max_size=5), min_size=4, max_size=4))
def test_no_other_match_costs_less(rows: list[list[float]]) -> None:
    costs = np.array(rows)

    def worth(columns: tuple[int | None, ...]) -> tuple[list[bool], float]:
        paid = [costs[row, at] for row, at in enumerate(columns) if at is not None]
        return [at is None for at in columns], float(sum(paid))

    ways = {
        tuple(at if at < 5 and costs[row, at] < np.inf else None for row, at in enumerate(way))
        for way in permutations(range(9), 4)
    }
    assert worth(tuple(match(costs))) == min(map(worth, ways))


def test_the_only_one_who_can_do_it_is_kept_for_that() -> None:
    roles = [Role("first"), Role("armed", frozenset({"armed"}))]
    near = Candidate(1, "car", frozenset({"armed"}), weight=60)
    far = Candidate(2, "car", weight=600)
    assert [one.unit for one in solve(roles, [near, far])] == [far, near]


def test_of_the_same_units_the_nearest_takes_the_first_role() -> None:
    roles = [Role("first"), Role("second"), Role("third")]
    units = [Candidate(n, "car", weight=weight) for n, weight in enumerate((540, 180, 240))]
    assert [one.unit.key for one in solve(roles, units) if one.unit] == [1, 2, 0]


def test_what_is_there_counts_and_keeps_its_role() -> None:
    roles = [Role("first"), Role("second")]
    there = Candidate(1, "car", sent=True, role="second")
    assert [one.unit for one in solve(roles, [there, Candidate(2, "car")])][1] == there


def test_a_role_asks_for_crew_vehicle_officers_and_equipment() -> None:
    role = Role("boat", modes=frozenset({"boat"}), crew=3, officers=2, equipment=frozenset("r"))
    fitting = Candidate(1, "boat", equipment=frozenset("r"), crew=3, officers=2)
    assert fits(role, fitting)
    for one in (
        Candidate(1, "car", equipment=frozenset("r"), crew=3, officers=2),
        Candidate(1, "boat", crew=3, officers=2),
        Candidate(1, "boat", equipment=frozenset("r"), crew=2, officers=2),
        Candidate(1, "boat", equipment=frozenset("r"), crew=3, officers=1),
    ):
        assert not fits(role, one)


def test_without_units_everything_stays_open() -> None:
    assert solve([Role("first")], []) == [Filled(Role("first"), None)]
    assert solve([], [Candidate(1, "car")]) == []
