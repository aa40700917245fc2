"""A model is used only while it beats every baseline, surely, on weeks that it never saw."""

from __future__ import annotations

import numpy as np
import pytest

from gongzhi.analysis.forecast import judge, skill


def weeks(many: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(100, 10, many)


def test_what_is_better_in_every_week_is_adopted() -> None:
    base = weeks(12, 1)
    verdict = judge(base * 0.95, {"past_year": base, "kde": base * 1.02})
    assert verdict.adopted
    assert verdict.best == "past_year"
    assert verdict.low == pytest.approx(0.05)


def test_one_baseline_that_is_as_good_is_enough_to_turn_it_away() -> None:
    base = weeks(12, 1)
    wobble = base * (1 + np.random.default_rng(2).normal(0, 0.05, 12))
    verdict = judge(base * 0.95, {"past_year": base, "kde": wobble * 0.95})
    assert not verdict.adopted
    assert verdict.best == "kde"
    assert verdict.low <= 0


def test_a_better_mean_from_one_lucky_week_is_not_enough() -> None:
    base = np.full(9, 100.0)
    model = base + 0.5
    model[3] = 70.0
    found = skill(model, base)
    assert found.value > 0
    assert found.low < 0


def test_a_margin_has_to_be_beaten_too() -> None:
    base = weeks(12, 3)
    assert judge(base * 0.97, {"kde": base}, margin=0.02).adopted
    assert not judge(base * 0.99, {"kde": base}, margin=0.02).adopted


def test_of_three_weeks_nothing_is_said() -> None:
    base = weeks(3, 4)
    verdict = judge(base * 0.5, {"kde": base})
    assert not verdict.adopted
    assert verdict.low == -np.inf


def test_the_same_is_never_better() -> None:
    base = weeks(20, 5)
    assert not judge(base, {"kde": base}).adopted


def test_the_same_seed_gives_the_same_bounds() -> None:
    base, model = weeks(9, 6), weeks(9, 7)
    assert skill(model, base, seed=1) == skill(model, base, seed=1)
    assert skill(model, base, seed=1) != skill(model, base, seed=2)


def test_the_bounds_hold_the_truth_as_often_as_they_say() -> None:
    """95 % of many repetitions, of nine weeks only: a plain bootstrap would hold some 89 %."""
    dice, held = np.random.default_rng(8), 0
    for _ in range(400):
        level = dice.normal(100, 15, 9)
        found = skill(0.97 * level + dice.normal(0, 3, 9), level, draws=500)
        held += found.low <= 0.03 <= found.high
    assert 0.92 <= held / 400 <= 0.985
