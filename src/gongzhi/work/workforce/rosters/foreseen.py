"""What calls will want of a unit, hour by hour, as whoever foresees it says: they say so here, and
rosters need not know them (as `officers.duty` does with rosters)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongzhi.base.people.models import Unit

HOURS = 24


@dataclass(frozen=True)
class Foreseen:
    """``calls``: by day, how many are expected in each of the 24 hours for which this unit sends
    somebody; ``need``: how many officers they keep busy on average. ``until``: the last day that
    was foreseen itself; later ones are as the same weekday of that forecast."""

    made_on: date
    until: date
    calls: Mapping[date, tuple[float, ...]]
    need: Mapping[date, tuple[float, ...]]

    def as_json(self) -> dict[str, Any]:
        """As a roster keeps it."""
        return {
            "made_on": self.made_on.isoformat(), "until": self.until.isoformat(),
            "calls": _told(self.calls), "need": _told(self.need),
        }  # fmt: skip


def from_json(kept: Mapping[str, Any]) -> Foreseen:
    """The other way round."""
    return Foreseen(
        date.fromisoformat(kept["made_on"]), date.fromisoformat(kept["until"]),
        _read(kept["calls"]), _read(kept["need"]),
    )  # fmt: skip


Source = Callable[[Unit, date, date], Foreseen | None]
"""What is foreseen for a unit from one day to another; None where nothing is."""
_sources: list[Source] = []


def add_foreseen(source: Source) -> None:
    """Let an app that foresees calls say what they will want."""
    _sources.append(source)


def foreseen_for(unit: Unit, first: date, last: date) -> Foreseen | None:
    """What the first that knows something says."""
    told = (source(unit, first, last) for source in _sources)
    return next((one for one in told if one is not None), None)


def _told(days: Mapping[date, tuple[float, ...]]) -> dict[str, list[float]]:
    return {day.isoformat(): [round(one, 3) for one in hours] for day, hours in days.items()}


def _read(days: Mapping[str, list[float]]) -> dict[date, tuple[float, ...]]:
    return {date.fromisoformat(day): tuple(hours) for day, hours in days.items()}
