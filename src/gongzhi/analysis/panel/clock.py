"""Into which period a moment falls: hours, shifts of a local clock, hours of the local week.

Moments are whole seconds since 1970 (UTC). One arithmetic serves columns of an engine and arrays
alike, and no engine's knowledge of time zones is asked: when clocks are changed between two
moments is read from Python's zone once and becomes part of the arithmetic. So all engines agree.

When clocks go back, the hour that comes twice counts for both; when they go forward, one is
missing. `periods` says how many hours each period really had.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
HOUR, DAY = 3600, 86400
QUARTER = 900
THURSDAY = 3
"""The weekday of 1970-01-01, Monday being 0."""


class Clock(Protocol):
    """Numbers the periods of a time; moments before `since`, or from `until` on, are in none."""

    @property
    def since(self) -> datetime:
        """When the first begins."""

    @property
    def until(self) -> datetime:
        """When the last ends."""

    def code(self, epoch: Any) -> Any:
        """The number of the period, for each moment of a column or an array."""

    def parts(self, code: Any) -> dict[str, Any]:
        """What the number means, as columns."""


@dataclass(frozen=True)
class Hours:
    """Whole hours. ``hour``: since 1970 (UTC)."""

    since: datetime
    until: datetime

    def __post_init__(self) -> None:
        _check(self.since, self.until)

    def code(self, epoch: Any) -> Any:
        """Hours since 1970."""
        return epoch // HOUR

    def parts(self, code: Any) -> dict[str, Any]:
        """``hour``."""
        return {"hour": code}


@dataclass(frozen=True)
class Shifts:
    """Shifts that begin at the same hours of every local day. ``day``: days since 1970-01-01 on
    which it began; ``shift``: from 0, in the order of `starts`."""

    since: datetime
    until: datetime
    zone: str
    starts: tuple[int, ...] = (0, 8, 16)

    def __post_init__(self) -> None:
        _check(self.since, self.until)
        if not self.starts or not all(0 <= one < 24 for one in self.starts):
            raise ValueError(f"Shifts begin at hours from 0 to 23, not {self.starts}.")
        if list(self.starts) != sorted(set(self.starts)):
            raise ValueError(f"The hours at which shifts begin go up: {self.starts} don't.")

    def code(self, epoch: Any) -> Any:
        """The day times the number of shifts, and the shift."""
        local = _local(epoch, self._changes) - self.starts[0] * HOUR
        day = local // DAY
        code = day * len(self.starts)
        for start in self.starts[1:]:
            code = code + _flag(local - day * DAY >= (start - self.starts[0]) * HOUR)
        return code

    def parts(self, code: Any) -> dict[str, Any]:
        """``day`` and ``shift``."""
        return {"day": code // len(self.starts), "shift": code % len(self.starts)}

    @cached_property
    def _changes(self) -> list[tuple[int, int]]:
        return changes(self.zone, self.since, self.until)


@dataclass(frozen=True)
class HoursOfWeek:
    """The 168 hours of a local week. ``weekday``: Monday is 0; ``hour``: 0 to 23."""

    since: datetime
    until: datetime
    zone: str

    def __post_init__(self) -> None:
        _check(self.since, self.until)

    def code(self, epoch: Any) -> Any:
        """The hour since Monday, 0:00."""
        return (_local(epoch, self._changes) // HOUR + THURSDAY * 24) % 168

    def parts(self, code: Any) -> dict[str, Any]:
        """``weekday`` and ``hour``."""
        return {"weekday": code // 24, "hour": code % 24}

    @cached_property
    def _changes(self) -> list[tuple[int, int]]:
        return changes(self.zone, self.since, self.until)


def periods(clock: Clock) -> dict[str, NDArray[Any]]:
    """Every period of the clock, empty ones included, as columns, and ``hours``: how long it was
    between `since` and `until`, to the quarter of an hour."""
    quarters = np.arange(seconds(clock.since), seconds(clock.until), QUARTER)
    code, times = np.unique(clock.code(quarters), return_counts=True)
    return {**clock.parts(code), "hours": times * (QUARTER / HOUR)}


def codes(clock: Clock) -> tuple[int, int]:
    """The least number of a period, and one more than the greatest."""
    found = clock.code(np.arange(seconds(clock.since), seconds(clock.until), QUARTER))
    return (int(found.min()), int(found.max()) + 1) if len(found) else (0, 1)


def seconds(moment: datetime) -> int:
    """Whole seconds since 1970."""
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(seconds=1)


def changes(zone: str, since: datetime, until: datetime) -> list[tuple[int, int]]:
    """The local clock's seconds ahead of UTC: from `since`, and from each change before `until`."""
    place = ZoneInfo(zone)
    found = [(seconds(since), _ahead(place, seconds(since)))]
    for low, high in _days(seconds(since), seconds(until)):
        if _ahead(place, low) != _ahead(place, high):
            found.append(_change(place, low, high))
    return found


def _days(first: int, last: int) -> Iterator[tuple[int, int]]:
    return ((low, min(low + DAY, last)) for low in range(first, last, DAY))


def _change(place: ZoneInfo, low: int, high: int) -> tuple[int, int]:
    after = _ahead(place, high)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _ahead(place, middle) == after else (middle, high)
    return high, after


def _ahead(place: ZoneInfo, epoch: int) -> int:
    ahead = datetime.fromtimestamp(epoch, place).utcoffset()
    return int(ahead.total_seconds()) if ahead else 0


def _local(epoch: Any, ahead: list[tuple[int, int]]) -> Any:
    local, before = epoch + ahead[0][1], ahead[0][1]
    for at, now in ahead[1:]:
        local, before = local + _flag(epoch >= at) * (now - before), now
    return local


def _flag(true: Any) -> Any:
    """1 or 0, of an array or an engine's column."""
    return true.astype(np.int64) if isinstance(true, np.ndarray) else true.cast("int64")


def _check(since: datetime, until: datetime) -> None:
    if since.tzinfo is None or until.tzinfo is None:
        raise ValueError("Say in which time zone `since` and `until` are.")
    if not 0 <= seconds(since) <= seconds(until):
        raise ValueError("A panel begins in 1970 or later, and ends after it began.")
    if seconds(since) % QUARTER or seconds(until) % QUARTER:
        raise ValueError("A panel begins and ends at a quarter of an hour.")
