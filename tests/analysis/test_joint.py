"""Several incidents at once: the best for all together, and the urgent ones first."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from gongzhi.analysis.dispatching import Option, joint
from gongzhi.analysis.dispatching.joint import Incident, Problem, solve
from gongzhi.analysis.travel import Spot


def north(kilometres: float, east: float = 0.0) -> Spot:
    return Spot(30.0 + kilometres / 111.195, 122.0 + east / 96.3, 1)


def pairs(result: joint.Result) -> dict[int, int]:
    return {one.incident: one.unit for one in result.pairs}


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
    fight = Incident(1, north(0), 2, asks=(("armed",), ()))
    able = Option(9, "car", north(2), frozenset({"armed"}))
    result = solve(Problem((fight,), (Option(7, "car", north(1)), able)))
    assert {one.ask: one.unit for one in result.pairs} == {0: 9, 1: 7}
    assert not any(one.lacking for one in result.pairs)


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


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(places, st.integers(1, 4)), min_size=1, max_size=4),
    st.lists(places, min_size=0, max_size=5),
)
def test_no_other_assignment_is_better(
    incidents: list[tuple[tuple[float, float], int]], units: list[tuple[float, float]]
) -> None:
    """Tried one after the other."""
    problem = Problem(
        tuple(Incident(n, north(*at), level) for n, (at, level) in enumerate(incidents)),
        tuple(Option(100 + n, "car", north(*at)) for n, at in enumerate(units)),
    )
    result = solve(problem)
    _, weights = joint.table(
        problem, sorted(problem.incidents, key=lambda one: (one.priority, one.key))
    )
    rows = len(weights)
    best = min(
        sum(weights[row, column] for row, column in enumerate(chosen))
        for chosen in itertools.permutations(range(weights.shape[1]), rows)
        if all(
            column < len(units) or column == len(units) + row for row, column in enumerate(chosen)
        )
    )
    assert result.weight == pytest.approx(best)
    assert result.weight <= result.greedy_weight + 1e-6
    assert len({one.unit for one in result.pairs}) == len(result.pairs)


def test_an_independent_solver_finds_the_same() -> None:
    draw = np.random.default_rng(5)
    problem = Problem(
        tuple(
            Incident(n, north(*draw.uniform(0, 20, 2)), int(draw.integers(1, 5))) for n in range(15)
        ),
        tuple(Option(100 + n, "car", north(*draw.uniform(0, 20, 2))) for n in range(12)),
    )
    _, weights = joint.table(
        problem, sorted(problem.incidents, key=lambda one: (one.priority, one.key))
    )
    assert solve(problem).weight == pytest.approx(by_highs(weights), rel=1e-9)


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
