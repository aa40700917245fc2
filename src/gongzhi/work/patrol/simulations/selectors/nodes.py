"""The county's places for a simulation: cells where help is wanted, and the posts of units; and the
ways between them at every hour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, pi, radians, sin
from pathlib import Path

import numpy as np
from django.conf import settings
from django.utils.translation import gettext as _

from gongzhi.analysis.simulation import Ways
from gongzhi.analysis.travel import Condition, Mode, Network, Router, SeaRouter, Spot
from gongzhi.analysis.travel import Ways as Routes
from gongzhi.analysis.travel.estimate import NIGHT_HOURS, RUSH_HOURS, TURNOUT
from gongzhi.base.people.models import Unit
from gongzhi.base.places.areas import areas_of
from gongzhi.base.places.coordinates import Point, metres_between
from gongzhi.base.places.models import Area, GazetteerEntry
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dispatch.lands import lands_of
from gongzhi.work.dispatch.selectors.ground import CountyGround
from gongzhi.work.patrol.simulations.changes import Close, Place

MODES: tuple[Mode, ...] = ("car", "traffic_car", "motorcycle", "foot", "boat")
CORNERS = 24
"""Of the ring around a place where ways are shut."""
METRES_A_DEGREE = 111_195.0
ON_FOOT = 45 * 60.0
"""Nobody is sent to walk longer than that (s)."""


@dataclass(frozen=True)
class Nodes:
    """Cells first, then posts, then other places. ``posts``: a station's code → its node."""

    points: tuple[Point, ...]
    spots: tuple[Spot, ...]
    cells: tuple[int, ...]
    towns: tuple[str, ...]
    posts: dict[str, int]

    def node_of(self, place: Place) -> int:
        """The node of a station, an area or a place by code or name, or next to a position.
        Refuses what nobody knows."""
        if isinstance(place, str) and place in self.posts:
            return self.posts[place]
        point = _point(place)
        away = [metres_between(point, one) for one in self.points]
        return away.index(min(away))


def _point(place: Place) -> Point:
    """Where it is. Refuses a name that nobody knows."""
    point = _named(place) if isinstance(place, str) else Point(*place)
    if point is None:
        raise Refused(_("没有叫“%(place)s”的地点。") % {"place": place}, code="place")
    return point


def nodes_of(known: CountyGround, stations: Sequence[Unit], places: Sequence[Place] = ()) -> Nodes:
    """The cells of the ground, and where these stations and other places are."""
    posts = posts_of(stations)
    points = [Point(spot.lat, spot.lon) for spot in known.spots]
    codes = {code: len(points) + n for n, code in enumerate(posts)}
    more = [_point(one) for one in places if one not in posts]
    whole = [*points, *posts.values(), *more]
    lands = lands_of(whole)
    spots = [Spot(one.lat, one.lon, land) for one, land in zip(whole, lands, strict=True)]
    towns = tuple(area.code if area else "" for area in areas_of(whole, "town"))
    return Nodes(tuple(whole), tuple(spots), known.cells, towns, codes)


def posts_of(stations: Sequence[Unit]) -> dict[str, Point]:
    """Where each station is: by its name in the gazetteer, else in the middle of its area; one that
    nobody can place is where the first one is."""
    areas = Area.objects.filter(kind=Area.Kind.STATION, valid_to=None, county__own=True)
    middles = {area.code: Point((area.south + area.north) / 2, (area.west + area.east) / 2)
               for area in areas.defer("geometry")}  # fmt: skip
    named = {entry.name_zh: entry.point for entry in GazetteerEntry.objects.filter(
        county__own=True, name_zh__in=[one.name_zh for one in stations])}  # fmt: skip
    found = {one.code: named.get(one.name_zh) or middles.get(one.code) for one in stations}
    known = [point for point in found.values() if point is not None]
    if not known:
        raise Refused(_("还不知道各单位驻在哪里：先导入地名。"), code="no_post")
    return {code: point or known[0] for code, point in found.items()}


def ways_between(nodes: Nodes, closed: Sequence[Close] = ()) -> Ways:
    """What the map expects of every way, by hour; with these places shut."""
    routes = _routes(_edition(settings.HOME.network), _edition(settings.HOME.sea))
    routes.under([_shut(one, nodes) for one in closed])
    hours, period = _periods(routes)
    spots = list(nodes.spots)
    seconds = np.empty((len(hours), len(MODES), len(spots), len(spots)), np.float32)
    for number, mode in enumerate(MODES):
        for nth, hour in enumerate(hours):
            if mode == "traffic_car":  # goes as a car does
                seconds[nth, number] = seconds[nth, MODES.index("car")]
            elif mode == "boat" and nth:  # at sea the hour makes no difference
                seconds[nth, number] = seconds[0, number]
            else:
                seconds[nth, number] = routes.seconds(mode, spots, spots, hour=hour)
    routes.under([])
    still = np.maximum(seconds - TURNOUT, 0.0)
    on_foot = still[:, MODES.index("foot")]
    on_foot[on_foot > ON_FOOT] = np.inf
    at = np.arange(len(spots))
    still[:, :, at, at] = np.minimum(still[:, :, at, at], 60.0)
    return Ways(tuple(MODES), still, period)


def _shut(one: Close, nodes: Nodes) -> Condition:
    middle = nodes.points[nodes.node_of(one.at)] if isinstance(one.at, str) else Point(*one.at)
    named = _named(one.at) if isinstance(one.at, str) else None
    middle = named or middle
    north = one.metres / METRES_A_DEGREE
    east = north / cos(radians(middle.lat))
    turns = [2 * pi * n / CORNERS for n in range(CORNERS)]
    ring = tuple((middle.lon + east * sin(a), middle.lat + north * cos(a)) for a in turns)
    return Condition(ring, one.speed, frozenset(), one.ferries)


def _named(place: str) -> Point | None:
    area = Area.objects.filter(code=place, valid_to=None, county__own=True).first()
    if area is not None:
        return Point((area.south + area.north) / 2, (area.west + area.east) / 2)
    rows = GazetteerEntry.objects.filter(county__own=True, number=None)
    entry = rows.filter(code=place).first() or rows.filter(name_zh=place).first()
    entry = entry or rows.filter(name_en=place).exclude(name_en="").first()
    return entry.point if entry else None


def _periods(routes: Routes) -> tuple[list[int], tuple[int, ...]]:
    """Hours that are alike for everybody share one; the first of each kind stands for it."""
    kinds: dict[object, int] = {}
    period = []
    for hour in range(24):
        flow = 1 if hour in RUSH_HOURS else 2 if hour in NIGHT_HOURS else 0
        ferries = routes.roads.network.timetables if routes.roads else ()
        kind = (flow, tuple(boat.minutes(hour) for boat in ferries))
        period.append(kinds.setdefault(kind, len(kinds)))
    hours = [period.index(number) for number in range(len(kinds))]
    return hours, tuple(period)


def _edition(path: Path) -> tuple[Path, int] | None:
    return (path, path.stat().st_mtime_ns) if path.exists() else None


@lru_cache(maxsize=1)
def _routes(roads: tuple[Path, int] | None, sea: tuple[Path, int] | None) -> Routes:
    """A network of our own: what is shut in a simulation must not be shut for the dispatchers."""
    orders = settings.HOME.orders
    land = Router(Network.load(roads[0]), orders) if roads else None
    water = SeaRouter(Network.load(sea[0]), orders) if sea else None
    return Routes(land, water)
