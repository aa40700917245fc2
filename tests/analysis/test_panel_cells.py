"""A place is in the cell in which H3 has it, always; where that can't be promised it is refused."""

from __future__ import annotations

import h3.api.basic_int as h3
import ibis
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongzhi.analysis.panel import Box, Refused, Region, engine, lattice
from gongzhi.analysis.panel.compiled import spots
from gongzhi.analysis.panel.panels import spot
from tests.analysis.places import REGIONS, by_h3, on_sides, points

everywhere = pytest.mark.parametrize("place", REGIONS)


def differ(region: Region, lat: np.ndarray, lon: np.ndarray) -> int:
    return int((region.cells(spots(region, lat, lon)) != by_h3(lat, lon, region.res)).sum())


@everywhere
@pytest.mark.parametrize("res", [7, 8, 9])
def test_a_place_is_in_the_cell_that_h3_says(place: str, res: int) -> None:
    region = Region(REGIONS[place], res)
    assert differ(region, *points(region.box, 5_000)) == 0


@everywhere
@pytest.mark.parametrize("res", [7, 8, 9])
def test_a_place_on_a_side_falls_as_with_h3(place: str, res: int) -> None:
    region = Region(REGIONS[place], res)
    lat, lon = on_sides(by_h3(*points(region.box, 100), res), region.box)
    assert len(lat) > 400
    assert differ(region, lat, lon) == 0


@pytest.mark.slow
@everywhere
def test_none_of_millions_differs(place: str) -> None:
    for res in (7, 8, 9):
        region = Region(REGIONS[place], res)
        assert differ(region, *points(region.box, 300_000, seed=res)) == 0


@settings(max_examples=150, deadline=None)
@given(
    st.floats(-84, 84), st.floats(-179, 179), st.floats(0, 0.5), st.floats(0, 0.5),
    st.integers(0, 12), st.integers(0, 2**32 - 1),
)  # fmt: skip
def test_anywhere_in_the_world_it_is_the_same_cell_or_refused(
    south: float, west: float, high: float, wide: float, res: int, seed: int
) -> None:
    try:
        region = Region(Box(south, west, south + high, west + wide), res)
    except Refused:
        return
    assert differ(region, *points(region.box, 50, seed)) == 0


def test_most_of_the_world_is_not_refused() -> None:
    dice, refused = np.random.default_rng(1), 0
    for lat, lon in zip(dice.uniform(-60, 60, 300), dice.uniform(-179, 178, 300), strict=True):
        try:
            Region(Box(lat, lon, lat + 0.5, lon + 0.5), 9)
        except Refused:
            refused += 1
    assert refused < 25


def test_a_region_that_crosses_a_face_is_refused_and_says_why() -> None:
    with pytest.raises(Refused, match="crosses an edge of H3's icosahedron"):
        Region(Box(-35.0, -58.8, -34.2, -58.0), 8)


def test_a_region_around_a_pentagon_is_refused_and_says_why() -> None:
    lat, lon = h3.cell_to_latlng(h3.get_pentagons(7)[4])
    with pytest.raises(Refused, match="meets a pentagon"):
        Region(Box(lat - 0.1, lon - 0.1, lat + 0.1, lon + 0.1), 7)


@pytest.mark.parametrize(
    ("box", "res", "why"),
    [
        (Box(30, 122, 29, 123), 8, "ends before it begins"),
        (Box(29, 122, float("nan"), 123), 8, "no number"),
        (Box(29, 122, 30, 123), 13, "0 to 12"),
        (Box(86, 10, 87, 11), 8, "pole"),
        (Box(10, 179, 11, 181), 8, "180th meridian"),
        (Box(-20, 10, 30, 11), 8, "degrees wide"),
        (Box(10, 10, 18, 18), 12, "too many cells"),
    ],
)
def test_a_region_that_is_none_is_refused_in_words(box: Box, res: int, why: str) -> None:
    with pytest.raises(Refused, match=why):
        Region(box, res)


def test_what_has_no_place_or_lies_outside_is_in_no_cell() -> None:
    region = Region(Box(29.9, 121.9, 30.1, 122.1), 9)
    lat = np.array([30.0, 30.2, np.nan, 30.0, -30.0, np.inf])
    lon = np.array([122.0, 122.0, 122.0, np.nan, 122.0, 122.0])
    assert spots(region, lat, lon)[1:].tolist() == [-1] * 5
    assert spots(region, lat[:0], lon[:0]).tolist() == []


def test_a_region_of_one_point_has_its_cell() -> None:
    region = Region(Box(30, 122, 30, 122), 9)
    assert differ(region, np.full(3, 30.0), np.full(3, 122.0)) == 0


def test_a_cell_is_found_back_from_its_index() -> None:
    region = Region(REGIONS["Boston"], 8)
    table = lattice(region)
    assert (region.spots_of(table["cell"].to_numpy()) == table["spot"].to_numpy()).all()
    assert region.spots_of(np.array([h3.latlng_to_cell(30.0, 122.0, 8)])).tolist() == [-1]


@everywhere
def test_the_same_arithmetic_as_an_expression_finds_the_same_cells(place: str) -> None:
    region = Region(REGIONS[place], 9)
    lat, lon = points(region.box, 20_000)
    with engine() as duck:
        asked = ibis.memtable({"lat": lat, "lon": lon})
        found = duck.backend.to_pyarrow(
            asked.select(asked.lat, asked.lon, x=spot(region, asked.lat, asked.lon))
        )
    known = dict(zip(*(lattice(region)[key].to_pylist() for key in ("spot", "cell")), strict=True))
    cells = np.array([known[one] for one in found["x"].to_pylist()])
    assert (cells == by_h3(found["lat"].to_numpy(), found["lon"].to_numpy(), 9)).all()


@everywhere
def test_the_expression_is_right_as_near_to_a_side_as_a_billionth_of_a_cell(place: str) -> None:
    """On the side itself it is a toss, which `compiled.spots` leaves to h3."""
    region = Region(REGIONS[place], 9)
    near = []
    for cell in set(by_h3(*points(region.box, 60), 9).tolist()):
        sides, centre = np.array(h3.cell_to_boundary(cell)), np.array(h3.cell_to_latlng(cell))
        near += [(one + (centre - one) * 1e-9).tolist() for one in sides]
    lat, lon = np.array([one for one in near if region.box.holds(*one)]).T
    with engine() as duck:
        asked = ibis.memtable({"n": np.arange(len(lat)), "lat": lat, "lon": lon})
        found = asked.select(asked.n, x=spot(region, asked.lat, asked.lon))
        spots_found = duck.run(found)["x"].to_numpy()
    assert (region.cells(spots_found) == by_h3(lat, lon, 9)).all()
