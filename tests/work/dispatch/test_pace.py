"""Where all ways take longer than the map says, the desk is told the longer time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from gongzhi.base.log.actions import now
from gongzhi.base.places.coordinates import Point
from gongzhi.work.dispatch.models import Assignment
from gongzhi.work.dispatch.pace import forget_pace, pace, there_in
from gongzhi.work.dispatch.selectors.units import unit_rows, units_with_tasks
from tests.work.dispatch.county import car, incident, recommended

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture(autouse=True)
def nothing_learnt() -> Iterator[None]:
    forget_pace()
    yield
    forget_pace()


def went(n: int, factor: float, ago: timedelta = timedelta(days=3)) -> None:
    """Ways of two to twenty minutes by the map that took `factor` times as long."""
    number = f"past{Assignment.objects.count()}"
    unit, matter, arrived = car(number, on_duty=False), incident(), now() - ago
    Assignment.objects.bulk_create(
        Assignment(
            matter=matter, unit=unit, assigned_at=left, en_route_at=left,
            expected_at=left + timedelta(seconds=expected), on_scene_at=arrived,
            cleared_at=arrived, disposition="helped",
        )
        for expected in (120 + 1080 * nth / n for nth in range(n))
        for left in [arrived - timedelta(seconds=expected * factor)]
    )  # fmt: skip
    forget_pace()


def eta() -> tuple[int, int | None]:
    """What the recommendation says, and what the table of units does."""
    matter = incident(point=Point(30.05, 122.1))
    [only] = recommended(units_with_tasks(), matter)
    rows = {row.id: row for row in unit_rows(units_with_tasks(), matter)}
    return only.eta, rows[only.unit_id].eta


@pytest.fixture
def unit() -> Any:
    return car("1")


@pytest.mark.usefixtures("unit")
def test_the_desk_is_told_what_ways_really_take() -> None:
    believed, _ = eta()
    went(100, 1.5)
    told, in_the_table = eta()
    assert told == pytest.approx(1.5 * believed, rel=0.1)
    assert in_the_table == told


@pytest.mark.usefixtures("unit")
def test_a_few_ways_teach_nothing() -> None:
    believed, _ = eta()
    went(20, 3.0)
    assert eta()[0] == believed


def test_when_the_last_hours_were_slow_all_is_told_slower_until_they_are_over() -> None:
    went(100, 1.0)
    usual = there_in(600, 3)
    went(40, 2.0, ago=timedelta(minutes=10))
    assert there_in(600, 3) > 1.3 * usual


def test_it_is_asked_of_the_database_twice_a_minute_at_most(
    django_assert_num_queries: Any,
) -> None:
    went(100, 1.2)
    with django_assert_num_queries(2):
        for _ in range(30):
            pace()


def test_nobody_is_in_what_it_learns_from() -> None:
    from dataclasses import fields

    from gongzhi.analysis.travel.pace import Made

    assert {one.name for one in fields(Made)} == {
        "expected", "took", "hour", "priority", "at", "sure"
    }  # fmt: skip
