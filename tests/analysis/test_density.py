"""The density on a grid is the density that one would add up event by event."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from gongzhi.analysis.hotspots import density, metres
from gongzhi.analysis.travel import Spot, metres_between


def events(many: int, seed: int = 1) -> tuple[Any, Any]:
    """Crowded in places, and strewn."""
    dice = np.random.default_rng(seed)
    hubs = dice.uniform(0, 20_000, (12, 2))
    near = hubs[dice.integers(0, 12, many)] + dice.normal(0, 400, (many, 2))
    return near[:, 0], near[:, 1]


def exactly(x: Any, y: Any, at_x: Any, at_y: Any, bandwidth: float) -> Any:
    away = (at_x[:, None] - x) ** 2 + (at_y[:, None] - y) ** 2
    return np.exp(-away / (2 * bandwidth**2)).sum(axis=1) / (2 * np.pi * bandwidth**2)


@pytest.mark.parametrize(("step", "off"), [(100.0, 0.025), (50.0, 0.007)])
def test_it_is_near_the_exact_sum(step: float, off: float) -> None:
    x, y = events(2000)
    surface = density(x, y, bandwidth=500.0, step=step)
    there = events(500, seed=2)
    true = exactly(x, y, *there, 500.0)
    assert np.abs(surface.at(*there) - true).max() < off * true.max()


def test_under_it_lie_all_events_or_what_they_weigh() -> None:
    x, y = events(1000)
    weights = np.random.default_rng(3).uniform(0, 3, 1000)
    assert density(x, y, bandwidth=300.0).total == pytest.approx(1000, rel=1e-5)
    weighed = density(x, y, bandwidth=300.0, weights=weights)
    assert weighed.total == pytest.approx(weights.sum(), rel=1e-5)


def test_no_events_or_none_with_a_place_are_flat() -> None:
    none = np.empty(0)
    for x in (none, np.array([np.nan, np.inf])):
        surface = density(x, x, bandwidth=300.0)
        assert surface.total == 0
        assert surface.at(np.array([0.0]), np.array([0.0])).tolist() == [0.0]


def test_all_events_in_one_place_are_one_hill() -> None:
    place = np.full(50, 7.0)
    surface = density(place, place, bandwidth=100.0)
    assert surface.total == pytest.approx(50, rel=1e-5)
    assert surface.values.argmax() == surface.values.size // 2


@pytest.mark.parametrize(("bandwidth", "step"), [(0.0, 1.0), (100.0, 200.0), (100.0, -1.0)])
def test_a_width_that_is_none_is_refused(bandwidth: float, step: float) -> None:
    with pytest.raises(ValueError, match="bandwidth"):
        density(np.ones(3), np.ones(3), bandwidth=bandwidth, step=step)


def test_a_grid_too_fine_is_refused() -> None:
    with pytest.raises(ValueError, match="longer step"):
        density(np.array([0.0, 1e6]), np.array([0.0, 1e6]), bandwidth=10.0, step=1.0)


def test_metres_are_metres() -> None:
    here, there = Spot(30.0, 122.0), Spot(30.2, 122.3)
    x, y = metres(np.array([30.2]), np.array([122.3]), middle=(30.1, 122.15))
    x0, y0 = metres(np.array([30.0]), np.array([122.0]), middle=(30.1, 122.15))
    assert np.hypot(x - x0, y - y0)[0] == pytest.approx(metres_between(here, there), rel=1e-3)
