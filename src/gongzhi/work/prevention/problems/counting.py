"""How many of a category came in which cells, by day and by week; from what residents told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from django.utils import timezone

from gongzhi.base.log.actions import now
from gongzhi.base.matters.residents import told_by_residents
from gongzhi.work.prevention.problems.looking import facts

Whole = np.ndarray
WEEK = timedelta(days=7)
MOST_WEEKS = 52
"""Weeks before the interventions that are looked at."""


def yesterday() -> date:
    """The county's last day that is over."""
    return timezone.localdate(now(), timezone.get_default_timezone()) - timedelta(days=1)


def by_day(about: str, cells: Iterable[int], since: date, until: date) -> list[int]:
    """So many on each day, both included, in these cells together."""
    days, places = facts(about, since, until)
    here = np.isin(places, list(cells)) if len(places) else np.zeros(0, bool)
    counts = Counter(days[here].tolist())
    return [counts[n] for n in range(since.toordinal(), until.toordinal() + 1)]


@dataclass(frozen=True)
class Weeks:
    """Counts by week and cell. ``starts``: the first day of each week."""

    starts: tuple[date, ...]
    counts: Mapping[int, Whole]

    def of(self, cells: Iterable[int]) -> Whole:
        """The weekly counts of some cells together."""
        none = np.zeros(len(self.starts), np.int64)
        return sum((self.counts[one] for one in cells if one in self.counts), none)


def by_week(about: str, begun: date, until: date) -> Weeks:
    """The weeks before and after the day `begun`, on which one of them starts: a year back at most,
    and no farther than anything is known of this category."""
    first = told_by_residents(about).order_by("opened_at").values_list("opened_at", flat=True)[:1]
    known = [timezone.localdate(at, timezone.get_default_timezone()) for at in first]
    back = min(MOST_WEEKS, (begun - known[0]).days // 7) if known else 0
    since = begun - max(back, 0) * WEEK
    ahead = max(0, (until - begun).days // 7 + 1)
    starts = tuple(since + n * WEEK for n in range(max(back, 0) + ahead))
    counts: dict[int, Whole] = {}
    if starts:
        days, cells = facts(about, since, until)
        for day, cell in zip(days.tolist(), cells.tolist(), strict=True):
            week = (day - since.toordinal()) // 7
            counts.setdefault(cell, np.zeros(len(starts), np.int64))[week] += 1
    return Weeks(starts, counts)
