"""Ways become a network, and the fastest way over it is the fastest there is."""

from __future__ import annotations

import heapq
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongzhi.analysis.travel import Mode, Network, Router, Spot, Timetable, Way, build
from gongzhi.analysis.travel.estimate import EARTH, METRES_A_SECOND, TURNOUT, flow, trip
from gongzhi.analysis.travel.router import BRISK, OFF_ROAD

KM = 1 / (EARTH * np.pi / 180 / 1000)
"""Degrees of latitude in a kilometre; of longitude too, since all lies on the equator."""
BOAT = Timetable(first=6 * 60, last=18 * 60, every=60, crossing=20, vehicles=False)


def at(east: float, north: float) -> tuple[float, float]:
    return east * KM, north * KM


def spot(east: float, north: float) -> Spot:
    return Spot(north * KM, east * KM)


def road(*points: tuple[float, float], rank: str = "main", **more: object) -> Way:
    return Way([at(*point) for point in points], rank, **more)  # type: ignore[arg-type]


def go(network: Network, start: Spot, end: Spot, mode: Mode = "car", hour: int = 10):  # type: ignore[no-untyped-def]
    return Router(network).trips(mode, [start], end, hour=hour)[0]


def test_roads_that_cross_are_joined_and_a_bridge_is_not() -> None:
    crossing = [road((-1, 0), (1, 0)), road((0, -1), (0, 1))]
    found = go(build(crossing), spot(-1, 0), spot(0, 1))
    assert found.metres == pytest.approx(2000, abs=1)
    over = [crossing[0], road((0, -1), (0, 1), over=True)]
    assert go(build(over), spot(-1, 0), spot(0, 1)) is None


def test_a_stretch_that_two_share_joins_them_at_both_its_ends() -> None:
    """One line goes along another for a kilometre, as some files draw a junction."""
    ways = [road((0, 0), (3, 0)), road((1, 1), (1, 0), (2, 0), (2, 1))]
    network = build(ways)
    assert go(network, spot(1, 1), spot(0, 0)).metres == pytest.approx(2000, abs=1)
    assert go(network, spot(2, 1), spot(3, 0)).metres == pytest.approx(2000, abs=1)


def test_a_bridge_is_joined_at_its_ends() -> None:
    ways = [road((0, 0), (1, 0)), road((1, 0), (2, 0), over=True), road((2, 0), (3, 0))]
    assert go(build(ways), spot(0, 0), spot(3, 0)).metres == pytest.approx(3000, abs=1)


def test_a_road_that_ends_a_metre_beside_another_meets_it() -> None:
    ways = [road((-1, 0), (1, 0)), road((0.2, 0.001), (0.2, 1))]
    assert go(build(ways), spot(-1, 0), spot(0.2, 1)).metres == pytest.approx(2200, abs=3)
    apart = [road((-1, 0), (1, 0)), road((0.2, 0.02), (0.2, 1))]
    assert go(build(apart), spot(-1, 0), spot(0.2, 1)) is None


def test_a_one_way_street_is_one_for_cars_and_none_for_who_walks() -> None:
    ways = [road((0, 0), (1, 0), one_way=True)]
    assert go(build(ways), spot(0, 0), spot(1, 0)) is not None
    assert go(build(ways), spot(1, 0), spot(0, 0)) is None
    assert go(build(ways), spot(1, 0), spot(0, 0), "foot") is not None


def test_nobody_drives_on_a_path() -> None:
    ways = [road((0, 0), (1, 0)), road((1, 0), (1, 2), rank="path")]
    network = build(ways)
    assert go(network, spot(0, 0), spot(1, 2), "foot") is not None
    end = go(network, spot(0, 0), spot(1, 0.4))
    assert end.seconds > 400 / OFF_ROAD["car"], "the last of it is gone at a walk"


def test_a_ferry_is_waited_for_by_its_timetable() -> None:
    boat = Way([at(0, 0), at(5, 0)], "ferry", ferry=BOAT)
    ways = [road((-1, 0), (0, 0)), boat, road((5, 0), (6, 0))]
    network = build(ways)
    by_day = go(network, spot(-1, 0), spot(6, 0), "foot", hour=10)
    by_night = go(network, spot(-1, 0), spot(6, 0), "foot", hour=22)
    assert by_day.ferry
    walking = 2000 / METRES_A_SECOND["foot"]
    assert by_day.seconds == pytest.approx(TURNOUT + walking + (30 + 20) * 60, abs=2)
    assert by_night.seconds == pytest.approx(TURNOUT + walking + (7.5 * 60 + 20) * 60, abs=2)
    assert go(network, spot(-1, 0), spot(6, 0)) is None, "it takes no cars"


def test_a_pier_is_joined_to_the_nearest_road() -> None:
    boat = Way([at(0, 0.4), at(5, 0)], "ferry", ferry=Timetable(360, 1080, 30, 20))
    ways = [road((-1, 0), (0, 0)), boat, road((5, 0), (6, 0))]
    assert go(build(ways), spot(-1, 0), spot(6, 0)).ferry


def test_rush_hour_is_slower_and_somewhere_without_a_way_is_estimated() -> None:
    network = build([road((0, 0), (9, 0))])
    slow, quick = (go(network, spot(0, 0), spot(9, 0), hour=hour) for hour in (8, 3))
    assert slow.seconds > quick.seconds * 1.3
    far = spot(0, 40)
    assert go(network, far, spot(9, 0)) == trip("car", far, spot(9, 0), hour=10)


def test_an_island_that_no_road_reaches_is_out_of_reach() -> None:
    network = build([road((0, 0), (1, 0)), road((0, 5), (1, 5))])
    assert sorted(set(network.parts().tolist())) == [0, 1]
    assert go(network, spot(0, 0), spot(1, 5)) is None


def test_of_many_all_have_their_times_and_the_fastest_their_whole_ways() -> None:
    ways = [road((0, 0), (20, 0)), Way([at(20, 0), at(25, 0)], "ferry", ferry=BOAT)]
    ways.append(road((25, 0), (30, 0)))
    starts = [spot(east, 0) for east in range(21)] + [spot(26, 0)]
    few = Router(build(ways)).trips("foot", starts, spot(0, 0), hour=9, exact=3)
    all_of_them = Router(build(ways)).trips("foot", starts, spot(0, 0), hour=9, exact=99)
    for one, other in zip(few, all_of_them, strict=True):
        assert one.seconds == other.seconds
        assert one.ferry == other.ferry
    assert few[2].metres == pytest.approx(2000, abs=1)


def test_it_is_kept_as_a_file_and_read_back(tmp_path: Path) -> None:
    boat = Way([at(0, 0), at(5, 0)], "ferry", ferry=BOAT)
    network = build([road((-1, 0), (0, 0)), boat])
    network.save(tmp_path / "network.npz")
    again = Network.load(tmp_path / "network.npz")
    assert again.timetables == network.timetables
    for name in ("lon", "lat", "tail", "head", "metres", "kmh", "ferry"):
        assert np.array_equal(getattr(again, name), getattr(network, name))


@pytest.mark.parametrize(
    "wrong",
    [
        {"line": [(0.0, 0.0)], "rank": "main"},
        {"line": [(0.0, 0.0), (1.0, 0.0)], "rank": "canal"},
        {"line": [(0.0, 0.0), (1.0, 0.0)], "rank": "ferry"},
        {"line": [(0.0, 0.0), (1.0, 0.0)], "rank": "main", "kmh": -5},
    ],
)
def test_a_way_that_is_none_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        Way(**wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("point", [(float("nan"), 0.0), (200.0, 0.0), (0.0, 91.0)])
def test_a_place_that_is_none_is_refused(point: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="longitude"):
        Way([(0.0, 0.0), point], "main")


RANKS = st.sampled_from(["trunk", "main", "street", "lane", "path"])
POINTS = st.tuples(st.integers(0, 4), st.integers(0, 4))
LINES = st.tuples(POINTS, POINTS).filter(lambda ends: ends[0] != ends[1])
WAYS = st.lists(st.tuples(LINES, RANKS, st.booleans()), min_size=1, max_size=14)


@settings(max_examples=60, deadline=None)
@given(WAYS, st.sampled_from(["car", "motorcycle", "foot"]), st.integers(0, 23))
def test_no_way_is_faster_than_the_one_found(
    drawn: list[tuple[tuple[tuple[int, int], tuple[int, int]], str, bool]], mode: Mode, hour: int
) -> None:
    """By a plain search over the same arcs, which knows no hierarchy."""
    ways = [road(*ends, rank=rank, one_way=one_way) for ends, rank, one_way in drawn]
    network = build(ways)
    (a, _), (_, b) = drawn[0][0], drawn[-1][0]
    found = go(network, spot(*a), spot(*b), mode, hour)
    nodes = [node_at(network, place, mode) for place in (a, b)]
    if any(node is None for node in nodes):
        return
    best = plain_search(network, nodes[0], mode, hour).get(nodes[1])
    if best is None:
        assert found is None
    else:
        assert found.seconds == pytest.approx(TURNOUT + best, abs=1e-6)


def node_at(network: Network, place: tuple[int, int], mode: Mode) -> int | None:
    """The node at this very place, where this means can be."""
    lon, lat = at(*place)
    away = np.hypot(network.lon - lon, network.lat - lat) / KM * 1000
    may = (network.kmh > 0) | (mode == "foot")
    usable = np.isin(np.arange(network.nodes), [*network.tail[may], *network.head[may]])
    away[~usable] = np.inf
    nearest = int(np.argmin(away))
    return nearest if away[nearest] < 1 else None


def plain_search(network: Network, start: int, mode: Mode, hour: int) -> dict[int, float]:
    """Seconds to every node (Dijkstra, 1959), each arc in whole milliseconds like the router."""
    onward = defaultdict(list)
    for tail, head, metres, kmh in zip(
        network.tail, network.head, network.metres, network.kmh, strict=True
    ):
        if mode == "foot":
            onward[int(tail)].append((int(head), round(metres / METRES_A_SECOND["foot"], 3)))
        elif kmh > 0:
            speed = kmh / 3.6 * BRISK[mode] * flow(mode, hour)
            onward[int(tail)].append((int(head), round(metres / speed, 3)))
    done: dict[int, float] = {}
    heap = [(0.0, start)]
    while heap:
        seconds, node = heapq.heappop(heap)
        if node not in done:
            done[node] = seconds
            for head, more in onward[node]:
                heapq.heappush(heap, (seconds + more, head))
    return done
