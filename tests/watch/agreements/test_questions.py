"""Agreed questions: counts and never rows, small ones held back, a budget, and the same answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.analysis.disclosure import STEP, told_of
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import moment
from gongzhi.watch.exchange.agreements.counting import form_of, replayed
from gongzhi.watch.exchange.agreements.models import Answer, Given, Spent
from tests.watch.agreements.cast import Program, agreed
from tests.watch.agreements.conftest import Deliver
from tests.watch.maps.facts import put

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
NOW = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
LAMPS, WEEK = "lamps_and_requests", "requests_and_incidents"
BOTH = ("hotline", "city_management")


@pytest.fixture(autouse=True)
def november() -> object:
    with moment(NOW):
        yield


def asks(budget: int = 20, question: str = LAMPS) -> Program:
    owners = BOTH if question == LAMPS else ("hotline", "command_centre")
    return Program(agreed(owners=owners, questions=[question], budget=budget))


def told_lamps(many: int, month: int = 10) -> None:
    days = [datetime(2026, month, 1 + n % 28, 5, tzinfo=UTC) for n in range(many)]
    put(days, kind="request", category="lamp_out", town="lancheng", channel="web")


def test_departments_counts_stand_side_by_side_by_town(lamps: Deliver) -> None:
    told_lamps(12)
    lamps({"正常": 41, "不亮": 17}, datetime(2026, 10, 20, tzinfo=UTC).date())
    answer = asks().get(f"/questions/{LAMPS}", period="2026-10").json()
    assert answer["towns"] == {
        "lancheng": {"requests": {"lamp_out": 10}, "lamps": {"dark": 15, "lit": 40}}
    }
    assert answer["least"] == STEP


def test_asked_again_the_answer_is_the_one_that_was_kept_and_costs_nothing(lamps: Deliver) -> None:
    told_lamps(12)
    lamps({"正常": 41}, datetime(2026, 10, 20, tzinfo=UTC).date())
    first, second = asks(), asks()
    was = first.get(f"/questions/{LAMPS}", period="2026-10").json()
    told_lamps(40)
    lamps({"正常": 80}, datetime(2026, 10, 21, tzinfo=UTC).date())
    again = first.get(f"/questions/{LAMPS}", period="2026-10").json()
    assert (again["towns"], again["left"]) == (was["towns"], 19)
    assert second.get(f"/questions/{LAMPS}", period="2026-10").json()["towns"] == was["towns"]
    assert Answer.objects.count() == 1


def test_the_budget_of_a_month_is_not_exceeded_and_what_was_asked_can_be_asked_again() -> None:
    put([NOW - timedelta(days=one) for one in range(40)], kind="request", category="lamp_out")
    program = asks(budget=2, question=WEEK)
    at = f"/questions/{WEEK}"
    assert program.get(at, period="2026-W46").status_code == 200
    assert program.get(at, period="2026-W45").json()["left"] == 0
    spent = program.get(at, period="2026-W44")
    assert (spent.status_code, spent.json()["code"]) == (429, "budget_spent")
    assert program.get(at, period="2026-W46").status_code == 200
    assert Spent.objects.get().many == 2
    assert Given.objects.get(refused="budget_spent").times == 1
    with moment(NOW + timedelta(days=10)):
        assert program.get(at, period="2026-W44").status_code == 200, "a new month, a new budget"


def test_not_even_the_table_takes_more_than_the_budget() -> None:
    made = agreed(owners=BOTH, questions=[LAMPS])
    spent = Spent.objects.create(agreement=made, month="2026-11", many=2, most=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        Spent.objects.filter(pk=spent.pk).update(many=3)


@pytest.mark.parametrize(
    ("period", "code"),
    [("2026-11", "not_over"), ("2027-01", "not_over"), ("2020-01", "too_early"),
     ("2026-13", "period"), ("2026-W40", "period")],
)  # fmt: skip
def test_only_what_is_over_is_answered(lamps: Deliver, period: str, code: str) -> None:
    told_lamps(12)
    answer = asks().get(f"/questions/{LAMPS}", period=period)
    assert answer.json()["code"] == code
    assert not Answer.objects.exists()


def test_a_question_that_was_not_agreed_is_not_answered_and_that_is_counted() -> None:
    program = asks()
    assert program.get(f"/questions/{WEEK}", period="2026-W44").json()["code"] == "not_agreed"
    assert program.get("/questions/who", period="2026-W44").status_code == 404
    assert program.get("/rows").json()["code"] == "no_rows"
    assert set(Given.objects.values_list("refused", flat=True)) == {
        "not_agreed", "no_question", "no_rows",
    }  # fmt: skip


@pytest.mark.parametrize("code", sorted(catalogue().questions))
def test_the_shipped_examples_come_out_as_they_say(code: str) -> None:
    question = catalogue().questions[code]
    for example in question.examples:
        assert replayed(question, example.rows) == example.told
    assert form_of(question) == form_of(question.model_copy(update={"order": 1}))


CELLS = st.dictionaries(
    st.tuples(st.sampled_from("abcd"), st.sampled_from("wxyz")), st.integers(0, 40), max_size=16
)


@given(CELLS)
def test_no_small_count_is_told_nor_left_alone_in_its_line(
    counts: Mapping[tuple[str, str], int],
) -> None:
    told = told_of(counts)
    assert all(many >= STEP and many % STEP == 0 for many in told.values())
    assert all(many <= counts[cell] for cell, many in told.items())
    hidden = {cell for cell, many in counts.items() if many and cell not in told}
    for axis in (0, 1):
        for line in {cell[axis] for cell in hidden}:
            alone = sum(cell[axis] == line for cell in hidden) == 1
            beside = [cell for cell in told if cell[axis] == line]
            assert not (alone and beside), "what is hidden is what is left of the line's sum"


@given(CELLS)
def test_where_nothing_is_small_all_is_told(counts: Mapping[tuple[str, str], int]) -> None:
    large = {cell: many + STEP for cell, many in counts.items()}
    assert set(told_of(large)) == set(large)
