"""A bound is a bound: what a walk costs, the cheapest there is, and what no roster goes below."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from math import inf
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongzhi.analysis.roster import Demand, Officer, Problem, Roster, cost, holds, read, solve
from gongzhi.analysis.roster.building import Ground
from gongzhi.analysis.roster.columns import Columns
from gongzhi.analysis.roster.pricing import Pricer, Room
from gongzhi.analysis.roster.walks import walks
from tests.analysis.rosters import EARLY, LATE, NIGHT, RULES, SHIFTS, problems, team
from tests.house.source import ROOT

CHOICES = (None, EARLY, LATE, NIGHT)
INSTANCES = ROOT / "benchmarks" / "data" / "shifts"
drawn = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))


def cut(problem: Problem, days: int, officers: int) -> Problem:
    """The first days and officers alone."""

    def inside(all_: tuple[object, ...]) -> tuple[object, ...]:
        return tuple(one for one in all_ if one.day < days and one.officer < officers)  # type: ignore[attr-defined]

    return replace(
        problem, days=days, officers=problem.officers[:officers], shares=problem.shares[:officers],
        holidays=frozenset(one for one in problem.holidays if one < days),
        demands=tuple(one for one in problem.demands if one.day < days),
        wishes=inside(problem.wishes), pins=inside(problem.pins),
    )  # fmt: skip


def of_one(problem: Problem, officer: Officer) -> Problem:
    """What concerns this officer alone."""

    def own(all_: tuple[object, ...]) -> tuple[object, ...]:
        return tuple(one for one in all_ if one.officer == officer.key)  # type: ignore[attr-defined]

    return replace(
        problem, officers=(officer,), shares=own(problem.shares), wishes=own(problem.wishes),
        pins=own(problem.pins),
    )  # fmt: skip


def lines(days: int) -> list[tuple[int | None, ...]]:
    return list(product(CHOICES, repeat=days))


def as_choices(line: tuple[int | None, ...]) -> np.ndarray:
    return np.array([CHOICES.index(one) for one in line], np.int8)


def floor_of(problem: Problem, begin: Roster) -> int:
    """The bound from all walks that are worth having."""
    pricers = {key: Pricer(walk) for key, walk in walks(problem).items()}
    columns = Columns(problem, Ground(problem).demands, pricers)
    columns.begin(begin)
    totals = max(len(one.walk.sums) for one in pricers.values())
    room = Room(problem.days, len(problem.shifts) + 1, totals, 500)
    while columns.round(room) and not columns.closed():
        pass
    return columns.floor()


@drawn
@given(problems(), st.integers(0, 10_000))
def test_a_walk_costs_what_the_checker_says_and_the_cheapest_is_found_at_any_prices(
    problem: Problem, seed: int
) -> None:
    """All ways to fill five days, one officer at a time, demand left out."""
    problem = replace(cut(problem, 5, 3), demands=())
    known, dice = walks(problem), np.random.default_rng(seed)
    for officer in problem.officers:
        alone = of_one(problem, officer)
        said = {
            line: cost(alone, {officer.key: line}) if holds(alone, {officer.key: line}) else inf
            for line in lines(5)
        }
        if officer.key not in known:
            assert min(said.values()) == inf
            continue
        pricer = Pricer(known[officer.key])
        assert {line: pricer.costs(as_choices(line)) for line in said} == said
        prices = dice.normal(0, 4, (5, 4))
        paid = [
            costs + prices[np.arange(5), as_choices(line)].sum() for line, costs in said.items()
        ]
        for wide in (1000, 3):
            room = Room(5, 4, len(pricer.walk.sums), wide)
            found = pricer.cheapest(prices, room)
            assert found.bound <= min(paid) + 1e-6
            if wide > 3 and min(paid) < inf:
                assert found.costs[0] == pytest.approx(min(paid)) == pytest.approx(found.bound)


@drawn
@given(problems())
def test_no_roster_of_a_small_problem_costs_less_than_its_bound(problem: Problem) -> None:
    """All ways to fill two days of three officers."""
    problem = cut(problem, 2, 3)
    keys = [one.key for one in problem.officers]
    rosters = (dict(zip(keys, three, strict=True)) for three in product(lines(2), repeat=3))
    costs = [(cost(problem, one), one) for one in rosters if holds(problem, one)]
    if costs:
        assert floor_of(problem, costs[-1][1]) <= min(value for value, _roster in costs)


@pytest.mark.parametrize(("number", "best"), [(2, 828), (3, 1001), (4, 1716)])
def test_published_instances_are_solved_to_their_best_known_values_and_proved(
    number: int, best: int
) -> None:
    problem = read(Path(INSTANCES / f"Instance{number}.txt").read_text("utf-8"))
    found = solve(problem, seed=1, limit=40)
    assert found.cost == cost(problem, found.roster) == best == found.bound
    assert holds(problem, found.roster)
    assert found.seconds < 40


def test_teams_that_share_a_task_get_a_bound_and_rosters_near_to_it() -> None:
    officers = tuple(replace(one, team=one.key % 2, least=1920) for one in team(32))
    demands = [
        Demand(day, shift, 2, 4, team=number)
        for day in range(7) for shift in (EARLY, LATE, NIGHT) for number in (0, 1)
    ]  # fmt: skip
    demands += [Demand(day, NIGHT, 7, 7, over=0) for day in range(7)]
    rules = tuple(
        replace(one, hard=False, weight=3) if one.code.startswith("short") else one for one in RULES
    )
    problem = Problem(7, SHIFTS, officers, tuple(demands), rules)
    found = solve(problem, seed=1, limit=8)
    assert holds(problem, found.roster)
    assert found.cost == cost(problem, found.roster)
    assert 0 < found.bound <= found.cost
