"""A unit's month as the solver takes it: officers are numbers, days and shifts too."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from gongzhi.analysis.roster import (
    Burden,
    Demand,
    Held,
    Kind,
    Officer,
    Pin,
    Problem,
    Rule,
    Share,
    Shift,
    Wish,
    burden_of,
)
from gongzhi.analysis.roster import Roster as Lines
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.people.models import Account
from gongzhi.work.workforce.officers.models import Holding, SkillHeld
from gongzhi.work.workforce.officers.selectors.away import absences, bounds
from gongzhi.work.workforce.officers.selectors.people import people_of, posts_held
from gongzhi.work.workforce.rosters import models
from gongzhi.work.workforce.rosters.models import Duty, Roster
from gongzhi.work.workforce.rosters.states import ABSENT

DAY = 24 * 60
HOURS = 8
BACK = 14
"""So many days before the month count for rest and rows."""
BAND = 0.1
"""A month's hours may be that part above or below those of its working days."""


@dataclass(frozen=True)
class Asked:
    """The problem, and who and what its numbers stand for."""

    problem: Problem
    people: dict[int, Account]
    roster: Roster
    codes: list[str]

    def day(self, nth: int) -> date:
        """The nth day of the month, from 0."""
        return self.roster.month + timedelta(days=nth)

    def code(self, key: int | None) -> str:
        """A shift's code; empty for a day off."""
        return "" if key is None else self.codes[key]

    def key(self, code: str) -> int | None:
        """The other way round; None, too, for a shift that the county took away."""
        return self.codes.index(code) if code in self.codes else None

    def lines(self) -> Lines:
        """The roster as it is."""
        found: dict[int, list[int | None]] = {
            one: [None] * self.problem.days for one in self.people
        }
        for duty in self.roster.duties.all():
            if duty.account_id in found:
                found[duty.account_id][(duty.day - self.roster.month).days] = self.key(duty.shift)
        return {key: tuple(line) for key, line in found.items()}


def works(day: date) -> bool:
    """Whether it is one of the county's working days."""
    return catalogue().calendar.day(day).works


def asked_of(roster: Roster) -> Asked:
    """What this roster has to see to. Whoever has two posts is planned where the greater share
    is. A dozen queries, however many people there are."""
    first, last = roster.month, roster.last_day
    people = planned_here(roster)
    codes = list(catalogue().roster_shifts)
    days = (last - first).days + 1
    holidays = frozenset(
        n for n in range(days)
        if (first + timedelta(days=n)).weekday() < 5
        and not works(first + timedelta(days=n))
    )  # fmt: skip
    told = Asked(Problem(1, (), (), ()), people, roster, codes)
    shares = posts_held(people.values(), first)
    part = {key: min(100, sum(one.share for one in held)) / 100 for key, held in shares.items()}
    bare = Problem(
        days, _shifts(), _officers(told, days, part), _demands(told, days), _rules(codes),
        _wishes(told), _pins(told), (), holidays, first.weekday(),
    )  # fmt: skip
    whole = Problem(
        bare.days, bare.shifts, bare.officers, bare.demands, bare.rules, bare.wishes, bare.pins,
        _shares(told, bare), bare.holidays, bare.first_weekday,
    )  # fmt: skip
    return Asked(whole, people, roster, codes)


def planned_here(roster: Roster) -> dict[int, Account]:
    """Whose greater share of working time is at this unit, by id."""
    there = {one.pk: one for one in people_of(roster.unit, roster.month)}
    held = posts_held(there.values(), roster.month)
    return {
        key: one for key, one in there.items()
        if held[key] and held[key][0].post.unit_id == roster.unit_id
    }  # fmt: skip


def elsewhere_of(roster: Roster) -> list[Holding]:
    """The posts elsewhere of those who have one here, too, and are planned there: the greater share
    of their time is. Two queries."""
    there = people_of(roster.unit, roster.month)
    held = posts_held(there, roster.month)
    main = [held[one.pk][0] for one in there if held[one.pk]]
    return [one for one in main if one.post.unit_id != roster.unit_id]


def _shifts() -> tuple[Shift, ...]:
    return tuple(
        Shift(n, one.start, one.minutes, one.night)
        for n, one in enumerate(catalogue().roster_shifts.values())
    )


def _rules(codes: list[str]) -> tuple[Rule, ...]:
    return tuple(
        Rule(
            one.code, Kind(one.counts), one.units, one.hard, one.weight,
            frozenset(codes.index(code) for code in one.shifts) or None,
            frozenset((codes.index(a), codes.index(b)) for a, b in one.pairs),
        )
        for one in catalogue().roster_rules.values()
    )  # fmt: skip


def _officers(told: Asked, days: int, part: dict[int, float]) -> tuple[Officer, ...]:
    first, last = told.roster.month, told.roster.last_day
    away = absences(told.people.values(), first, last)
    bound = bounds(told.people.values(), first, last)
    nights = frozenset(n for n, one in enumerate(catalogue().roster_shifts.values()) if one.night)
    before, skills, absent = _before(told), _skills(told), _absent(told)
    work = sum(works(first + timedelta(days=n)) for n in range(days))
    found = []
    for key in told.people:
        gone = frozenset(
            n for one in away[key]
            for n in range((one.first_day - first).days, (one.last_day - first).days + 1)
        )  # fmt: skip
        off = sum(works(first + timedelta(days=n)) for n in gone)
        owed = (work - off) * HOURS * 60 * part.get(key, 1.0)
        found.append(
            Officer(
                key, 0, skills[key], int(owed * (1 - BAND)), int(owed * (1 + BAND)) + HOURS * 60,
                away=gone, absent=absent[key], never=nights if bound[key] else frozenset(),
                before=before[key],
            )
        )  # fmt: skip
    return tuple(found)


def _absent(told: Asked) -> dict[int, frozenset[int]]:
    """Days on which each said that they can't come, unless it was dropped."""
    found: dict[int, set[int]] = {key: set() for key in told.people}
    for one in told.roster.repairs.filter(state__in=ABSENT, account__in=told.people):
        first = (one.first_day - told.roster.month).days
        found[one.account_id] |= set(range(first, first + (one.last_day - one.first_day).days + 1))
    return {key: frozenset(days) for key, days in found.items()}


def _skills(told: Asked) -> dict[int, tuple[Held, ...]]:
    codes = list(catalogue().skills)
    found: dict[int, list[Held]] = {key: [] for key in told.people}
    for one in SkillHeld.objects.filter(
        account__in=told.people, since__lte=told.roster.month, skill__in=codes
    ):
        days = None if one.until is None else (one.until - told.roster.month).days + 1
        if days is None or days > 0:
            until = None if days is None else days * DAY
            found[one.account_id].append(Held(codes.index(one.skill), until))
    return {key: tuple(held) for key, held in found.items()}


def _before(told: Asked) -> dict[int, tuple[int | None, ...]]:
    first = told.roster.month
    lines: dict[int, list[int | None]] = {key: [None] * BACK for key in told.people}
    known = False
    for one in Duty.objects.filter(
        account__in=told.people, day__lt=first, day__gte=first - timedelta(days=BACK)
    ):
        known = True
        lines[one.account_id][(one.day - first).days + BACK] = told.key(one.shift)
    return {key: tuple(line) if known else () for key, line in lines.items()}


def _demands(told: Asked, days: int) -> tuple[Demand, ...]:
    found, people = [], len(told.people)
    skills = list(catalogue().skills)
    for nth in range(days):
        day = told.day(nth)
        rest = not works(day)
        for n, shift in enumerate(catalogue().roster_shifts.values()):
            if rest and not shift.weekends:
                continue
            wanted = told.roster.wanted.get(day.isoformat(), {}).get(shift.code)
            ideal = max(shift.least, round(shift.share * people) if wanted is None else wanted)
            found.append(Demand(nth, n, shift.least, ideal, over=2))
            found += [
                Demand(nth, n, one.least, one.ideal, skills.index(one.skill), over=0)
                for one in shift.skills
            ]
    return tuple(found)


def _wishes(told: Asked) -> tuple[Wish, ...]:
    rows = models.Wish.objects.filter(
        account__in=told.people, day__range=(told.roster.month, told.roster.last_day)
    )
    return tuple(
        Wish(one.account_id, (one.day - told.roster.month).days, told.key(one.shift), one.on, 5)
        for one in rows
    )


def _pins(told: Asked) -> tuple[Pin, ...]:
    rows = told.roster.duties.filter(pinned=True, account__in=told.people)
    return tuple(
        Pin(one.account_id, (one.day - told.roster.month).days, told.key(one.shift))
        for one in rows.order_by("pk")
    )


def _shares(told: Asked, problem: Problem) -> tuple[Share, ...]:
    """What each had this year, and what would be even among all who could have it."""
    had = _this_year(told)
    found = []
    for burden, weight in ((Burden.NIGHTS, 3), (Burden.WEEKENDS, 2), (Burden.HOLIDAYS, 5)):
        who = [one.key for one in problem.officers if burden != Burden.NIGHTS or not one.never]
        if who:
            coming = burden_of(problem, burden, None)
            even = -(-(sum(had[burden][key] for key in who) + coming) // len(who))
            found += [Share(key, burden, had[burden][key], even, weight) for key in who]
    return tuple(found)


def _this_year(told: Asked) -> dict[Burden, dict[int, int]]:
    found: dict[Burden, dict[int, int]] = {one: defaultdict(int) for one in Burden}
    first, shifts = told.roster.month, catalogue().roster_shifts
    for one in Duty.objects.filter(
        account__in=told.people, day__lt=first, day__gte=first.replace(month=1)
    ).exclude(shift=""):
        shift = shifts.get(one.shift)
        found[Burden.NIGHTS][one.account_id] += bool(shift and shift.night)
        found[Burden.WEEKENDS][one.account_id] += one.day.weekday() >= 5
        found[Burden.HOLIDAYS][one.account_id] += one.day.weekday() < 5 and not works(one.day)
    return found
