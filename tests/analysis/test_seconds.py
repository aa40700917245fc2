"""A map of times says what one trip after the other says."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from gongzhi.analysis.travel import Router, SeaRouter, Spot, Timetable, Way, Ways, build
from gongzhi.analysis.travel.sea import sea_around

ROADS = build(
    [
        Way(((122.0, 30.0), (122.05, 30.0)), "main"),
        Way(((122.02, 29.99), (122.02, 30.02)), "street", one_way=True),
        Way(((122.05, 30.0), (122.08, 30.01)), "ferry", ferry=Timetable(360, 1200, 60, 20, True)),
        Way(((122.08, 30.01), (122.1, 30.02)), "street"),
    ]
)
LANDS = [shapely.box(121.99, 29.985, 122.052, 30.03), shapely.box(122.078, 30.0, 122.11, 30.03)]
PLACES = [
    Spot(30.0, 122.01, 1), Spot(30.015, 122.02, 1), Spot(29.992, 122.02, 1),
    Spot(30.015, 122.09, 2), Spot(30.02, 122.065, None), Spot(30.2, 122.4, 3),
]  # fmt: skip


@pytest.mark.parametrize("mode", ["car", "foot", "boat"])
@pytest.mark.parametrize("few", [True, False])
def test_all_at_once_are_the_same_as_one_by_one(mode: str, few: bool) -> None:
    """Few to many goes by another hierarchy than many to few."""
    sea = sea_around(LANDS)
    assert sea is not None
    ways = Ways(Router(ROADS), SeaRouter(sea))
    starts = PLACES[:2] if few else PLACES
    table = ways.seconds(mode, starts, PLACES, hour=10)  # type: ignore[arg-type]
    for column, target in enumerate(PLACES):
        single = ways.trips(mode, starts, target, hour=10)  # type: ignore[arg-type]
        said = [np.inf if way is None else way.seconds for way in single]
        assert table[:, column].tolist() == pytest.approx(said, abs=0.01)


def test_without_a_network_all_are_estimated_alike() -> None:
    ways = Ways()
    table = ways.seconds("car", PLACES[:1], PLACES, hour=10)
    single = [ways.trips("car", PLACES[:1], target, hour=10)[0] for target in PLACES]
    assert table[0].tolist() == [np.inf if way is None else way.seconds for way in single]
