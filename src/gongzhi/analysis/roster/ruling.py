"""What each kind of rule says of a model's choices. `checking` says the same, written apart."""

from __future__ import annotations

from collections.abc import Callable

from gongzhi.analysis.roster.building import Model, Sum
from gongzhi.analysis.roster.problem import DAY, WEEK, Kind, Officer, Rule, Shift

HOUR = 60


def rule_all(model: Model) -> None:
    """Put every rule that isn't left out into the model, for each officer that is free."""
    for officer in model.officers:
        for rule in model.problem.rules:
            if rule.binds(officer.key) and rule.code not in model.without:
                _RULES[rule.kind](model, rule, officer)


def _weight(rule: Rule) -> int | None:
    return None if rule.hard else rule.weight


def _every(model: Model) -> list[int]:
    return [one.key for one in model.problem.shifts]


def _rest(model: Model, rule: Rule, officer: Officer) -> None:
    shifts = model.problem.shifts
    for gap in range(1, 3 + rule.limit // DAY):
        after = {
            one.key: frozenset(two.key for two in shifts if _too_near(rule, one, two, gap))
            for one in shifts
        }
        _never_together(model, rule, officer, gap, after)


def _too_near(rule: Rule, one: Shift, two: Shift, gap: int) -> bool:
    asked = rule.kind == Kind.REST or (one.night and not two.night)
    return asked and gap * DAY + two.start - one.end < rule.limit


def _succession(model: Model, rule: Rule, officer: Officer) -> None:
    after = {
        one.key: frozenset(b for a, b in rule.pairs if a == one.key) for one in model.problem.shifts
    }
    _never_together(model, rule, officer, 1, after)


def _never_together(
    model: Model, rule: Rule, officer: Officer, gap: int, after: dict[int, frozenset[int]]
) -> None:
    """Of shifts on a day, and those on a later one that are none of theirs: one at most. Shifts
    with the same followers, or more, go together: fewer rows, and a tighter bound. A soft rule
    counts pairs, so each has its own row."""
    rows: list[tuple[tuple[int, ...], frozenset[int]]]
    if not rule.hard:
        rows = [((one,), frozenset({two})) for one, all_ in after.items() for two in all_]
    else:
        rows = [
            (tuple(one for one, all_ in after.items() if all_ >= later), later)
            for later in {all_ for all_ in after.values() if all_}
        ]
    for first in range(-min(gap, len(officer.before)), model.problem.days - gap):
        for earlier, later in rows:
            pair = model.at(officer, first, earlier)
            pair.add(model.at(officer, first + gap, later))
            model.at_most(pair, 1, _weight(rule))


def _row(model: Model, rule: Rule, officer: Officer) -> None:
    keys = _every(model) if rule.shifts is None else rule.shifts
    for last in range(model.problem.days):
        days = range(last - rule.limit, last + 1)
        if all(model.known(officer, day) for day in days):
            model.at_most(model.together(officer, days, keys), rule.limit, _weight(rule))


def _short(model: Model, rule: Rule, officer: Officer) -> None:
    """No day unlike its neighbours between days that are; nor two, and so on."""
    same: list[int | None] = [*_every(model)]
    other: list[int | None] = [None]
    if rule.kind == Kind.SHORT_REST:
        same, other = other, same
    for long in range(1, rule.limit):
        for begun in range(-long, model.problem.days - long):
            if not model.known(officer, begun - 1):
                continue
            row = model.at(officer, begun - 1, other)
            row.add(model.together(officer, range(begun, begun + long), same))
            row.add(model.at(officer, begun + long, other))
            weight = _weight(rule)
            model.at_most(row, long + 1, weight and weight * (rule.limit - long))


def _weeks(model: Model, officer: Officer) -> list[list[int]]:
    first = -model.problem.first_weekday
    weeks = [range(one, one + WEEK) for one in range(first, model.problem.days, WEEK)]
    return [[day for day in week if model.known(officer, day)] for week in weeks]


def _minutes(model: Model, officer: Officer, days: list[int]) -> Sum:
    total = Sum()
    for day in days:
        for shift in model.problem.shifts:
            total.add(model.at(officer, day, (shift.key,)), shift.length)
    return total


def _week_minutes(model: Model, rule: Rule, officer: Officer) -> None:
    for week in _weeks(model, officer):
        model.at_most(_minutes(model, officer, week), rule.limit, _weight(rule), HOUR)


def _week_off(model: Model, rule: Rule, officer: Officer) -> None:
    for week in _weeks(model, officer):
        worked = model.together(officer, week, _every(model))
        model.at_most(worked, WEEK - rule.limit, _weight(rule))


def _weekends(model: Model, rule: Rule, officer: Officer) -> None:
    total = Sum()
    for week in _weeks(model, officer):
        days = [model.at(officer, d, _every(model)) for d in week if d >= 0 and _weekend(model, d)]
        if any(one.known for one in days):
            total.known += 1
        elif any(one.terms for one in days):
            both = Sum()
            for one in days:
                both.add(one)
            works = model.above(both, 0, WEEK)
            for one in days:
                model.cp.add(one.line() <= works)
            total.add(Sum(0, [works], [1]))
    model.at_most(total, rule.limit, _weight(rule))


def _weekend(model: Model, day: int) -> bool:
    return model.problem.weekday(day) >= 5


def _count(model: Model, rule: Rule, officer: Officer) -> None:
    keys = rule.shifts or _every(model)
    total = model.together(officer, range(model.problem.days), keys)
    model.at_most(total, rule.limit, _weight(rule))


def _contract(model: Model, rule: Rule, officer: Officer) -> None:
    total = _minutes(model, officer, list(range(model.problem.days)))
    if officer.most is not None:
        model.at_most(total, officer.most, _weight(rule), HOUR)
    if officer.least:
        model.at_least(total, officer.least, _weight(rule), HOUR)


_RULES: dict[Kind, Callable[[Model, Rule, Officer], None]] = {
    Kind.REST: _rest,
    Kind.NIGHT_REST: _rest,
    Kind.SUCCESSION: _succession,
    Kind.ROW: _row,
    Kind.SHORT_ROW: _short,
    Kind.SHORT_REST: _short,
    Kind.WEEK_MINUTES: _week_minutes,
    Kind.WEEK_OFF: _week_off,
    Kind.WEEKENDS: _weekends,
    Kind.COUNT: _count,
    Kind.CONTRACT: _contract,
}
