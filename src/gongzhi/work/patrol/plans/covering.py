"""What patrols do to cover: which part of the calls that are expected would be reached within the
county's promise, while units are at their stops and while all are at their posts.

Reckoned as the console's cover is (`analysis.dispatching.Cover`, docs/explanation/cover.md), with
every unit of the plan free, each where the plan has it then. Where units really are, nobody asks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache, partial

import numpy as np
from django.utils import timezone

from gongzhi.analysis.dispatching import Cover
from gongzhi.analysis.travel import Mode
from gongzhi.base.places.coordinates import Point
from gongzhi.work.dispatch.conditions import conditions
from gongzhi.work.dispatch.network import router
from gongzhi.work.dispatch.selectors.ground import CountyGround, county_ground, promise
from gongzhi.work.dispatch.selectors.units import MODES, spots_of
from gongzhi.work.patrol.nodes.selectors.hours import Need
from gongzhi.work.patrol.plans.models import Plan, PlanUnit, Stop
from gongzhi.work.patrol.plans.routing import Seconds
from gongzhi.work.patrol.plans.selectors.sheet import post_of
from gongzhi.work.patrol.plans.selectors.shifts import OnDuty

WEIGHT = 1.0
"""A quarter of an hour in which one call in a hundred less would be reached in time weighs as much
as so many points of a node's weight (1 to 10)."""
QUARTER = 15.0
LOOKS = 4
LOOK = timedelta(minutes=60) / LOOKS
"""How often in an hour it is looked where units are."""
SOON, HOME = timedelta(minutes=10), timedelta(minutes=60)
"""So long before a stop a unit counts as there; with so long until the next one it is at its post
meanwhile."""
MOST_GAINED = 0.5
"""Of a visit's weight, what standing there may add at most: cover is no reason to go alone."""
TABLES = 64


def losses(
    units: Sequence[OnDuty], needs: Sequence[Need], at: datetime
) -> Mapping[tuple[int, int], float]:
    """What each unit's visit to each need (its number) takes from cover, in points of weight;
    below 0 where it adds. One unit at a time, the others at their posts; empty where the county
    knows no ground."""
    known = county_ground()
    if known is None or not units:
        return {}
    hour = timezone.localtime(at).hour
    kinds = [(one.unit.kind, one.post) for one in units]
    home = tables(known, kinds, [one.node.point for one in needs], hour)
    cover = _cover(known, kinds, home, [one.post for one in units], hour)
    levels: dict[tuple[str, Point, Point], float] = {}
    found = {}
    for n, unit in enumerate(units):
        for k, need in enumerate(needs):
            kind = need.node.kind
            if kind is not None and unit.unit.kind not in kind.modes:
                continue
            for point in (unit.post, need.node.point):
                key = unit.unit.kind, unit.post, point
                if key not in levels:
                    column = home[MODES[unit.unit.kind]][point]
                    levels[key] = cover.moved(n, column).within
            lost = levels[unit.unit.kind, unit.post, unit.post] - levels[key]
            points = 100 * lost * need.node.stay / QUARTER * WEIGHT
            least = -MOST_GAINED * (kind.weight if kind else 1)
            found[unit.unit.pk, k] = max(points, least)
    return found


Kind = tuple[str, Point]
"""Of a unit: what it is, and its post."""
Tables = Mapping[Mode, Mapping[Point, Seconds]]
"""By what it rides in and where it is: seconds to each cell."""


def tables(
    known: CountyGround, units: Sequence[Kind], points: Sequence[Point], hour: int
) -> Tables:
    """From these places and the posts of these units."""
    found = {}
    for mode in {MODES[kind] for kind, _post in units}:
        posts = [post for kind, post in units if MODES[kind] == mode]
        places = tuple(dict.fromkeys([*posts, *points]))
        state = known.edition, id(router()), hash(conditions())
        rows = _to_cells(mode, places, hour, state)
        found[mode] = dict(zip(places, rows, strict=True))
    return found


@lru_cache(maxsize=TABLES)
def _to_cells(
    mode: Mode, places: tuple[Point, ...], hour: int, state: tuple[int, ...]
) -> Seconds:  # fmt: skip
    del state
    known = county_ground()
    assert known is not None  # noqa: S101  (whoever asks has seen it)
    return np.asarray(router().seconds(mode, spots_of(list(places)), known.spots, hour=hour))


@dataclass(frozen=True)
class Hour:
    """Of the calls expected in this hour, the parts reached in time: with all units at their posts,
    and by the plan."""

    begins: datetime
    posts: float
    plan: float

    @property
    def lost(self) -> int:
        """In percentage points, rounded; below 0 where the plan reaches more."""
        return round(100 * self.posts) - round(100 * self.plan)


def by_hour(plan: Plan, crews: Sequence[PlanUnit], stops: Sequence[Stop]) -> list[Hour]:
    """The cover of each hour of the plan's shift; empty where the county knows no ground. Kept
    until the plan, the roads or the calls change."""
    known = county_ground()
    if known is None or not crews:
        return []
    posts, ways = _posts(crews), tuple(_way(one, stops) for one in crews)
    state = known.edition, id(router()), hash(conditions())
    return list(_hours(plan.begins_at, plan.ends_at, posts, ways, state))


@dataclass(frozen=True)
class Away:
    """A moment at which some units are not at their posts: what each by itself would cost (by the
    unit's key, in percentage points; below 0: it adds), and what all of them cost together. That
    isn't the sum: units stand in for each other."""

    at: datetime
    alone: Mapping[int, float]
    together: float

    @property
    def added(self) -> float:
        """What they would cost if each were away by itself."""
        return sum(self.alone.values())


def away_together(
    plan: Plan, crews: Sequence[PlanUnit], stops: Sequence[Stop], hour: Hour
) -> Away | None:  # fmt: skip
    """The look of this hour that loses most; None where fewer than two units are away."""
    posts, ways = _posts(crews), tuple(_way(one, stops) for one in crews)
    known = county_ground()
    if known is None:
        return None
    state = known.edition, id(router()), hash(conditions())
    return _away(plan.begins_at, plan.ends_at, hour.begins, posts, ways, state)


Posts = tuple[tuple[int, str, Point], ...]
"""Of each unit: its key, what it is, and where it stands when it isn't away."""


def _posts(crews: Sequence[PlanUnit]) -> Posts:
    return tuple((one.unit_id, one.unit.kind, post_of(one)) for one in crews)


@lru_cache(maxsize=32)
def _away(
    begins: datetime, ends: datetime, hour: datetime, posts: Posts,
    ways: tuple[tuple[Leg, ...], ...], state: tuple[int, ...],
) -> Away | None:  # fmt: skip
    known, kinds, stood, home = _standing(begins, ends, posts, ways, state)
    level = partial(_level, known, kinds, home, timezone.localtime(hour).hour)
    looks = [one for n in range(LOOKS) if (one := hour + LOOK * n) < ends]
    where = {one: tuple(map(_place, ways, stood, [one] * len(ways))) for one in looks}
    levels = {one: level(places) for one, places in where.items()}
    at = min(levels, key=lambda one: (levels[one], one))
    full = level(stood)
    away = [n for n, place in enumerate(where[at]) if place != stood[n]]
    if len(away) < 2:
        return None
    alone = {
        posts[n][0]: 100 * (full - level((*stood[:n], where[at][n], *stood[n + 1 :]))) for n in away
    }
    return Away(at, alone, 100 * (full - levels[at]))


def _standing(
    begins: datetime, ends: datetime, posts: Posts, ways: tuple[tuple[Leg, ...], ...],
    state: tuple[int, ...],
) -> tuple[CountyGround, list[Kind], tuple[Point, ...], Tables]:  # fmt: skip
    """The ground, what the units are, their posts, and the seconds from everywhere they will be."""
    del state
    known = county_ground()
    assert known is not None  # noqa: S101  (whoever asks has seen it)
    kinds = [(kind, post) for _unit, kind, post in posts]
    places = sorted({place for way in ways for _since, _until, place in way})
    middle = timezone.localtime(begins + (ends - begins) / 2).hour  # as the ways of a plan are
    return known, kinds, tuple(post for _kind, post in kinds), tables(known, kinds, places, middle)


Leg = tuple[datetime, datetime, Point]


def _way(crew: PlanUnit, stops: Sequence[Stop]) -> tuple[Leg, ...]:
    """Its stops in order: from when until when, where."""
    own = [
        (one.arrives_at, one.leaves_at, one.node.point)
        for one in stops
        if one.crew_id == crew.pk and one.arrives_at and one.leaves_at
    ]
    return tuple(sorted(own, key=lambda one: one[0]))


@lru_cache(maxsize=32)
def _hours(
    begins: datetime, ends: datetime, posts: Posts, ways: tuple[tuple[Leg, ...], ...],
    state: tuple[int, ...],
) -> tuple[Hour, ...]:  # fmt: skip
    known, kinds, stood, home = _standing(begins, ends, posts, ways, state)
    found, at = [], begins
    while at < ends:
        level = partial(_level, known, kinds, home, timezone.localtime(at).hour)
        looks = [one for n in range(LOOKS) if (one := at + LOOK * n) < ends]
        where = [tuple(map(_place, ways, stood, [one] * len(ways))) for one in looks]
        levels = {one: level(one) for one in {stood, *where}}
        found.append(Hour(at, levels[stood], float(np.mean([levels[one] for one in where]))))
        at += timedelta(hours=1)
    return tuple(found)


def _level(
    known: CountyGround, kinds: Sequence[Kind], home: Tables, hour: int, places: Sequence[Point]
) -> float:  # fmt: skip
    return _cover(known, kinds, home, places, hour).county().within


def _place(way: Sequence[Leg], post: Point, at: datetime) -> Point:
    """Where the plan has it then: at a stop, on its way to one (there already, for who has to be
    reckoned somewhere), or at its post where the next stop is more than `HOME` away."""
    before = [one for one in way if one[0] <= at]
    after = next((one for one in way if one[0] > at), None)
    if before and at < before[-1][1]:
        return before[-1][2]
    if after is not None and after[0] - at <= SOON:
        return after[2]
    if before and after is not None and after[0] - before[-1][1] <= HOME:
        return before[-1][2]
    return post


def _cover(
    known: CountyGround, units: Sequence[Kind], home: Tables, places: Sequence[Point], hour: int
) -> Cover:  # fmt: skip
    columns = [home[MODES[kind]][place] for (kind, _), place in zip(units, places, strict=True)]
    seconds = np.array(columns).reshape(len(units), known.ground.cells).T
    return Cover(
        known.ground, range(len(units)), seconds, known.loads[hour], promise().seconds
    )  # fmt: skip
