"""Where units could stand by: what it brings is true, and nobody is sent far for nothing."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from gongzhi.analysis.dispatching.moves import TOO_FAR, Move, Post, Problem, solve
from tests.analysis.counties import SIDE, Small, small


def asked(county: Small, seed: int, reach: float = 300.0) -> Problem:
    places = np.random.default_rng(1000 + seed).uniform(0, SIDE, (8, 2))
    rows, units = county.seconds(places).T, range(len(county.units))
    return Problem(
        county.cover(),
        tuple(Post(n, {"car": row}) for n, row in enumerate(rows)),
        dict.fromkeys(units, "car"),
        {(unit, n): reach for unit in units for n in range(8)},
    )


def huddled(seed: int) -> Small:
    """All units in one corner."""
    county = small(seed, 5, 40)
    return Small(county.units * 0.1, county.cells, county.demand, county.load)


def test_units_that_stand_together_are_spread_out_and_each_step_says_what_it_brings() -> None:
    problem = asked(huddled(3), 3)
    moves = solve(problem)
    assert len(moves) == 3
    assert len({one.unit for one in moves}) == len({one.post for one in moves}) == 3
    assert moves[0].before == problem.cover.county()
    for one, following in pairwise(moves):
        assert one.after == following.before
    assert moves[-1].after.seconds < 0.8 * moves[0].before.seconds


def test_what_is_promised_is_what_the_cover_then_is() -> None:
    problem = asked(huddled(4), 4)
    cover = problem.cover
    for one in solve(problem):
        cover = cover.with_unit_at(one.unit, problem.posts[one.post].seconds["car"])
        assert cover.county() == one.after


def test_two_moves_bring_nearly_what_the_best_two_bring() -> None:
    found, best = 0.0, 0.0
    for seed in range(5):
        problem = asked(small(seed, 4, 30), seed)
        moves = solve(problem, limit=2)
        found += worth(problem, moves[-1]) if moves else 0.0
        best += max(both(problem))
    assert found > 0.9 * best


def both(problem: Problem) -> list[float]:
    """What every two moves would bring."""
    brought = [0.0]
    for unit, post in ((u, p) for u in problem.modes for p in problem.posts):
        once = problem.cover.with_unit_at(unit, post.seconds["car"])
        for other, place in ((u, p) for u in problem.modes for p in problem.posts):
            if other > unit and place is not post:
                level = once.with_unit_at(other, place.seconds["car"]).county()
                brought.append(worth(problem, Move(0, 0, 0, level, level)))
    return brought


def worth(problem: Problem, move: Move) -> float:
    now = problem.cover.county()
    return now.seconds - move.after.seconds + 1000 * (move.after.within - now.within)


def test_nobody_is_asked_to_go_farther_than_is_sensible() -> None:
    assert solve(asked(huddled(3), 3, reach=TOO_FAR + 1)) == []


def test_those_who_may_not_be_moved_stay() -> None:
    problem = asked(huddled(3), 3)
    only = Problem(problem.cover, problem.posts, {2: "car"}, problem.reach)
    assert {one.unit for one in solve(only)} <= {2}
