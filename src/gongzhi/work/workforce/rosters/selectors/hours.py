"""How many are wanted hour by hour, and how many are there: the month, and one of its days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from gongzhi.analysis.roster.demand import BUSY
from gongzhi.base.catalogue.kinds.roster_shift import RosterShift
from gongzhi.base.catalogue.load import catalogue
from gongzhi.work.workforce.rosters.foreseen import HOURS, Foreseen, from_json
from gongzhi.work.workforce.rosters.models import Adjustment, Duty, Roster
from gongzhi.work.workforce.rosters.strength import hours_wanted

HOUR = 60
DAY = HOURS * HOUR


@dataclass(frozen=True)
class Hours:
    """``need``: officers that are kept busy on average, of each hour from the month's first
    midnight on; ``changed``: the hours that somebody set by hand."""

    need: list[float]
    changed: frozenset[int]


@dataclass(frozen=True)
class Hour:
    """``calls`` are expected and keep ``busy`` officers at work; ``wanted`` ones so that somebody
    is free, and never fewer than the county's ``least``; ``there`` are planned."""

    nth: int
    calls: float | None
    busy: float | None
    wanted: int
    least: int
    there: int
    changed: bool

    @property
    def short(self) -> int:
        """So many are missing."""
        return max(0, self.wanted - self.there)


@dataclass(frozen=True)
class Day:
    """One day's hours; ``guessed``: the forecast doesn't reach it, it is as its weekday was."""

    day: date
    hours: list[Hour]
    guessed: bool

    @property
    def short(self) -> int:
        """Hours in which somebody is missing."""
        return sum(bool(one.short) for one in self.hours)


def hours_of(roster: Roster, fresh: Foreseen | None = None) -> Hours | None:
    """What is wanted of this month, by the forecast that was taken over (else by ``fresh``) and
    what was changed by hand; None where neither says anything. One query."""
    changes, told = adjustments_of(roster), taken_over(roster) or fresh
    if told is None and not changes:
        return None
    days = (roster.last_day - roster.month).days + 1
    need = hours_wanted(roster.month, days, told.need if told else {}, [
        (one.first_day, one.last_day, range(one.first_hour, one.last_hour + 1), one.officers)
        for one in changes
    ])  # fmt: skip
    touched = frozenset(
        ((one.first_day - roster.month).days + n) * HOURS + hour
        for one in changes
        for n in range((one.last_day - one.first_day).days + 1)
        for hour in range(one.first_hour, one.last_hour + 1)
    )
    return Hours(need, touched)


def adjustments_of(roster: Roster) -> list[Adjustment]:
    """Those that count, the oldest first."""
    return list(roster.adjustments.filter(withdrawn_at=None).order_by("made_at", "pk"))


def taken_over(roster: Roster) -> Foreseen | None:
    """The forecast that this roster goes by."""
    return from_json(roster.foreseen) if roster.foreseen else None


def days_of(roster: Roster, fresh: Foreseen | None) -> list[Day]:
    """The month, day by day: what is foreseen (by ``fresh`` where nothing was taken over yet), the
    county's least, and who is there. Three queries."""
    told = taken_over(roster) or fresh
    hours = hours_of(roster, fresh)
    many = (roster.last_day - roster.month).days + 1
    shifts = list(catalogue().roster_shifts.values())
    there, least = _there(roster, shifts, many), _least(roster, shifts, many)
    need = hours.need if hours else [0.0] * (many * HOURS)
    changed = hours.changed if hours else frozenset()
    return [
        _day(roster.month + timedelta(days=n), n, told, need, there, least, changed)
        for n in range(many)
    ]


def _day(
    day: date, nth: int, told: Foreseen | None, need: list[float], there: list[int],
    least: list[int], changed: frozenset[int],
) -> Day:  # fmt: skip
    calls = told.calls.get(day) if told else None
    busy = told.need.get(day) if told else None
    hours = [
        Hour(
            hour, calls[hour] if calls else None, busy[hour] if busy else None,
            max(least[at], ceil(round(need[at] / BUSY, 6))), least[at], there[at], at in changed,
        )
        for hour, at in enumerate(range(nth * HOURS, (nth + 1) * HOURS))
    ]  # fmt: skip
    return Day(day, hours, told is not None and day > told.until)


def _there(roster: Roster, shifts: list[RosterShift], many: int) -> list[int]:
    """Officers planned, in each hour of which a shift covers the greater part."""
    by_code, found = {one.code: one for one in shifts}, [0] * (many * HOURS)
    rows = Duty.objects.filter(
        roster__unit=roster.unit_id,  # the night before the first is in another month's roster
        day__range=(roster.month - timedelta(days=1), roster.last_day),
    ).exclude(shift="")
    for day, code in rows.values_list("day", "shift"):
        if code in by_code:
            _add(found, (day - roster.month).days, by_code[code], 1)
    return found


def _least(roster: Roster, shifts: list[RosterShift], many: int) -> list[int]:
    """The county's minimum, of every shift that it must be kept on."""
    found = [0] * (many * HOURS)
    for n in range(-1, many):
        works = catalogue().calendar.day(roster.month + timedelta(days=n)).works
        for one in shifts:
            if works or one.weekends:
                _add(found, n, one, one.least)
    return found


def _add(found: list[int], day: int, shift: RosterShift, many: int) -> None:
    begins = day * DAY + shift.start
    first = (begins + HOUR // 2) // HOUR
    for hour in range(first, (begins + shift.minutes + HOUR // 2) // HOUR):
        if 0 <= hour < len(found):
            found[hour] += many
