"""A scenario's file: a county of its own in numbers, or changes of today's, or both."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from math import cos, hypot, radians
from pathlib import Path
from typing import Annotated

import numpy as np
from django.utils.translation import gettext as _
from pydantic import Field, ValidationError, model_validator

from gongzhi.analysis.simulation import (
    HOURS_A_WEEK,
    Calls,
    County,
    Duration,
    Scenario,
    Stop,
    Unit,
    Ways,
)
from gongzhi.analysis.travel import Mode, Spot
from gongzhi.analysis.travel.estimate import NIGHT_HOURS, RUSH_HOURS, TURNOUT, Trip, trip
from gongzhi.base.ui.errors import Refused
from gongzhi.work.patrol.simulations.changes import (
    Changes,
    Close,
    Duty,
    Ground,
    Part,
    Place,
    Priority,
    Sends,
    Visit,
)

METRES_A_DEGREE = 111_195.0
MODES: dict[str, Mode] = {
    "car": "car", "traffic_car": "traffic_car", "motorcycle": "motorcycle", "foot": "foot",
    "boat": "boat",
}  # fmt: skip
MINUTES = {1: 10.0, 2: 15.0, 3: 30.0, 4: 60.0}
HOURS_OF = (12, 7, 23)
"""An hour of each kind of traffic: by day, at rush hour, at night."""


class Node(Part):
    """An area, or a post: a code and where it is. ``land``: the number of its island, for those
    that need a ferry; 0: at one with all others."""

    code: str
    lat: float = Field(ge=-90, le=90)
    lon: float = Field(ge=-180, le=180)
    land: int = Field(default=0, ge=0)
    calls: bool = True
    """Whether it is an area of its own in the figures."""


class Way(Part):
    """How long a way takes, where the beeline wouldn't say it: a ferry, a bridge."""

    between: tuple[str, str]
    minutes: float = Field(gt=0, le=1440)
    modes: tuple[str, ...] = ("car", "traffic_car", "motorcycle", "foot")


class OwnUnit(Duty):
    """A unit."""

    code: str
    kind: str = "car"
    post: str
    skills: tuple[str, ...] = ()
    patrol: tuple[Visit, ...] = ()


class OwnCalls(Part):
    """A kind of call. ``places``: each area's part; ``minutes``: how long a unit stays (median),
    ``spread``: how much that differs (standard deviation of the logarithm)."""

    category: str
    priority: Priority
    a_day: float = Field(ge=0, le=10_000)
    places: dict[str, Annotated[float, Field(ge=0)]] = {}
    sends: tuple[Sends, ...] = (Sends(),)
    minutes: float = Field(default=30.0, gt=0, le=1440)
    spread: float = Field(default=0.6, ge=0, le=3)
    handling_seconds: float = Field(default=90.0, ge=0, le=3600)
    day: tuple[Annotated[float, Field(ge=0)], ...] = (1.0,) * 24
    """How many in each hour of the day, in any measure."""
    weekend: float = Field(default=1.0, ge=0, le=20)
    """So many times as many on Saturdays and Sundays."""
    season: tuple[Annotated[float, Field(ge=0)], ...] = (1.0,) * 12
    cancelled: float = Field(default=0.0, ge=0, le=0.9)
    handed_back: float = Field(default=0.0, ge=0, le=0.9)

    @model_validator(mode="after")
    def _whole(self) -> OwnCalls:
        if len(self.day) != 24 or len(self.season) != 12:
            raise ValueError("day: expected 24 numbers; season: 12")
        if not sum(self.day) or not sum(self.season):
            raise ValueError("day and season: expected something above nothing")
        return self


class Own(Part):
    """A county in numbers."""

    promise_minutes: dict[str, Annotated[float, Field(gt=0)]] = {}
    turnout_seconds: float = Field(default=60.0, ge=0, le=3600)
    ways_spread: float = Field(default=0.3, ge=0, le=2)
    divert_seconds: float | None = Field(default=None, ge=0, le=3600)
    """A unit underway goes to a more urgent call if it is there so much sooner; none: never."""
    nodes: tuple[Node, ...] = Field(min_length=1)
    ways: tuple[Way, ...] = ()
    units: tuple[OwnUnit, ...] = Field(min_length=1)
    calls: tuple[OwnCalls, ...] = Field(min_length=1)


class File(Changes):
    """The whole file."""

    county: Own | None = None

    @property
    def changes(self) -> Changes:
        """What is different from the county."""
        return Changes.model_validate(self.model_dump(include=set(Changes.model_fields)))


def read_file(path: Path) -> File:
    """Refuses, in words, what isn't there or isn't a scenario."""
    try:
        return File.model_validate(tomllib.loads(path.read_text("utf-8")))
    except (OSError, UnicodeDecodeError) as wrong:
        raise Refused(_("读不了“%(file)s”：%(why)s") % {"file": path, "why": wrong},
                      code="file") from wrong  # fmt: skip
    except tomllib.TOMLDecodeError as wrong:
        raise Refused(_("“%(file)s”不是 TOML：%(why)s") % {"file": path, "why": wrong},
                      code="toml") from wrong  # fmt: skip
    except ValidationError as wrong:
        lines = ", ".join(
            f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in wrong.errors()
        )
        raise Refused(_("“%(file)s”里有看不懂的：%(why)s") % {"file": path, "why": lines},
                      code="scenario") from wrong  # fmt: skip


def ground_of(own: Own) -> Ground:
    """The county in these numbers. Refuses, in words, one that can't be."""
    codes = [node.code for node in own.nodes]
    if len(set(codes)) < len(codes):
        raise Refused(_("两个地点用了同一个代号。"), code="node")
    kept = _Kept(own, codes)
    try:
        scenario = _scenario(own, kept)
    except ValueError as wrong:
        raise Refused(_("这个县算不了：%(why)s") % {"why": wrong}, code="scenario") from wrong
    return Ground(scenario, kept.node, kept.shut, kept.mode)


class _Kept:
    """The places of the file, and the ways between them."""

    def __init__(self, own: Own, codes: Sequence[str]) -> None:
        self.own, self.codes = own, list(codes)
        self.spots = [Spot(one.lat, one.lon, one.land) for one in own.nodes]

    def node(self, place: Place) -> int:
        """The number of the place of this code, or of the one next to a position."""
        if isinstance(place, str):
            if place not in self.codes:
                words = _("没有叫“%(code)s”的地点。现有：%(known)s。")
                told = {"code": place, "known": ", ".join(self.codes)}
                raise Refused(words % told, code="place")
            return self.codes.index(place)
        away = [self._metres(spot, Spot(*place)) for spot in self.spots]
        return away.index(min(away))

    def mode(self, kind: str) -> str:
        """By what a kind of unit goes; what isn't known goes by car."""
        return MODES.get(kind, "car")

    def shut(self, closed: Sequence[Close]) -> Ways:
        """A way is shut where the beeline comes near the place, or the way says so itself."""
        ways = self.ways()
        seconds = ways.seconds.copy()
        for one in closed:
            spot = self.spots[self.node(one.at)]
            for a, start in enumerate(self.spots):
                for b, end in enumerate(self.spots):
                    if a != b and self._passes(start, end, spot) <= one.metres:
                        seconds[:, :, a, b] = (
                            seconds[:, :, a, b] / one.speed if one.speed else np.inf
                        )
        return Ways(ways.modes, seconds, ways.period)

    def ways(self) -> Ways:
        """By the beeline, or as the file says; all that a unit of the county goes by."""
        modes = tuple(dict.fromkeys(MODES.values()))
        n = len(self.spots)
        seconds = np.full((len(HOURS_OF), len(modes), n, n), np.inf, np.float32)
        for period, hour in enumerate(HOURS_OF):
            for m, mode in enumerate(modes):
                for a, start in enumerate(self.spots):
                    for b, end in enumerate(self.spots):
                        seconds[period, m, a, b] = _seconds(trip(mode, start, end, hour=hour))
        for way in self.own.ways:
            a, b = (self.node(place) for place in way.between)
            for kind in way.modes:
                m = modes.index(MODES.get(kind, "car"))
                seconds[:, m, a, b] = seconds[:, m, b, a] = 60 * way.minutes
        kinds = tuple(1 if h in RUSH_HOURS else 2 if h in NIGHT_HOURS else 0 for h in range(24))
        return Ways(modes, seconds, kinds)

    @staticmethod
    def _flat(spot: Spot, about: Spot) -> tuple[float, float]:
        east = (spot.lon - about.lon) * METRES_A_DEGREE * cos(radians(about.lat))
        return east, (spot.lat - about.lat) * METRES_A_DEGREE

    def _metres(self, a: Spot, b: Spot) -> float:
        return hypot(*self._flat(a, b))

    def _passes(self, start: Spot, end: Spot, by: Spot) -> float:
        """How near the straight way comes (m)."""
        (ax, ay), (bx, by_) = self._flat(start, by), self._flat(end, by)
        whole = (bx - ax) ** 2 + (by_ - ay) ** 2
        share = min(max(-(ax * (bx - ax) + ay * (by_ - ay)) / whole, 0.0), 1.0) if whole else 0.0
        return hypot(ax + share * (bx - ax), ay + share * (by_ - ay))


def _seconds(way: Trip | None) -> float:
    """Without the turnout, which is simulated."""
    return max(way.seconds - TURNOUT, 0.0) if way else np.inf


def _scenario(own: Own, kept: _Kept) -> Scenario:
    areas = [one.code for one in own.nodes if one.calls]
    area_of = tuple(areas.index(one.code) if one.calls else -1 for one in own.nodes)
    units = tuple(
        Unit(one.code, one.kind, kept.mode(one.kind), kept.node(one.post), frozenset(one.skills),
             one.duty, tuple(Stop(kept.node(s.at), 60 * s.minutes) for s in one.patrol))
        for one in own.units
    )  # fmt: skip
    said = {int(priority): minutes for priority, minutes in own.promise_minutes.items()}
    return Scenario(
        County(tuple(areas), area_of, kept.ways()), units,
        tuple(_calls(one, kept, areas) for one in own.calls),
        promise={one: 60 * minutes for one, minutes in (MINUTES | said).items()},
        turnout=Duration.lognormal(own.turnout_seconds or 1.0, 0.4),
        stretch=Duration.lognormal(1.0, own.ways_spread),
        diverts=np.inf if own.divert_seconds is None else own.divert_seconds,
    )  # fmt: skip


def _calls(one: OwnCalls, kept: _Kept, areas: Sequence[str]) -> Calls:
    places = np.zeros(len(kept.codes))
    for code, part in (one.places or dict.fromkeys(areas, 1.0)).items():
        places[kept.node(code)] += part
    hours = np.array([one.day[h % 24] * (one.weekend if h // 24 >= 5 else 1.0)
                      for h in range(HOURS_A_WEEK)])  # fmt: skip
    season = np.array(one.season)
    return Calls(
        one.category, one.priority, one.a_day, places / places.sum(),
        tuple(sends.want for sends in one.sends),
        Duration.lognormal(60 * one.minutes, one.spread),
        Duration.lognormal(max(one.handling_seconds, 0.1), 0.5),
        tuple((hours / hours.mean()).tolist()), tuple((season / season.mean()).tolist()),
        one.cancelled, one.handed_back,
    )  # fmt: skip
