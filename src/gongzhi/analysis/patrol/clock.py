"""A unit's own clock: it stands still for the share of each hour that calls take.

On it every stretch of work takes as long as it takes, so that the search needs to know nothing of
interruptions; what is planned by it leaves, on average, the time for calls where calls come.
"""

from __future__ import annotations

import numpy as np

from gongzhi.analysis.patrol.problem import HOUR, Window


class Clock:
    """Between the seconds of the day and those that are left for patrolling."""

    def __init__(self, lost: tuple[float, ...], since: int, until: int) -> None:
        """For times from `since` to `until` (s)."""
        self.since = since
        self.even = not any(lost)
        if self.even:
            return
        hours = (np.arange(since, until + 1) // HOUR) % 24
        left = 1.0 - np.array(lost)[hours]
        self.own = since + np.floor(np.concatenate([[0.0], left.cumsum()])).astype(np.int64)

    def until(self, when: int) -> int:
        """The last second of the clock that is not after this one of the day."""
        return when if self.even else self._own(when)

    def from_(self, when: int) -> int:
        """The first second of the clock that is not before this one of the day."""
        return when if self.even else self._own(when - 1) + 1

    def of_day(self, own: int) -> int:
        """The second of the day at which the clock first shows this. Between two of them never
        lies less than on the clock."""
        if self.even:
            return own
        return self.since + int(np.searchsorted(self.own, own))

    def window(self, window: Window) -> Window | None:
        """The same on the clock; None where it stands still all the while."""
        opens, closes = self.from_(window.opens), self.until(window.closes)
        return Window(opens, closes) if opens <= closes else None

    def _own(self, when: int) -> int:
        return int(self.own[min(max(when - self.since, 0), len(self.own) - 1)])
