"""A first roster by hand, as it were: day by day, whoever is due and may. No more than a hint: the
model mends what it gets wrong."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, field

from gongzhi.analysis.roster.building import allowed
from gongzhi.analysis.roster.problem import (
    DAY,
    WEEK,
    Demand,
    Kind,
    Officer,
    Problem,
    Rule,
    Shift,
    Wish,
)

SAME, DUE, WISH = 3.0, 1.0, 2.0
"""How much it counts that somebody goes on with yesterday's shift; each shift that they are behind
with; a wish."""


@dataclass
class _Line:
    """What somebody works, with the days before as days below 0."""

    officer: Officer
    rules: list[Rule]
    worked: dict[int, int] = field(default_factory=dict)
    minutes: int = 0

    def back(self, day: int, keys: frozenset[int] | None) -> int:
        """How many days in a row before this one are on these shifts."""
        many = 0
        while (key := self.worked.get(day - many - 1)) is not None and (
            keys is None or key in keys
        ):
            many += 1
        return many


def begun(problem: Problem, seed: int = 0) -> dict[int, tuple[int | None, ...]]:
    """A roster for the problem, which may break rules where nobody is left who breaks none."""
    dice = random.Random(seed)  # noqa: S311  (a roster is no secret)
    near = {rule.code: _near(problem, rule) for rule in problem.rules}
    lines = {one.key: _started(problem, one) for one in problem.officers}
    pins = {(one.officer, one.day): one.shift for one in problem.pins}
    wishes = {(one.officer, one.day): one for one in problem.wishes}
    by_day: dict[int, list[Demand]] = defaultdict(list)
    for demand in problem.demands:
        by_day[demand.day].append(demand)
    for day in range(problem.days):
        free = set()
        for key, line in lines.items():
            if (key, day) in pins:
                _work(problem, line, day, pins[key, day])
            else:
                free.add(key)
        # Nights first: fewer can work them. Whom a skill is asked of, before whom none is.
        todo = sorted(
            by_day[day],
            key=lambda one: (not problem.shift(one.shift).night, one.skill is None, one.shift),
        )
        for demand in todo:
            _fill(problem, demand, lines, free, near, wishes, dice)
    return {
        key: tuple(line.worked.get(day) for day in range(problem.days))
        for key, line in lines.items()
    }


def _fill(
    problem: Problem, demand: Demand, lines: dict[int, _Line], free: set[int],
    near: dict[str, frozenset[tuple[int, int, int]]], wishes: dict[tuple[int, int], Wish],
    dice: random.Random,
) -> None:  # fmt: skip
    """Those who are most due, up to the ideal number."""
    day, shift = demand.day, problem.shift(demand.shift)
    able = {
        key for key, line in lines.items()
        if (demand.team is None or line.officer.team == demand.team)
        and line.officer.holds(demand.skill, day * DAY + shift.end)
    }  # fmt: skip
    there = sum(lines[key].worked.get(day) == shift.key for key in able)
    worth = {
        key: _worth(problem, lines[key], day, shift, wishes.get((key, day))) + dice.random()
        for key in sorted(able & free)
        if shift.key in allowed(problem, lines[key].officer, day)
        and _may(problem, lines[key], day, shift, near)
    }  # fmt: skip
    for key in sorted(worth, key=lambda one: -worth[one])[: max(0, demand.ideal - there)]:
        _work(problem, lines[key], day, shift.key)
        free.discard(key)


def _started(problem: Problem, officer: Officer) -> _Line:
    line = _Line(officer, [one for one in problem.rules if one.binds(officer.key)])
    back = len(officer.before)
    line.worked = {n - back: key for n, key in enumerate(officer.before) if key is not None}
    return line


def _work(problem: Problem, line: _Line, day: int, key: int | None) -> None:
    if key is not None:
        line.worked[day] = key
        line.minutes += problem.shift(key).length


def _worth(problem: Problem, line: _Line, day: int, shift: Shift, wish: Wish | None) -> float:
    """How good it is that this one works: how far behind, and in blocks."""
    officer = line.officer
    most = officer.most if officer.most is not None else officer.least or problem.days * 480
    owed = (officer.least + most) / 2 * (day + 1) / problem.days
    behind = (owed - line.minutes) / max(1, shift.length)
    wished = 0.0
    if wish is not None and wish.shift in {None, shift.key}:
        wished = WISH * wish.weight * (1 if wish.on else -1)
    return DUE * behind + SAME * (line.worked.get(day - 1) == shift.key) + wished


def _near(problem: Problem, rule: Rule) -> frozenset[tuple[int, int, int]]:
    """Days apart, a shift and a later one that are too near."""
    if rule.kind == Kind.SUCCESSION:
        return frozenset((1, a, b) for a, b in rule.pairs)
    if rule.kind not in {Kind.REST, Kind.NIGHT_REST}:
        return frozenset()
    return frozenset(
        (gap, a.key, b.key)
        for gap in range(1, 3 + rule.limit // DAY)
        for a in problem.shifts
        for b in problem.shifts
        if (rule.kind == Kind.REST or (a.night and not b.night))
        and gap * DAY + b.start - a.end < rule.limit
    )


def _may(
    problem: Problem, line: _Line, day: int, shift: Shift,
    near: dict[str, frozenset[tuple[int, int, int]]],
) -> bool:  # fmt: skip
    officer = line.officer
    if officer.most is not None and line.minutes + shift.length > officer.most:
        return False
    return all(_keeps(problem, rule, line, day, shift, near[rule.code]) for rule in line.rules)


def _keeps(  # noqa: PLR0911  (one answer for each kind of rule)
    problem: Problem, rule: Rule, line: _Line, day: int, shift: Shift,
    near: frozenset[tuple[int, int, int]],
) -> bool:  # fmt: skip
    """Whether the rule, hard or soft, still holds up to this day."""
    if near:
        return not any(line.worked.get(day - gap) == a and b == shift.key for gap, a, b in near)
    if rule.kind == Kind.ROW and (rule.shifts is None or shift.key in rule.shifts):
        return line.back(day, rule.shifts) < rule.limit
    monday = day - problem.weekday(day)
    week = [line.worked[one] for one in range(monday, day) if one in line.worked]
    if rule.kind == Kind.WEEK_MINUTES:
        return sum(problem.shift(key).length for key in week) + shift.length <= rule.limit
    if rule.kind == Kind.WEEK_OFF:
        return len(week) < WEEK - rule.limit
    if rule.kind == Kind.WEEKENDS and problem.weekday(day) >= 5:
        had = {
            one - problem.weekday(one) for one in line.worked
            if one >= 0 and problem.weekday(one) >= 5
        }  # fmt: skip
        return monday in had or len(had) < rule.limit
    if rule.kind == Kind.COUNT and (not rule.shifts or shift.key in rule.shifts):
        had_of = [key for one, key in line.worked.items() if one >= 0]
        return sum(not rule.shifts or key in rule.shifts for key in had_of) < rule.limit
    if rule.kind == Kind.SHORT_REST:
        off = next((n for n in range(1, 30) if day - n in line.worked), 0)
        return off <= 1 or off > rule.limit
    return True
