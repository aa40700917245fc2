"""Where units stand, and where they should: solved once for each shift and kept."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Any

from django.utils.translation import get_language

from gongzhi.analysis.siting import Level, Sites, solve
from gongzhi.analysis.siting.placing import Aim
from gongzhi.base.places.areas import area_of
from gongzhi.work.dispatch.models import ResponseUnit
from gongzhi.work.patrol.posts.selectors.ground import Asked, Place, asked_of

SECONDS = 3.0
"""How long is looked for the best."""
KEPT = 48
_kept: OrderedDict[tuple[object, ...], Sites] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True)
class Row:
    """So many units of a kind at a place: now, and better."""

    place: str
    kind: str
    now: int
    then: int
    point: tuple[float, float]

    @property
    def change(self) -> str:
        """``come``, ``go``, ``more``, ``less`` or ``stay``."""
        if not self.now:
            return "come"
        if not self.then:
            return "go"
        return "stay" if self.now == self.then else "more" if self.then > self.now else "less"


@dataclass(frozen=True)
class Goes:
    """A unit that is to stand elsewhere: its code and call sign, and the place."""

    code: str
    unit: str
    place: str
    to: str | tuple[float, float]


@dataclass(frozen=True)
class Shown:
    """The answer for one shift. ``proven``: nothing better is possible with these places."""

    rows: list[Row]
    before: Level
    after: Level
    moved: int
    proven: bool
    foreseen: bool
    busy: float
    units: int
    moves: tuple[Goes, ...] = ()

    @property
    def changing(self) -> list[Row]:
        """Where units come or go."""
        return [one for one in self.rows if one.change != "stay"]

    @property
    def staying(self) -> list[Row]:
        """Where all is as it was."""
        return [one for one in self.rows if one.change == "stay"]


def standing(units: list[ResponseUnit], day: date, shift: int, aim: Aim) -> Shown | None:
    """Where these units should stand in this shift; None where nothing can be said."""
    asked = asked_of(units, day, shift, aim)
    if asked is None:
        return None
    found = _solved(asked, aim)
    return Shown(
        _rows(asked, found), found.before, found.after, found.moved, found.proven, asked.foreseen,
        asked.problem.busy, len(units), tuple(_moves(asked, found)),
    )  # fmt: skip


def _moves(asked: Asked, found: Sites) -> Iterator[Goes]:
    """Which unit goes where. Those of one kind are alike to the solver."""
    for fleet, posts, crews in zip(asked.problem.fleets, found.posts, asked.units, strict=True):
        for unit, now, then in zip(crews, fleet.posts, posts, strict=True):
            if now != then:
                place = asked.places[then]
                where = place.code or (place.point.lat, place.point.lon)
                yield Goes(unit.code, str(unit), _called(place), where)


def _solved(asked: Asked, aim: Aim) -> Sites:
    key = (*asked.edition, aim)
    with _lock:
        if key not in _kept:
            _kept[key] = solve(asked.problem, limit=SECONDS, aim=aim)
            while len(_kept) > KEPT:
                _kept.popitem(last=False)
        _kept.move_to_end(key)
        return _kept[key]


def _rows(asked: Asked, found: Sites) -> list[Row]:
    rows = []
    for fleet, posts, crews in zip(asked.problem.fleets, found.posts, asked.units, strict=True):
        now, then = Counter(fleet.posts), Counter(posts)
        words = str(crews[0].get_kind_display())
        for n in sorted(now | then, key=lambda n: (-then[n], -now[n], n)):
            place = asked.places[n]
            rows.append(
                Row(_called(place), words, now[n], then[n], (place.point.lat, place.point.lon))
            )
    return rows


def _called(place: Place) -> str:
    english = (get_language() or "").startswith("en")
    named = (place.name_en or place.name_zh) if english else place.name_zh
    if named:
        return named
    area = area_of(place.point, "village") or area_of(place.point, "town")
    return str(area) if area else f"{place.point.lat:.4f}, {place.point.lon:.4f}"


def map_content(shown: Shown) -> dict[str, Any]:
    """GeoJSON of the places, each in the tone of what changes there."""
    tones = {"come": "done", "more": "done", "go": "left", "less": "left", "stay": ""}
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [one.point[1], one.point[0]]},
                "properties": {
                    "name": f"{one.place} · {one.kind}", "number": one.then,
                    "about": f"{one.now} → {one.then}", "tone": tones[one.change],
                },
            }
            for one in shown.rows
        ],
    }  # fmt: skip
