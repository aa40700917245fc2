"""Closed, solved and satisfied are three numbers, and silence is none of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from gongzhi.base.log.actions import now
from gongzhi.base.matters.models import Matter
from gongzhi.work.participation.actions import judge_outcome, merge_requests, rate_handling
from gongzhi.work.participation.selectors.results import Result, Share, results
from gongzhi.work.participation.shares import wilson
from tests.work.participation.cast import RESIDENT, answered, by, clerk, lamp, unit

DAY = timedelta(days=1)


def told(by_: str = "all") -> list[Result]:
    own = Matter.objects.filter(procedure="resident_request")
    return results(own, now() - DAY, now() + DAY, by_)  # type: ignore[arg-type]


def key(number: int) -> str:
    return f"{number:024d}"


@pytest.mark.django_db
@pytest.mark.both_databases
def test_three_numbers_each_with_those_who_said_nothing() -> None:
    lamp(key(0))
    solved, silent, again = (answered(lamp(key(n))) for n in (1, 2, 3))
    judge_outcome(RESIDENT, solved, solved=True)
    rate_handling(RESIDENT, solved, stars=2)
    judge_outcome(RESIDENT, again, solved=False)
    rate_handling(RESIDENT, silent, stars=5)
    [whole] = told()
    assert (whole.opened, whole.closed.yes) == (4, 1)
    assert (whole.solved.yes, whole.solved.said, whole.solved.silent) == (1, 2, 1)
    assert (whole.satisfied.yes, whole.satisfied.said, whole.satisfied.silent) == (1, 2, 1)


@pytest.mark.django_db
@pytest.mark.both_databases
def test_the_last_word_counts() -> None:
    receipt = answered(lamp())
    judge_outcome(RESIDENT, receipt, solved=True)
    judge_outcome(RESIDENT, receipt, solved=False)
    [whole] = told()
    assert (whole.solved.yes, whole.solved.said) == (0, 1)


@pytest.mark.django_db
@pytest.mark.both_databases
def test_what_was_merged_counts_once_and_both_residents_are_heard() -> None:
    one, other = lamp(key(1)), lamp(key(2))
    merge_requests(by("city_management"), one.matter, other.matter)
    answered(other)
    rate_handling(RESIDENT, one, stars=5)
    rate_handling(RESIDENT, other, stars=1)
    [whole] = told()
    assert whole.opened == 1
    assert (whole.satisfied.yes, whole.satisfied.said, whole.satisfied.silent) == (1, 2, 0)


@pytest.mark.django_db
def test_groups_by_unit_category_and_month() -> None:
    lamp(key(1))
    lamp(key(2), category="litter", unit=unit("housing"))
    assert [one.opened for one in told("unit")] == [1, 1]
    assert [one.key for one in told("category")] == ["lamp_out", "litter"]
    assert [one.opened for one in told("month")] == [2]


@given(st.integers(0, 400), st.integers(0, 400))
def test_the_interval_holds_the_share_and_grows_narrower(yes: int, no: int) -> None:
    low, high = wilson(yes, yes + no)
    assert 0 <= low <= high <= 1
    if yes + no:
        assert low - 1e-9 <= yes / (yes + no) <= high + 1e-9
        wider = wilson(yes * 4, 4 * (yes + no))
        assert wider[1] - wider[0] < high - low


def test_the_interval_is_wilson_s() -> None:
    low, high = wilson(8, 10)
    assert (round(low, 4), round(high, 4)) == (0.4902, 0.9433)
    with pytest.raises(ValueError, match="no share"):
        wilson(2, 1)


@pytest.mark.parametrize(("share", "percent", "said"), [
    (Share(19, 19), None, 15), (Share(20, 20), 100, 20), (Share(13, 23), 55, 20),
])  # fmt: skip
def test_everybody_is_told_no_share_of_few(share: Share, percent: int | None, said: int) -> None:
    public = share.for_public()
    assert (public.percent, public.said) == (percent, said)


@pytest.mark.django_db
def test_a_unit_sees_its_own_results_and_overseers_all_by_name(client: Client) -> None:
    lamp(key(1))
    lamp(key(2), unit=unit("housing"))
    client.force_login(clerk("city_management"))
    page = client.get("/requests/results/?by=unit").content.decode()
    assert "1 / 1" not in page
    assert "住建局" not in page
    client.force_login(clerk("bureau", "supervisor"))
    page = client.get("/requests/results/?by=unit").content.decode()
    assert "住建局" in page
    assert "综合行政执法局" in page


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 30])
def test_as_many_queries_for_thirty_as_for_one(
    client: Client, rows: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        lamp(key(number))
    client.force_login(clerk("bureau", "supervisor"))
    with django_assert_max_num_queries(16):
        assert client.get("/requests/results/?by=unit&days=365").status_code == 200
    assert client.get("/requests/results/?by=nonsense&days=x").status_code == 200
