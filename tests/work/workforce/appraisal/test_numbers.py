"""An officer's number: what it is made of, what it is compared with, and what must not move it."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from gongzhi.base.catalogue.load import catalogue
from gongzhi.work.workforce.appraisal.counting.facts import (
    Fact,
    answers_in_time,
    answers_that_held,
    case_files,
    case_limits,
    solved_for_residents,
)
from gongzhi.work.workforce.appraisal.counting.numbers import numbers_of
from gongzhi.work.workforce.appraisal.counting.stories import Story, Told
from gongzhi.work.workforce.appraisal.states import Says

DAY = datetime(2026, 3, 2, 2, tzinfo=UTC)
LATE = DAY + timedelta(days=300)
ITEM = catalogue().appraisals["county_2026"].item("answers_in_time")
assert ITEM
KINDS = ("lamp_out", "noise", "rubbish")
FACTS = st.lists(
    st.tuples(st.integers(1, 6), st.booleans(), st.sampled_from(KINDS)), min_size=1, max_size=80
)


def facts(rows: list[tuple[int, bool, str]]) -> list[Fact]:
    return [
        Fact(account, seq, seq, DAY, float(hit), mix={"category": kind})
        for seq, (account, hit, kind) in enumerate(rows, 1)
    ]


def story(procedure: str, *told: tuple[str, int | None, dict[str, object]]) -> Story:
    """One matter; each entry a day after the one before."""
    opened = Told(1, DAY, None, "matters.matter_opened",
                  {"procedure": procedure, "category": "lamp_out"})  # fmt: skip
    rest = [
        Told(nth + 2, DAY + timedelta(days=nth + 1), account, kind, text | _due(kind, nth))
        for nth, (kind, account, text) in enumerate(told)
    ]
    return Story(7, (opened, *rest))


def _due(kind: str, nth: int) -> dict[str, object]:
    at = DAY + timedelta(days=nth + 1, seconds=-3)
    return {"due_at": at.isoformat()} if kind == "matters.clock_missed" else {}


def step(code: str, account: int | None = 5) -> tuple[str, int | None, dict[str, object]]:
    return "matters.step_taken", account, {"step": code}


MISSED = ("matters.clock_missed", None, {"clock": "request_answer", "law": True})


def request(*told: tuple[str, int | None, dict[str, object]]) -> Story:
    return story("resident_request", *told)


def test_an_answer_before_its_limit_is_in_time_and_one_after_it_is_late() -> None:
    [good] = answers_in_time(request(step("accepted"), step("answered")), LATE)
    [late] = answers_in_time(request(step("accepted"), MISSED, step("answered")), LATE)
    assert (good.account, good.hit, good.mix["category"]) == (5, 1.0, "lamp_out")
    assert (late.account, late.hit) == (5, 0.0)


def test_who_takes_over_what_is_late_already_is_not_blamed() -> None:
    inherited = request(step("accepted", 3), MISSED, step("in_progress"), step("answered"))
    assert list(answers_in_time(inherited, LATE)) == []


def test_a_limit_that_the_sweep_noted_after_the_answer_was_over_all_the_same() -> None:
    """The answer and the miss are written at one moment, the answer first."""
    told = request(step("accepted"), step("answered"))
    answer = told.told[-1]
    over = {
        "clock": "request_answer",
        "law": True,
        "due_at": (answer.at - timedelta(hours=1)).isoformat(),
    }
    miss = Told(answer.seq + 1, answer.at, None, "matters.clock_missed", over)
    [one] = answers_in_time(Story(told.matter, (*told.told, miss)), LATE)
    assert one.hit == 0.0


def test_after_it_was_reopened_the_next_answer_stands_for_itself() -> None:
    told = request(step("accepted"), MISSED, step("answered"), step("reopened", None),
                   step("answered"))  # fmt: skip
    assert [one.hit for one in answers_in_time(told, LATE)] == [0.0, 1.0]


def test_an_answer_holds_if_nobody_reopens_it_within_a_fortnight() -> None:
    held = request(step("answered"), *[step("closed", None)])
    fell = request(step("answered"), step("reopened", None))
    assert [one.hit for one in answers_that_held(held, LATE)] == [1.0]
    assert [one.hit for one in answers_that_held(fell, LATE)] == [0.0]
    assert list(answers_that_held(held, DAY + timedelta(days=3))) == [], "not over yet"


def test_residents_judge_the_answer_they_got_and_nobody_else_s() -> None:
    told = request(
        step("answered", 3), ("participation.outcome_judged", None, {"solved": False}),
        step("reopened", None), step("answered", 5),
        ("participation.outcome_judged", None, {"solved": True}),
    )  # fmt: skip
    assert [(one.account, one.hit) for one in solved_for_residents(told, LATE)] == [
        (3, 0.0), (5, 1.0),
    ]  # fmt: skip


def test_a_limit_of_the_law_missed_before_somebody_took_over_is_not_theirs() -> None:
    opened = ("cases.case_opened", 3, {"lead": 3, "second": 4})
    handed = ("cases.case_handed_over", 3, {"lead": 5, "second": 4})
    done = ("cases.case_archived", 5, {})
    [taken_over] = case_limits(story("administrative_case", opened, MISSED, handed, done), LATE)
    [missed] = case_limits(story("administrative_case", opened, handed, MISSED, done), LATE)
    assert (taken_over.account, taken_over.hit) == (5, 1.0)
    assert (missed.account, missed.hit) == (5, 0.0)


def test_a_reviewed_file_counts_by_its_points_for_whoever_leads_it() -> None:
    opened = ("cases.case_opened", 3, {"lead": 3, "second": 4})
    [one] = case_files(
        story("administrative_case", opened,
              ("supervision.case_reviewed", 9, {"matter": 7, "points": 8, "of": 10})), LATE,
    )  # fmt: skip
    assert (one.account, one.hit, one.of) == (3, 8.0, 10.0)


@given(FACTS, st.permutations(range(1, 7)))
def test_what_officers_are_called_changes_nothing(
    rows: list[tuple[int, bool, str]], names: list[int]
) -> None:
    """Whoever had the other's name, key and place in the table would have the other's number."""
    plain = numbers_of(ITEM, facts(rows))
    called = dict(zip(range(1, 7), names, strict=True))
    other = numbers_of(ITEM, facts([(called[a], hit, kind) for a, hit, kind in rows]))
    for account, number in plain.items():
        same = other[called[account]]
        assert (same.hit, same.of, same.low, same.high, same.says) == (
            number.hit, number.of, number.low, number.high, number.says,
        )  # fmt: skip
        assert same.expected == number.expected


@given(FACTS, st.randoms(use_true_random=False))
def test_the_order_in_which_things_happened_changes_nothing(
    rows: list[tuple[int, bool, str]], luck: random.Random
) -> None:
    shuffled = facts(rows)
    luck.shuffle(shuffled)
    assert numbers_of(ITEM, shuffled) == numbers_of(ITEM, facts(rows))


def test_hard_work_is_compared_with_hard_work() -> None:
    """Noise is harder: somebody who has nothing else is as expected."""
    rows = [(1, n % 2 == 0, "noise") for n in range(40)] + [
        (2, n % 2 == 0, "noise") for n in range(40)
    ]
    rows += [(3, True, "lamp_out") for _ in range(200)] + [
        (4, True, "lamp_out") for _ in range(200)
    ]
    numbers = numbers_of(ITEM, facts(rows))
    assert numbers[1].expected == 0.5
    assert numbers[1].says == Says.USUAL


def test_far_below_what_others_do_is_said_and_little_is_not() -> None:
    rows = [(1, n < 10, "noise") for n in range(40)] + [(2, True, "noise") for _ in range(200)]
    rows += [(3, n < 3, "noise") for n in range(5)]
    numbers = numbers_of(ITEM, facts(rows))
    assert numbers[1].says == Says.BELOW
    assert numbers[3].says == Says.FEW


def test_one_miss_beside_a_county_that_never_missed_is_nothing_special() -> None:
    rows = [(1, n > 0, "noise") for n in range(23)] + [(2, True, "noise") for _ in range(300)]
    assert numbers_of(ITEM, facts(rows))[1].says == Says.USUAL


def test_one_alone_in_the_county_is_compared_with_nobody() -> None:
    numbers = numbers_of(ITEM, facts([(1, True, "noise")] * 30))
    assert numbers[1].expected is None
    assert numbers[1].says == Says.FEW


def test_chance_calls_few_of_those_who_are_alike_different() -> None:
    """Ten thousand numbers of officers who all do the same: some two in a thousand stand out."""
    luck = random.Random(7)
    out = many = 0
    for _ in range(100):
        rows = [(account, luck.random() < 0.85, "noise") for account in range(100)
                for _ in range(40)]  # fmt: skip
        numbers = numbers_of(ITEM, facts(rows))
        out += sum(one.says in (Says.ABOVE, Says.BELOW) for one in numbers.values())
        many += len(numbers)
    assert out / many < 0.006
