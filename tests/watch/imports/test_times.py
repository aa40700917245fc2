"""Times of another zone, of clocks that were changed, of systems that disagree."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest

from gongzhi.base.catalogue.kinds.mapping import Times
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.exchange.imports.times import Course, read_time

FORMATS = ["%Y-%m-%d %H:%M", "%m/%d/%Y %I:%M:%S %p", "%Y-%m-%dT%H:%M:%S%z", "excel"]


def times(**more: Any) -> Times:
    return Times.model_validate({"zone": "America/New_York", "formats": FORMATS, **more})


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("2016-07-01 08:00", "2016-07-01 12:00"),
        ("2016-12-01 08:00", "2016-12-01 13:00"),
        ("12/31/2016 11:57:56 PM", "2017-01-01 04:57:56"),
        ("2016-07-01T08:00:00+08:00", "2016-07-01 00:00"),
        ("42552.25", "2016-07-01 10:00"),
        (datetime(2016, 7, 1, 8), "2016-07-01 12:00"),  # noqa: DTZ001  (as a spreadsheet has it)
        # The clocks went from 02:00 to 03:00: there was no 02:30 that night.
        ("2016-03-13 02:30", "2016-03-13 07:30"),
    ],
)
def test_a_time_is_that_of_its_zone(cell: object, meant: str) -> None:
    assert read_time(cell, times()) == utc(meant)


@pytest.mark.parametrize(
    ("ambiguous", "meant"), [("earlier", "2016-11-06 05:30"), ("later", "2016-11-06 06:30")]
)
def test_of_a_time_that_was_there_twice_the_mapping_says_which(ambiguous: str, meant: str) -> None:
    assert read_time("2016-11-06 01:30", times(ambiguous=ambiguous)) == utc(meant)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("2016-11-06 01:30", "time_ambiguous"),
        ("2016-13-01 08:00", "time_unreadable"),
        ("0", "time_unreadable"),
        ("nan", "time_unreadable"),
        ("1e300", "time_unreadable"),
        ("yesterday", "time_unreadable"),
    ],
)
def test_what_is_no_time_is_refused(cell: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read_time(cell, times(ambiguous="reject"))
    assert refused.value.code == code


def follow(begins: str, at: str, **more: Any) -> tuple[datetime | None, dict[str, int]]:
    notes: Counter[str] = Counter()
    course = Course(times(**more), utc(begins), notes)
    return course.follow("done", utc(at)), dict(notes)


def test_a_day_that_is_wrong_after_midnight_is_mended_where_the_mapping_says_so() -> None:
    late, early = "2016-01-03 04:50", "2016-01-02 05:40"  # 23:50 and 00:40 of the same day there
    assert follow(late, early, next_day=["done"]) == (utc("2016-01-03 05:40"), {"day_mended": 1})
    assert follow(late, early) == (None, {"time_left_out": 1})


def test_a_day_is_not_mended_when_that_would_take_half_a_day() -> None:
    assert follow("2016-01-02 20:00", "2016-01-02 15:00", next_day=["done"]) == (
        None,
        {"time_left_out": 1},
    )


def test_a_day_is_mended_across_the_change_of_the_clocks() -> None:
    # 23:50 on the 12th in winter time, 03:10 on the 13th in summer time, written as the 12th.
    mended, _ = follow("2016-03-13 04:50", "2016-03-12 08:10", next_day=["done"])
    assert mended == utc("2016-03-13 07:10")


def test_what_is_too_early_by_a_little_was_at_the_same_time() -> None:
    assert follow("2016-01-02 08:05", "2016-01-02 08:01", tolerance=300) == (
        utc("2016-01-02 08:05"),
        {"time_evened": 1},
    )
    assert follow("2016-01-02 08:07", "2016-01-02 08:01", tolerance=300)[0] is None


def test_a_mapping_may_reject_such_rows_instead() -> None:
    with pytest.raises(Refused, match="前后颠倒"):
        follow("2016-01-02 08:05", "2016-01-02 08:01", backwards="reject")
