"""Boats go around islands, closed ways are gone around, and a restart is quick."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from gongzhi.analysis.travel import (
    Condition,
    Router,
    SeaRouter,
    Spot,
    Timetable,
    Way,
    Ways,
    build,
    sea_around,
    trip,
)
from gongzhi.analysis.travel.estimate import ASHORE, EARTH

KM = 1 / (EARTH * np.pi / 180 / 1000)
ISLAND = shapely.box(0, 0, 6 * KM, 1 * KM)
"""Six kilometres long, one wide."""


def at(east: float, north: float, land: int | None = None) -> Spot:
    return Spot(north * KM, east * KM, land)


def around(east: float, north: float, size: float = 0.2) -> tuple[tuple[float, float], ...]:
    corners = [(-1, -1), (1, -1), (1, 1), (-1, 1)]
    return tuple(((east + a * size) * KM, (north + b * size) * KM) for a, b in corners)


def road(*points: tuple[float, float], **more: object) -> Way:
    return Way([(x * KM, y * KM) for x, y in points], "main", **more)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def sea() -> SeaRouter:
    found = sea_around([ISLAND])
    assert found
    return SeaRouter(found)


def test_a_boat_goes_around_an_island(sea: SeaRouter) -> None:
    [way] = sea.trips("boat", [at(3, -0.5)], at(3, 1.5), hour=9)
    assert way
    assert 6000 < way.metres < 9000, "two kilometres as the gull flies"


def test_in_open_water_it_goes_straight(sea: SeaRouter) -> None:
    [way] = sea.trips("boat", [at(-1.5, -1.5)], at(7.5, -1.5), hour=9)
    assert way
    assert way.metres == pytest.approx(9000, rel=0.03)


def test_on_land_the_crew_goes_on_by_foot_and_inland_nobody_comes_by_boat(sea: SeaRouter) -> None:
    [water] = sea.trips("boat", [at(3, -1)], at(3, -0.3), hour=9)
    [beach] = sea.trips("boat", [at(3, -1)], at(3, 0.1, land=1), hour=9)
    assert water
    assert beach
    assert beach.seconds > water.seconds + ASHORE
    wide = sea_around([shapely.box(0, 0, 10 * KM, 10 * KM)])
    assert wide
    assert SeaRouter(wide).trips("boat", [at(-1, 5)], at(5, 5, land=1), hour=9) == [None]


def test_without_land_there_is_no_sea_to_draw() -> None:
    assert sea_around([]) is None


@settings(max_examples=25)
@given(st.tuples(st.floats(-1.9, 7.9), st.floats(-1.9, 2.9)),
       st.tuples(st.floats(-1.9, 7.9), st.floats(-1.9, 2.9)))  # fmt: skip
def test_no_way_over_water_is_shorter_than_the_straight_line(
    sea: SeaRouter, start: tuple[float, float], end: tuple[float, float]
) -> None:
    there, back = (
        sea.trips("boat", [at(*a)], at(*b), hour=9)[0] for a, b in ((start, end), (end, start))
    )
    assert (there is None) == (back is None)
    if there and back:
        straight = 1000 * float(np.hypot(start[0] - end[0], start[1] - end[1]))
        assert there.metres > 0.999 * straight - 1
        assert there.metres == pytest.approx(back.metres, abs=1)


def test_a_closed_bridge_is_gone_around_and_open_again_afterwards() -> None:
    bridge = road((0, 0), (2, 0))
    detour = road((0, 0), (0, 3), (2, 3), (2, 0))
    router = Router(build([bridge, detour]))
    start, end = at(0, 0, 0), at(2, 0, 0)

    def metres() -> float:
        [way] = router.trips("car", [start], end, hour=10)
        assert way
        return way.metres

    assert metres() == pytest.approx(2000, abs=2)
    router.under([Condition(around(1, 0), 0.0)])
    assert metres() == pytest.approx(8000, abs=2)
    router.under([])
    assert metres() == pytest.approx(2000, abs=2)


def test_where_nothing_else_leads_a_closed_road_cuts_off() -> None:
    router = Router(build([road((0, 0), (2, 0))]))
    router.under([Condition(around(1, 0), 0.0)])
    assert router.trips("car", [at(0, 0, 0)], at(2, 0, 0), hour=10) == [None]


def test_fog_slows_who_drives_and_not_who_walks() -> None:
    router = Router(build([road((0, 0), (4, 0))]))
    start, end = at(0, 0, 0), at(4, 0, 0)
    before = {mode: router.trips(mode, [start], end, hour=10)[0] for mode in ("car", "foot")}
    fog = Condition(around(2, 0, 3), 0.5, frozenset({"car"}))
    router.under([fog])
    after = {mode: router.trips(mode, [start], end, hour=10)[0] for mode in ("car", "foot")}
    assert after["foot"] == before["foot"]
    turnout = trip("car", start, start, hour=10).seconds  # type: ignore[union-attr]
    took = [one["car"].seconds - turnout for one in (before, after)]
    assert took[1] == pytest.approx(2 * took[0], rel=0.02)


def test_of_two_conditions_the_worse_counts() -> None:
    both = [Condition(around(1, 0, 3), 0.5), Condition(around(1, 0, 3), 0.0)]
    for conditions in (both, both[::-1]):
        router = Router(build([road((0, 0), (2, 0))]))
        router.under(conditions)
        assert router.trips("car", [at(0, 0, 0)], at(2, 0, 0), hour=10) == [None]


def test_a_ferry_stops_where_its_way_is_closed() -> None:
    boat = Way([(1 * KM, 0), (3 * KM, 0)], "ferry", ferry=Timetable(0, 1439, 20, 20))
    router = Router(build([road((0, 0), (1, 0)), boat, road((3, 0), (4, 0))]))
    [way] = router.trips("car", [at(0, 0, 0)], at(4, 0, 0), hour=10)
    assert way
    assert way.ferry
    router.under([Condition(around(2, 0), 0.0)])
    assert router.trips("car", [at(0, 0, 0)], at(4, 0, 0), hour=10) == [None]


def test_when_only_the_ferries_stop_the_roads_beside_the_pier_stay_open() -> None:
    boat = Way([(1 * KM, 0), (3 * KM, 0)], "ferry", ferry=Timetable(0, 1439, 20, 20))
    router = Router(build([road((0, 0), (1, 0)), boat, road((3, 0), (4, 0))]))
    router.under([Condition(around(2, 0, 5), 0.0, ferries=True)])
    assert router.trips("car", [at(0, 0, 0)], at(4, 0, 0), hour=10) == [None]
    assert router.trips("car", [at(0, 0, 0)], at(0.9, 0, 0), hour=10)[0]


@pytest.mark.parametrize("wrong", [((), 0.5), (around(0, 0), -0.1), (around(0, 0), 1.5)])
def test_a_condition_is_an_area_and_a_share(wrong: tuple[tuple[()], float]) -> None:
    with pytest.raises(ValueError, match="no condition"):
        Condition(*wrong)


def test_a_bent_ring_that_crosses_itself_closes_what_it_covers() -> None:
    router = Router(build([road((0, 0), (2, 0))]))
    bow = tuple((x * KM, y * KM) for x, y in [(0.8, -0.2), (1.2, 0.2), (1.2, -0.2), (0.8, 0.2)])
    router.under([Condition(bow, 0.0)])
    assert router.trips("car", [at(0, 0, 0)], at(2, 0, 0), hour=10) == [None]


def test_the_order_is_kept_for_the_next_start(tmp_path: Path) -> None:
    network = build([road((0, 0), (2, 0)), road((1, -1), (1, 1))])
    start, end = at(0, 0, 0), at(1, 1, 0)
    first = Router(network, tmp_path).trips("car", [start], end, hour=10)
    [kept] = tmp_path.iterdir()
    written = {one: one.stat().st_mtime_ns for one in kept.iterdir()}
    assert Router(network, tmp_path).trips("car", [start], end, hour=10) == first
    assert {one: one.stat().st_mtime_ns for one in kept.iterdir()} == written
    other = Router(build([road((0, 0), (2, 0))]), tmp_path)
    assert other.trips("car", [start], at(2, 0, 0), hour=10)[0]
    assert len(list(tmp_path.iterdir())) == 2, "another network has another order"


def test_a_county_with_neither_has_estimates() -> None:
    start, end = at(0, 0, 1), at(2, 0, 1)
    for mode in ("car", "boat", "foot"):
        assert Ways().trips(mode, [start], end, hour=9) == [trip(mode, start, end, hour=9)]
