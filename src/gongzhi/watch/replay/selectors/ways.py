"""Which way a unit went while it moved: the fastest one over the county's network of ways.

Nobody recorded it, and nobody is meant to: a unit's track is kept nowhere. It is reckoned from
where the unit was to where it went, with what is known of the ways today, and thinned out. Where no
way is known (an imported source, a place far from every road) the page draws a straight line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import cos, hypot, radians
from typing import Any

import shapely
from django.utils import timezone

from gongzhi.analysis.travel import Mode
from gongzhi.base.places.coordinates import Point
from gongzhi.watch.replay.selectors.courses import Span
from gongzhi.watch.replay.selectors.shift import Shift
from gongzhi.watch.replay.selectors.told import PIECE, places_of, posts_of
from gongzhi.work.dispatch.network import router
from gongzhi.work.dispatch.selectors.units import MODES, spots_of

RETURN = 300
"""A way back takes as long as the way there, and this long (s) at least; as the page has it
(`frontend/js/replay/record.js`)."""
FINE = 0.0001
"""Degrees (some 10 m) by which a drawn way may differ from the real one."""
SCALE = 100_000
"""Places travel as whole hundred-thousandths of a degree, each but the first as the difference."""
Place = tuple[float, float]
Line = Sequence[Place]


@dataclass(frozen=True)
class Part:
    """A place on the way from one to another, at this share of it; known once that is known."""

    begin: Start
    end: Place
    share: float
    mode: Mode


Start = Place | Part | None


@dataclass(frozen=True)
class Move:
    """A unit under way: in which of its spans, from where, to where."""

    unit: int
    span: int
    mode: Mode
    begin: Start
    end: Place


def ways(shift: Shift, number: int, *, exact: bool) -> dict[str, Any]:
    """The ways of all moves that begin in the hour of this number, those before with the first:
    unit, number of its span, and the line. A move without a known way is left out."""
    first, last = number * PIECE, (number + 1) * PIECE
    if number == 0:
        first = -10 * PIECE
    if shift.window.county is not None:
        return {"ways": []}
    line = _Lines()
    found = []
    for move, since in _moves(shift, exact=exact):
        if first <= since < last:
            way = line.of(move.mode, line.place(move.begin), move.end)
            if way is not None:
                found.append([move.unit, move.span, packed(way)])
    return {"ways": found}


def _moves(shift: Shift, *, exact: bool) -> Iterator[tuple[Move, int]]:
    posts, scenes = posts_of(shift), places_of(shift, exact=exact)
    for unit in shift.units:
        post = posts.get(unit.station_id)
        spans = shift.unit_courses[unit.pk]
        home = (post[0], post[1]) if post else None
        for move in moves_of(unit.pk, MODES[unit.kind], spans, home, scenes, shift.window.seconds):
            yield move, spans[move.span].since


def moves_of(
    unit: int, mode: Mode, spans: Sequence[Span], post: Place | None,
    scenes: Mapping[int, Place], until: int,
) -> Iterator[Move]:  # fmt: skip
    """A unit's moves through its course: to each scene, and back to its post."""
    there: Start = post
    took = RETURN
    for nth, span in enumerate(spans):
        after = spans[nth + 1] if nth + 1 < len(spans) else None
        lasts = (after.since if after else until) - span.since
        takes = max(took, RETURN)
        scene = scenes.get(span.incident) if span.incident else None
        if span.state == "en_route" and scene:
            if after and after.state == "on_scene" and after.incident == span.incident:
                took = lasts
            yield Move(unit, nth, mode, there, scene)
        elif span.state == "on_scene":
            there = scene or there
        elif span.incident is None and post and there != post and span.state != "off_duty":
            yield Move(unit, nth, mode, there, post)
            there = post if lasts >= takes else Part(there, post, lasts / takes, mode)
        elif span.incident is None and post:
            there = post


class _Lines:
    """Ways, each looked up once."""

    def __init__(self) -> None:
        self.router, self.hour = router(), timezone.localtime().hour
        self.of = cache(self._line)
        self.place = cache(self._place)

    def _place(self, start: Start) -> Place | None:
        if not isinstance(start, Part):
            return start
        begin = self.place(start.begin)
        if begin is None:
            return start.end
        return along(self.of(start.mode, begin, start.end) or (begin, start.end), start.share)

    def _line(self, mode: Mode, begin: Place | None, end: Place) -> Line | None:
        if begin is None or begin == end:
            return None
        here, there = spots_of([Point(*begin), Point(*end)])
        found = self.router.line(mode, here, there, hour=self.hour)
        if found is None:
            return None
        drawn = shapely.LineString([begin, *found, end]).simplify(FINE, preserve_topology=False)
        return [(x, y) for x, y in drawn.coords]


def along(line: Line, share: float) -> Place:
    """The place at this share of a line's length; a share beyond its ends is at them."""
    flat = cos(radians(line[0][0]))
    steps = [hypot(b[0] - a[0], (b[1] - a[1]) * flat) for a, b in pairwise(line)]
    left = sum(steps) * min(max(share, 0.0), 1.0)
    for (a, b), step in zip(pairwise(line), steps, strict=True):
        if left <= step and step > 0:
            part = left / step
            return a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part
        left -= step
    return line[-1]


def packed(line: Line) -> list[int]:
    """A line as whole numbers: the first place, then from place to place."""
    whole = [(round(lat * SCALE), round(lon * SCALE)) for lat, lon in line]
    found = [*whole[0]]
    for (lat, lon), (before_lat, before_lon) in zip(whole[1:], whole, strict=False):
        found += [lat - before_lat, lon - before_lon]
    return found
