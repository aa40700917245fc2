"""Along the ways: a kernel that turns corners and stops at the water, and cells that reach each
other."""

from __future__ import annotations

import h3.api.basic_int as h3
import numpy as np
import pytest

from gongzhi.analysis.hotspots import getis_ord, reachable, rings, street_density
from gongzhi.analysis.hotspots.streets import Streets


def grid(many: int, apart: float = 100.0) -> Streets:
    """Streets of a town as a chessboard has them."""
    x, y = (one.ravel() for one in np.meshgrid(np.arange(many) * apart, np.arange(many) * apart))
    node = np.arange(many * many).reshape(many, many)
    tail = np.concatenate([node[:, :-1].ravel(), node[:-1].ravel()])
    head = np.concatenate([node[:, 1:].ravel(), node[1:].ravel()])
    return Streets.of(x, y, tail, head, np.full(len(tail), apart))


def line(length: float = 2000.0, pieces: int = 20) -> Streets:
    """One straight road."""
    x = np.linspace(0, length, pieces + 1)
    nodes = np.arange(pieces)
    return Streets.of(x, np.zeros(pieces + 1), nodes, nodes + 1, np.diff(x))


def test_on_a_straight_road_it_is_the_kernel_itself() -> None:
    road = line()
    street, along = road.place(np.array([1013.0]), np.array([4.0]), within=20)
    found = street_density(road, street, along, bandwidth=400, step=5)
    x = road.x[road.first[found.street]] + found.at
    exact = np.where(np.abs(x - 1013) < 400, (1 - ((x - 1013) / 400) ** 2) ** 2, 0) * 15 / 16 / 400
    assert np.allclose(found.values, exact, atol=exact.max() * 0.03)


@pytest.mark.parametrize("bandwidth", [80.0, 250.0, 600.0])
def test_however_the_ways_fork_and_end_every_event_weighs_one(bandwidth: float) -> None:
    dice = np.random.default_rng(4)
    town = grid(8)
    x, y = dice.uniform(0, 700, (2, 40))
    street, along = town.place(x, y, within=60)
    assert (street >= 0).all()
    assert street_density(town, street, along, bandwidth=bandwidth).total == pytest.approx(40)


def test_at_a_crossing_it_goes_on_in_equal_parts() -> None:
    town = grid(3, 200)
    street, along = town.place(np.array([150.0]), np.array([200.0]), within=5)
    found = street_density(town, street, along, bandwidth=150, step=10)
    middle = 4
    beyond = [
        found.values[found.street == one].max()
        for one in range(len(town.first))
        if middle in (town.first[one], town.second[one]) and one != street[0]
    ]
    assert len(beyond) == 3
    assert np.allclose(beyond, beyond[0])
    near = found.values[(found.street == street[0]) & (found.at > 190)].max()
    assert near > 2.5 * beyond[0]


def test_nothing_leaps_over_the_water() -> None:
    shore = Streets.of(
        np.array([0.0, 1000, 0, 1000]), np.array([0.0, 0, 60, 60]),
        np.array([0, 2]), np.array([1, 3]), np.array([1000.0, 1000]),
    )  # fmt: skip
    street, along = shore.place(np.full(5, 500.0), np.full(5, 3.0), within=20)
    found = street_density(shore, street, along, bandwidth=300)
    there = found.values[found.street == 1 - street[0]]
    assert not there.any()
    assert found.total == pytest.approx(5)


def test_what_is_on_no_street_is_left_out() -> None:
    road = line()
    street, along = road.place(np.array([500.0, 500.0]), np.array([5.0, 900.0]), within=50)
    assert street.tolist()[1] == -1
    assert street_density(road, street, along, bandwidth=100).total == pytest.approx(1)
    nothing = street_density(road, street[1:], along[1:], bandwidth=100)
    assert nothing.total == 0
    with pytest.raises(ValueError, match="bandwidth"):
        street_density(road, street, along, bandwidth=-1)


def shores(cells: list[int], joined: bool) -> tuple[np.ndarray, ...]:
    """A node in each cell; ways between the first half, and between the second; and over."""
    lat, lon = np.array([h3.cell_to_latlng(one) for one in cells]).T
    half = len(cells) // 2
    tail = [n for n in range(len(cells) - 1) if joined or n != half - 1]
    metres = [900.0] * len(tail)
    return lat, lon, np.array(tail), np.array(tail) + 1, np.array(metres)


def two_shores() -> list[int]:
    """A row of cells that touch each other."""
    begun = h3.latlng_to_cell(30.0, 122.1, 8)
    end = h3.latlng_to_cell(30.0, 122.2, 8)
    return [int(one) for one in h3.grid_path_cells(begun, end)]


def test_cells_on_two_shores_are_neighbours_only_where_a_way_leads_over() -> None:
    cells = two_shores()
    half = len(cells) // 2
    for joined in (True, False):
        near = reachable(cells, *shores(cells, joined))
        across = near.others[near.starts[half - 1] : near.starts[half]].tolist()
        assert (half in across) is joined
        assert half - 2 in across


def test_a_cell_without_ways_keeps_the_cells_around_it() -> None:
    cells = two_shores()
    lat, lon, tail, head, metres = shores(cells[:-1], joined=True)
    near = reachable(cells, lat, lon, tail, head, metres)
    last = near.others[near.starts[-2] :].tolist()
    assert last == [len(cells) - 2]
    assert reachable([], lat, lon, tail, head, metres).many.tolist() == []


def test_a_hot_shore_does_not_heat_the_one_across() -> None:
    cells = two_shores()
    half = len(cells) // 2
    counts = np.array([9.0 if n >= half else 1.0 for n in range(len(cells))])
    apart = getis_ord(counts, reachable(cells, *shores(cells, joined=False)))
    plain = getis_ord(counts, rings(cells))
    assert apart.score[half - 1] < plain.score[half - 1]
