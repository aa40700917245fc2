"""How many are wanted on each shift: first what the hours need, then the people that are left over
by the county's shares. The same number of shifts in all, at other times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from gongzhi.analysis.roster import Shift, demand_of_hours
from gongzhi.analysis.roster.demand import BUSY
from gongzhi.base.catalogue.kinds.roster_shift import RosterShift

Wanted = dict[str, dict[str, int]]
"""By day (ISO) and shift: officers."""
ROUND = 1e-9
Change = tuple[date, date, range, int]
"""First and last day, hours, officers."""


def hours_wanted(
    first: date, days: int, need: Mapping[date, Sequence[float]], changes: Sequence[Change]
) -> list[float]:
    """What is needed in each hour of the month: as foreseen, and where somebody decided otherwise
    as much as asks for so many officers. The last change counts."""
    whole = [
        one for n in range(days) for one in (need.get(first + timedelta(days=n)) or (0.0,) * 24)
    ]
    for since, until, hours, officers in changes:
        for n in range(max(0, (since - first).days), min(days, (until - first).days + 1)):
            for hour in hours:
                whole[n * 24 + hour] = officers * BUSY
    return whole


def wanted_by_shift(
    first: date, need: Sequence[float], shifts: Sequence[RosterShift], people: int
) -> Wanted:
    """By day and shift that goes on every day, how many are wanted. ValueError: an hour that no
    shift covers."""
    every = [one for one in shifts if one.weekends]
    numbered = [Shift(n, one.start, one.minutes, one.night) for n, one in enumerate(every)]
    fewest = demand_of_hours(need, numbered)
    days = len(need) // 24
    base = [[max(one.least, fewest[day, n]) for n, one in enumerate(every)] for day in range(days)]
    usual = days * sum(max(one.least, round(one.share * people)) for one in every)
    spare = _spread(usual - sum(map(sum, base)), [one.share for one in every], days)
    return {
        (first + timedelta(days=day)).isoformat(): {
            one.code: base[day][n] + spare[n][day] for n, one in enumerate(every)
        }
        for day in range(days)
    }


def _spread(spare: int, shares: Sequence[float], days: int) -> list[list[int]]:
    """So many officers over shifts by their shares and evenly over the days; nobody where there is
    none to spare."""
    whole = sum(shares)
    if spare <= 0 or not whole:
        return [[0] * days for _share in shares]
    return [
        [int(each * (day + 1) + ROUND) - int(each * day + ROUND) for day in range(days)]
        for each in (spare * share / whole / days for share in shares)
    ]
