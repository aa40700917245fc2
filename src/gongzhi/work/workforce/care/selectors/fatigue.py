"""Fatigue as the roster alone shows it: hours, nights, quick returns, days in a row. Reckoned as
the page is opened by whoever it is about, kept nowhere, and for nobody else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from django.utils import timezone

from gongzhi.base.log.actions import now
from gongzhi.base.people.models import Account
from gongzhi.work.workforce.officers.duty import Duty, duties_are_known, duties_of

WINDOW = timedelta(days=28)
WEEK = timedelta(days=7)
NIGHT = time(23), time(6)
"""Work between them is night work where it takes `NIGHT_LEAST` of it: as ILO C171, art. 1, asks for
an interval of seven hours at least that has midnight to five in it."""
NIGHT_LEAST = timedelta(hours=3)
QUICK = timedelta(hours=11)
"""Less rest than that between two shifts is a quick return (2003/88/EC, art. 3)."""
MANY_HOURS, MANY_NIGHTS, MANY_QUICK, MANY_DAYS = 48.0, 8, 2, 6
"""Hours a week, nights and quick returns in four weeks, days in a row, from which a rest is
suggested."""


@dataclass(frozen=True)
class Tired:
    """What the roster says of four weeks; ``known`` is false where no roster is."""

    known: bool
    hours: float
    """In the last seven days."""
    weekly: float
    """A week, over the window."""
    nights: int
    quick: int
    in_a_row: int
    """Days with duty, one after the other, at most."""

    @property
    def heavy(self) -> bool:
        """Whether a rest is suggested: to oneself."""
        return (
            self.hours > MANY_HOURS or self.weekly > MANY_HOURS or self.nights >= MANY_NIGHTS
            or self.quick >= MANY_QUICK or self.in_a_row > MANY_DAYS
        )  # fmt: skip


def tired(account: Account, at: datetime | None = None) -> Tired:
    """What the roster says of the last four weeks."""
    end = at or now()
    return reckoned(duties_of(account, end - WINDOW, end), end, known=duties_are_known())


def reckoned(duties: Sequence[Duty], end: datetime, *, known: bool = True) -> Tired:
    """Of duties that may overlap or go on: what is over at ``end`` counts, and of what goes on the
    part until then."""
    spans = _joined([
        Duty(max(one.starts_at, end - WINDOW), min(one.ends_at, end))
        for one in duties if one.starts_at < end and one.ends_at > end - WINDOW
    ])  # fmt: skip
    pairs = pairwise(spans)
    return Tired(
        known,
        hours=round(_hours(spans, end - WEEK), 1),
        weekly=round(_hours(spans, end - WINDOW) / (WINDOW / WEEK), 1),
        nights=sum(_is_night(one) for one in spans),
        quick=sum(later.starts_at - one.ends_at < QUICK for one, later in pairs),
        in_a_row=_in_a_row(spans),
    )


def _joined(duties: Sequence[Duty]) -> list[Duty]:
    """Stretches that touch or overlap are one: two lists may know the same shift."""
    found: list[Duty] = []
    for one in sorted(duties):
        if found and one.starts_at <= found[-1].ends_at:
            found[-1] = Duty(found[-1].starts_at, max(found[-1].ends_at, one.ends_at))
        else:
            found.append(one)
    return found


def _hours(spans: Sequence[Duty], since: datetime) -> float:
    took = (max(timedelta(), one.ends_at - max(one.starts_at, since)) for one in spans)
    return sum(took, timedelta()) / timedelta(hours=1)


def _is_night(duty: Duty) -> bool:
    first = _day(duty.starts_at) - timedelta(days=1)
    nights = [first + timedelta(days=n) for n in range((_day(duty.ends_at) - first).days + 1)]
    return any(_overlap(duty, one) >= NIGHT_LEAST for one in nights)


def _overlap(duty: Duty, day: date) -> timedelta:
    """How much of the night that begins on this day it takes."""
    zone = timezone.get_default_timezone()
    begins = datetime.combine(day, NIGHT[0], zone)
    ends = datetime.combine(day + timedelta(days=1), NIGHT[1], zone)
    return min(duty.ends_at, ends) - max(duty.starts_at, begins)


def _in_a_row(spans: Sequence[Duty]) -> int:
    """By the days on which duties begin."""
    days = sorted({_day(one.starts_at) for one in spans})
    longest = run = 0
    before: date | None = None
    for one in days:
        run = run + 1 if before is not None and (one - before).days == 1 else 1
        longest, before = max(longest, run), one
    return longest


def _day(at: datetime) -> date:
    return timezone.localdate(at, timezone.get_default_timezone())
