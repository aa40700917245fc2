"""A county's officers, shifts and rules, drawn; nobody's real ones."""

from __future__ import annotations

import random

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

EARLY, DAY, LATE, NIGHT = 0, 1, 2, 3
LEADER, ARMED, TALKER, DRONE = 0, 1, 2, 3
SHIFTS = (
    Shift(EARLY, 450, 480), Shift(DAY, 540, 480), Shift(LATE, 900, 480),
    Shift(NIGHT, 1350, 570, night=True),
)  # fmt: skip
HOUR = 60


def rules() -> tuple[Rule, ...]:
    """One of each kind, and softer ones beside them."""
    nights = frozenset({NIGHT})
    return (
        Rule("rest", Kind.REST, 11 * HOUR),
        Rule("night_rest", Kind.NIGHT_REST, 24 * HOUR),
        Rule("succession", Kind.SUCCESSION, pairs=frozenset({(LATE, DAY)})),
        Rule("row", Kind.ROW, 6),
        Rule("night_row", Kind.ROW, 4, shifts=nights),
        Rule("week_minutes", Kind.WEEK_MINUTES, 50 * HOUR),
        Rule("week_off", Kind.WEEK_OFF, 1),
        Rule("two_off", Kind.WEEK_OFF, 2, hard=False, weight=6),
        Rule("weekends", Kind.WEEKENDS, 3),
        Rule("nights", Kind.COUNT, 8, shifts=nights),
        Rule("short_row", Kind.SHORT_ROW, 2, hard=False, weight=3),
        Rule("short_rest", Kind.SHORT_REST, 2, hard=False, weight=3),
        Rule("contract", Kind.CONTRACT),
    )


def county(seed: int, officers: int = 300, days: int = 28, team: int = 25) -> Problem:
    """Teams of `team` officers, each with its own demand, and skills that the county shares."""
    dice = random.Random(seed)
    drawn = tuple(_officer(dice, n, n // team, days) for n in range(officers))
    teams = [[one for one in drawn if one.team == n] for n in range(-(-officers // team))]
    demands = [one for n, all_ in enumerate(teams) for one in _team(dice, n, len(all_), days)]
    for day in range(days):
        demands += [
            Demand(day, shift, min(1, officers // 100), min(2, officers // 100), TALKER, short=20,
                   over=0)
            for shift in (LATE, NIGHT)
        ]  # fmt: skip
        demands.append(Demand(day, DAY, 0, min(2, officers // 100), DRONE, short=15, over=0))
    wishes = [
        Wish(one.key, day, None, on=False, weight=dice.randint(1, 4))
        for one in drawn
        for day in dice.sample(range(days), 2)
        if day not in one.away
    ]
    wishes += [
        Wish(one.key, dice.randrange(days), dice.choice((EARLY, DAY)), on=True)
        for one in drawn[::3]
    ]
    pins = [Pin(one.key, 3, DAY) for one in drawn[::40] if not one.away & {3}]
    holidays = frozenset({days - 1})
    asked = Problem(
        days, SHIFTS, drawn, tuple(demands), rules(), tuple(wishes), tuple(pins), (), holidays
    )
    shares = tuple(one for all_ in teams for one in _shares(dice, asked, all_))
    return Problem(
        days, SHIFTS, drawn, tuple(demands), rules(), tuple(wishes), tuple(pins), shares, holidays
    )


def _officer(dice: random.Random, key: int, team: int, days: int) -> Officer:
    skills = [Held(LEADER)] if key % 5 == 0 else []
    if dice.random() < 0.6:
        skills.append(Held(ARMED, dice.choice((None, None, None, dice.randrange(days) * 1440))))
    skills += [Held(one) for one in (TALKER, DRONE) if dice.random() < 0.09]
    away: frozenset[int] = frozenset()
    if dice.random() < 0.2:
        first = dice.randrange(days)
        away = frozenset(range(first, min(days, first + dice.choice((1, 3, 5, 7)))))
    # Who is on leave owes so much less.
    part = (days - len(away)) / 28
    return Officer(
        key, team, tuple(skills), int(152 * part) * HOUR, int(168 * part) * HOUR, away,
        never=frozenset({NIGHT}) if dice.random() < 0.08 else frozenset(), before=_before(dice),
    )  # fmt: skip


def _before(dice: random.Random) -> tuple[int | None, ...]:
    pattern = [EARLY, EARLY, LATE, LATE, NIGHT, None, None]
    begin = dice.randrange(7)
    return tuple(pattern[begin:] + pattern[:begin])


def _team(dice: random.Random, team: int, many: int, days: int) -> list[Demand]:
    found = []
    for day in range(days):
        busy = 1.0 + 0.12 * (day % 7 in {4, 5}) + dice.uniform(-0.1, 0.1)
        for shift, part in ((EARLY, 0.19), (DAY, 0.12), (LATE, 0.21), (NIGHT, 0.14)):
            ideal = max(1, round(many * part * busy))
            found.append(Demand(day, shift, max(1, round(ideal * 0.7)), ideal, team=team, over=2))
            if shift != DAY:
                found.append(Demand(day, shift, 0, 1, LEADER, team, short=8, over=0))
            if shift == NIGHT:
                found.append(Demand(day, shift, 1, 2, ARMED, team, short=12, over=0))
    return found


def _shares(dice: random.Random, problem: Problem, team: list[Officer]) -> list[Share]:
    found = []
    for burden, many, weight in ((Burden.NIGHTS, 40, 3), (Burden.WEEKENDS, 30, 2),
                                 (Burden.HOLIDAYS, 4, 5)):  # fmt: skip
        who = [one for one in team if burden != Burden.NIGHTS or NIGHT not in one.never]
        before = {one.key: max(0, round(dice.gauss(many, many / 12))) for one in who}
        coming = burden_of(problem, burden, team[0].team)
        fair = -(-(sum(before.values()) + coming) // len(who))
        found += [Share(key, burden, had, fair, weight) for key, had in before.items()]
    return found
