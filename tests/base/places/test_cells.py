"""Cells: numbers any database can hold, and nothing but cells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.base.places.cells import (
    as_text,
    cell_of,
    cells_around,
    cells_of,
    from_text,
    known,
    middle_of,
    outline_of,
)
from gongzhi.base.places.coordinates import Point, metres_between

HERE = Point(29.9, 122.3)


@given(st.floats(-90, 90), st.floats(-180, 180), st.integers(0, 15))
def test_every_cell_fits_a_signed_bigint(lat: float, lon: float, resolution: int) -> None:
    cell = cell_of(Point(lat, lon), resolution)
    assert 0 < cell < 2**63
    assert from_text(as_text(cell)) == cell


@given(st.floats(29, 31), st.floats(121, 123))
def test_the_fine_cell_lies_in_the_coarse_one(lat: float, lon: float) -> None:
    coarse, fine = cells_of(Point(lat, lon))
    assert cell_of(middle_of(fine), 7) in cells_around(coarse)
    assert metres_between(Point(lat, lon), middle_of(fine)) < 250


def test_cells_around_begin_with_the_cell() -> None:
    cell = cell_of(HERE)
    disk = cells_around(cell, 2)
    assert disk[0] == cell
    assert len(set(disk)) == len(disk) == 19


def test_the_outline_is_a_closed_ring_around_the_middle() -> None:
    ring = outline_of(cell_of(HERE))
    assert ring[0] == ring[-1]
    assert len(ring) == 7
    assert all(metres_between(HERE, Point(lat, lon)) < 500 for lon, lat in ring)


@pytest.mark.parametrize("text", ["", "x", "89309d2a803ffffff", "89", "-1", "\x00", "🐙", None])
def test_what_is_no_cell_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an H3 cell"):
        from_text(text)


@pytest.mark.parametrize("number", [0, -1, 2**63, 1, 1.5, "617700169958293503"])
def test_numbers_that_are_no_cells_are_refused(number: object) -> None:
    with pytest.raises(ValueError, match="not an H3 cell"):
        known(number)
