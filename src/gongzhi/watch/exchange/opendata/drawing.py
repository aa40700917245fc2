"""A dataset as pictures: a bar for each period, its places shaded; drawn from the rows alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any

import shapely
from django.utils.translation import get_language
from shapely.geometry import shape

from gongzhi.base.catalogue.kinds.open_dataset import Column, OpenDataset
from gongzhi.base.places.cells import from_text, outline_of
from gongzhi.watch.exchange.opendata.places import (
    by_place,
    place_column,
    town_names,
    town_shapes,
)
from gongzhi.watch.exchange.opendata.tables import Row

WIDTH, HEIGHT, BOTTOM = 640, 190, 30
LABELS, MOST = 6, 36
"""Periods that say their name, and that are drawn, at most: more don't fit on a phone."""
BOX = {"width": WIDTH, "height": HEIGHT, "floor": HEIGHT - BOTTOM, "names": HEIGHT - 8}
SHADES = 5
MAP = 360
"""The longer side of the map."""
FINE = 0.0006
"""Degrees by which a town's border may be drawn straighter."""


@dataclass(frozen=True)
class Bar:
    """One period."""

    x: float
    y: float
    width: float
    height: float
    period: str
    count: int
    named: bool

    @property
    def top(self) -> float:
        """Where its number stands."""
        return round(self.y - 6, 1)

    @property
    def middle(self) -> float:
        """Where its name stands."""
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True)
class Place:
    """One place, its border as an SVG path; ``shade`` from 1, the fewest, to `SHADES`."""

    path: str
    name: str
    count: int
    shade: int


@dataclass(frozen=True)
class Drawn:
    """All places, in the units of the view box."""

    ground: Sequence[str]
    """The towns' borders below hexagons, as SVG paths."""
    places: Sequence[Place]
    width: int
    height: int
    steps: Sequence[tuple[int, int, int]]
    """Of each shade that occurs, the fewest and the most."""


def bars(rows: Sequence[Row]) -> list[Bar]:
    """How many in each period, all rows together; the last ones where there are many."""
    sums: dict[str, int] = {}
    for row in rows:
        sums[row["period"]] = sums.get(row["period"], 0) + (row["count"] or 0)
    shown = sorted(sums.items())[-MOST:]
    most = max((count for _period, count in shown), default=0) or 1
    step, room = WIDTH / max(len(shown), 1), HEIGHT - BOTTOM - 28
    each = -(-len(shown) // LABELS) or 1
    found = []
    for n, (period, count) in enumerate(shown):
        height, width = round(room * count / most, 1), min(step * 0.7, 64)
        x, y = step * n + (step - width) / 2, HEIGHT - BOTTOM - height
        named = (len(shown) - 1 - n) % each == 0
        found.append(Bar(round(x, 1), round(y, 1), round(width, 1), height, period, count, named))
    return found


def drawn(recipe: OpenDataset, rows: Sequence[Row]) -> Drawn | None:
    """The places, shaded by how many there were in all periods; None where no row says where."""
    column = place_column(recipe)
    counts = {place: sum(told.values()) for place, told in by_place(recipe, rows).items()}
    if column is None or not counts:
        return None
    names = {} if column == Column.CELL else town_names()
    shapes = _shapes(column, counts)
    if not shapes:
        return None
    ground = list(_towns().values()) if column == Column.CELL else []
    frame = shapely.union_all([*shapes.values(), *ground]).bounds
    scale, top = _scale(frame), max(counts.values())
    shades = {place: _shade(counts.get(place, 0), top) for place in shapes}
    places = [
        Place(_path(one, frame, scale), _name(names, place), counts.get(place, 0), shades[place])
        for place, one in shapes.items()
    ]
    size = (round((frame[2] - frame[0]) * scale[0]), round((frame[3] - frame[1]) * scale[1]))
    below = [_path(one, frame, scale) for one in ground]
    return Drawn(below, places, *size, _steps(counts, shades))


def _shapes(column: Column, counts: Mapping[str, int]) -> dict[str, shapely.Geometry]:
    if column == Column.CELL:
        return {one: shapely.Polygon(outline_of(from_text(one))) for one in counts}
    return _towns()


def _towns() -> dict[str, shapely.Geometry]:
    return {code: shapely.simplify(shape(one), FINE) for code, one in town_shapes().items()}


def _name(names: Mapping[str, Any], place: str) -> str:
    zh, en = names.get(place, (place, place))
    return str(en if (get_language() or "").startswith("en") else zh)


def _shade(count: int, top: int) -> int:
    return 0 if not count else min(SHADES, 1 + int(SHADES * (count / top) ** 0.7 * 0.999))


def _steps(counts: Mapping[str, int], shades: Mapping[str, int]) -> list[tuple[int, int, int]]:
    found = []
    for shade in range(1, SHADES + 1):
        some = [counts[place] for place, one in shades.items() if one == shade]
        if some:
            found.append((shade, min(some), max(some)))
    return found


def _scale(frame: Sequence[float]) -> tuple[float, float]:
    """Units a degree east and north: a degree east is shorter, the farther from the equator."""
    narrow = cos(radians((frame[1] + frame[3]) / 2))
    longest = max((frame[2] - frame[0]) * narrow, frame[3] - frame[1]) or 1
    return MAP * narrow / longest, MAP / longest


def _path(one: shapely.Geometry, frame: Sequence[float], scale: tuple[float, float]) -> str:
    parts = getattr(one, "geoms", [one])
    rings = [ring for part in parts for ring in (part.exterior, *part.interiors)]
    return "".join(
        "M" + "L".join(
            f"{(x - frame[0]) * scale[0]:.1f} {(frame[3] - y) * scale[1]:.1f}"
            for x, y in ring.coords
        ) + "Z"
        for ring in rings
    )  # fmt: skip
