"""Due dates: the vectors, hours to the minute, months, working days, rolling, and the horizon."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from gongzhi.base.calendar.due import ahead, due, end_of
from gongzhi.base.calendar.periods import Period, PeriodError
from gongzhi.base.calendar.workdays import weekends
from tests.base.calendar.counted import CHINA, TZ, count, local

VECTORS = [
    # start, limit, rolls, due: across the adjusted holidays of 2026
    ("2026-02-13", "P5WD", True, "2026-02-27"),  # Spring Festival; Saturday the 14th is worked
    ("2026-09-30", "P3WD", True, "2026-10-10"),  # National Day; Saturday the 10th is worked
    ("2026-09-18", "P2WD", True, "2026-09-21"),  # Sunday the 20th is worked
    ("2026-01-31", "P1M", True, "2026-02-28"),  # no 31 February
    ("2026-01-31", "P1M", False, "2026-02-28"),
    ("2026-09-01", "P30D", True, "2026-10-08"),  # ends on 1 October and rolls
    ("2026-09-01", "P30D", False, "2026-10-01"),  # custody does not roll
    ("2026-04-01", "P3D", True, "2026-04-07"),  # Qingming
    ("2026-04-01", "P3D", False, "2026-04-04"),
    ("2026-05-08", "P1WD", True, "2026-05-09"),  # Saturday the 9th is worked
    ("2026-02-08", "P7D", True, "2026-02-24"),
    ("2026-08-31", "P6M", False, "2027-02-28"),
    ("2026-06-12", "P15D", True, "2026-06-29"),  # a plain weekend
    ("2026-12-10", "P30D", True, "2027-01-09"),  # no notice for 2027 yet
]


@pytest.mark.parametrize(("start", "limit", "rolls", "expected"), VECTORS)
def test_the_known_dates(start: str, limit: str, rolls: bool, expected: str) -> None:
    found = count(start, limit, rolls=rolls)
    assert found.day == date.fromisoformat(expected)
    assert found.provisional is (expected == "2027-01-09")


SHARED = Path(__file__).resolve().parents[4] / "shared" / "law" / "deadline_testvectors.csv"


@pytest.mark.skipif(not SHARED.exists(), reason="the collected law is not on this machine")
def test_the_collected_vectors() -> None:
    with SHARED.open(encoding="utf-8") as rows:
        vectors = list(csv.DictReader(rows))
    found = [
        count(row["start_date"], row["limit"], rolls=row["rolls"] == "True").day for row in vectors
    ]
    assert found == [date.fromisoformat(row["due_date"]) for row in vectors]


def test_a_day_ends_with_its_last_instant() -> None:
    found = count("2026-11-20 08:15", "P3D", rolls=False)
    assert found.at == datetime(2026, 11, 23, 23, 59, 59, 999999, tzinfo=TZ)
    assert str(found.at) == "2026-11-23 23:59:59.999999+08:00"


def test_hours_run_to_the_minute_through_nights_and_holidays() -> None:
    assert count("2026-02-15 22:47", "PT24H").at == local("2026-02-16 22:47")
    assert count("2026-09-30 23:59", "PT1H30M").at == local("2026-10-01 01:29")


def test_at_once_is_the_moment_itself() -> None:
    assert count("2026-11-20 08:15", "IMMEDIATE").at == local("2026-11-20 08:15")


@pytest.mark.parametrize("limit", ["PROMPT", "CONTINUOUS", "PERMANENT"])
def test_words_without_a_number_give_no_date(limit: str) -> None:
    found = count("2026-11-20", limit)
    assert found.at is None
    assert found.day is None
    assert not found.provisional


def test_a_county_says_what_promptly_means_to_it() -> None:
    found = count("2026-11-20 08:15", "PROMPT", taken_as=Period.parse("PT5M"))
    assert found.at == local("2026-11-20 08:20")
    assert found.steps[0].code == "at_once"


def test_months_and_days_come_one_after_the_other() -> None:
    assert count("2026-01-31", "P1M15D", rolls=False).day == date(2026, 3, 15)


@pytest.mark.parametrize(
    ("start", "limit", "expected"),
    [
        ("2024-01-31", "P1M", "2024-02-29"),
        ("2024-02-29", "P1Y", "2025-02-28"),
        ("2026-12-31", "P2M", "2027-02-28"),
        ("2026-03-31", "P1M", "2026-04-30"),
        ("2026-11-15", "P2M", "2027-01-15"),
    ],
)
def test_months_end_on_the_corresponding_day(start: str, limit: str, expected: str) -> None:
    assert count(start, limit, rolls=False).day == date.fromisoformat(expected)


def test_days_are_working_days_where_the_law_means_them() -> None:
    counted = due(
        local("2026-02-13"),
        Period.parse("P5D"),
        counts="working",
        rolls=True,
        calendar=CHINA,
        tz=TZ,
    )
    assert counted.day == count("2026-02-13", "P5WD").day


def test_the_day_is_the_countys_not_the_servers() -> None:
    late = datetime(2026, 11, 19, 16, 30, tzinfo=UTC)  # half past midnight on the 20th there
    period = Period.parse("P3D")
    there = due(late, period, counts="calendar", rolls=False, calendar=CHINA, tz=TZ)
    assert there.day == date(2026, 11, 23)
    london = ZoneInfo("Europe/London")
    here = due(late, period, counts="calendar", rolls=False, calendar=weekends(), tz=london)
    assert here.day == date(2026, 11, 22)


def test_what_rests_on_a_missing_notice_is_provisional() -> None:
    assert count("2026-12-18", "P5WD").provisional
    assert not count("2026-12-17", "P5WD").provisional
    assert not count("2026-12-18", "P20D", rolls=False).provisional  # counts every day anyway
    assert not count("2026-12-30", "PT24H").provisional


def test_a_day_that_may_be_a_holiday_does_not_roll_yet() -> None:
    """Sunday 3 January 2027: whoever acts by then is in time, whatever the notice says."""
    found = count("2026-12-04", "P30D")
    assert found.day == date(2027, 1, 3)
    assert found.provisional


def test_elsewhere_weekends_are_all_there_is() -> None:
    found = count("2026-09-28 20:00", "P5WD", calendar=weekends(), tz=ZoneInfo("America/New_York"))
    assert found.day == date(2026, 10, 5)
    assert not found.provisional


def test_a_day_with_a_change_of_the_clocks_ends_at_midnight() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    assert end_of(date(2026, 3, 29), berlin).utcoffset() == timedelta(hours=2)
    assert end_of(date(2026, 10, 25), berlin).utcoffset() == timedelta(hours=1)
    assert str(end_of(date(2026, 10, 25), berlin))[:26] == "2026-10-25 23:59:59.999999"


def test_twenty_four_hours_are_twenty_four_when_the_clocks_change() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    start = datetime(2026, 3, 28, 12, 0, tzinfo=berlin)
    found = due(
        start, Period(hours=24), counts="hours", rolls=False, calendar=weekends(), tz=berlin
    )
    assert found.at is not None
    assert found.at.astimezone(UTC) - start.astimezone(UTC) == timedelta(hours=24)
    assert found.at.hour == 13


def test_a_warning_comes_ahead() -> None:
    at = end_of(date(2026, 2, 27), TZ)
    assert ahead(at, Period.parse("PT16H"), CHINA, TZ) == at - timedelta(hours=16)
    assert ahead(at, Period.parse("P1D"), CHINA, TZ) == at - timedelta(days=1)
    assert ahead(at, Period.parse("P4WD"), CHINA, TZ) == end_of(date(2026, 2, 14), TZ)
    for text in ("P1M", "IMMEDIATE"):
        with pytest.raises(PeriodError, match="warn ahead"):
            ahead(at, Period.parse(text), CHINA, TZ)


@pytest.mark.parametrize(
    ("limit", "counts", "rolls", "said"),
    [
        ("PT24H", "calendar", False, 'counts = "hours"'),
        ("P3D", "hours", False, "such as PT24H"),
        ("P3WD", "calendar", True, 'counts = "working"'),
        ("P1M", "working", True, "working days"),
        ("PT24H", "hours", True, "never roll"),
    ],
)
def test_a_limit_that_does_not_fit_its_counting_is_refused(
    limit: str, counts: str, rolls: bool, said: str
) -> None:
    with pytest.raises(PeriodError, match=said):
        count("2026-11-20", limit, counts=counts, rolls=rolls)


def test_a_start_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        due(
            datetime(2026, 11, 20), Period(days=3), counts="calendar", rolls=True,  # noqa: DTZ001
            calendar=CHINA, tz=TZ,
        )  # fmt: skip


def test_no_number_can_be_given_to_a_limit_that_has_one() -> None:
    with pytest.raises(PeriodError, match="without a number"):
        count("2026-11-20", "PT24H", taken_as=Period(hours=1))
