"""Coordinates: shifted back exactly, refused with a reason when they can be no place of ours."""

from __future__ import annotations

import json
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.base.places import shift
from gongzhi.base.places.coordinates import (
    Bounds,
    Point,
    UnknownSystem,
    checked,
    from_wgs84,
    known_system,
    metres_between,
    to_wgs84,
)
from gongzhi.base.ui.errors import Refused

REAL = Path(__file__).parents[4] / "shared" / "data"
IN_CHINA = (st.floats(73, 137), st.floats(2, 55))
COUNTY = Bounds(29.5, 121.9, 30.5, 123.2)


def outline(name: str) -> list[list[float]]:
    path = REAL / f"putuo_330903_{name}.geojson"
    if not path.exists():
        pytest.skip(f"needs {path.name}, which is not part of the project")
    parts: Any = json.loads(path.read_text("utf-8"))["features"][0]["geometry"]["coordinates"]
    return [point for part in parts for ring in part for point in ring]


@pytest.mark.parametrize(("here", "there"), [("gcj02", "wgs84"), ("wgs84", "gcj02")])
def test_a_published_outline_converts_point_by_point(here: str, there: str) -> None:
    systems = {"gcj02": "GCJ-02", "wgs84": "WGS84"}
    for (x, y), wanted in zip(outline(here), outline(there), strict=True):
        found = from_wgs84(to_wgs84(x, y, systems[here]), systems[there])
        assert found == pytest.approx(wanted, abs=1e-9)


@given(*IN_CHINA)
def test_the_way_back_ends_where_it_began(lon: float, lat: float) -> None:
    for there, back in [
        (shift.wgs84_to_gcj02, shift.gcj02_to_wgs84),
        (shift.gcj02_to_bd09, shift.bd09_to_gcj02),
    ]:
        assert back(*there(lon, lat)) == pytest.approx((lon, lat), abs=1e-8)


@given(*IN_CHINA)
def test_the_shift_is_some_hundred_metres(lon: float, lat: float) -> None:
    moved = shift.wgs84_to_gcj02(lon, lat)
    assert metres_between(Point(lat, lon), Point(moved[1], moved[0])) < 1200


def test_nothing_is_shifted_abroad() -> None:
    assert shift.wgs84_to_gcj02(-75.34, 40.11) == (-75.34, 40.11)
    assert to_wgs84(-75.34, 40.11, "GCJ-02") == Point(40.11, -75.34)


def test_a_known_place_in_each_system() -> None:
    """Tiananmen's flag pole, as three maps give it."""
    wgs = Point(39.905_01, 116.391_29)
    assert from_wgs84(wgs, "GCJ-02") == pytest.approx((116.397_5, 39.906_4), abs=5e-4)
    assert from_wgs84(wgs, "BD-09") == pytest.approx((116.403_9, 39.912_7), abs=5e-4)
    assert to_wgs84(*from_wgs84(wgs, "BD-09"), "BD-09") == pytest.approx(wgs, abs=1e-7)


def test_projected_feet_become_degrees() -> None:
    """A hospital in Columbia, Missouri, in the state's own plane, US survey feet."""
    found = to_wgs84(1_692_801.13, 1_134_744.75, "ESRI:102697")
    assert found == pytest.approx((38.9498, -92.3158), abs=1e-4)
    assert from_wgs84(found, "ESRI:102697") == pytest.approx((1_692_801.13, 1_134_744.75), abs=0.01)


def test_an_unknown_system_is_named() -> None:
    with pytest.raises(UnknownSystem, match="EPSG:999999"):
        to_wgs84(1.0, 1.0, "EPSG:999999")
    assert known_system("BD-09")
    assert known_system("EPSG:4547")
    assert not known_system("火星")


def test_coordinates_no_projection_can_mean_are_refused() -> None:
    with pytest.raises(Refused) as refused:
        to_wgs84(1e30, 1e30, "EPSG:26915")
    assert refused.value.code == "place_out_of_range"


@pytest.mark.parametrize(
    ("lat", "lon", "code"),
    [
        (None, 122.3, "place_missing"),
        ("", "", "place_missing"),
        ("四十", 122.3, "place_not_numbers"),
        ("30.0\x00", 122.3, "place_not_numbers"),
        ("nan", "122.3", "place_not_numbers"),
        (float("inf"), 122.3, "place_not_numbers"),
        ([30], 122.3, "place_not_numbers"),
        (10**400, 122.3, "place_not_numbers"),
        (0, 0, "place_zero"),
        ("0.0", "0.00001", "place_zero"),
        (91, 122.3, "place_out_of_range"),
        (122.3, 300, "place_out_of_range"),
        (31.9, 122.3, "place_outside"),
        (29.9, -122.3, "place_outside"),
    ],
)
def test_what_is_no_place_of_ours_is_refused_with_its_reason(
    lat: object, lon: object, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        checked(lat, lon, within=COUNTY)
    assert refused.value.code == code
    assert str(refused.value)


def test_numbers_may_come_as_text() -> None:
    assert checked(" 29.9 ", "122.3", within=COUNTY) == Point(29.9, 122.3)


def test_distance_in_metres() -> None:
    assert metres_between(Point(0, 0), Point(0, 1)) == pytest.approx(111_195, abs=1)
    assert metres_between(Point(29.9, 122.3), Point(29.9, 122.3)) == 0
    assert metres_between(Point(90, 0), Point(-90, 10)) == pytest.approx(20_015_115, abs=1)


def test_bounds_hold_what_made_them() -> None:
    points = [Point(29.6, 122.1), Point(30.2, 122.9), Point(29.9, 122.0)]
    box = Bounds.around(points)
    assert all(map(box.holds, points))
    assert box.centre == pytest.approx((29.9, 122.45))
    assert list(chain.from_iterable([box.wider(0.5).centre])) == pytest.approx([29.9, 122.45])
    assert box.wider(0.5).south == pytest.approx(29.3)
