"""What trips that were made teach about those to come."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.analysis.travel.pace import ENOUGH, QUICKEST, SLOWEST, Made, Pace, lately, learn

HOUR = 3600.0


def trips(n: int, factor: float, *, seed: int = 1, **more: object) -> list[Made]:
    """Trips of one to thirty minutes by the map that took `factor` times as long, more or less."""
    draw = random.Random(seed)
    return [
        Made(
            x := draw.uniform(60, 1800), x * factor * draw.lognormvariate(0, 0.2),
            draw.randrange(24), draw.choice([1, 2, 3, 4]), **more,  # type: ignore[arg-type]
        )
        for _ in range(n)
    ]  # fmt: skip


def test_without_trips_the_map_is_believed() -> None:
    assert learn(trips(ENOUGH - 1, 2.0)).seconds(300, hour=9, priority=2) == 300
    assert learn([]) == Pace()


def test_a_county_where_all_takes_longer_is_told_so() -> None:
    pace = learn(trips(400, 1.5))
    assert pace.trips == 400
    assert pace.seconds(300, hour=9, priority=3) == pytest.approx(450, rel=0.08)
    assert pace.seconds(1500, hour=22, priority=1) == pytest.approx(2250, rel=0.1)


def test_an_urgent_call_is_reached_sooner_where_it_was() -> None:
    draw = random.Random(3)
    made = [
        Made(300, 300 * (0.7 if p == 1 else 1.0) * draw.lognormvariate(0, 0.1), 12, p)
        for p in (1, 3) * 200
    ]
    pace = learn(made)
    urgent, usual = (pace.seconds(300, hour=12, priority=p) for p in (1, 3))
    assert urgent / usual == pytest.approx(0.7, abs=0.03)


def test_a_button_pressed_twice_or_forgotten_teaches_nothing() -> None:
    good = trips(200, 1.2)
    bad = [Made(300, took, 9, 3) for took in (0.0, 3.0, -46.0, 86_400.0)] * 50
    assert learn(good + bad) == learn(good)


@given(st.lists(st.tuples(st.floats(30, 3000), st.floats(11, 9000), st.integers(0, 23),
                          st.integers(1, 4)), min_size=ENOUGH, max_size=120))  # fmt: skip
def test_a_longer_way_takes_longer_whatever_was_seen(
    seen: list[tuple[float, float, int, int]],
) -> None:
    pace = learn([Made(*one) for one in seen])
    told = [pace.seconds(x, hour=8, priority=2) for x in (1, 20, 60, 200, 700, 2500, 9000)]
    assert told == sorted(told)
    assert all(0 < one < 1e7 for one in told)


def test_the_same_trips_teach_the_same() -> None:
    assert learn(trips(100, 1.3)) == learn(trips(100, 1.3))


def test_in_a_storm_all_takes_longer_and_afterwards_no_more() -> None:
    usual = Pace()
    storm = trips(60, 2.0, at=10 * HOUR)
    then = lately(usual, storm, now=10 * HOUR + 60)
    assert 1.5 < then.live <= SLOWEST
    assert then.seconds(300, hour=9, priority=2) == pytest.approx(300 * then.live)
    assert lately(then, storm, now=20 * HOUR).live == pytest.approx(1.0, abs=0.01)


def test_two_slow_trips_are_no_storm() -> None:
    assert lately(Pace(), trips(2, 2.0, at=0.0), now=60.0).live < 1.1


def test_however_odd_the_last_trips_were_times_stay_within_reason() -> None:
    stuck = [Made(60, 10_000, 9, 3) for _ in range(500)]
    flown = [Made(5000, 11, 9, 3) for _ in range(500)]
    assert lately(Pace(), stuck, now=1.0).live == SLOWEST
    assert lately(Pace(), flown, now=1.0).live == QUICKEST


def test_a_trip_that_has_not_ended_yet_is_not_known_yet() -> None:
    assert lately(Pace(), trips(60, 2.0, at=100.0), now=50.0).live == 1.0
