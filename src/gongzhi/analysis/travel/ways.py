"""What a network is made of: ways on land with their ranks, and ferries with their timetables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Rank = Literal["trunk", "main", "minor", "street", "lane", "path", "ferry"]
RANKS: tuple[Rank, ...] = ("trunk", "main", "minor", "street", "lane", "path", "ferry")
USUAL_KMH: dict[Rank, float] = {
    "trunk": 55.0, "main": 42.0, "minor": 32.0, "street": 24.0, "lane": 15.0, "path": 0.0,
    "ferry": 0.0,
}  # fmt: skip
"""What a vehicle makes of such a way where nothing says its speed: stops and bends included."""
DAY = 24 * 60


@dataclass(frozen=True)
class Timetable:
    """A ferry: its first and last departure and how often it goes, in minutes of the day, and
    how many minutes the crossing takes. ``vehicles``: whether cars can board."""

    first: int
    last: int
    every: int
    crossing: int
    vehicles: bool = True

    def __post_init__(self) -> None:
        """Raises ValueError for times that no ferry can keep."""
        if not (0 <= self.first <= self.last < 2 * DAY and self.every > 0 and self.crossing > 0):
            raise ValueError(f"no timetable: {self}")

    def minutes(self, hour: int) -> float:
        """From coming to the pier within this hour until landing: half an interval's wait while
        boats go; until the first boat otherwise, and with it."""
        now = hour * 60 + 30
        if self.first - 30 <= now <= self.last + 30 or now + DAY <= self.last + 30:
            return self.every / 2 + self.crossing
        return (self.first - now) % DAY + self.crossing


@dataclass(frozen=True)
class Way:
    """A stretch of way. ``line``: at least two (lon, lat) in degrees, WGS84. ``kmh``: what a
    vehicle drives there, if known. ``one_way``: vehicles only in the line's direction. ``over``:
    a bridge or a tunnel; it meets other ways at its ends only. ``ferry``: for rank ferry."""

    line: Sequence[tuple[float, float]]
    rank: Rank
    kmh: float | None = None
    one_way: bool = False
    over: bool = False
    ferry: Timetable | None = None

    def __post_init__(self) -> None:
        """Raises ValueError for a way nobody can take."""
        if len(self.line) < 2:
            raise ValueError("a way needs two points")
        if not all(abs(lon) <= 180 and abs(lat) <= 90 for lon, lat in self.line):  # nor NaN
            raise ValueError("a point isn't a longitude and a latitude")
        if self.rank not in RANKS:
            raise ValueError(f"unknown rank: {self.rank}")
        if (self.rank == "ferry") != (self.ferry is not None):
            raise ValueError("a ferry has a timetable, and nothing else has")
        if self.kmh is not None and not 0 < self.kmh <= 200:
            raise ValueError(f"no speed: {self.kmh} km/h")
