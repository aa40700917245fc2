"""The board of limits: what is late, what is due, and how the last weeks went."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongzhi.base.log.actions import moment, now
from gongzhi.base.matters.models import Matter
from gongzhi.work.participation.selectors.board import board_of
from tests.work.participation.cast import answered, clerk, lamp, unit

pytestmark = pytest.mark.django_db


def whole() -> list[tuple[str, int, int, int, int]]:
    lines = board_of(Matter.objects.filter(procedure="resident_request"))
    return [(one.unit.code, one.on_time, one.soon, one.late, one.held) for one in lines]


@pytest.mark.both_databases
def test_open_requests_by_their_nearest_limit() -> None:
    with moment(now() - timedelta(days=12)):
        lamp("1" * 24)
        answered(lamp("2" * 24))
    lamp("3" * 24, unit=unit("housing"))
    lines = {code: numbers for code, *numbers in whole()}
    assert lines["city_management"] == [0, 0, 1, 1]
    assert sum(lines["housing"]) == 1
    assert lines["housing"][2] == 0


@pytest.mark.both_databases
def test_an_answer_in_time_and_one_too_late_in_their_weeks() -> None:
    with moment(now() - timedelta(days=20)):
        one, late = lamp("1" * 24), lamp("2" * 24)
        answered(one)
    with moment(now() - timedelta(days=1)):
        answered(late)
    [line] = board_of(Matter.objects.filter(procedure="resident_request"))
    weeks = list(line.weeks.values())
    assert (len(weeks), sum(w.met for w in weeks), sum(w.missed for w in weeks)) == (8, 1, 1)
    assert line.seconds is None


def test_a_unit_sees_itself_and_overseers_all_by_name(client: Client) -> None:
    lamp("1" * 24)
    lamp("2" * 24, unit=unit("housing"))
    client.force_login(clerk("city_management"))
    page = client.get("/requests/board/").content.decode()
    assert ("综合行政执法局" in page, "住建局" in page) == (True, False)
    client.force_login(clerk("bureau", "supervisor"))
    page = client.get("/requests/board/").content.decode()
    assert page.index("住建局") > 0
    assert "综合行政执法局" in page


@pytest.mark.parametrize("rows", [1, 30])
def test_as_many_queries_for_thirty_as_for_one(
    client: Client, rows: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with moment(now() - timedelta(days=12)):
        for number in range(rows):
            lamp(f"{number:024d}")
    client.force_login(clerk("bureau", "supervisor"))
    with django_assert_max_num_queries(16):
        assert client.get("/requests/board/").status_code == 200
