"""The fastest ways over a network, from many places to one, for each means and each hour.

Customisable contraction hierarchies (Dibbelt, Strasser and Wagner, "Customizable Contraction
Hierarchies", ACM JEA 21, 2016; the library is RoutingKit): the order of the nodes is found once a
network, new speeds are a customisation of milliseconds, an answer takes microseconds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import cos, radians
from pathlib import Path
from threading import Lock

import numpy as np
import shapely
from numpy.typing import NDArray
from pyroutingkit import CCH, INF_WEIGHT

from gongzhi.analysis.travel.conditions import Condition, share_left
from gongzhi.analysis.travel.estimate import (
    EARTH,
    METRES_A_SECOND,
    ROAD_FACTOR,
    TURNOUT,
    Mode,
    Spot,
    Trip,
    flow,
    metres_between,
    trip,
)
from gongzhi.analysis.travel.hierarchy import Orders
from gongzhi.analysis.travel.network import Floats, Network, Whole

Nodes = NDArray[np.uint32]
REACH = 600.0
"""A place farther than this (m) from every way isn't on the network."""
OFF_ROAD = {"foot": 1.2, "car": 3.0, "traffic_car": 3.0, "motorcycle": 3.5}
"""Metres a second between a place and the nearest way: a yard, a path, on foot at last."""
BRISK: Mapping[Mode, float] = {"car": 1.15, "traffic_car": 1.15, "motorcycle": 1.2}
"""How much faster than others a police vehicle gets along the same way."""
EXACT = 12
"""Of how many a caller usually wants the whole way: more than any page shows."""
A_SECOND = 1000
"""Weights are whole milliseconds."""
CLOSED = int(INF_WEIGHT)


class Router:
    """Ways over one network; for use by many threads. Boats aren't on it (`sea.SeaRouter`)."""

    reach = REACH
    beyond = True
    """Whether a way is estimated where the network doesn't reach; else there is none."""
    there_as_back = False
    """Whether every way takes as long in the other direction: one hierarchy does for both."""

    def __init__(self, network: Network, orders: Path | None = None) -> None:
        """``orders``: a folder that keeps the order of the nodes, the costly part, for next time;
        whatever lies in it can be made anew."""
        self.network = network
        self._lock, self._forward_lock = Lock(), Lock()
        self._orders = Orders(network, orders)
        self._conditions: tuple[Condition, ...] = ()
        self._metric: dict[tuple[Mode, int, bool], CCH] = {}
        self._arc = _ArcOf(network)
        self._land = network.parts(afloat=False)
        self._points: dict[bool, tuple[Whole, shapely.STRtree]] = {}
        self._scale = EARTH * radians(1) * np.array([cos(radians(float(network.lat.mean()))), 1.0])

    def under(self, conditions: Sequence[Condition]) -> None:
        """Reckon with these conditions from now on, in place of those before."""
        with self._lock, self._forward_lock:
            if self._conditions != tuple(conditions):
                self._conditions = tuple(conditions)
                self._metric.clear()

    def seconds_of_arcs(self, mode: Mode, hour: int) -> Floats:
        """What each arc takes in this hour (s); infinite where this means may not go."""
        net = self.network
        if mode == "foot":
            seconds = net.metres / METRES_A_SECOND["foot"]
        else:
            speed = net.kmh / 3.6 * BRISK[mode] * flow(mode, hour)
            seconds = np.divide(net.metres, speed, out=np.full(net.arcs, np.inf), where=speed > 0)
        for number, boat in enumerate(net.timetables):
            of_it = net.ferry == number
            aboard = mode == "foot" or boat.vehicles
            seconds[of_it] = boat.minutes(hour) * 60 if aboard else np.inf
        return seconds

    def trips(
        self, mode: Mode, origins: Sequence[Spot], target: Spot, *, hour: int, exact: int = EXACT
    ) -> list[Trip | None]:
        """The way from each origin; None where no way leads. Where no way is near (`REACH`) one is
        estimated.

        ``hour``: 0 to 23, for traffic and the ferries' timetables. All times are the network's;
        of the ``exact`` fastest the metres and ferries are, too, while the others' metres are a
        guess by the beeline, and they need a ferry where no road joins the two lands.
        """
        there, last = self._near([target], mode)
        here, first = self._near(origins, mode)
        found = [trip(mode, spot, target, hour=hour) if self.beyond else None for spot in origins]
        on = np.flatnonzero(here >= 0)
        if there[0] < 0 or not len(on):
            return found
        starts, goal, gaps = here[on].astype(np.uint32), int(there[0]), first[on] + last[0]
        aside = self._gaps(mode, first[on], float(last[0]), target)
        with self._lock:  # another thread may want other weights in the same hierarchy
            cch = self._customised(mode, hour)
            took = cch.distances_many_to_many(np.array([goal], np.uint32), starts).reshape(-1)
            seconds = TURNOUT + took / A_SECOND + aside
            order = np.argsort(seconds, kind="stable").tolist()
            reached = [nth for nth in order if took[nth] < CLOSED]
            paths = {nth: cch.query(goal, int(starts[nth]))[1][::-1] for nth in reached[:exact]}
        for nth in order:
            which, lasts = int(on[nth]), float(seconds[nth])
            if took[nth] >= CLOSED:
                found[which] = None
            elif nth in paths:
                found[which] = self._followed(lasts, paths[nth], float(gaps[nth]))
            else:
                metres = metres_between(origins[which], target) * ROAD_FACTOR[mode]
                apart = bool(self._land[here[which]] != self._land[goal])
                found[which] = Trip(metres, lasts, apart)
        return found

    def seconds(
        self, mode: Mode, origins: Sequence[Spot], targets: Sequence[Spot], *, hour: int
    ) -> Floats:
        """From each origin (rows) to each target (s), all at once; infinite where no way leads, and
        where `trips` has none."""
        there, last = self._near(targets, mode)
        here, first = self._near(origins, mode)
        found = np.full((len(origins), len(targets)), np.inf)
        rows, columns = np.flatnonzero(here >= 0), np.flatnonzero(there >= 0)
        if len(rows) and len(columns):
            starts, goals = here[rows].astype(np.uint32), there[columns].astype(np.uint32)
            took = self._many(mode, hour, starts, goals)
            ends = columns.tolist()
            aside = [self._gaps(mode, first[rows], float(last[n]), targets[n]) for n in ends]
            whole = TURNOUT + took / A_SECOND + np.array(aside).T
            found[np.ix_(rows, columns)] = np.where(took >= CLOSED, np.inf, whole)
        if self.beyond:
            for row, column in np.argwhere((here < 0)[:, None] | (there < 0)[None]).tolist():
                way = trip(mode, origins[row], targets[column], hour=hour)
                found[row, column] = way.seconds if way else np.inf
        return found

    def line(
        self, mode: Mode, origin: Spot, target: Spot, *, hour: int
    ) -> list[tuple[float, float]] | None:
        """The places (lat, lon) that the fastest way leads through, to be drawn; None where the
        network knows none."""
        ends, _away = self._near([origin, target], mode)
        if (ends < 0).any():
            return None
        start, goal = int(ends[0]), int(ends[1])
        with self._lock:
            cch = self._customised(mode, hour)
            took, path = cch.query(goal, start)
        if took >= CLOSED or not len(path):
            return None
        nodes = np.asarray(path[::-1], np.int64)
        net = self.network
        return list(zip(net.lat[nodes].tolist(), net.lon[nodes].tolist(), strict=True))

    def _many(self, mode: Mode, hour: int, starts: Nodes, goals: Nodes) -> Floats:
        """Milliseconds on the network, by the hierarchy that is the quicker: the one backwards
        goes from each goal to all starts, the one forwards from each start to all goals. They have
        a lock each: a whole map of times keeps nobody's recommendation waiting."""
        if len(goals) <= len(starts):
            with self._lock:
                took = self._customised(mode, hour).distances_many_to_many(goals, starts)
            return np.asarray(took, np.float64).reshape(len(goals), len(starts)).T
        if self.there_as_back:
            with self._lock:
                took = self._customised(mode, hour).distances_many_to_many(starts, goals)
            return np.asarray(took, np.float64).reshape(len(starts), len(goals))
        with self._forward_lock:
            took = self._customised(mode, hour, forward=True).distances_many_to_many(starts, goals)
        return np.asarray(took, np.float64).reshape(len(starts), len(goals))

    def _gaps(self, mode: Mode, first: Floats, last: float, target: Spot) -> Floats:
        """Seconds from the start to the network, and from it to the end; both ways in metres."""
        del target
        return (first + last) / OFF_ROAD[mode]

    def _followed(self, seconds: float, path: Sequence[int], gap: float) -> Trip:
        arcs = self._arc.along(path)
        metres = float(self.network.metres[arcs].sum()) + gap
        return Trip(metres, seconds, bool((self.network.ferry[arcs] >= 0).any()))

    def _near(self, spots: Sequence[Spot], mode: Mode) -> tuple[Whole, Floats]:
        """The node next to each spot where this means can be (-1: none), and how far (m)."""
        nodes, tree = self._where(wheels=mode != "foot")
        if not len(nodes):
            return np.full(len(spots), -1), np.full(len(spots), np.inf)
        places = np.array([(spot.lon, spot.lat) for spot in spots]).reshape(-1, 2) * self._scale
        which = tree.nearest(shapely.points(places))
        away = np.hypot(*(places - self._place(nodes[which])).T)
        return np.where(away <= self.reach, nodes[which], -1), away

    def _where(self, *, wheels: bool) -> tuple[Whole, shapely.STRtree]:
        if wheels not in self._points:
            net, land = self.network, self._is_open(wheels=wheels)
            nodes = np.unique(np.concatenate([net.tail[land], net.head[land]]))
            self._points[wheels] = nodes, shapely.STRtree(shapely.points(self._place(nodes)))
        return self._points[wheels]

    def _is_open(self, *, wheels: bool) -> NDArray[np.bool_]:
        """Of which arcs one can start and end beside."""
        net = self.network
        opened: NDArray[np.bool_] = (net.ferry < 0) & ((net.kmh > 0) | (not wheels))
        return opened

    def _place(self, nodes: Whole) -> Floats:
        lonlat = np.column_stack([self.network.lon[nodes], self.network.lat[nodes]])
        placed: Floats = lonlat * self._scale
        return placed

    def _customised(self, mode: Mode, hour: int, *, forward: bool = False) -> CCH:
        """The hierarchy with this hour's times; one is kept for each means and direction."""
        key = (mode, hour, forward)
        if key not in self._metric:
            old = next((one for one in list(self._metric) if one[::2] == key[::2]), None)
            cch = self._metric.pop(old) if old else self._orders.topology(forward=forward)
            left = share_left(self.network, self._conditions, mode)
            seconds = self.seconds_of_arcs(mode, hour)
            slowed = np.divide(seconds, left, out=np.full(len(left), np.inf), where=left > 0)
            took = np.minimum(np.rint(slowed * A_SECOND), CLOSED)
            cch.customize_weights(took.astype(np.uint32))
            self._metric[key] = cch
        return self._metric[key]


class _ArcOf:
    """The arcs along a path of nodes."""

    def __init__(self, network: Network) -> None:
        self.nodes = network.nodes
        key = network.tail * network.nodes + network.head
        self.order = np.argsort(key, kind="stable")
        self.key = key[self.order]

    def along(self, path: Sequence[int]) -> Whole:
        """One arc for each step. Of two between the same nodes, the first."""
        nodes = np.asarray(path, np.int64)
        found: Whole = self.order[np.searchsorted(self.key, nodes[:-1] * self.nodes + nodes[1:])]
        return found
