"""Every clock of law that ships, counted a second time with a finger on the calendar."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.base.calendar.periods import Period
from gongzhi.base.catalogue.kinds.clock import SHANGHAI, Clock
from gongzhi.base.catalogue.load import catalogue
from tests.base.calendar.counted import CHINA
from tests.base.calendar.walked import DAY, is_workday, walked

LAW = [one for one in catalogue().clocks.values() if one.authority == "law"]
BY_DAYS = [one for one in LAW if one.counts != "hours" and one.kind != "notice"]
NOTICES = [one for one in LAW if one.kind == "notice"]
CUSTODY = [one for one in LAW if one.custody]


def in_units(period: Period) -> tuple[int, str]:
    months, days, working = period.numbers[:3]
    assert sum(number > 0 for number in (months, days, working)) == 1
    return (months, "M") if months else (days, "D") if days else (working, "WD")


def walked_back(planned: date, number: int, unit: str) -> date:
    """The latest day (of work, where those count) from which the whole limit still fits."""
    day = planned
    while walked(day, number, unit, rolls=False) > planned or not (unit == "D" or is_workday(day)):
        day -= DAY
    return day


@given(
    st.sampled_from(BY_DAYS),
    st.dates(date(2020, 1, 1), date(2023, 6, 30)),
    st.times(),
)
def test_days_end_where_a_finger_on_the_calendar_does(clock: Clock, day: date, at: object) -> None:
    start = datetime.combine(day, at, SHANGHAI)  # type: ignore[arg-type]
    number, unit = in_units(clock.taken_as or clock.limit)
    assert clock.due(start, CHINA, SHANGHAI).day == walked(day, number, unit, rolls=clock.rolls)


@given(st.sampled_from(NOTICES), st.dates(date(2020, 2, 1), date(2026, 12, 31)))
def test_a_notice_is_due_where_a_finger_going_back_stops(clock: Clock, planned: date) -> None:
    start = datetime.combine(planned, datetime.min.time(), SHANGHAI)
    number, unit = in_units(clock.limit)
    assert clock.due(start, CHINA, SHANGHAI).day == walked_back(planned, number, unit)


@given(st.sampled_from(CUSTODY), st.datetimes(datetime(2020, 1, 1), datetime(2026, 6, 1)))  # noqa: DTZ001
def test_the_end_of_custody_never_waits_for_a_day_of_work(clock: Clock, at: datetime) -> None:
    start = at.replace(tzinfo=SHANGHAI)
    limit = clock.taken_as or clock.limit
    found = clock.due(start, CHINA, SHANGHAI)
    assert found.at is not None
    if limit.counts_hours:
        assert found.at - start == limit.length
    else:
        number, unit = in_units(limit)
        assert found.day == walked(start.date(), number, unit, rolls=False)
    assert all(start < warned < found.at for warned in clock.warnings(found, CHINA))


@given(st.sampled_from(BY_DAYS), st.dates(date(2020, 1, 1), date(2023, 6, 30)), st.integers(1, 60))
def test_a_later_start_never_ends_earlier(clock: Clock, day: date, later: int) -> None:
    ends = [
        clock.due(datetime.combine(one, datetime.min.time(), SHANGHAI), CHINA, SHANGHAI).at
        for one in (day, day + timedelta(days=later))
    ]
    assert ends[0] <= ends[1]  # type: ignore[operator]


@pytest.mark.parametrize(
    "clock", [one for one in LAW if one.counts == "hours"], ids=lambda c: c.code
)
def test_hours_run_through_the_night_and_the_holiday(clock: Clock) -> None:
    start = datetime(2026, 9, 30, 22, 17, tzinfo=SHANGHAI)
    limit = clock.taken_as or clock.limit
    assert clock.due(start, CHINA, SHANGHAI).at == start + limit.length
