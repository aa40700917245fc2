"""What calls will want of a station hour by hour: by the forecast, and by what its crews did."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from gongzhi.base.log.actions import moment
from gongzhi.base.people.models import Unit
from gongzhi.work.dispatch.models import Assignment, ResponseUnit
from gongzhi.work.patrol.forecasts.selectors.hours import hours_for
from tests.work.dispatch.county import body, car
from tests.work.patrol.forecasts.hands import foreseen, judged
from tests.work.prevention.problems.hands import TODAY, at, matter, tell

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
LAST = TODAY + timedelta(days=29)


@pytest.fixture(autouse=True)
def morning() -> Iterator[None]:
    with moment(at(TODAY, 8)):
        yield


def attended(unit: ResponseUnit, hours: float, hour: float, many: int = 10) -> None:
    """Medical calls of the past days at an hour, each of which took a crew so long."""
    calls = [
        matter(
            TODAY - timedelta(days=n + 1),
            category="medical",
            opened_at=at(TODAY - timedelta(days=n + 1), hour),
        )
        for n in range(many)
    ]
    tell(calls)
    Assignment.objects.bulk_create(
        Assignment(matter=one, unit=unit, assigned_at=one.opened_at,
                   cleared_at=one.opened_at + timedelta(hours=hours))
        for one in type(calls[0]).objects.filter(pk__in=[it.pk for it in calls])
    )  # fmt: skip


def stations() -> tuple[Unit, ResponseUnit]:
    unit = car("01", on_duty=False)
    ResponseUnit.objects.filter(pk=unit.pk).update(officers=2)
    return unit.station, unit


def test_calls_times_hours_times_officers_when_such_calls_come() -> None:
    station, unit = stations()
    attended(unit, hours=0.5, hour=17.5)
    [first, *_rest] = foreseen(judged())
    told = hours_for(station, TODAY, LAST)
    assert told is not None
    assert (told.until, len(told.need)) == (TODAY + timedelta(days=6), 30)
    day = told.need[TODAY]
    evening = first.county[2][0]  # of 16 to 24, when all of them came
    assert sum(told.calls[TODAY][16:]) == pytest.approx(evening, rel=1e-3)
    assert max(day) == day[17]
    assert sum(day[16:]) == pytest.approx(evening * 0.5 * 2, rel=1e-3)


def test_days_beyond_the_forecast_are_as_their_weekday() -> None:
    station, unit = stations()
    attended(unit, hours=0.5, hour=9)
    foreseen(judged())
    told = hours_for(station, TODAY, LAST)
    assert told is not None
    assert told.need[TODAY + timedelta(days=15)] == told.need[TODAY + timedelta(days=1)]


def test_a_crew_that_nobody_cleared_counts_no_more_than_a_shift() -> None:
    station, unit = stations()
    attended(unit, hours=100, hour=9)
    foreseen(judged())
    told = hours_for(station, TODAY, TODAY)
    assert told is not None
    [need], [calls] = told.need.values(), told.calls.values()
    assert sum(need) == pytest.approx(sum(calls) * 8 * 2, rel=1e-3)


def test_nothing_is_made_up_without_a_forecast_or_without_a_crew_that_went() -> None:
    station, unit = stations()
    attended(unit, hours=0.5, hour=9)
    assert hours_for(station, TODAY, LAST) is None
    foreseen(judged())
    assert hours_for(body("station_quiet"), TODAY, LAST) is None
