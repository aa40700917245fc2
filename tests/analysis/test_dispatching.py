"""Who is there first, who can do what is needed, and why one stands before the other."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.analysis.dispatching import Need, Option, Reason, distances, solve
from gongzhi.analysis.travel import FERRY, Spot, metres_between, trip

SCENE = Spot(30.0, 122.0, 1)
NEAR, FAR = Spot(30.01, 122.0, 1), Spot(30.05, 122.0, 1)


def north(kilometres: float, land: int | None = 1) -> Spot:
    return Spot(30.0 + kilometres / 111.195, 122.0, land)


def codes(reasons: tuple[Reason, ...]) -> list[str]:
    return [reason.code for reason in reasons]


def test_a_degree_of_latitude_is_a_hundred_and_eleven_kilometres() -> None:
    assert metres_between(Spot(30, 122), Spot(31, 122)) == pytest.approx(111_195, abs=50)


@given(st.floats(-80, 80), st.floats(-179, 179), st.floats(-80, 80), st.floats(-179, 179))
def test_there_and_back_are_the_same_and_never_less_than_nothing(
    lat: float, lon: float, lat2: float, lon2: float
) -> None:
    one, other = Spot(lat, lon), Spot(lat2, lon2)
    assert metres_between(one, other) == pytest.approx(metres_between(other, one), abs=1e-3)
    assert metres_between(one, other) >= 0


def test_rush_hour_costs_cars_more_than_motorcycles() -> None:
    car = [trip("car", FAR, SCENE, hour=hour) for hour in (12, 8)]
    motorcycle = [trip("motorcycle", FAR, SCENE, hour=hour) for hour in (12, 8)]
    assert car[1].seconds / car[0].seconds > motorcycle[1].seconds / motorcycle[0].seconds > 1  # type: ignore[union-attr]


def test_another_island_costs_a_ferry_unless_a_boat_goes() -> None:
    over = trip("car", replace(NEAR, land=2), SCENE, hour=12)
    straight = trip("car", NEAR, SCENE, hour=12)
    assert over is not None
    assert straight is not None
    assert (over.ferry, straight.ferry) == (True, False)
    assert over.seconds - straight.seconds == pytest.approx(FERRY)
    boat = trip("boat", replace(NEAR, land=2), SCENE, hour=12)
    assert boat is not None
    assert not boat.ferry


def test_where_nobody_has_drawn_the_lands_no_water_is_guessed() -> None:
    assert trip("car", replace(NEAR, land=0), SCENE, hour=12) == trip("car", NEAR, SCENE, hour=12)


def test_at_sea_only_boats_come() -> None:
    sea = Need(replace(SCENE, land=None), ("boat", "water_rescue"), 1)
    car = Option(1, "car", NEAR)
    boat = Option(2, "boat", FAR, frozenset({"boat", "water_rescue"}))
    found = solve(sea, [car, boat])
    assert [one.key for one in found] == [2]
    assert codes(found[0].reasons) == ["nearest", "skill", "skill", "afloat"]


def test_the_nearer_one_first_and_it_says_so() -> None:
    found = solve(Need(SCENE), [Option(1, "car", FAR), Option(2, "car", NEAR)])
    assert [one.key for one in found] == [2, 1]
    assert codes(found[0].reasons) == ["nearest"]
    assert codes(found[1].reasons) == []


def test_who_can_do_it_goes_before_who_is_a_little_nearer_but_not_before_who_is_much_nearer() -> (
    None
):
    able = frozenset({"accident"})
    need = Need(SCENE, ("accident",), 2)
    close, bit_farther = Option(1, "car", north(1)), Option(2, "car", north(2.5), able)
    far = Option(3, "car", north(12), able)
    assert [one.key for one in solve(need, [close, bit_farther, far])] == [2, 1, 3]
    assert Reason("lacks", "accident") in solve(need, [close])[0].reasons


def test_knowing_the_area_breaks_a_near_tie() -> None:
    stranger, own = Option(1, "car", north(2)), Option(2, "car", north(2.2), own_area=True)
    assert [one.key for one in solve(Need(SCENE), [stranger, own])] == [2, 1]


def test_equals_stand_in_a_fixed_order_and_no_more_than_asked_for() -> None:
    options = [Option(key, "car", NEAR) for key in (5, 3, 9, 1)]
    assert [one.key for one in solve(Need(SCENE), options, limit=3)] == [1, 3, 5]


def test_the_table_has_every_unit_also_those_that_can_not_get_there() -> None:
    need = Need(replace(SCENE, land=None))
    beeline, way = distances(need, [Option(1, "car", NEAR)])[1]
    assert beeline == pytest.approx(1112, abs=2)
    assert way is None
