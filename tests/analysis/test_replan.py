"""A plan after something came between: what was done stays, the rest is repaired."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from gongzhi.analysis.patrol import Away, Changes, Problem, Stop, follow, replan, solve
from tests.analysis.rounds import HOUR, county, holds, interrupted, odd

NINE = 21 * HOUR


@pytest.fixture(scope="module")
def evening() -> tuple[Problem, object]:
    problem = county(11, units=4, stops=60, visits=2)
    return problem, holds(problem, solve(problem, rounds=400))


def test_nothing_new_keeps_what_was_done_and_loses_nothing(evening) -> None:  # type: ignore[no-untyped-def]
    problem, plan = evening
    again = holds(problem, replan(problem, plan, NINE, rounds=50))
    done = {(unit, one) for unit, one in plan.visits() if one.leave <= NINE}
    assert done <= set(again.visits())
    assert again.value >= plan.value - 1e-9


def test_a_unit_on_a_call_comes_back_and_others_take_its_stops(evening) -> None:  # type: ignore[no-untyped-def]
    problem, plan = evening
    changes = Changes(away={0: Away(until=NINE + 2 * HOUR, place=7)})
    again = holds(problem, replan(problem, plan, NINE, changes, rounds=100))
    ours = [one for unit, one in again.visits() if unit == 0]
    assert not [one for one in ours if one.leave > NINE and one.begin < NINE + 2 * HOUR]
    without = sum(one.leave <= NINE for unit, one in plan.visits() if unit == 0)
    assert len(ours) >= without


def test_a_unit_that_stays_away_has_no_more_stops(evening) -> None:  # type: ignore[no-untyped-def]
    problem, plan = evening
    again = holds(problem, replan(problem, plan, NINE, Changes(away={0: Away()}), rounds=100))
    assert not [one for unit, one in again.visits() if unit == 0 and one.leave > NINE]
    assert again.value <= plan.value


def test_a_visit_that_did_not_happen_is_wanted_again(evening) -> None:  # type: ignore[no-untyped-def]
    problem, plan = evening
    _unit, first = min(plan.visits(), key=lambda one: one[1].begin)
    again = replan(problem, plan, NINE, Changes(missed=frozenset({first.stop})), rounds=100)
    holds(problem, again)
    assert first not in [one for _unit, one in again.visits()]


def test_stops_come_and_go(evening) -> None:  # type: ignore[no-untyped-def]
    problem, plan = evening
    gone = next(one.stop for _unit, one in plan.visits() if one.begin > NINE + HOUR)
    changes = Changes(
        added=(Stop(999, 3, 500.0, 600, units=frozenset({1})),), dropped=frozenset({gone})
    )
    again = holds(changes.of(problem), replan(problem, plan, NINE, changes, rounds=100))
    stops = {one.stop for _unit, one in again.visits()}
    assert 999 in stops
    assert gone not in stops


def test_after_two_calls_it_still_holds(evening) -> None:  # type: ignore[no-untyped-def]
    problem, plan = evening
    for nth, when in enumerate((NINE, NINE + 1200)):
        changes = Changes(away={nth: Away(until=when + HOUR, place=5)})
        plan = holds(problem, replan(problem, plan, when, changes, rounds=60))


@pytest.mark.parametrize("seed", range(3))
def test_gaps_hold_through_calls_that_were_expected_and_calls_that_came(seed: int) -> None:
    """A fifth of each hour is for calls, so that stays are longer by the day's clock."""
    problem = county(seed, units=6, stops=40, visits=3)
    units = tuple(replace(one, lost=(0.2, 0.35, 0.1) * 8) for one in problem.units)
    stops = tuple(replace(one, gap=1800, most=one.dwell + 120) for one in problem.stops)
    problem = replace(problem, units=units, stops=stops)
    plan = holds(problem, solve(problem, seed=seed, rounds=200))
    for nth in range(4):
        when = 19 * HOUR + 3000 * nth
        changes = Changes(away={nth: Away(until=when + HOUR, place=5)})
        plan = holds(problem, replan(problem, plan, when, changes, seed=seed, rounds=60))


@pytest.mark.parametrize("seed", range(40))
def test_whatever_is_entered_there_is_a_plan_and_what_came_between_is_repaired(seed: int) -> None:
    problem = odd(seed)
    plan = holds(problem, solve(problem, seed=seed, rounds=20))
    for more in range(2):
        now, changes = interrupted(problem, 2 * seed + more)
        plan = replan(problem, plan, now, changes, seed=seed, rounds=10)
        problem = changes.of(problem)
        holds(problem, plan)
    order = [stop.key for stop in problem.stops] * 2
    holds(problem, follow(problem, {unit.key: order for unit in problem.units}))


def test_replanning_before_and_after_the_shift_does_no_harm(evening) -> None:  # type: ignore[no-untyped-def]
    problem, plan = evening
    early = holds(problem, replan(problem, plan, 12 * HOUR, rounds=50))
    assert early.value >= plan.value - 1e-9
    late = holds(problem, replan(problem, plan, 30 * HOUR, rounds=50))
    assert {one for _unit, one in late.visits()} == {one for _unit, one in plan.visits()}


def test_twenty_units_are_replanned_within_seconds() -> None:
    problem = county(3, units=20, stops=150)
    problem = replace(problem, units=tuple(replace(one, breaks=()) for one in problem.units))
    plan = solve(problem, limit=0.5)
    replan(problem, plan, NINE, limit=0.01)
    begun = time.perf_counter()
    again = replan(problem, plan, NINE, Changes(away={3: Away(NINE + HOUR, 9)}))
    assert time.perf_counter() - begun < 6  # 2 s on a machine that has nothing else to do
    holds(problem, again)
