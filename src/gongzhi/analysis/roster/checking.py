"""Whether a roster holds, and what it costs: from the problem alone, with none of the model's code.

Used twice: to judge every answer of the solver, and to say on the planner's page what a cell
breaks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from gongzhi.analysis.roster.problem import (
    DAY,
    STEPS,
    WEEK,
    Burden,
    Demand,
    Kind,
    Officer,
    Problem,
    Roster,
    Rule,
)

HOUR = 60
LEAST, AWAY, PINNED, NEVER, SHAPE = "least", "away", "pinned", "never", "shape"
"""Codes of what isn't a rule of the county: too few on a shift, and so on."""
BUILT_IN = (LEAST, AWAY, PINNED, NEVER, SHAPE)


@dataclass(frozen=True)
class Violation:
    """``code``: of the rule, or one of `BUILT_IN`. ``amount``: by how many units; ``value`` is what
    was found where ``limit`` is allowed. ``officer``: whose; None: nobody's (too few on a shift).
    """

    code: str
    day: int
    amount: int
    officer: int | None = None
    shift: int | None = None
    skill: int | None = None
    team: int | None = None
    value: int = 0
    limit: int = 0
    hard: bool = True


def violations(problem: Problem, roster: Roster) -> tuple[Violation, ...]:
    """All that the roster breaks, hard and soft, by day."""
    found = list(_shape(problem, roster))
    if found:
        return tuple(found)
    found += _least(problem, roster)
    for officer in problem.officers:
        found += _own(problem, officer, roster[officer.key])
        for rule in problem.rules:
            if rule.binds(officer.key):
                found += _broken(problem, rule, officer, roster[officer.key])
    return tuple(sorted(found, key=lambda one: (one.day, one.officer or 0, one.code)))


def holds(problem: Problem, roster: Roster) -> bool:
    """Whether no hard rule is broken."""
    return not any(one.hard for one in violations(problem, roster))


def cost(problem: Problem, roster: Roster) -> int:
    """What the roster costs where nothing hard is broken: see `parts`."""
    return sum(parts(problem, roster).values())


def parts(problem: Problem, roster: Roster) -> dict[str, int]:
    """The cost of what is short, over, not granted, unfair, and of soft rules by their code."""
    found: dict[str, int] = Counter()
    for demand in problem.demands:
        there = present(problem, roster, demand)
        found["short"] += demand.short * max(0, demand.ideal - there)
        found["over"] += demand.over * max(0, there - demand.ideal)
    for wish in problem.wishes:
        given = roster[wish.officer][wish.day]
        works = given is not None if wish.shift is None else given == wish.shift
        found["wishes"] += 0 if works == wish.on else wish.weight
    for share in problem.shares:
        total = share.before + burden(problem, roster[share.officer], share.burden)
        above = max(0, total - share.fair)
        found["shares"] += share.weight * sum(max(0, above - step) for step in range(STEPS))
    weights = {rule.code: rule.weight for rule in problem.rules if not rule.hard}
    for one in violations(problem, roster):
        if not one.hard:
            found[one.code] += weights[one.code] * one.amount
    return dict(found)


def present(problem: Problem, roster: Roster, demand: Demand) -> int:
    """How many of a shift count for a demand."""
    end = demand.day * DAY + problem.shift(demand.shift).end
    return sum(
        roster[one.key][demand.day] == demand.shift
        for one in problem.officers
        if (demand.team is None or one.team == demand.team) and one.holds(demand.skill, end)
    )


def burden(problem: Problem, line: tuple[int | None, ...], of: Burden) -> int:
    """How many nights, weekend days or holidays somebody works."""
    worked = [(day, problem.shift(key)) for day, key in enumerate(line) if key is not None]
    if of == Burden.NIGHTS:
        return sum(shift.night for _day, shift in worked)
    if of == Burden.WEEKENDS:
        return sum(problem.weekday(day) >= 5 for day, _shift in worked)
    return sum(day in problem.holidays for day, _shift in worked)


def minutes(problem: Problem, line: tuple[int | None, ...]) -> int:
    """How long somebody works in all."""
    return sum(problem.shift(key).length for key in line if key is not None)


def _shape(problem: Problem, roster: Roster) -> Iterator[Violation]:
    known = {one.key for one in problem.shifts} | {None}
    for officer in problem.officers:
        line = roster.get(officer.key)
        if line is None or len(line) != problem.days or not set(line) <= known:
            yield Violation(SHAPE, 0, 1, officer.key)


def _least(problem: Problem, roster: Roster) -> Iterator[Violation]:
    for one in problem.demands:
        there = present(problem, roster, one)
        if there < one.least:
            yield Violation(
                LEAST, one.day, one.least - there, None, one.shift, one.skill, one.team, there,
                one.least,
            )  # fmt: skip


def _own(problem: Problem, officer: Officer, line: tuple[int | None, ...]) -> Iterator[Violation]:
    for day, key in enumerate(line):
        if key is None:
            continue
        last = day + (problem.shift(key).end - 1) // DAY
        if officer.away & set(range(day, last + 1)) or day in officer.absent:
            yield Violation(AWAY, day, 1, officer.key, key)
        if key in officer.never:
            yield Violation(NEVER, day, 1, officer.key, key)
    for pin in problem.pins:
        if pin.officer == officer.key and line[pin.day] != pin.shift:
            yield Violation(PINNED, pin.day, 1, officer.key, pin.shift)


Line = dict[int, int]
"""Day (below 0: before the horizon) and the key of the shift worked."""
Found = tuple[int, int, int]
"""Day, amount, value."""


def _broken(
    problem: Problem, rule: Rule, officer: Officer, days: tuple[int | None, ...]
) -> Iterator[Violation]:
    line = {day: key for day, key in enumerate(days) if key is not None}
    back = len(officer.before)
    line |= {n - back: key for n, key in enumerate(officer.before) if key is not None}
    for day, amount, value in _FINDERS[rule.kind](problem, rule, officer, line):
        limit = rule.limit
        if rule.kind == Kind.CONTRACT:
            limit = officer.least if value < officer.least else officer.most or 0
        yield Violation(
            rule.code, day, amount, officer.key, line.get(day), value=value, limit=limit,
            hard=rule.hard,
        )  # fmt: skip


def _rest(problem: Problem, rule: Rule, _officer: Officer, line: Line) -> Iterator[Found]:
    """Each pair of shifts that are too near to each other, on its second day."""
    for day, key in line.items():
        for later in range(day + 1, day + 3 + rule.limit // DAY):
            if later < 0 or later not in line:
                continue
            first, second = problem.shift(key), problem.shift(line[later])
            between = (later - day) * DAY + second.start - first.end
            asked = rule.kind == Kind.REST or (first.night and not second.night)
            if asked and between < rule.limit:
                yield later, 1, between


def _succession(_problem: Problem, rule: Rule, _officer: Officer, line: Line) -> Iterator[Found]:
    for day, key in line.items():
        if day >= 0 and (line.get(day - 1), key) in rule.pairs:
            yield day, 1, 1


def _row(_problem: Problem, rule: Rule, _officer: Officer, line: Line) -> Iterator[Found]:
    """Each day that is one too many."""
    run, last = 0, None
    for day in sorted(day for day in line if rule.shifts is None or line[day] in rule.shifts):
        run = run + 1 if last == day - 1 else 1
        last = day
        if day >= 0 and run > rule.limit:
            yield day, 1, run


def _runs(works: list[bool]) -> Iterator[tuple[int, int, bool]]:
    begun = 0
    for n in range(1, len(works) + 1):
        if n == len(works) or works[n] != works[begun]:
            yield begun, n - begun, works[begun]
            begun = n


def _short(problem: Problem, rule: Rule, officer: Officer, line: Line) -> Iterator[Found]:
    """Rows that are too short. One that may go on outside of what is known is none."""
    back = len(officer.before)
    works = [day in line for day in range(-back, problem.days)]
    for begun, long, worked in _runs(works):
        inside = begun > 0 and back <= begun + long < len(works)
        if worked == (rule.kind == Kind.SHORT_ROW) and inside and long < rule.limit:
            yield max(0, begun - back), rule.limit - long, long


def _weeks(problem: Problem, officer: Officer) -> Iterator[range]:
    """Weeks from Monday to Sunday that this horizon has a day of and that are known whole, or up to
    its end."""
    monday = -problem.first_weekday
    while monday < problem.days:
        known = range(max(monday, -len(officer.before)), min(monday + WEEK, problem.days))
        yield known
        monday += WEEK


def _week_minutes(problem: Problem, rule: Rule, officer: Officer, line: Line) -> Iterator[Found]:
    for week in _weeks(problem, officer):
        worked = sum(problem.shift(line[day]).length for day in week if day in line)
        if worked > rule.limit:
            yield week[-1], -(-(worked - rule.limit) // HOUR), worked


def _week_off(problem: Problem, rule: Rule, officer: Officer, line: Line) -> Iterator[Found]:
    """Of a week that is cut, the days that aren't known count as off."""
    for week in _weeks(problem, officer):
        off = WEEK - sum(day in line for day in week)
        if off < rule.limit:
            yield week[-1], rule.limit - off, off


def _weekends(problem: Problem, rule: Rule, _officer: Officer, line: Line) -> Iterator[Found]:
    """The weekends beyond those allowed, the last ones first."""
    worked: dict[int, int] = {}
    for day in range(problem.days):
        if day in line and problem.weekday(day) >= 5:
            worked[day - problem.weekday(day)] = day
    if len(worked) > rule.limit:
        yield max(worked.values()), len(worked) - rule.limit, len(worked)


def _count(_problem: Problem, rule: Rule, _officer: Officer, line: Line) -> Iterator[Found]:
    days = [d for d, key in line.items() if d >= 0 and (not rule.shifts or key in rule.shifts)]
    if len(days) > rule.limit:
        yield max(days), len(days) - rule.limit, len(days)


def _contract(problem: Problem, _rule: Rule, officer: Officer, line: Line) -> Iterator[Found]:
    worked = sum(problem.shift(key).length for day, key in line.items() if day >= 0)
    off = officer.least - worked
    if officer.most is not None and worked > officer.most:
        off = worked - officer.most
    if off > 0:
        yield problem.days - 1, -(-off // HOUR), worked


Finder = Callable[[Problem, Rule, Officer, Line], Iterator[Found]]
_FINDERS: dict[Kind, Finder] = {
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
