"""Where a row lies: its coordinates as the mapping reads them, in WGS 84, inside its box."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import cached_property

from gongzhi.base.catalogue.kinds.mapping import Mapping, Position
from gongzhi.base.places.coordinates import Bounds, Point, checked, to_wgs84
from gongzhi.base.ui.errors import Refused

NOWHERE = {"place_missing", "place_zero"}
EVERYWHERE = Bounds(-90, -180, 90, 180)


def box_of(mapping: Mapping) -> Bounds:
    """Where a source's places may lie."""
    if mapping.position is None:
        return EVERYWHERE
    box = mapping.position.box
    return Bounds(box.south, box.west, box.north, box.east)


class Locator:
    """Reads the places of a source's rows; ``notes`` counts those kept without one."""

    def __init__(self, mapping: Mapping, position: Position, notes: Counter[str]) -> None:
        self.position = position
        self.notes = notes
        self.defaults = {(spot.x, spot.y) for spot in position.defaults}
        self.bounds = box_of(mapping)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(self.position.pattern or "")

    def locate(self, text: Callable[[str], str]) -> Point | None:
        """The row's place; None when it has none. `text` gives a column's.

        Refuses what is no coordinate, and a place outside the box unless the mapping keeps such
        rows without one.
        """
        try:
            x, y = self._numbers(text)
            if (x, y) in self.defaults:
                self.notes["place_default"] += 1
                return None
            return checked(*self._point(x, y), within=self.bounds)
        except Refused as refused:
            outside = refused.code in {"place_outside", "place_out_of_range"}
            if refused.code in NOWHERE or (outside and self.position.outside == "leave_out"):
                self.notes[refused.code] += 1
                return None
            raise

    def _numbers(self, text: Callable[[str], str]) -> tuple[float, float]:
        """As the source has them; nothing and 0, 0 are refused whatever the system."""
        position = self.position
        if position.x and position.y:
            x, y = text(position.x), text(position.y)
        else:
            found = self._pattern.search(text(position.text or ""))
            x, y = (found["x"], found["y"]) if found else ("", "")
        if not x or not y:
            checked(None, None)
        point = _number(x), _number(y)
        if point == (0.0, 0.0):
            checked(0, 0)
        return point

    def _point(self, x: float, y: float) -> Point:
        return to_wgs84(x, y, self.position.crs)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        checked(text, text)  # says so
        raise
