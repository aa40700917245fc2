"""The audits find a planted bias, are silent where there is none, and say when they can't tell."""

from __future__ import annotations

import numpy as np
import pytest

from gongzhi.analysis.forecast.audit import fairness, feedback, together
from gongzhi.analysis.forecast.held import Held, held_back

CELLS, WEEKS, AREAS = 60, 8, 6
AREA_OF = np.arange(CELLS) % AREAS


def county(
    seed: int, *, wrong: float = 1.0, fed: float = 1.0, busy: float = 1.0
) -> tuple[Held, np.ndarray]:
    """Calls by chance around true rates; the first area foretold `wrong` times as many; after a
    week with police, `fed` times as many calls."""
    dice = np.random.default_rng(seed)
    rates = busy * dice.lognormal(-0.5, 1, CELLS)[:, None] * np.ones(WEEKS)
    present = (dice.random((CELLS, WEEKS)) < 0.4).astype(float)  # busy or not
    seen = dice.poisson(rates * np.where(present > 0, fed, 1.0)).astype(float)
    foretold = rates * np.where(AREA_OF == 0, wrong, 1.0)[:, None]
    return Held(seen, foretold, (foretold > np.quantile(foretold, 0.95)).astype(float)), present


def test_an_area_that_is_foretold_too_much_is_named() -> None:
    found = {one.area: one for one in fairness(county(1, wrong=1.6)[0], AREA_OF)}
    assert found[0].over
    assert found[0].foretold > found[0].seen
    assert not any(one.over for area, one in found.items() if area)


def test_one_that_is_foretold_too_little_is_named_too() -> None:
    found = {one.area: one for one in fairness(county(2, wrong=0.5)[0], AREA_OF)}
    assert found[0].under


def test_chance_alone_seldom_names_any_area() -> None:
    """Bounds hold in all areas together, 95 times of a hundred."""
    named = sum(
        any(one.over or one.under for one in fairness(county(seed)[0], AREA_OF))
        for seed in range(200)
    )
    assert named <= 18


def test_a_county_foretold_too_high_as_a_whole_is_unfair_to_nobody() -> None:
    held, _ = county(3)
    high = Held(held.seen, 2 * held.foretold, held.first)
    assert [one.foretold for one in fairness(high, AREA_OF)] == pytest.approx(
        [one.foretold for one in fairness(held, AREA_OF)]
    )


def test_shares_are_parts_of_the_whole() -> None:
    found = fairness(county(4)[0], AREA_OF)
    for part in ("seen", "foretold", "first"):
        assert sum(getattr(one, part) for one in found) == pytest.approx(1)
    assert all(one.low <= one.seen <= one.high for one in found)
    assert [one.calls for one in found] == sorted((one.calls for one in found), reverse=True)


def test_of_one_area_or_few_calls_nothing_is_said() -> None:
    held, _ = county(5)
    assert fairness(held, np.zeros(CELLS, np.int64)) == []
    assert fairness(county(5, busy=0.01)[0], AREA_OF) == []


def test_presence_that_makes_calls_is_found() -> None:
    held, present = county(6, fed=1.5)
    found = feedback(held, present)
    assert found.told == "more"
    assert found.low < 1.5 < found.high


def test_busy_cells_with_more_police_are_no_sign() -> None:
    """Police are where there are calls; the forecast knows of that."""
    dice = np.random.default_rng(8)
    wrong = 0
    for seed in range(100):
        held, _ = county(seed, busy=6)
        often = 1 - np.exp(-held.foretold / 4)
        present = (dice.random(held.foretold.shape) < often).astype(float)
        wrong += feedback(held, present).told == "more"
    assert wrong <= 8


def test_cells_that_are_busier_than_foretold_and_have_more_police_are_no_sign() -> None:
    """Both follow from what the place is like, and from the season."""
    wrong = 0
    for seed in range(100):
        dice = np.random.default_rng(seed)
        true = 3 * dice.lognormal(-0.5, 1, CELLS)[:, None] * np.linspace(0.6, 1.6, WEEKS)
        present = (dice.random(true.shape) < 1 - np.exp(-true / 3)).astype(float)
        held = Held(dice.poisson(true).astype(float), np.full(true.shape, true.mean()), present)
        wrong += feedback(held, present).told == "more"
    assert wrong <= 8


def test_where_a_rise_can_be_ruled_out_it_is_said() -> None:
    assert feedback(*county(9, busy=20)).told == "none"


def test_of_few_calls_it_can_t_be_told() -> None:
    assert feedback(*county(10, busy=0.15)).told == "unclear"
    held, present = county(10)
    assert feedback(held, np.zeros_like(present)).told == "unclear"
    assert feedback(held, np.ones_like(present)).told == "unclear"


def test_kinds_are_summed() -> None:
    one, two = county(11)[0], county(12)[0]
    whole = together([one, two])
    np.testing.assert_array_equal(whole.seen, one.seen + two.seen)
    np.testing.assert_allclose(whole.foretold, one.foretold + two.foretold)


def test_weeks_leave_out_days_on_which_nobody_counted() -> None:
    seen = np.ones((40, 14, 3))
    known = np.ones(14, np.bool_)
    known[3] = False
    rates = np.broadcast_to(np.linspace(0.1, 2, 40)[:, None, None], seen.shape).astype(np.float32)
    held = held_back(seen, rates, known)
    assert held.seen[0].tolist() == [18, 21]
    assert held.first.sum(axis=0).tolist() == [2 * 18, 2 * 21]  # a twentieth of forty cells
    assert held.first[-1].tolist() == [18, 21]
