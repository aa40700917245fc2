"""The approximation against the exact chain of states, and what must hold of any cover."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongzhi.analysis.dispatching.cover import UNREACHED, Cover, Ground
from gongzhi.analysis.dispatching.hypercube import Load, crew
from tests.analysis.counties import PROMISE, Small, small

SEEDS = range(40)


def exact(county: Small) -> tuple[Any, float]:
    """Larson's hypercube, solved: the part of time each unit is busy, and the expected seconds.
    A state is which units are busy; a call that finds none free waits as `cover` says."""
    seconds, units = county.seconds(), len(county.units)
    rate, done = county.load.calls_an_hour / 3600, 1 / county.load.seconds_a_call
    order, states = np.argsort(seconds, axis=1, kind="stable"), 1 << units
    flow = np.zeros((states, states))
    free = np.zeros((states, len(county.cells)), int)
    for state in range(states):
        for unit in range(units):
            if state >> unit & 1:
                flow[state, state ^ 1 << unit] += done
        if state < states - 1:
            for cell, choices in enumerate(order):
                unit = next(one for one in choices if not state >> one & 1)
                free[state, cell] = unit
                flow[state, state | 1 << unit] += rate * county.demand[cell]
    flow -= np.diag(flow.sum(axis=1))
    balance = np.vstack([flow.T, np.ones(states)])
    chance = np.linalg.lstsq(balance, np.append(np.zeros(states), 1.0), rcond=None)[0]
    busy = np.array([chance[[s >> n & 1 == 1 for s in range(states)]].sum() for n in range(units)])
    reached = sum(
        chance[state] * seconds[np.arange(len(county.cells)), free[state]]
        for state in range(states - 1)
    )
    late = np.minimum(county.load.seconds_a_call / units + seconds.mean(axis=1), UNREACHED)
    return busy, float((county.demand * (reached + chance[-1] * late)).sum())


@lru_cache
def compared() -> tuple[list[float], list[float]]:
    busy, time = [], []
    for seed in SEEDS:
        county = small(seed, 3 + seed % 4)
        truly, seconds = exact(county)
        cover = county.cover()
        busy += np.abs(truly - cover.busy).tolist()
        time.append(abs(cover.county().seconds / seconds - 1))
    return busy, time


def test_how_busy_units_are_is_near_what_the_exact_chain_says() -> None:
    busy, _ = compared()
    assert max(busy) < 0.03
    assert np.mean(busy) < 0.005


def test_how_fast_the_next_call_is_reached_is_near_what_the_exact_chain_says() -> None:
    _, time = compared()
    assert max(time) < 0.03
    assert np.mean(time) < 0.01


def test_units_that_do_nothing_else_are_as_near_as_the_nearest() -> None:
    county = small(1, 5)
    idle = Small(county.units, county.cells, county.demand, Load(1e-6, 3600))
    expected = (county.demand * county.seconds().min(axis=1)).sum()
    assert idle.cover().county().seconds == pytest.approx(expected, rel=1e-3)


def test_alike_units_share_the_work_as_erlang_says() -> None:
    three = crew(3, 1.5, 3)  # B(3, 1.5) = (1.5³/6) / (1 + 1.5 + 1.5²/2 + 1.5³/6)
    assert three.all_busy == pytest.approx(0.5625 / 4.1875)
    assert three.mean == pytest.approx(1.5 * (1 - three.all_busy) / 3)
    chances = three.factor * three.mean ** np.arange(3) * (1 - three.mean)
    assert chances.sum() == pytest.approx(1 - three.all_busy)


@pytest.mark.parametrize("units", [3, 6])
def test_what_leaving_costs_is_what_reckoning_anew_without_it_costs(units: int) -> None:
    for seed in range(12):
        county = small(seed, units)
        cover = county.cover()
        for key in range(units):
            anew = county.cover(left_out=key).county().seconds - cover.county().seconds
            assert cover.loss(key).county == pytest.approx(anew, abs=2.0)


def test_among_many_units_it_is_near_and_never_says_more_leave_less() -> None:
    off, whole = [], []
    for seed in range(6):
        county = small(seed, 24, 200)
        cover = county.cover()
        for key in range(24):
            anew = county.cover(left_out=key).county().seconds - cover.county().seconds
            off.append(abs(cover.loss(key).county - anew))
            whole.append(anew)
    assert np.mean(off) < 0.1 * np.mean(whole)


def test_the_last_unit_leaves_nothing() -> None:
    county = small(2, 1)
    loss = county.cover().loss(0)
    assert loss.after.seconds == pytest.approx(UNREACHED)
    assert loss.after.within == 0
    assert loss.before.seconds < loss.after.seconds


def test_without_a_unit_everything_waits_for_help_from_elsewhere() -> None:
    ground = Ground(np.array([0.5, 0.5]), np.array([0, 1]))
    cover = Cover(ground, [], np.zeros((2, 0)), Load(1, 2400), PROMISE)
    assert cover.county().seconds == pytest.approx(UNREACHED)
    assert cover.county().within == 0


def test_an_island_that_nobody_reaches_weighs_an_hour_and_hides_nothing_else() -> None:
    seconds = np.array([[100.0, 200.0], [np.inf, np.inf]])
    ground = Ground(np.array([0.9, 0.1]), np.array([0, 1]))
    cover = Cover(ground, [7, 8], seconds, Load(1e-6, 2400), PROMISE, [0, 0])
    assert cover.of_area(1).seconds == pytest.approx(UNREACHED)
    assert cover.of_area(0).seconds == pytest.approx(100, abs=1)
    assert cover.county().within == pytest.approx(0.9, abs=1e-3)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 20), st.integers(1, 40))
def test_whatever_the_county_the_figures_can_be_read(seed: int, units: int, cells: int) -> None:
    county = small(seed, units, cells)
    cover = county.cover()
    assert ((cover.busy >= 0) & (cover.busy <= 1)).all()
    assert ((cover.expected > 0) & (cover.expected <= UNREACHED)).all()
    assert ((cover.reached >= -1e-9) & (cover.reached <= 1 + 1e-9)).all()
    for key in range(units):
        loss = cover.loss(key)
        assert loss.county == pytest.approx(loss.after.seconds - loss.before.seconds, abs=1e-6)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 15))
def test_moving_a_unit_to_where_it_is_changes_little(seed: int, units: int) -> None:
    county = small(seed, units)
    cover = county.cover()
    stays = cover.moved(0, county.seconds()[:, 0])
    assert stays.seconds == pytest.approx(cover.county().seconds, rel=1e-6)
    assert cover.with_unit_at(0, county.seconds()[:, 0]).county() == cover.county()
