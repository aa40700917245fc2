"""What forecasts are made of: nothing of the day itself, and the likeliest weights."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gongzhi.analysis.forecast import Area, Days, Known, Unfit, counting
from gongzhi.analysis.forecast.baselines import BASELINES, last_week, same_week_last_year
from gongzhi.analysis.forecast.combining import weights
from gongzhi.analysis.forecast.exciting import Traces, self_exciting
from gongzhi.analysis.forecast.history import profile
from gongzhi.analysis.forecast.level import followed
from gongzhi.analysis.forecast.models import foretold
from gongzhi.analysis.forecast.regression import adjusted
from gongzhi.analysis.forecast.scores import hits, mase, weekly
from tests.analysis.calls import MIDDLE, area, county, uneven


@pytest.mark.parametrize("ahead", [1, 7])
def test_no_forecast_knows_what_came_after_it_was_made(ahead: int) -> None:
    """Whatever happens from a day on, the forecasts made before it stay the same."""
    counts, day = uneven(140, 1).counts, 120
    other = counts.many.copy()
    other[:, day:] = np.random.default_rng(2).poisson(5.0, other[:, day:].shape)
    flags = {"festival": (np.arange(140) % 30 == 0).astype(np.float32)}
    made = slice(day - 10, day + ahead)
    one, two = (
        foretold(Traces(Known(each, ahead)), Days(flags), day - 20, made, (1.0,))
        for each in (counts, replace(counts, many=other))
    )
    assert {*BASELINES, "kde1", "self_exciting", "regression"} == set(one)
    for way in one:
        np.testing.assert_array_equal(one[way], two[way], err_msg=way)


def test_a_forecast_does_know_the_last_day_before_it_was_made() -> None:
    counts, day = uneven(140, 1).counts, 120
    other = counts.many.copy()
    other[:, day - 1] += 5
    one, two = (
        foretold(Traces(Known(each, 1)), Days(), day - 20, slice(day, day + 1), (1.0,))
        for each in (counts, replace(counts, many=other))
    )
    assert not np.array_equal(one["self_exciting"], two["self_exciting"])


def test_the_weights_that_counts_were_made_with_are_found_again() -> None:
    dice = np.random.default_rng(3)
    rates = dice.gamma(0.5, 1.0, (30_000, 3))
    true = np.array([0.7, 0.0, 0.25])
    calls = dice.poisson(rates @ true)
    had = calls > 0
    found = weights(calls[had], rates[had], rates.sum(axis=0))
    np.testing.assert_allclose(found, true, atol=0.03)
    assert (found >= 0).all()


def test_what_is_blended_foretells_as_many_calls_as_came() -> None:
    counts = uneven(140, 4).counts
    found = self_exciting(Traces(Known(counts, 1)), 120)[:, 28:120]
    assert found.sum() == pytest.approx(counts.many[:, 28:120].sum(), rel=0.02)


def test_a_profile_of_the_week_is_a_mean_day_in_parts() -> None:
    counts = uneven(140, 5).counts
    parts = profile(counts, 140)
    assert parts.sum() / 7 == pytest.approx(1.0, abs=0.02)
    assert parts[:5].sum(axis=1).min() > parts[5:].sum(axis=1).max()  # weekends are quieter


def test_days_on_which_nobody_counted_don_t_make_forecasts_smaller() -> None:
    whole = uneven(150, 6)
    known = np.ones(150, np.bool_)
    known[60:90] = False
    gap = county(whole.rates, whole.counts.area, 6, known)
    one, two = (Known(each.counts, 1).mean(84)[:, 100].sum() for each in (whole, gap))
    assert two == pytest.approx(one, rel=0.25)


def test_the_same_week_of_last_year_is_taken_where_there_was_one() -> None:
    counts = uneven(400, 7).counts
    rates = same_week_last_year(Known(counts, 1), 300)
    np.testing.assert_allclose(rates[:, 380], counts.many[:, 13:20].mean(axis=1), atol=1e-5)
    short = uneven(200, 7).counts
    known = Known(short, 1)
    np.testing.assert_array_equal(
        same_week_last_year(known, 150), BASELINES["past_year"](known, 150)
    )


def test_the_last_week_that_was_known_is_taken() -> None:
    counts = uneven(60, 8).counts
    near, far = (last_week(Known(counts, ahead), 40) for ahead in (7, 8))
    np.testing.assert_array_equal(near[:, 50], counts.many[:, 43])
    np.testing.assert_array_equal(far[:, 50], counts.many[:, 36])


def test_the_level_of_all_places_is_followed() -> None:
    """Rates that stand still come near to counts that doubled a month ago."""
    true = uneven(300, 14)
    still = np.repeat(true.rates.mean(axis=1, keepdims=True), 300, axis=1).astype(np.float32)
    swell = np.where(np.arange(300) >= 120, 2.0, 1.0)[None, :, None]
    known = Known(county(still * swell, true.counts.area, 14).counts, 1)
    moved = followed(known, still, 250)
    assert moved[:, 270:].sum() == pytest.approx(2 * still[:, 270:].sum(), rel=0.1)
    np.testing.assert_allclose(moved[0, 280] / still[0, 280], moved[5, 280] / still[5, 280])


def test_a_festival_that_doubles_calls_is_learnt() -> None:
    true = uneven(400, 9)
    feast = (np.arange(400) % 20 == 0).astype(np.float32)
    rates = true.rates * (1 + feast)[None, :, None]
    made = county(rates, true.counts.area, 9)
    known, plain = Known(made.counts, 1), true.rates.astype(np.float32)
    moved = adjusted(known, plain, Days({"feast": feast}), 300)
    lift = (moved / plain)[0, 300:, 1]
    assert lift[feast[300:] == 1].mean() == pytest.approx(2.0, rel=0.15)
    assert lift[feast[300:] == 0].mean() == pytest.approx(1.0, rel=0.05)


def test_weather_that_is_given_is_used_and_may_have_holes() -> None:
    true = uneven(400, 10)
    rain = np.random.default_rng(1).gamma(1.0, 5.0, 400).astype(np.float32)
    made = county(true.rates * np.exp(0.05 * (rain - 5))[None, :, None], true.counts.area, 10)
    rain[390:] = np.nan
    plain = true.rates.astype(np.float32)
    moved = adjusted(Known(made.counts, 1), plain, Days(weather={"rain": rain}), 300)
    lift = (moved / plain)[0, 300:390, 1]
    assert np.corrcoef(lift, rain[300:390])[0, 1] > 0.9
    assert np.isfinite(moved).all()


def test_silence_is_a_gap_only_where_there_are_calls_every_day() -> None:
    busy = np.full(100, 20)
    busy[40:45] = 0
    busy[60] = 0
    assert np.flatnonzero(~counting(busy)).tolist() == [40, 41, 42, 43, 44]
    rare = np.zeros(100)
    rare[::9] = 1
    assert counting(rare).all()
    assert counting(np.zeros(10)).all()


def test_cells_are_never_finer_than_a_neighbourhood() -> None:
    import h3.api.basic_int as h3

    fine = np.array([h3.cell_to_center_child(MIDDLE, 9)])
    with pytest.raises(Unfit, match="resolution"):
        Area(fine)


def test_what_is_shared_out_among_neighbours_is_neither_lost_nor_made() -> None:
    for bandwidth in (0.0, 0.75, 3.0):
        sums = np.asarray(area().kernel(bandwidth).sum(axis=0)).ravel()
        np.testing.assert_allclose(sums, 1.0, atol=1e-5)


def test_hits_are_counted_as_papers_do() -> None:
    seen = np.zeros((100, 2))
    seen[0], seen[1], seen[2] = 6, 3, 1
    rates = np.zeros((100, 2))
    rates[0], rates[50] = 2.0, 1.0
    one = hits(seen, rates, beyond=0.0, part=0.02)
    assert (one.area, one.rate, one.pai) == (0.02, 0.6, pytest.approx(30.0))
    assert one.pei == pytest.approx(6 / 9)
    assert hits(seen, rates, beyond=20.0, part=0.02).rate == pytest.approx(0.3)


def test_a_forecast_that_says_last_week_is_no_better_than_last_week() -> None:
    dice = np.random.default_rng(1)
    seen, naive = dice.poisson(2.0, (2, 50)).astype(float)
    assert mase(seen, naive, naive) == 1.0
    assert mase(seen, seen, naive) == 0.0


def test_weeks_without_counting_are_left_out() -> None:
    scores = np.ones((2, 24, 3))
    known = np.ones(24, np.bool_)
    known[7:14] = False
    np.testing.assert_array_equal(weekly(scores, known), [42.0, 42.0])
