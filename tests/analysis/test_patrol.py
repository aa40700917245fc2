"""Plans of patrols: everything in them can be done, the best is in them, and what isn't has its
reason."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, permutations

import numpy as np
import pytest

from gongzhi.analysis.patrol import (
    Break,
    Plan,
    Problem,
    Reason,
    Stop,
    Trouble,
    Unit,
    Window,
    check,
    follow,
    overlap,
    solve,
)
from tests.analysis.rounds import EVENING, HOUR, county, holds, square

LINE = np.abs(np.subtract.outer(np.arange(6.0), np.arange(6.0))) * 600
"""Six places along a road, ten minutes apart."""


def crew(key: int = 0, **more: object) -> Unit:
    return replace(Unit(key, "car", 0, 0, EVENING), **more)


def plan_of(units: list[Unit], stops: list[Stop], travel: np.ndarray = LINE, **more: float):  # type: ignore[no-untyped-def]
    problem = Problem(tuple(units), tuple(stops), {"car": travel, "boat": travel}, **more)
    return holds(problem, solve(problem, rounds=300))


def why(plan, stop: int):  # type: ignore[no-untyped-def]
    return next(one for one in plan.left_out if one.stop == stop)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("visits", [1, 3])
def test_whatever_is_planned_can_be_done(seed: int, visits: int) -> None:
    problem = county(seed, visits=visits)
    plan = holds(problem, solve(problem, seed=seed, rounds=300))
    assert plan.value > 0
    assert all(route.rests for route in plan.routes)


def test_a_plan_is_as_good_as_the_best_of_all_plans() -> None:
    """Against every order of every choice of stops, for one unit."""
    travel = square(5, 7)
    stops = [Stop(n, n, float(n), 600, (Window(18 * HOUR, 19 * HOUR),)) for n in range(1, 7)]
    unit = crew(shift=Window(18 * HOUR, 19 * HOUR + 900))

    def possible(order: tuple[int, ...]) -> bool:
        when, here = 18 * HOUR, 0
        for one in order:
            when += int(travel[here, one])
            if when > 19 * HOUR:
                return False
            when, here = when + 600, one
        return when + travel[here, 0] <= 19 * HOUR + 900

    best = max(
        sum(chosen)
        for many in range(1, 7)
        for chosen in combinations(range(1, 7), many)
        if any(possible(order) for order in permutations(chosen))
    )
    assert plan_of([unit], stops, travel).value == best


def test_the_same_seed_gives_the_same_plan_and_another_seed_may_give_another() -> None:
    problem = county(2, stops=60)
    first, again = (solve(problem, seed=7, rounds=400) for _ in range(2))
    assert first == again
    assert solve(problem, seed=8, rounds=400) != first


def test_a_plan_takes_no_longer_than_it_may() -> None:
    import time

    problem = county(3, stops=80)
    solve(problem, rounds=1)
    begun = time.perf_counter()
    holds(problem, solve(problem, limit=0.2))
    assert time.perf_counter() - begun < 3


def test_when_everything_fits_nobody_waits_for_the_rest_of_the_time() -> None:
    import time

    begun = time.perf_counter()
    plan = plan_of([crew()], [Stop(1, 1, 1.0, 600)])
    problem = Problem((crew(),), (Stop(1, 1, 1.0, 600),), {"car": LINE})
    plan = holds(problem, solve(problem, limit=300))
    assert not plan.left_out
    assert time.perf_counter() - begun < 60


def test_a_shift_across_midnight_goes_on() -> None:
    late = Stop(1, 3, 1.0, 600, (Window(25 * HOUR, 25 * HOUR + 60),))
    (visit,) = plan_of([crew()], [late]).routes[0].visits
    assert 25 * HOUR <= visit.begin <= 25 * HOUR + 60
    assert visit.arrive <= visit.begin


def test_with_no_units_everything_is_left_out() -> None:
    plan = plan_of([], [Stop(1, 1, 1.0, 600)])
    assert why(plan, 1).reason is Reason.NO_UNIT


def test_with_no_stops_there_is_an_empty_plan() -> None:
    assert plan_of([crew()], []).value == 0
    assert solve(Problem((), (), {})).routes == ()


def test_an_island_that_no_unit_can_reach_is_said_to_be_one() -> None:
    sea = LINE.copy()
    sea[5, :5] = sea[:5, 5] = np.inf
    plan = plan_of([crew()], [Stop(1, 1, 1.0, 600), Stop(5, 5, 9.0, 600)], sea)
    assert why(plan, 5).reason is Reason.UNREACHABLE
    assert [one.stop for one in plan.routes[0].visits] == [1]


@pytest.mark.parametrize(
    "window",
    [Window(10 * HOUR, 11 * HOUR), Window(20 * HOUR, 19 * HOUR), Window(-9, -5)],
    ids=["before the shift", "ends before it begins", "the day before"],
)
def test_an_impossible_window_is_said_to_be_one(window: Window) -> None:
    plan = plan_of([crew()], [Stop(1, 1, 1.0, 600, (window,))])
    assert why(plan, 1).reason is Reason.NO_WINDOW


def test_a_stop_only_for_boats_waits_for_a_boat() -> None:
    pier = Stop(1, 1, 1.0, 600, kinds=frozenset({"boat"}))
    assert why(plan_of([crew()], [pier]), 1).reason is Reason.NO_UNIT
    assert not plan_of([crew(), crew(1, kind="boat")], [pier]).left_out


def test_what_can_be_reached_but_not_left_in_time_is_too_far() -> None:
    short = crew(shift=Window(18 * HOUR, 19 * HOUR))
    assert why(plan_of([short], [Stop(5, 5, 1.0, 600)]), 5).reason is Reason.TOO_FAR


def test_more_stops_than_time_leaves_out_what_is_worth_less_and_says_for_what() -> None:
    short = crew(shift=Window(18 * HOUR, 18 * HOUR + 1800))
    near, dear = Stop(1, 1, 1.0, 600), Stop(2, 1, 2.0, 600)
    plan = plan_of([short], [near, dear])
    assert [one.stop for one in plan.routes[0].visits] == [2]
    assert why(plan, 1).reason is Reason.WORTH_LESS
    assert why(plan, 1).instead == 2


def test_what_would_cost_several_others_has_no_time() -> None:
    short = crew(shift=Window(18 * HOUR, 19 * HOUR))
    stops = [*(Stop(n, 1, 3.0, 1200) for n in (1, 2)), Stop(3, 2, 4.0, 1200)]
    assert why(plan_of([short], stops), 3).reason is Reason.NO_TIME


def test_what_must_be_visited_is_visited_whatever_else_is_worth() -> None:
    short = crew(shift=Window(18 * HOUR, 18 * HOUR + 1800))
    plan = plan_of([short], [Stop(1, 1, 0.1, 600, must=True), Stop(2, 1, 99.0, 600)])
    assert [one.stop for one in plan.routes[0].visits] == [1]
    assert plan.value == 0.1


def test_a_pinned_stop_is_its_unit_s() -> None:
    pinned = Stop(1, 1, 1.0, 600, units=frozenset({1}))
    plan = plan_of([crew(), crew(1)], [pinned, Stop(2, 2, 1.0, 600)])
    assert 1 in [visit.stop for unit, visit in plan.visits() if unit == 1]


def test_repeated_visits_keep_their_gap_whoever_comes() -> None:
    market = Stop(1, 1, 1.0, 900, visits=4, gap=HOUR)
    plan = plan_of([crew(), crew(1)], [market, Stop(2, 4, 1.0, 600)])
    begins = sorted(visit.begin for _unit, visit in plan.visits() if visit.stop == 1)
    assert len(begins) == 4
    assert min(np.diff(begins)) >= 900 + HOUR


def test_more_repeats_than_the_gap_allows_are_left_out() -> None:
    market = Stop(1, 1, 1.0, 900, (Window(18 * HOUR, 20 * HOUR),), visits=4, gap=HOUR)
    left = why(plan_of([crew()], [market]), 1)
    assert (left.reason, left.visits) == (Reason.NO_WINDOW, 2)


def test_a_school_is_visited_when_it_opens_and_when_it_closes() -> None:
    school = Stop(
        1, 1, 1.0, 600, (Window(18 * HOUR, 19 * HOUR), Window(22 * HOUR, 22 * HOUR + 900)),
        visits=2, gap=HOUR,
    )  # fmt: skip
    begins = [visit.begin for _unit, visit in plan_of([crew()], [school]).visits()]
    assert [begin // HOUR for begin in begins] == [18, 22]


def test_a_break_is_taken_where_one_is_or_at_a_place() -> None:
    evening = Window(20 * HOUR, 21 * HOUR)
    stops = [Stop(n, n, 1.0, 3000) for n in range(1, 6)]
    for place in (None, 0):
        (route,) = plan_of([crew(breaks=(Break(evening, 1800, place),))], stops).routes
        (rest,) = route.rests
        assert 20 * HOUR <= rest.begin <= 21 * HOUR
        assert rest.leave - rest.begin == 1800


def test_who_cannot_have_a_break_or_get_home_has_no_patrol() -> None:
    noon = Break(Window(12 * HOUR, 13 * HOUR), 1800)
    cut = LINE.copy()
    cut[:, 5] = np.inf
    plan = plan_of([crew(breaks=(noon,)), crew(1, end=5)], [Stop(1, 1, 1.0, 600)], cut)
    assert [one.trouble for one in plan.idle] == [Trouble.NO_BREAK, Trouble.NO_WAY_BACK]
    assert why(plan, 1).reason is Reason.NO_UNIT


def test_time_that_calls_will_take_is_left_for_them() -> None:
    stops = [Stop(n, 1, 1.0, 900) for n in range(40)]
    quiet, busy = (
        sum(1 for _ in plan_of([crew(lost=lost)], stops).visits()) for lost in ((), (0.5,) * 24)
    )
    assert busy == pytest.approx(quiet / 2, abs=1)


def test_who_would_wait_stays_longer_where_that_helps() -> None:
    stops = [
        Stop(1, 1, 1.0, 600, (Window(18 * HOUR, 20 * HOUR),), most=960),
        Stop(2, 2, 1.0, 600, (Window(24 * HOUR, 25 * HOUR),)),
    ]
    first = plan_of([crew()], stops).routes[0].visits[0]
    assert first.leave - first.begin == 960


def test_areas_share_alike_where_that_is_asked_for() -> None:
    """Twenty near stops in one area, ten of a little less worth farther on in another."""
    stops = [Stop(n, 1, 3.0, 900, area=1) for n in range(20)]
    stops += [Stop(20 + n, 2, 2.9, 900, area=2) for n in range(10)]
    short = crew(shift=Window(18 * HOUR, 22 * HOUR))
    lowest = [
        min(plan_of([short], stops, fairness=fairness).shares.values()) for fairness in (0.0, 1.0)
    ]
    assert lowest[0] == 0
    assert lowest[1] > 0.2


def test_days_differ_and_lose_little() -> None:
    problem = county(6, stops=80)
    best = solve(problem, rounds=3000)
    varied = replace(problem, variety=0.02)
    days = [holds(varied, solve(varied, seed=day, rounds=3000)) for day in range(4)]
    same = [holds(problem, solve(problem, seed=day, rounds=3000)) for day in range(4)]
    assert min(day.value for day in days) >= 0.97 * best.value
    assert sum(day.value for day in days) >= 0.98 * sum(day.value for day in same)
    assert overlap(days) < 0.5
    assert overlap(days) < overlap(same) or overlap(same) < 0.3
    assert overlap([best, best]) == 1


def test_an_order_by_hand_gets_its_times() -> None:
    problem = Problem((crew(),), tuple(Stop(n, n, 1.0, 600) for n in (1, 2, 3)), {"car": LINE})
    plan = holds(problem, follow(problem, {0: [3, 1, 2]}))
    assert [one.stop for one in plan.routes[0].visits] == [3, 1, 2]
    assert plan.routes[0].visits[0].arrive == 18 * HOUR + 1800


def test_what_does_not_fit_an_order_by_hand_is_left_out_with_its_reason() -> None:
    early = Stop(1, 1, 1.0, 600, (Window(18 * HOUR, 18 * HOUR + 900),))
    problem = Problem((crew(),), (early, Stop(5, 5, 1.0, 600)), {"car": LINE})
    plan = holds(problem, follow(problem, {0: [5, 1, 99], 7: [1]}))
    assert [one.stop for one in plan.routes[0].visits] == [5]
    assert why(plan, 1)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"units": (crew(kind="plane"),)}, "no travel times for plane"),
        ({"units": (crew(), crew())}, "two of the same key"),
        ({"units": (crew(start=9),)}, "a place without"),
        ({"units": (crew(lost=(0.5,)),)}, "24 shares"),
        ({"stops": (Stop(1, 9, 1.0, 600),)}, "a place without"),
        ({"stops": (Stop(1, 1, float("nan"), 600),)}, "no number"),
        ({"stops": (Stop(1, 1, 1.0, -1),)}, "below 0"),
        ({"travel": {"car": LINE * np.nan}}, "no number"),
        ({"travel": {"car": LINE[:2]}}, "one square"),
        ({"fairness": 2.0}, "shares"),
        ({"even": -1.0}, "even is below 0"),
        ({"losses": {(0, 1): float("nan")}}, "a loss is no number"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_words(change: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        replace(Problem((crew(),), (Stop(1, 1, 1.0, 600),), {"car": LINE}), **change)


def test_the_check_finds_what_is_wrong() -> None:
    problem = county(4, stops=150)
    plan = holds(problem, solve(problem, rounds=200))
    route = next(one for one in plan.routes if len(one.visits) > 1)
    first, second = route.visits[:2]
    late = replace(first, leave=first.leave + 9 * HOUR)
    for bad in (
        replace(route, visits=(first, replace(second, begin=first.leave), *route.visits[2:])),
        replace(route, visits=(late, *route.visits[1:])),
        replace(route, visits=(first, *route.visits)),
        replace(route, rests=()),
        replace(route, back=EVENING.closes + 1),
        replace(route, unit=77),
    ):
        routes = tuple(bad if one is route else one for one in plan.routes)
        assert not check(problem, replace(plan, routes=routes)).holds
    assert not check(problem, replace(plan, value=plan.value + 1)).holds
    assert not check(problem, replace(plan, left_out=())).holds


def test_work_is_shared_among_units_as_long_as_the_detour_is_worth_it() -> None:
    near = [Stop(n, n % 3, 1.0, 900) for n in range(6)]
    alone = plan_of([crew(0), crew(1)], near)
    assert sorted(len(route.visits) for route in alone.routes) == [0, 6], "the shortest way"
    shared = plan_of([crew(0), crew(1)], near, even=6.0)
    assert sorted(len(route.visits) for route in shared.routes) != [0, 6], "each goes"
    far = plan_of([crew(0), crew(1, start=5, end=5)], near, even=0.1)
    assert sorted(len(route.visits) for route in far.routes) == [0, 6], "nobody goes an hour for it"


def test_a_unit_that_is_needed_where_it_is_leaves_a_stop_to_others_or_it_is_said_so() -> None:
    stop = [Stop(7, 1, 2.0, 600)]
    units = (crew(0), crew(1))
    problem = Problem(units, tuple(stop), {"car": LINE}, losses={(0, 7): 1.0})
    assert holds(problem, solve(problem, rounds=50)).routes[1].visits, "the other one goes"
    both = replace(problem, losses={(0, 7): 2.5, (1, 7): 2.5})
    plan = holds(both, solve(both, rounds=50))
    assert (why(plan, 7).reason, plan.value) == (Reason.NEEDED, 0)
    one = replace(problem, losses={(0, 7): 2.5, (1, 7): 1.5})
    assert holds(one, solve(one, rounds=50)).routes[1].visits


def test_a_plan_keeps_away_from_the_days_before_where_that_costs_nothing() -> None:
    problem = replace(county(3, stops=12), variety=0.02)
    yesterday = holds(problem, solve(problem, seed=1, rounds=300))
    begins = {one.stop: (one.begin,) for _unit, one in yesterday.visits()}
    known = replace(problem, before=begins)
    today = holds(known, solve(known, seed=1, rounds=300))
    assert today.value >= 0.98 * yesterday.value
    assert overlap([today, yesterday]) < 0.1


def test_where_days_differ_none_of_what_must_be_and_little_else_is_given_up() -> None:
    plain = county(5, stops=60)
    must = [replace(one, must=one.key % 3 == 0) for one in plain.stops]
    problem = replace(plain, stops=tuple(must))
    best = holds(problem, solve(problem, seed=1, rounds=2000))
    varied = replace(problem, variety=0.02, before=began(best))
    today = holds(varied, solve(varied, seed=1, rounds=2000))
    assert today.value >= 0.97 * best.value
    assert overlap([today, best]) < 0.7
    left = {one.stop for one in today.left_out} - {one.stop for one in best.left_out}
    assert not any(must[key].must for key in left)


def began(plan: Plan) -> dict[int, tuple[int, ...]]:
    found: dict[int, tuple[int, ...]] = {}
    for _unit, one in plan.visits():
        found[one.stop] = (*found.get(one.stop, ()), one.begin)
    return found
