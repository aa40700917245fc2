"""Sums made from the articles come out the same by two routes, and a wrong one is named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.base.calendar.vectors import VectorError, compare
from tests.base.calendar.counted import CHINA, TZ, count
from tests.base.calendar.walked import walked

HEAD = "start_date,limit,rolls,due_date"
FILE = Path(__file__).with_name("vectors.csv")


def test_more_than_two_hundred_sums_agree() -> None:
    found = compare(FILE.read_text("utf-8").splitlines(), CHINA, TZ)
    assert found.wrong == ()
    assert found.agreed >= 200


@given(
    st.dates(date(2018, 1, 1), date(2026, 3, 1)),
    st.integers(1, 90),
    st.sampled_from(["D", "WD", "M"]),
    st.booleans(),
)
def test_walking_day_by_day_leads_to_the_same_day(
    start: date, number: int, unit: str, rolls: bool
) -> None:
    number = number % 8 + 1 if unit == "M" else number
    found = count(str(start), f"P{number}{unit}", rolls=rolls).day
    assert found == walked(start, number, unit, rolls=rolls or unit == "WD")


def test_a_sum_that_comes_out_otherwise_is_told_with_its_line() -> None:
    found = compare([HEAD, "2026-09-01,P30D,True,2026-10-08", "2026-09-01,P30D,False,2026-10-08"],
                    CHINA, TZ)  # fmt: skip
    assert (found.agreed, found.total) == (1, 2)
    assert "line 3" in found.wrong[0]
    assert "counted 2026-10-01" in found.wrong[0]


def test_hours_are_compared_to_the_minute() -> None:
    right = "2026-02-15T22:47,PT24H,False,2026-02-16T22:47"
    assert compare([HEAD, right], CHINA, TZ).wrong == ()
    assert compare([HEAD, right.replace("16T22:47", "16T22:48")], CHINA, TZ).wrong


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["start,limit"], "expected the columns"),
        ([HEAD, "2026-09-01,30 days,True,2026-10-08"], "line 2: expected a period"),
        ([HEAD, "1 Sept,P30D,True,2026-10-08"], "line 2: "),
        ([HEAD, "2026-09-01,P30D,perhaps,2026-10-08"], "line 2: "),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(lines: list[str], told: str) -> None:
    with pytest.raises(VectorError, match=told):
        compare(lines, CHINA, TZ)
