"""Scores, quantiles and intervals of counts are what others reckon, and hold what they say."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.stats import nbinom

from gongzhi.analysis.forecast.calibration import calibrate, rolling
from gongzhi.analysis.forecast.distribution import crps, dispersion, quantile, standing, surprise

means = st.floats(1e-4, 40.0)
spreads = st.floats(0.001, 3.0)
few = settings(max_examples=25, deadline=None)
counts = st.integers(0, 60)


def known(mean: float, spread: float):
    return nbinom(1 / spread, 1 / (1 + spread * mean))


@few
@given(counts, means, spreads)
@example(820, 900.0, 0.05)
@example(0, 1e-4, 20.0)
def test_a_score_is_the_squared_distance_over_all_counts(
    seen: int, mean: float, spread: float
) -> None:
    upto = int(known(mean, spread).ppf(1 - 1e-11)) + seen + 2
    at = np.arange(upto)
    expected = ((known(mean, spread).cdf(at) - (at >= seen)) ** 2).sum()
    found = crps(np.array([float(seen)]), np.array([mean]), spread)[0]
    assert found == pytest.approx(expected, rel=1e-5, abs=1e-7)


@few
@given(counts, means, spreads)
@example(820, 900.0, 0.05)
@example(0, 1e-4, 20.0)
def test_chances_and_bounds_are_those_of_scipy(seen: int, mean: float, spread: float) -> None:
    one, at = np.array([float(seen)]), np.array([mean])
    assert surprise(one, at, spread)[0] == pytest.approx(
        -known(mean, spread).logpmf(seen), rel=1e-6, abs=1e-8
    )
    low, high = standing(one, at, spread)
    assert low[0] == pytest.approx(known(mean, spread).cdf(seen - 1), abs=1e-7)
    assert high[0] == pytest.approx(known(mean, spread).cdf(seen), abs=1e-7)
    bound = quantile(at, spread, 0.9)[0]
    assert known(mean, spread).cdf(bound) >= 0.9 - 1e-7
    assert bound == 0 or known(mean, spread).cdf(bound - 1) < 0.9 + 1e-7


@few
@given(st.floats(0.05, 20.0), st.floats(0.05, 20.0), spreads)
def test_nobody_scores_better_than_by_saying_what_they_believe(
    true: float, said: float, spread: float
) -> None:
    at = np.arange(int(known(true, spread).ppf(1 - 1e-10)) + 2, dtype=float)
    chance = known(true, spread).pmf(at)
    for score in (crps, surprise):
        honest = (chance * score(at, np.full(len(at), true), spread)).sum()
        other = (chance * score(at, np.full(len(at), said), spread)).sum()
        assert honest <= other + 1e-6


def test_how_much_counts_scatter_is_found_again() -> None:
    dice = np.random.default_rng(3)
    mean = dice.uniform(0.5, 8.0, 20_000)
    for true in (0.0, 0.4, 2.0):
        rate = mean if not true else dice.gamma(1 / true, mean * true)
        assert dispersion(dice.poisson(rate).astype(float), mean) == pytest.approx(
            true, rel=0.1, abs=0.02
        )


def test_an_interval_holds_what_it_says_although_the_model_is_too_sure() -> None:
    """Levels are mended by where earlier counts stood."""
    dice = np.random.default_rng(4)

    def drawn() -> tuple[np.ndarray, np.ndarray]:
        mean = dice.uniform(0.2, 6.0, 8_000)
        return dice.poisson(1.25 * mean).astype(float), mean

    mended = calibrate(*drawn())
    seen, mean = drawn()
    assert mended.covered(seen, mean, 0.9) == pytest.approx(0.9, abs=0.02)
    assert mended.held(seen, mean, 0.9) >= 0.88
    low, high = standing(seen, mean, mended.spread)
    plain = (
        ((np.minimum(high, 0.95) - np.maximum(low, 0.05)).clip(0) / (high - low)).clip(0, 1).mean()
    )
    assert abs(mended.covered(seen, mean, 0.9) - 0.9) < abs(plain - 0.9)


def test_the_bounds_of_an_interval_go_up_with_what_is_asked() -> None:
    dice = np.random.default_rng(5)
    mean = dice.uniform(0.0, 3.0, 500)
    found = calibrate(dice.poisson(mean).astype(float), mean)
    bounds = [found.quantile(mean, part) for part in (0.05, 0.25, 0.5, 0.75, 0.95)]
    assert all((low <= high).all() for low, high in pairwise(bounds))


def test_intervals_of_the_county_follow_when_counts_begin_to_scatter_more() -> None:
    dice = np.random.default_rng(6)
    mean = np.full((120, 3), 40.0)
    before = dice.poisson(mean).astype(float)
    after = dice.poisson(mean * dice.gamma(25.0, 1 / 25, mean.shape)).astype(float)
    found = rolling((before, mean), (after, mean), ahead=1)
    fixed = calibrate(before, mean).covered(after, mean)
    assert fixed < found.covered(after, mean) < 0.95
    assert found.quantile(mean, 0.5).shape == found.crps(after, mean).shape == (120, 3)


def test_no_week_is_calibrated_on_days_that_were_not_known_yet() -> None:
    dice = np.random.default_rng(7)
    mean = np.full((70, 3), 5.0)
    before, after = dice.poisson(mean).astype(float), dice.poisson(mean).astype(float)
    other = after.copy()
    other[28 + 1 - 7 :] = 50.0  # a week ahead of the fifth week, nothing later is known
    one, two = (
        rolling((before, mean), (seen, mean), 7).quantile(mean, 0.95) for seen in (after, other)
    )
    np.testing.assert_array_equal(one[:35], two[:35])
    assert (one[35:42] < two[35:42]).any()
