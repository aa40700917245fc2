"""Several incidents at once: the best for all together, and the urgent ones first."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from gongzhi.analysis.dispatching import Option, joint
from gongzhi.analysis.dispatching.joint import Ask, Incident, Problem, solve
from gongzhi.analysis.filling import Role
from gongzhi.analysis.travel import Spot


def north(kilometres: float, east: float = 0.0) -> Spot:
    return Spot(30.0 + kilometres / 111.195, 122.0 + east / 96.3, 1)


def pairs(result: joint.Result) -> dict[int, int]:
    return {one.incident: one.unit for one in result.pairs}


def filled(result: joint.Result) -> dict[tuple[int, int], int]:
    return {(one.incident, one.ask): one.unit for one in result.pairs}


def card(*wants: list[str]) -> tuple[Ask, ...]:
    """Asks with these skills, one after the other."""
    return tuple(Ask(Role(f"role_{n}", frozenset(skills))) for n, skills in enumerate(wants))


def test_one_goes_farther_so_that_the_other_waits_less() -> None:
    """One by one, the first takes the unit that the second has no other for."""
    first, second = Incident(1, north(1), 2, waited=60), Incident(2, north(0), 2)
    result = solve(
        Problem((first, second), (Option(7, "car", north(0.4)), Option(8, "car", north(3))))
    )
    assert pairs(result) == {1: 8, 2: 7}
    assert {one.incident: one.unit for one in result.greedy} == {1: 7, 2: 8}
    assert result.weight < result.greedy_weight


def test_when_units_are_short_the_urgent_one_is_served_and_the_other_is_named() -> None:
    waits, urgent = Incident(1, north(0), 4, waited=40_000), Incident(2, north(30), 1)
    result = solve(Problem((waits, urgent), (Option(7, "car", north(0)),)))
    assert pairs(result) == {2: 7}
    assert result.waiting == (1,)


def test_among_equals_the_longer_waiting_one() -> None:
    new, old = Incident(1, north(1), 3, waited=30), Incident(2, north(6), 3, waited=900)
    result = solve(Problem((new, old), (Option(7, "car", north(0)),)))
    assert pairs(result) == {2: 7}


def test_an_incident_that_asks_for_two_gets_two_and_each_brings_what_is_asked_of_it() -> None:
    fight = Incident(1, north(0), 2, asks=card(["armed"], []))
    able = Option(9, "car", north(2), frozenset({"armed"}))
    result = solve(Problem((fight,), (Option(7, "car", north(1)), able)))
    assert {one.ask: one.unit for one in result.pairs} == {0: 9, 1: 7}
    assert not any(one.instead for one in result.pairs)


def test_a_card_is_filled_whole_and_the_only_one_who_can_is_kept_for_it() -> None:
    """The near one who is armed, too, goes where somebody armed is wanted, and not as just one."""
    theft, fight = Incident(1, north(0), 2), Incident(2, north(6), 2, card([], ["armed"]))
    units = (
        Option(7, "car", north(0), frozenset({"armed"})),
        Option(8, "car", north(3)),
        Option(9, "car", north(9)),
    )
    result = solve(Problem((theft, fight), units))
    assert filled(result) == {(1, 0): 8, (2, 0): 9, (2, 1): 7}
    assert not result.missing


def test_each_gets_one_before_the_less_urgent_but_no_third_before_anothers_first() -> None:
    fire = Incident(1, north(0), 1, card([], [], [], []))
    others = Incident(2, north(1), 2), Incident(3, north(1), 3)
    units = [Option(n, "car", north(n / 10)) for n in range(7, 11)]
    for many, served in (
        (1, {1: 1}),
        (2, {1: 1, 2: 1}),
        (3, {1: 2, 2: 1}),
        (4, {1: 2, 2: 1, 3: 1}),
    ):
        result = solve(Problem((fire, *others), tuple(units[:many])))
        got = [incident for incident, _ in filled(result)]
        assert {key: got.count(key) for key in got} == served


def test_what_is_missing_is_said_with_the_reason() -> None:
    asks = card(["armed"], ["diving"], ["drone"], [])
    near, far = Option(7, "car", north(1), frozenset({"armed"})), north(200)
    fight, more = Incident(1, north(0), 2, asks), Incident(2, north(0), 1, card(["armed"]))
    result = solve(Problem((fight, more), (near, Option(8, "car", far, frozenset({"diving"})))))
    assert filled(result) == {(2, 0): 7}
    assert {one.ask: one.why for one in result.missing} == {
        0: "taken", 1: "far", 2: "nobody", 3: "taken",
    }  # fmt: skip


def test_rather_somebody_than_nobody_and_what_is_lacking_is_said() -> None:
    crash = Incident(1, north(0), 2, card(["accident"], ["first_aid"]))
    patrol, aid = Option(7, "car", north(1)), Option(8, "car", north(9), frozenset({"first_aid"}))
    (alone,) = solve(Problem((crash,), (patrol,))).pairs
    assert (alone.unit, alone.ask, alone.instead, alone.lacking) == (7, 0, True, ("accident",))
    able = solve(Problem((crash,), (patrol, aid)))
    assert filled(able) == {(1, 1): 8}  # one goes who is wanted: the patrol stays free
    boat = Incident(1, north(0), 2, (Ask(Role("boat", modes=frozenset({"boat"}))),))
    assert solve(Problem((boat,), (patrol,))).waiting == (1,)


def test_whoever_others_need_more_is_replaced_too() -> None:
    first, second = (Incident(n, north(0), n, card(["first_aid"])) for n in (1, 2))
    units = Option(7, "car", north(0), frozenset({"first_aid"})), Option(8, "car", north(1))
    result = solve(Problem((first, second), units))
    assert {one.incident: (one.unit, one.instead) for one in result.pairs} == {
        1: (7, False), 2: (8, True),
    }  # fmt: skip


def test_a_crew_of_one_does_not_count_for_two_and_what_is_aboard_counts() -> None:
    asks = (Ask(Role("pair", crew=2, equipment=frozenset({"shield"}))),)
    lone = Option(7, "car", north(0), equipment=frozenset({"shield"}))
    pair = Option(8, "car", north(5), equipment=frozenset({"shield"}), crew=2)
    assert filled(solve(Problem((Incident(1, north(0), asks=asks),), (lone, pair)))) == {(1, 0): 8}


def test_who_is_wanted_at_the_pier_goes_there_while_the_boat_goes_to_sea() -> None:
    asks = (
        Ask(Role("boat", modes=frozenset({"boat"}))),
        Ask(Role("pier", modes=frozenset({"car"})), spot=north(1)),
    )
    at_sea = Incident(1, Spot(30, 122, None), 1, asks)
    result = solve(Problem((at_sea,), (Option(7, "car", north(1)), Option(8, "boat", north(2)))))
    assert filled(result) == {(1, 0): 8, (1, 1): 7}


def test_nobody_is_sent_to_where_nothing_leads() -> None:
    at_sea = Incident(1, Spot(30, 122, None), 1)
    result = solve(Problem((at_sea,), (Option(7, "car", north(0)),)))
    assert (result.pairs, result.waiting) == ((), (1,))
    boat = Option(8, "boat", north(1))
    assert pairs(solve(Problem((at_sea,), (Option(7, "car", north(0)), boat)))) == {1: 8}


def test_a_unit_whose_leaving_costs_much_stays_while_nothing_presses() -> None:
    quiet, near, far = (
        Incident(1, north(0), 4),
        Option(7, "car", north(1)),
        Option(8, "car", north(2)),
    )
    keep = {(7, 4): 300.0}
    assert pairs(solve(Problem((quiet,), (near, far), keep=keep))) == {1: 8}
    urgent = Incident(1, north(0), 1)
    assert pairs(solve(Problem((urgent,), (near, far), keep=keep))) == {1: 7}


def test_nothing_waits_nothing_is_proposed() -> None:
    assert solve(Problem((), (Option(7, "car", north(0)),))).pairs == ()
    nobody = solve(Problem((Incident(1, north(0)),), ()))
    assert (nobody.pairs, nobody.waiting) == ((), (1,))


places = st.tuples(st.floats(0, 20), st.floats(0, 20))
skills = st.frozensets(st.sampled_from("ab"), max_size=1)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(places, st.integers(1, 4), st.lists(skills, min_size=1, max_size=3)),
        min_size=1, max_size=3,
    ),
    st.lists(st.tuples(places, skills), min_size=0, max_size=4),
)  # fmt: skip
def test_no_other_assignment_is_better(
    incidents: list[tuple[tuple[float, float], int, list[frozenset[str]]]],
    units: list[tuple[tuple[float, float], frozenset[str]]],
) -> None:
    """Tried one after the other: which asks are filled, the more important first, and how soon."""
    problem = Problem(
        tuple(
            Incident(n, north(*at), level, card(*map(sorted, wants)))
            for n, (at, level, wants) in enumerate(incidents)
        ),
        tuple(Option(100 + n, "car", north(*at), able) for n, (at, able) in enumerate(units)),
    )
    result = solve(problem)
    weights = result.weights
    ways = itertools.product([None, *range(len(units))], repeat=len(weights))
    best = min(
        sum(
            weights[row, len(units) + row if column is None else column]
            for row, column in enumerate(way)
        )
        for way in ways
        if len({one for one in way if one is not None}) == sum(one is not None for one in way)
    )
    assert result.weight == pytest.approx(best, rel=1e-12)
    assert result.weight <= result.greedy_weight + 1e-6
    assert len({one.unit for one in result.pairs}) == len(result.pairs)
    asked = {(n, ask) for n, (_, _, wants) in enumerate(incidents) for ask in range(len(wants))}
    assert filled(result).keys() | {(one.incident, one.ask) for one in result.missing} == asked
    assert len(result.pairs) + len(result.missing) == len(asked)


def test_an_independent_solver_finds_the_same() -> None:
    draw = np.random.default_rng(5)
    problem = Problem(
        tuple(
            Incident(n, north(*draw.uniform(0, 20, 2)), int(draw.integers(1, 5)), card([], ["a"]))
            for n in range(15)
        ),
        tuple(
            Option(100 + n, "car", north(*draw.uniform(0, 20, 2)), frozenset("ab"[n % 2]))
            for n in range(22)
        ),
    )
    result = solve(problem)
    assert result.weight == pytest.approx(by_highs(result.weights), rel=1e-9)


def by_highs(weights: np.ndarray) -> float:
    """The least weight, by branch and bound over an integer program."""
    rows, columns = weights.shape
    known = np.isfinite(weights).ravel()
    each_row = np.kron(np.eye(rows), np.ones(columns))[:, known]
    each_column = np.kron(np.ones(rows), np.eye(columns))[:, known]
    found = milp(
        weights.ravel()[known], integrality=np.ones(known.sum()), bounds=Bounds(0, 1),
        constraints=[LinearConstraint(each_row, 1, 1), LinearConstraint(each_column, 0, 1)],
    )  # fmt: skip
    return float(found.fun)
