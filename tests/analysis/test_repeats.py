"""Near repeats are counted as pointpats counts them, and as chance has them when it was chance."""

from __future__ import annotations

from typing import Any

import geopandas
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from libpysal import examples
from pointpats.spacetime import Knox

from gongzhi.analysis.hotspots import Repeats, near_repeats


def burkitt() -> tuple[Any, Any, Any]:
    """188 cases of a lymphoma in Uganda, pointpats' own example."""
    table = geopandas.read_file(examples.get_path("burkitt.shp"))
    return tuple(table[key].to_numpy(float) for key in ("X", "Y", "T"))  # type: ignore[return-value]


def strewn(many: int, seed: int = 1) -> tuple[Any, Any, Any]:
    dice = np.random.default_rng(seed)
    return dice.uniform(0, 5000, many), dice.uniform(0, 5000, many), dice.uniform(0, 365, many)


def by_hand(x: Any, y: Any, at: Any, metres: list[float], spans: list[float]) -> Any:
    table = np.zeros((len(metres), len(spans)), int)
    for one in range(len(x)):
        for other in range(one):
            away = np.hypot(x[one] - x[other], y[one] - y[other])
            apart = abs(at[one] - at[other])
            if away <= metres[-1] and apart <= spans[-1]:
                table[np.searchsorted(metres, away), np.searchsorted(spans, apart)] += 1
    return table


@pytest.mark.parametrize(("near", "soon"), [(20, 5), (5, 60), (2, 3650)])
def test_the_number_of_pairs_is_what_pointpats_says(near: float, soon: float) -> None:
    x, y, at = burkitt()
    theirs = Knox(np.stack([x, y], 1), at[:, None], delta=near, tau=soon, permutations=0)
    ours = near_repeats(x, y, at, metres=[near], spans=[soon])
    assert ours.pairs.tolist() == [[theirs.statistic_]]
    assert theirs.statistic_ > 0


def test_the_chance_is_near_what_pointpats_finds() -> None:
    x, y, at = burkitt()
    np.random.seed(1)
    theirs = Knox(np.stack([x, y], 1), at[:, None], delta=20, tau=5, permutations=999)
    ours = near_repeats(x, y, at, metres=[20], spans=[5], permutations=999)
    assert ours.chance[0, 0] == pytest.approx(theirs.p_sim, abs=0.05)
    assert ours.average[0, 0] == pytest.approx(theirs.expected[0, 0], rel=0.05)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 60), st.integers(0, 10**6), st.sampled_from([1.0, 300.0, 9000.0]))
def test_bands_hold_what_one_would_count_by_hand(many: int, seed: int, wide: float) -> None:
    x, y, at = strewn(many, seed)
    x, y, at = x.round(-2), y.round(-2), at.round()  # many on the ends of bands
    metres, spans = [0.0, wide, 2 * wide], [0.0, 7.0, 14.0]
    found = near_repeats(x, y, at, metres=metres, spans=spans, permutations=3)
    assert found.pairs.tolist() == by_hand(x, y, at, metres, spans).tolist()


def test_events_that_follow_each_other_are_found() -> None:
    x, y, at = strewn(600)
    x, y, at = np.append(x, x[:60] + 20), np.append(y, y[:60]), np.append(at, at[:60] + 3)
    found = near_repeats(x, y, at, metres=[100, 200], spans=[7, 14], permutations=199)
    assert found.chance[0, 0] == 1 / 200
    assert found.ratio[0, 0] > 5
    assert found.chance[1, 1] > 0.05


def test_by_chance_it_is_seldom_sure() -> None:
    low = [
        near_repeats(*strewn(300, seed), metres=[300], spans=[14], seed=seed).chance[0, 0] <= 0.05
        for seed in range(40)
    ]
    assert sum(low) <= 6


def test_the_same_seed_gives_the_same_chance() -> None:
    def asked(seed: int) -> Repeats:
        return near_repeats(*strewn(300), metres=[400], spans=[14], seed=seed)

    assert asked(1).average == asked(1).average
    assert asked(1).average != asked(2).average


@pytest.mark.parametrize("many", [0, 1, 2])
def test_few_events_or_none_have_few_pairs_or_none(many: int) -> None:
    found = near_repeats(*strewn(many), metres=[1e5], spans=[400])
    assert found.pairs.tolist() == [[many // 2]]
    assert found.chance.tolist() == [[1.0]]


def test_all_events_in_one_place_at_one_time_are_no_pattern() -> None:
    same = np.ones(50)
    found = near_repeats(same, same, same, metres=[100], spans=[7])
    assert found.pairs.tolist() == [[50 * 49 // 2]]
    assert found.chance.tolist() == [[1.0]]
    assert found.ratio.tolist() == [[1.0]]


def test_what_has_no_place_or_time_is_left_out() -> None:
    x, y, at = strewn(100)
    x[0], at[1] = np.nan, np.nan
    without = near_repeats(x[2:], y[2:], at[2:], metres=[500], spans=[30])
    assert near_repeats(x, y, at, metres=[500], spans=[30]).pairs.tolist() == without.pairs.tolist()


@pytest.mark.parametrize("bands", [[], [2.0, 1.0], [1.0, 1.0], [-1.0], [np.inf]])
def test_bands_that_are_none_are_refused(bands: list[float]) -> None:
    with pytest.raises(ValueError, match="Bands"):
        near_repeats(*strewn(5), metres=bands, spans=[7.0])


def test_too_many_pairs_are_refused_before_memory_is_full() -> None:
    same = np.zeros(16_000)
    with pytest.raises(ValueError, match="shorter distances"):
        near_repeats(same, same, same, metres=[1.0], spans=[1.0])
