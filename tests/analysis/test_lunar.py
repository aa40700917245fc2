"""Festivals of the Chinese calendar fall on the days on which they were kept."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from chinese_calendar import constants as notices

from gongzhi.analysis.forecast.lunar import (
    DOUBLE_NINTH,
    DRAGON_BOAT,
    LANTERN,
    MID_AUTUMN,
    NEW_YEAR_S_EVE,
    QINGMING,
    SPRING,
    WINTER,
    festivals,
    months,
)

NAMED = {"Spring Festival": SPRING, "Tomb-sweeping Day": QINGMING,
         "Dragon Boat Festival": DRAGON_BOAT, "Mid-autumn Festival": MID_AUTUMN}  # fmt: skip


@pytest.mark.parametrize("named", NAMED)
def test_festivals_lie_within_the_days_off_that_the_state_council_gave(named: str) -> None:
    off: dict[int, list[date]] = {}
    for day, holiday in notices.holidays.items():
        if holiday == named:
            off.setdefault(day.year, []).append(day)
    assert len(off) >= 15
    for year, days in off.items():
        assert min(days) <= festivals(year)[NAMED[named]] <= max(days), year


@pytest.mark.parametrize(
    ("day", "which"),
    [
        ("2024-02-09", NEW_YEAR_S_EVE), ("2024-02-10", SPRING), ("2024-02-24", LANTERN),
        ("2020-06-25", DRAGON_BOAT),  # after a leap fourth month
        ("2025-10-06", MID_AUTUMN),  # after a leap sixth
        ("2006-10-30", DOUBLE_NINTH),  # after a leap seventh
        ("2033-09-08", MID_AUTUMN),  # the year whose leap month is the eleventh
        ("2034-02-19", SPRING), ("2026-12-22", WINTER), ("2026-04-05", QINGMING),
    ],
)  # fmt: skip
def test_these_days_are_in_every_almanac(day: str, which: str) -> None:
    assert festivals(date.fromisoformat(day).year)[which].isoformat() == day


def test_months_have_twenty_nine_or_thirty_days_or_a_leap_month_between() -> None:
    for year in range(1990, 2060):
        starts = months(year)
        lengths = {(starts[n + 1] - starts[n]).days for n in range(1, 10)}
        assert lengths <= {29, 30, 58, 59, 60}
        assert timedelta(20) < starts[1] - date(year, 1, 1) < timedelta(52)
