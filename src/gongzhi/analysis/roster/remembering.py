"""What each rule has to remember of an officer's days, so that one day after another tells what it
costs. `checking` says the same of whole rosters, written apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from gongzhi.analysis.roster.problem import DAY, WEEK, Kind, Problem, Rule, Shift

HOUR = 60
State = Any
Step = Callable[[int, State, int | None], tuple[State, int]]


@dataclass(frozen=True)
class Memory:
    """``step``: from a day (below 0: before the horizon), what is remembered and the shift worked,
    to what is remembered then and by how many units the rule is broken more than before."""

    rule: Rule
    begin: State
    step: Step


def memories(problem: Problem, officer: int) -> tuple[Memory, ...]:
    """Of the rules that bind an officer and look at days near each other. Those that count over the
    whole horizon are totals: see `walks`."""
    made = (
        _MAKERS[rule.kind](problem, rule)
        for rule in problem.rules
        if rule.binds(officer) and rule.kind in _MAKERS
    )
    return tuple(one for one in made if one is not None)


def _nearness(problem: Problem, rule: Rule) -> Memory | None:
    """The shifts of the last days, as far back as one of them can still be too near."""
    near = {
        (gap, one.key, two.key)
        for gap in range(1, 3 + rule.limit // DAY)
        for one in problem.shifts
        for two in problem.shifts
        if _too_near(rule, one, two, gap)
    }
    return _apart(rule, near)


def _too_near(rule: Rule, one: Shift, two: Shift, gap: int) -> bool:
    if rule.kind == Kind.SUCCESSION:
        return gap == 1 and (one.key, two.key) in rule.pairs
    asked = rule.kind == Kind.REST or (one.night and not two.night)
    return asked and gap * DAY + two.start - one.end < rule.limit


def _apart(rule: Rule, near: set[tuple[int, int, int]]) -> Memory | None:
    if not near:
        return None
    back = max(gap for gap, _one, _two in near)
    first = [{one for gap, one, _two in near if gap >= n} for n in range(back + 1)]

    def step(_day: int, last: State, now: int | None) -> tuple[State, int]:
        broken = sum((gap, one, now) in near for gap, one in enumerate(last, 1))
        # Of each shift, no longer than it matters: fewer states.
        kept = (now, *last[:-1])
        return tuple(
            one if one in first[gap] else None for gap, one in enumerate(kept, 1)
        ), broken  # fmt: skip

    return Memory(rule, (None,) * back, step)


def _row(_problem: Problem, rule: Rule) -> Memory:
    def step(_day: int, run: State, now: int | None) -> tuple[State, int]:
        if now is None or (rule.shifts is not None and now not in rule.shifts):
            return 0, 0
        return min(run + 1, rule.limit), int(run >= rule.limit)

    return Memory(rule, 0, step)


def _short(_problem: Problem, rule: Rule) -> Memory:
    """Whether the days now are worked, and how many they are. A row that the first known day is in
    may have begun before it, and is long enough."""
    counted = rule.kind == Kind.SHORT_ROW

    def step(_day: int, row: State, now: int | None) -> tuple[State, int]:
        works, (before, long) = now is not None, row
        if before is None:
            return (works, rule.limit), 0
        if works == before:
            return (works, min(long + 1, rule.limit)), 0
        return (works, 1), max(0, rule.limit - long) if before == counted else 0

    return Memory(rule, (None, 0), step)


def _week(
    problem: Problem, rule: Rule, worth: Callable[[int], int], broken: Callable[[int], int]
) -> Memory:
    """A sum that begins anew on Mondays. What a week before the horizon broke already is told on
    the first day."""

    def step(day: int, total: State, now: int | None) -> tuple[State, int]:
        before = 0 if problem.weekday(day) == 0 else total
        after = before if now is None else before + worth(now)
        return after, broken(after) - (broken(before) if day else 0)

    return Memory(rule, 0, step)


def _week_minutes(problem: Problem, rule: Rule) -> Memory:
    def broken(total: int) -> int:
        return max(0, -(-(total - rule.limit) // HOUR))

    return _week(problem, rule, lambda key: problem.shift(key).length, broken)


def _week_off(problem: Problem, rule: Rule) -> Memory:
    return _week(problem, rule, lambda _key: 1, lambda n: max(0, n - (WEEK - rule.limit)))


_MAKERS: dict[Kind, Callable[[Problem, Rule], Memory | None]] = {
    Kind.REST: _nearness,
    Kind.NIGHT_REST: _nearness,
    Kind.SUCCESSION: _nearness,
    Kind.ROW: _row,
    Kind.SHORT_ROW: _short,
    Kind.SHORT_REST: _short,
    Kind.WEEK_MINUTES: _week_minutes,
    Kind.WEEK_OFF: _week_off,
}


def remembered(memory: Memory, before: Sequence[int | None]) -> State:
    """What is remembered on the eve of the first day."""
    state = memory.begin
    for n, key in enumerate(before):
        state, _broken = memory.step(n - len(before), state, key)
    return state
