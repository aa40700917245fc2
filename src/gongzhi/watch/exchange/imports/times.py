"""Times as a source writes them, in its zone; and a course of them that runs forwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from math import isfinite

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.mapping import Times
from gongzhi.base.ui.errors import Refused

_EXCEL_DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001  (a wall clock's)
_LONGEST_OVERNIGHT = timedelta(hours=12)
"""What is longer than this wasn't just after midnight: the day isn't mended then."""


def read_time(cell: object, times: Times) -> datetime:
    """The moment (UTC) that a cell means. Refuses what is no time in any of the formats."""
    wall = cell if isinstance(cell, datetime) else _wall(str(cell), times.formats)
    if wall.tzinfo is not None:
        return wall.astimezone(UTC)
    first, second = (wall.replace(tzinfo=times.tz, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(UTC)
    twice = first.astimezone(UTC).astimezone(times.tz).replace(tzinfo=None) == wall
    if not twice:  # skipped when the clocks went forward: the same moment on the clock before
        return first.astimezone(UTC)
    if times.ambiguous == "reject":
        raise Refused(_("这一刻钟表走了两遍，分不清是哪一次。"), code="time_ambiguous")
    return (first if times.ambiguous == "earlier" else second).astimezone(UTC)


def _wall(text: str, formats: Sequence[str]) -> datetime:
    for form in formats:
        try:
            return _excel(text) if form == "excel" else datetime.strptime(text, form)  # noqa: DTZ007
        except (ValueError, OverflowError):
            continue
    raise Refused(_("“%(text)s”不是约定格式的时间。") % {"text": text[:40]}, code="time_unreadable")


def _excel(text: str) -> datetime:
    """A spreadsheet's day number; its fraction is the time of the day, to the second."""
    days = float(text)
    if not isfinite(days) or days < 1:
        raise ValueError("no day number")
    return _EXCEL_DAY_ZERO + timedelta(seconds=round(days * 86400))


class Course:
    """The times of one matter, taken in the order of its steps; each is after the one before.

    ``notes`` counts what had to be mended or left out.
    """

    def __init__(self, times: Times, begins: datetime, notes: Counter[str]) -> None:
        self.times = times
        self.latest = begins
        self.notes = notes

    def follow(self, column: str, at: datetime) -> datetime | None:
        """The time as it is believed; None when it is left out.

        The day is mended where the mapping says that it may be wrong after midnight; what is too
        early by less than the tolerance counts as taken at the same time as what came before.
        """
        at = self._mended(column, at)
        if at < self.latest:
            if self.latest - at > timedelta(seconds=self.times.tolerance):
                self._leave_out()
                return None
            self.notes["time_evened"] += 1
            at = self.latest
        self.latest = at
        return at

    def _mended(self, column: str, at: datetime) -> datetime:
        if at >= self.latest or column not in self.times.next_day:
            return at
        wall = at.astimezone(self.times.tz)
        later = (wall + timedelta(days=1)).astimezone(UTC)
        if not self.latest <= later <= self.latest + _LONGEST_OVERNIGHT:
            return at
        self.notes["day_mended"] += 1
        return later

    def _leave_out(self) -> None:
        if self.times.backwards == "reject":
            raise Refused(_("各环节的时间前后颠倒。"), code="course_backwards")
        self.notes["time_left_out"] += 1
