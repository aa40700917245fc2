"""Numbers that tell how it goes: bounds that hold, and no change where there is only chance."""

from __future__ import annotations

import numpy as np
import pytest

from gongzhi.analysis.outcomes import (
    Part,
    Point,
    chart,
    compare,
    mean_interval,
    median_interval,
    rate_interval,
    share_interval,
)


def test_bounds_are_those_of_the_books() -> None:
    """Wilson's for 8 of 10, and Garwood's for 0 and 10."""
    assert share_interval(8, 10) == pytest.approx((0.4902, 0.9433), abs=1e-4)
    assert rate_interval(0) == pytest.approx((0.0, 3.6889), abs=1e-4)
    assert rate_interval(10, 2) == pytest.approx((4.7954 / 2, 18.3904 / 2), abs=1e-4)
    assert share_interval(0, 0) == (0.0, 1.0)
    assert median_interval(list(range(1, 11))) == (2, 9)
    assert median_interval([7.0]) == (7.0, 7.0)
    assert mean_interval([5.0])[1] == float("inf")


def test_bounds_of_shares_and_medians_hold_as_often_as_they_say() -> None:
    rng = np.random.default_rng(7)
    held = [0, 0]
    for _trial in range(2000):
        low, high = share_interval(float(rng.binomial(60, 0.9)), 60)
        held[0] += low <= 0.9 <= high
        low, high = median_interval(rng.exponential(1.0, 35).tolist())
        held[1] += low <= np.log(2) <= high
    assert min(held) / 2000 > 0.93


def weeks(rng: np.random.Generator, rates: list[float]) -> list[Point]:
    return [Point(float(rng.poisson(rate))) for rate in rates]


def test_chance_alone_is_seldom_called_a_change() -> None:
    """A steady county of fifty-two weeks: at most one in twelve half-years is called changed."""
    rng = np.random.default_rng(11)
    wrong = sum(bool(chart(weeks(rng, [30.0] * 52), "rate").signals) for _trial in range(300))
    assert wrong / 300 < 1 / 12


def test_a_lasting_change_is_found_and_dated() -> None:
    rng = np.random.default_rng(5)
    found = [chart(weeks(rng, [40.0] * 26 + [26.0] * 14), "rate").last(40) for _t in range(100)]
    said = [one for one in found if one is not None]
    assert len(said) > 90
    assert {one.side for one in said} == {"below"}
    assert sum(24 <= one.since <= 29 for one in said if one.rule == "run") > 80


def test_one_wild_week_is_a_point_and_no_run() -> None:
    calm = [Point(600.0 + (-1) ** nth * 20) for nth in range(20)]
    made = chart([*calm, Point(1500.0)], "single")
    assert [(one.rule, one.side, one.at) for one in made.signals] == [("point", "above", 20)]


def test_little_is_not_judged() -> None:
    few = chart([Point(5.0)] * 8, "rate")
    assert not few.judged
    assert few.last(8) is None
    assert not chart([Point(0.0, 0.0)] * 30, "share").judged


def test_the_first_miss_of_a_perfect_county_is_no_alarm_and_many_are() -> None:
    perfect = [Point(50.0, 50.0)] * 20
    assert chart(perfect, "share").judged
    assert not chart([*perfect, Point(49.0, 50.0)], "share").signals
    assert chart([*perfect, Point(40.0, 50.0)], "share").signals
    assert not chart([Point(0.0)] * 20, "rate").signals


def test_weeks_without_anything_are_left_out_and_keep_their_place() -> None:
    points = [Point(40.0, 50.0)] * 10 + [Point(0.0, 0.0)] + [Point(10.0, 50.0)]
    made = chart(points, "share")
    assert made.low[10] is None
    assert [(one.at, one.side) for one in made.signals] == [(11, "below")]


def test_whoever_has_hard_cases_is_not_called_worse() -> None:
    """Far away it takes longer, for everybody. One unit has more of that, and does the same."""
    parts = [Part("far", "night", 50, 100), Part("far", "day", 9, 10)]
    parts += [Part(f"u{n}", "night", 5, 10) for n in range(6)]
    parts += [Part(f"u{n}", "day", 90, 100) for n in range(6)]
    made = {one.unit: one for one in compare(parts, shares=True)}
    assert made["far"].ratio == pytest.approx(1.0)
    assert not any(one.stands for one in made.values())


def test_units_that_differ_by_chance_don_t_stand_out() -> None:
    rng = np.random.default_rng(2)
    out = 0
    for _trial in range(500):
        parts = [
            Part(f"{unit}", "", float(rng.binomial(120, np.clip(rng.normal(0.8, 0.05), 0, 1))), 120)
            for unit in range(11)
        ]
        out += sum(bool(one.stands) for one in compare(parts, shares=True))
    assert out / 500 / 11 < 0.01


def test_one_that_really_differs_does() -> None:
    parts = [Part(f"{unit}", "", 78.0 + unit, 100) for unit in range(8)]
    made = compare([*parts, Part("x", "", 8, 100)], shares=True)
    assert [one.unit for one in made if one.stands] == ["x"]
    assert next(one for one in made if one.unit == "x").stands == "below"
