"""Where units should stand: as good as the best of all ways, and never worse than today."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations_with_replacement

import numpy as np
import pytest

from gongzhi.analysis.siting import Fleet, Problem, level, solve

AIMS = ("cover", "seconds")


def county(seed: int, posts: int = 7, cells: int = 25, cars: int = 3, busy: float = 0.4) -> Problem:
    draw = np.random.default_rng(seed)
    where, there = draw.uniform(0, 9000, (posts, 2)), draw.uniform(0, 9000, (cells, 2))
    apart = np.hypot(*(where[:, None] - there[None]).transpose(2, 0, 1))
    fleet = Fleet("car", tuple(draw.integers(0, posts, cars).tolist()))
    return Problem({"car": apart / 9}, draw.exponential(1, cells), (fleet,), busy, promise=300)


def good(problem: Problem, posts: tuple[tuple[int, ...], ...], aim: str) -> float:
    reached = level(problem, posts)
    return reached.cover if aim == "cover" else -reached.seconds


@pytest.mark.parametrize("aim", AIMS)
@pytest.mark.parametrize("seed", range(4))
def test_it_is_the_best_of_all_ways_to_stand(seed: int, aim: str) -> None:
    problem = county(seed)
    best = max(good(problem, (posts,), aim) for posts in combinations_with_replacement(range(7), 3))
    found = solve(problem, aim=aim)
    assert good(problem, found.posts, aim) == pytest.approx(best, abs=1e-5)
    assert found.proven


@pytest.mark.parametrize("aim", AIMS)
def test_cars_and_boats_together_are_the_best_of_all_ways(aim: str) -> None:
    """A boat reaches other cells than a car, and has berths at two posts alone."""
    land = county(5, posts=5, cells=16, cars=2)
    sea = np.full((5, 16), np.inf)
    sea[:2, 8:] = county(6, posts=5, cells=16).seconds["car"][:2, 8:]
    by_car = land.seconds["car"].copy()
    by_car[:, 12:] = np.inf
    fleets = (*land.fleets, Fleet("boat", (0, 0)))
    problem = replace(land, seconds={"car": by_car, "boat": sea}, fleets=fleets)
    best = max(
        good(problem, (cars, boats), aim)
        for cars in combinations_with_replacement(range(5), 2)
        for boats in combinations_with_replacement(range(2), 2)
    )
    found = solve(problem, aim=aim)
    assert good(problem, found.posts, aim) == pytest.approx(best, abs=1e-5)
    assert set(found.posts[1]) <= {0, 1}


@pytest.mark.parametrize("aim", AIMS)
def test_today_is_the_baseline_and_who_stands_well_stays(aim: str) -> None:
    problem = county(7)
    found = solve(problem, aim=aim)
    assert found.before == level(problem, [problem.fleets[0].posts])
    assert good(problem, found.posts, aim) >= good(problem, (problem.fleets[0].posts,), aim)
    settled = replace(problem, fleets=(Fleet("car", found.posts[0]),))
    again = solve(settled, aim=aim)
    assert (again.posts, again.moved) == (found.posts, 0)


def test_nobody_moves_for_less_than_it_is_worth() -> None:
    problem = county(8)
    gain = solve(problem)
    assert gain.moved
    assert solve(replace(problem, worth_moving=1.0)).moved == 0
    assert solve(replace(problem, worth_moving=1e-9)).after == gain.after


def test_no_more_stand_at_a_post_than_have_room() -> None:
    problem = county(9, cells=3, busy=0.9)
    crowded = solve(problem).posts[0]
    apart = solve(replace(problem, room=1)).posts[0]
    assert len(set(crowded)) < 3
    assert len(set(apart)) == 3


def test_an_hour_with_other_calls_wants_other_posts() -> None:
    problem = county(10, cars=1)
    night = replace(problem, demand=np.eye(25)[3])
    assert solve(night, aim="seconds").posts[0] == (int(problem.seconds["car"][:, 3].argmin()),)


def test_odd_problems_have_an_answer() -> None:
    nobody = replace(county(1), fleets=())
    assert solve(nobody).after.cover == 0
    quiet = replace(county(1), demand=np.zeros(25))
    assert solve(quiet).proven
    cut_off = replace(county(1), seconds={"car": np.full((7, 25), np.inf)})
    for aim in AIMS:
        assert solve(cut_off, aim=aim).moved == 0


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"busy": 1.0}, "below 1"),
        ({"demand": np.full(25, np.nan)}, "no number"),
        ({"demand": np.ones(3)}, "a column for each cell"),
        ({"fleets": (Fleet("boat", (0,)),)}, "no times for boat"),
        ({"fleets": (Fleet("car", (9,)),)}, "a post without times"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_words(change: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        replace(county(1), **change)
