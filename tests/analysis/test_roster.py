"""Rosters hold, cost what they say, are as good as can be; and what can't be is explained."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings

from gongzhi.analysis.roster import (
    Absence,
    Burden,
    Demand,
    Held,
    Kind,
    Officer,
    Pin,
    Problem,
    Rule,
    Share,
    Wish,
    cost,
    demand_of_hours,
    explain,
    holds,
    read,
    repair,
    solve,
    violations,
)
from gongzhi.analysis.roster.problem import Shift
from tests.analysis.rosters import (
    DAY,
    EARLY,
    HOUR,
    LATE,
    NIGHT,
    RULES,
    SHIFTS,
    asked,
    problems,
    team,
)

OFF = None


def quick(problem: Problem, **more: object) -> object:
    return solve(problem, seed=1, limit=2, workers=1, **more)  # type: ignore[arg-type]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(problems())
def test_whatever_is_asked_a_roster_keeps_all_hard_rules_or_is_called_impossible(
    problem: Problem,
) -> None:
    found = solve(problem, seed=1, limit=1, workers=1)
    if found.possible:
        assert holds(problem, found.roster)
        assert found.cost == cost(problem, found.roster) >= found.bound
    else:
        assert found.possible is False
        told = explain(problem, limit=5)
        assert told.possible is False
        assert told.conflicts or told.missing


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(problems())
def test_nothing_cheaper_is_found_by_trying_a_small_problem_out(problem: Problem) -> None:
    """All ways to fill the first two days, of three officers."""
    problem = replace(
        problem, days=2, holidays=frozenset(), officers=problem.officers[:3],
        demands=tuple(one for one in problem.demands if one.day < 2),
        wishes=tuple(one for one in problem.wishes if one.day < 2 and one.officer < 3),
        pins=tuple(one for one in problem.pins if one.day < 2 and one.officer < 3),
        shares=problem.shares[:3],
    )  # fmt: skip
    lines = list(product((OFF, EARLY, LATE, NIGHT), repeat=2))
    rosters = (dict(enumerate(three)) for three in product(lines, repeat=3))
    costs = [cost(problem, one) for one in rosters if holds(problem, one)]
    found = solve(problem, seed=1, limit=1, workers=1)
    assert found.possible == bool(costs)
    if costs:
        assert found.cost == min(costs)


@pytest.mark.parametrize(
    ("kind", "line", "days"),
    [
        ("rest", (LATE, EARLY), [1]),
        ("night_rest", (NIGHT, OFF, EARLY), [2]),
        ("succession", (OFF, LATE, LATE), [2]),
        ("row", (EARLY,) * 6, [5]),
        ("night_row", (NIGHT,) * 4, [3]),
        ("week_minutes", (EARLY,) * 6, [6]),
        ("week_off", (EARLY,) * 7, [6]),
        ("weekends", (*(OFF,) * 5, EARLY, *(OFF,) * 6, EARLY), [12]),
        ("nights", (NIGHT, OFF, NIGHT, OFF, NIGHT, OFF, NIGHT), [6]),
        ("short_row", (OFF, EARLY, OFF), [1]),
        ("short_rest", (EARLY, OFF, EARLY), [1]),
        ("contract", (EARLY,) * 3, [13]),
    ],
)
def test_each_rule_finds_what_breaks_it_on_its_day(
    kind: str, line: tuple[int | None, ...], days: list[int]
) -> None:
    rule = next(one for one in RULES if one.code == kind)
    officer = Officer(0, least=8 * HOUR, most=16 * HOUR)
    filled = line + (OFF,) * (14 - len(line))
    problem = Problem(14, SHIFTS, (officer,), (), (rule,))
    found = violations(problem, {0: filled})
    assert {one.code for one in found} == {kind}
    assert [one.day for one in found] == days
    assert solve(
        replace(problem, pins=tuple(Pin(0, n, key) for n, key in enumerate(filled))), limit=1
    ).possible is False  # fmt: skip


def test_what_was_worked_before_the_horizon_counts() -> None:
    rule = next(one for one in RULES if one.code == "row")
    tired = Officer(0, before=(EARLY,) * 5)
    problem = Problem(3, SHIFTS, (tired,), (Demand(0, EARLY, 1, 1),), (rule,))
    assert quick(problem).possible is False
    assert quick(replace(problem, officers=(tired, Officer(1)))).roster[1][0] == EARLY


def test_a_certificate_that_lapses_during_a_shift_does_not_count_for_it() -> None:
    def found(until: int) -> object:
        officer = Officer(0, skills=(Held(7, until),))
        return quick(Problem(1, SHIFTS, (officer,), (Demand(0, EARLY, 1, 1, skill=7),)))

    assert found(16 * HOUR).possible
    assert found(16 * HOUR - 1).possible is False


def test_no_night_runs_into_leave_but_the_night_before_falling_ill_was_worked() -> None:
    demand = (Demand(0, NIGHT, 1, 1),)
    assert quick(
        Problem(2, SHIFTS, (Officer(0, away=frozenset({1})),), demand)
    ).possible is False  # fmt: skip
    assert quick(Problem(2, SHIFTS, (Officer(0, absent=frozenset({1})),), demand)).possible


def test_wishes_are_granted_and_nights_go_to_who_had_fewer_this_year() -> None:
    problem = Problem(
        4, SHIFTS, team(2), tuple(Demand(day, NIGHT, 1, 1) for day in range(4)), RULES[:1],
        wishes=(Wish(0, 0, None, on=False, weight=5),),
        shares=(Share(0, Burden.NIGHTS, 20, 21, 3), Share(1, Burden.NIGHTS, 18, 21, 3)),
    )  # fmt: skip
    found = quick(problem)
    assert found.roster[0][0] is OFF
    assert sum(one == NIGHT for one in found.roster[0]) == 1
    assert found.cost == 0 == found.bound


def test_a_pinned_shift_stays() -> None:
    pin = Pin(1, 2, LATE)
    problem = Problem(4, SHIFTS, team(5), asked(4), RULES[:4], pins=(pin,))
    assert quick(problem).roster[1][2] == LATE


def test_a_roster_is_gone_on_from_and_stops_when_told() -> None:
    problem = Problem(7, SHIFTS, team(7), asked(7, 1, 3), RULES[:6])
    first = quick(problem)
    heard: list[int | None] = []

    def told(progress: object) -> bool:
        heard.append(progress.cost)  # type: ignore[attr-defined]
        return False

    again = quick(problem, start=first.roster, told=told)
    assert again.cost <= first.cost
    assert heard
    assert again.seconds < 2


def test_a_repair_changes_as_few_as_can_be_and_no_day_before() -> None:
    problem = Problem(
        7, SHIFTS, team(7), asked(7, 1), (*RULES[:4], RULES[6]), first_weekday=0
    )  # fmt: skip
    roster = quick(problem).roster
    ill = next(key for key, line in roster.items() if line[3] is not None)
    mended = repair(problem, roster, [Absence(ill, 3, 4)], limit=1, workers=1)
    assert holds(mended.problem, mended.roster)
    assert mended.roster[ill][3:5] == (OFF, OFF)
    assert 1 <= len(mended.changes) <= 4
    assert all(one.day >= 3 for one in mended.changes)
    assert mended.missing == 0


def test_a_repair_says_how_many_are_missing_where_nobody_is_left() -> None:
    problem = Problem(2, SHIFTS, team(1), (Demand(0, EARLY, 1, 1),))
    mended = repair(problem, {0: (EARLY, OFF)}, [Absence(0, 0, 0)], limit=1, workers=1)
    assert mended.missing == 1
    assert [one.before for one in mended.lost] == [EARLY]
    with pytest.raises(ValueError, match="absence"):
        repair(problem, {0: (EARLY, OFF)}, [Absence(0, 1, 5)])


def test_impossible_demand_is_explained_by_the_rules_that_collide_with_it() -> None:
    rest = RULES[0]
    demands = (Demand(0, LATE, 2, 2), Demand(1, EARLY, 2, 2))
    told = explain(Problem(2, SHIFTS, team(3), demands, (rest, RULES[2])))
    assert told.possible is False
    assert told.missing == 1
    assert told.conflicts[0].codes == ("rest",)
    assert told.conflicts[0].demand in demands
    assert told.conflicts[0].there == 1


def test_leave_that_takes_the_only_one_with_a_skill_is_told_as_such() -> None:
    officers = (Officer(0, skills=(Held(7),), away=frozenset({0})), Officer(1))
    told = explain(Problem(1, SHIFTS, officers, (Demand(0, EARLY, 1, 1, skill=7),), RULES))
    assert {frozenset(one.codes) for one in told.conflicts} == {frozenset({"away", "skill"})}


def test_contradictory_rules_are_told_with_the_officer_whose_days_they_meet_in() -> None:
    officer = Officer(5, least=40 * HOUR, away=frozenset(range(4)))
    rules = (next(one for one in RULES if one.code == "contract"),)
    told = explain(Problem(7, SHIFTS, (officer, Officer(6)), (), rules))
    assert [(one.officer, one.codes) for one in told.conflicts] == [(5, ("contract", "away"))]


def test_what_is_possible_is_not_explained_away() -> None:
    told = explain(Problem(7, SHIFTS, team(7), asked(7), RULES[:4]))
    assert told.possible
    assert told.conflicts == ()


def test_hours_that_calls_need_become_officers_on_shifts() -> None:
    need = [0.5] * 8 + [1.2] * 8 + [2.4] * 8
    found = demand_of_hours(need * 2, SHIFTS, busy=0.6)
    assert found[0, EARLY] == 2
    assert found[0, LATE] == 4
    # From 23:00 on there is the night as well; until 8:00 it needs one, at 23:00 four are on.
    assert found[0, NIGHT] == 1
    for hour in range(8, 48):
        on = sum(
            many
            for (day, key), many in found.items()
            if day * 24 + SHIFTS[key].start / 60 <= hour
            and (hour + 1) * 60 <= day * DAY + SHIFTS[key].end
        )
        assert on >= need[hour % 24] / 0.6 - 1e-9
    with pytest.raises(ValueError, match="covers"):
        demand_of_hours([1.0] * 48, SHIFTS[:1])
    with pytest.raises(ValueError, match="24"):
        demand_of_hours([1.0] * 5, SHIFTS)


@pytest.mark.parametrize(
    "wrong",
    [
        {"days": 0},
        {"officers": (Officer(0), Officer(0))},
        {"officers": (Officer(0, least=5, most=4),)},
        {"demands": (Demand(9, EARLY, 0, 1),)},
        {"demands": (Demand(0, EARLY, 2, 1),)},
        {"pins": (Pin(0, 0, EARLY), Pin(0, 0, LATE))},
        {"wishes": (Wish(9, 0, None, True),)},
        {"rules": (Rule("x", Kind.ROW, 5, hard=False),)},
        {"shifts": (Shift(0, 1500, 60),)},
    ],
)
def test_what_cannot_be_meant_is_refused_in_words(wrong: dict[str, object]) -> None:
    good = Problem(2, SHIFTS, team(2), ())
    with pytest.raises(ValueError, match=r"\w"):
        replace(good, **wrong)


TINY = """
# two people, a week
SECTION_HORIZON
7

SECTION_SHIFTS
E,480,
L,480,E

SECTION_STAFF
A,E=7|L=0,2400,960,5,2,2,1
B,E=7|L=7,2400,960,5,2,2,1

SECTION_DAYS_OFF
A,0

SECTION_SHIFT_ON_REQUESTS
B,1,L,3

SECTION_SHIFT_OFF_REQUESTS
A,2,E,2

SECTION_COVER
1,E,1,100,1
1,L,1,100,1
2,E,2,100,1
"""


def test_a_published_instance_is_read() -> None:
    problem = read(TINY)
    found = quick(problem)
    assert found.roster[0][0] is OFF
    # B's late shift on the first day forbids the early one on the next, so one is short there.
    assert found.roster[1][1] == 1
    assert found.cost == found.bound == 100 + 2
    with pytest.raises(ValueError, match="SECTION_COVER"):
        read("SECTION_HORIZON\n7\nSECTION_SHIFTS\nE,480,\nSECTION_STAFF\nA,E=7,1,0,5,2,2,1\n")
